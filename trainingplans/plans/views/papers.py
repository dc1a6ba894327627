"""The papers of a plan to take away, and the templates that they are filled from."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from courses.forms.nominations import SignedFileForm
from trainingplans.lib.access import needs
from trainingplans.lib.papers import WORD, replaced
from trainingplans.lib.sheets import MIME
from trainingplans.plans.actions.plans import keep_signed
from trainingplans.plans.actions.templates import set_template
from trainingplans.plans.models import AGREED, Plan
from trainingplans.plans.papers import (
    PAPERS,
    SAMPLE,
    appendix_book,
    check_template,
    quota_book,
    template_of,
    word_file,
)
from trainingplans.plans.planpages import may_edit
from trainingplans.plans.tabs import tabs_of
from trainingplans.plans.views.plans import plan_of

VIEW = "plans.view_plan"
BOOKS = {"phu-luc": "Phụ lục nội dung", "bang-suat": "Bảng phân bổ suất học"}


@needs(VIEW)
@require_http_methods(["GET", "POST"])
def plan_papers(request, pk):
    """What can be taken away of a plan; the signed paper, which may come after the approval."""
    plan = plan_of(request, pk)
    may_keep, sent = _may_keep_signed(plan, request.user), request.method == "POST"
    if sent and not may_keep:
        raise Http404
    form = SignedFileForm(*((request.POST, request.FILES) if sent else ()))
    if sent and form.is_valid():
        keep_signed(plan, form.cleaned_data["file"], by=request.user)
        messages.success(request, "Đã lưu văn bản đã ký.")
        return redirect("plans:plan_papers", pk)
    context = {
        "form": form if may_keep else None,
        "plan": plan,
        "tabs": tabs_of(plan, request.user, "plans:plan_papers"),
        "words": PAPERS.values(),
        "books": BOOKS.items(),
        "is_draft": not (plan.approved_on and (plan.approved_number or plan.number)),
        "may_replace": request.user.has_perm("plans.run_round"),
        "may_edit": may_edit(plan, request.user),
    }
    status = 422 if form.errors else 200
    return render(request, "plans/plan_papers.html", context, status=status)


def _may_keep_signed(plan, account):
    """Whoever drafts or approves plans of this unit, once it is approved."""
    mine = Plan.objects.kept_by(account).filter(pk=plan.pk, state__in=AGREED)
    works = account.has_perm("plans.change_plan") or account.has_perm("plans.approve_plan")
    return works and mine.exists()


@needs(VIEW)
@require_GET
def plan_word(request, pk, paper):
    """A paper of a plan as a Word file."""
    plan = plan_of(request, pk)
    if paper not in PAPERS:
        raise Http404
    content = word_file(PAPERS[paper], plan, request.user)
    return _file(content, WORD, f"{paper}-{plan.starts_on.year}.docx")


@needs(VIEW)
@require_GET
def plan_book(request, pk, book):
    """A table of a plan as a workbook."""
    plan = plan_of(request, pk)
    if book not in BOOKS:
        raise Http404
    content = appendix_book(plan) if book == "phu-luc" else quota_book(plan, request.user)
    return _file(content, MIME, f"{book}-{plan.starts_on.year}.xlsx")


def _file(content, kind, name):
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


class TemplateForm(forms.Form):
    """The office's own template of a paper."""

    file = forms.FileField(
        label="Mẫu Word",
        error_messages={"required": "Chưa chọn tệp. Chọn mẫu Word (.docx)."},
        help_text="Tải mẫu đang dùng, sửa trong Word, giữ các ô {{ … }}, rồi chọn ở đây.",
    )

    def __init__(self, *args, paper, **options):
        super().__init__(*args, **options)
        self.paper = paper

    def clean_file(self):
        return check_template(self.paper, self.cleaned_data["file"])


@needs("plans.run_round")
@require_http_methods(["GET", "POST"])
def templates(request):
    """The templates of the papers: take, replace, go back to the portal's own."""
    code = request.POST.get("mau", "")
    paper = PAPERS.get(code)
    form = None
    if request.method == "POST" and paper:
        if "drop" in request.POST:
            set_template(paper, None, by=request.user)
            messages.success(request, f"{paper.label}: dùng lại mẫu của cổng.")
            return redirect("plans:templates")
        form = TemplateForm(request.POST, request.FILES, paper=paper)
        if form.is_valid():
            set_template(paper, form.cleaned_data["file"], by=request.user)
            messages.success(request, f"{paper.label}: đã thay mẫu.")
            return redirect("plans:templates")
    context = {
        "rows": [
            {
                "paper": one,
                "own": replaced(one.template) is not None,
                "form": form if form and one is paper else TemplateForm(paper=one),
            }
            for one in PAPERS.values()
        ],
        "places": sorted(SAMPLE),
    }
    failed = form is not None and form.errors
    return render(request, "plans/templates.html", context, status=422 if failed else 200)


@needs("plans.run_round")
@require_GET
def template_file(request, paper):
    """The template that is used now, to be changed in Word."""
    if paper not in PAPERS:
        raise Http404
    return _file(template_of(PAPERS[paper]), WORD, f"mau-{paper}.docx")
