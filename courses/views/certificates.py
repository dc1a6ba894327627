"""Certificates: of a class, the register, one paper, the public check."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from cadres.audit import record
from cadres.models import AuditEvent
from cadres.views.common import offer_undo
from courses.actions import certificates as writing
from courses.actions.printing import AT_ONCE
from courses.certificate_filters import CertificateFilter, workbook_of
from courses.certificate_pdf import write_pdf
from courses.certificates import (
    KINDS,
    WORDS,
    code_shown,
    code_typed,
    for_list,
    last_register_no,
    number_of,
    series_of,
    state_of,
    to_issue,
)
from courses.class_page import class_of, shell_of
from courses.forms.certificates import IssueForm, ReissueForm, RevokeForm
from courses.models import Certificate, PrintJob
from courses.views.running import workbook
from trainingplans.lib.access import needs, open_to_everyone
from trainingplans.lib.commands import Refused
from trainingplans.lib.dates import today
from trainingplans.lib.listing import ids_of, page_of, render_page_or_part, rows_of

VIEW, ISSUE = "courses.view_certificate", "courses.issue_certificate"
TAB = "courses:class_certificates"


def row_of(paper):
    """A certificate as lists print it."""
    state = state_of(paper)
    return {
        "paper": paper,
        "row": paper.enrolment,
        "state": WORDS[state],
        "kind": KINDS[state],
        "code": code_shown(paper.code),
    }


def papers_of_class(request, training_class):
    """The certificates of a class that the account may see, in the order of the register."""
    rows = Certificate.objects.visible_to(request.user)
    rows = for_list(rows.filter(enrolment__training_class=training_class))
    return rows.order_by("year", "register_no")


@require_GET
@needs(VIEW)
def class_certificates(request, pk):
    """Issued certificates of a class, and who still waits for one."""
    return _class_page(request, class_of(request, pk))


def _class_page(request, training_class, form=None, status=200):
    may_issue = request.user.has_perm(ISSUE)
    waiting = list(to_issue(training_class)) if may_issue else []
    on = max(training_class.ends_on or today(), today())
    context = shell_of(request, training_class, TAB) | {
        "rows": [row_of(paper) for paper in papers_of_class(request, training_class)],
        "waiting": waiting,
        "may_issue": may_issue,
        "print_at_once": AT_ONCE,
        "jobs": PrintJob.objects.visible_to(request.user).filter(training_class=training_class)[:3],
        "form": form or IssueForm(initial={"on": on}),
        "next_number": _next_number(training_class, on) if waiting else "",
    }
    return render(request, "courses/class_certificates.html", context, status=status)


def _next_number(training_class, on):
    """The number that the first one would get, or why none can be given."""
    if training_class.institution is None:
        return "chưa có: lớp chưa ghi cơ sở đào tạo"
    try:
        series = series_of(training_class.institution)
    except Refused as refusal:
        return f"chưa có: {refusal}"
    return number_of(series, last_register_no(training_class.institution, on.year) + 1, on.year)


@require_POST
@needs(ISSUE)
def class_issue(request, pk):
    """Issue certificates to those chosen, numbered in name order."""
    training_class = class_of(request, pk)
    form = IssueForm(request.POST)
    chosen = list(ids_of(request, "chon"))
    if not chosen:
        form.add_error(None, "Chưa chọn ai. Đánh dấu ít nhất một người.")
    if not form.is_valid():
        return _class_page(request, training_class, form, status=422)
    told = form.cleaned_data
    try:
        done = writing.issue(
            training_class, chosen, on=told["on"], signer=told["signer"], by=request.user
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _class_page(request, training_class, form, status=422)
    if done.event:
        text = f"Đã cấp {len(done.changed)} chứng chỉ, số {done.event.detail['first']}"
        undo = reverse("courses:class_unissue", args=[pk, done.event.pk])
        offer_undo(request, f"{text} đến {done.event.detail['last']}.", undo)
    for row, why in done.skipped[:5]:
        messages.warning(request, f"Không cấp cho {row.official}: {why}.")
    return redirect(TAB, pk)


@require_POST
@needs(ISSUE)
def class_unissue(request, pk, event):
    """Take back what one act issued."""
    training_class = class_of(request, pk)
    subject = training_class._meta.label_lower
    found = AuditEvent.objects.filter(act=writing.ACT, subject=subject, subject_id=pk)
    act = get_object_or_404(found, pk=event)
    try:
        number = writing.unissue(act, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Đã thu lại {number} chứng chỉ; số trong sổ được dùng lại.")
    return redirect(TAB, pk)


def pdf_of(request, papers, name, subject):
    """The answer with a page for each certificate, noted in the audit log."""
    papers = list(papers)
    if not papers:
        raise Http404
    response = HttpResponse(content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    write_pdf(papers, response, check_url=lambda code: check_url(request, code))
    with transaction.atomic():
        record(
            "certificates.print",
            by=request.user,
            subject=subject,
            detail={"number": len(papers), "first": papers[0].number, "last": papers[-1].number},
        )
    return response


def check_url(request, code):
    """The address of the public check of a code."""
    return request.build_absolute_uri(reverse("courses:certificate_check", args=[code]))


@require_GET
@needs(VIEW)
def certificates(request):
    """The register: search, filters, pages, workbook."""
    found = CertificateFilter(
        request.GET, for_list(Certificate.objects.visible_to(request.user)), request=request
    )
    rows = rows_of(found)
    if request.GET.get("export") == "xlsx":
        with transaction.atomic():
            detail = {"rows": rows.count(), "filters": request.GET.dict()}
            record("certificates.export", by=request.user, label="Sổ chứng chỉ", detail=detail)
        return workbook(workbook_of(rows), "so-chung-chi.xlsx")
    page = page_of(request, rows)
    context = {
        "form": found.form,
        "page": page,
        "rows": [row_of(paper) for paper in page.object_list],
    }
    return render_page_or_part(
        request, "courses/certificates.html", "courses/_certificates_table.html", context
    )


def paper_of(request, pk):
    """The certificate, if the account may see it; 404 otherwise."""
    return get_object_or_404(for_list(Certificate.objects.visible_to(request.user)), pk=pk)


@require_GET
@needs(VIEW)
def certificate(request, pk):
    """One certificate with what became of it."""
    return _paper_page(request, paper_of(request, pk))


def _paper_page(request, paper, again=None, revoking=None, status=200):
    may_issue = request.user.has_perm(ISSUE)
    same = {"on": today(), "signer": paper.signer}
    context = row_of(paper) | {
        "check_url": check_url(request, paper.code),
        "valid": not paper.revoked_on and getattr(paper, "reissued_as", None) is None,
        "before": paper.replaces,
        "after": getattr(paper, "reissued_as", None),
        "may_issue": may_issue,
        "may_see_person": request.user.has_perm("cadres.view_official"),
        "again": again or ReissueForm(prefix="lai", initial=same),
        "revoking": revoking or RevokeForm(prefix="thu"),
    }
    return render(request, "courses/certificate.html", context, status=status)


@require_POST
@needs(ISSUE)
def certificate_reissue(request, pk):
    paper = paper_of(request, pk)
    form = ReissueForm(request.POST, prefix="lai")
    if form.is_valid():
        try:
            new = writing.reissue(paper, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Đã cấp lại: {new.number} thay {paper.number}.")
            return redirect("courses:certificate", new.pk)
    return _paper_page(request, paper, again=form, status=422)


@require_POST
@needs(ISSUE)
def certificate_revoke(request, pk):
    paper = paper_of(request, pk)
    form = RevokeForm(request.POST, prefix="thu")
    if form.is_valid():
        try:
            writing.revoke(paper, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            undo = reverse("courses:certificate_unrevoke", args=[pk])
            offer_undo(request, f"Đã thu hồi chứng chỉ {paper.number}.", undo)
            return redirect("courses:certificate", pk)
    return _paper_page(request, paper, revoking=form, status=422)


@require_POST
@needs(ISSUE)
def certificate_unrevoke(request, pk):
    paper = paper_of(request, pk)
    try:
        writing.unrevoke(paper, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Chứng chỉ {paper.number} có hiệu lực trở lại.")
    return redirect("courses:certificate", pk)


@require_GET
@needs(ISSUE)
def certificate_print(request, pk):
    paper = paper_of(request, pk)
    papers = for_list(Certificate.objects.filter(pk=paper.pk))
    return pdf_of(request, papers, f"chung-chi-{paper.register_no}-{paper.year}.pdf", paper)


@require_GET
@open_to_everyone("who holds the paper checks it by its code; codes cannot be guessed or listed")
def certificate_find(request):
    """Where a code is typed; leads to the answer's own address."""
    code = code_typed(request.GET.get("ma", ""))
    if code:
        return redirect("courses:certificate_check", code)
    return _check_page(request, "", None)


@require_GET
@open_to_everyone("who holds the paper checks it by its code; codes cannot be guessed or listed")
def certificate_check(request, code):
    """Name, course, day and whether it counts: the same answer for every code that is none."""
    rows = for_list(Certificate.objects.all())
    return _check_page(request, code, rows.filter(code=code_typed(code)).first())


def _check_page(request, code, paper):
    context = {"code": code_shown(code_typed(code)), "found": row_of(paper) if paper else None}
    response = render(request, "courses/certificate_check.html", context)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
