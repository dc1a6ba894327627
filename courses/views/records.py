"""Learning in the records: the history of an official, the 40 lessons a year, commitments."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cadres.audit import record
from cadres.edits import edit_form
from cadres.models import Unit
from cadres.views.common import done, offer_undo, official_of, show_conflict
from courses.actions.commitments import change_commitment, release, unrelease
from courses.certificates import KINDS, WORDS, state_of
from courses.commitments import broken, running, settings_of, standing_of
from courses.forms.commitments import CommitmentForm, ReleaseForm
from courses.models import Certificate, Commitment, Enrolment, TrainingClass
from courses.views.running import workbook
from courses.yearly import hours_by_year, lacking, required_hours, units_table, with_hours
from trainingplans.lib.access import any_account, needs
from trainingplans.lib.commands import Refused
from trainingplans.lib.dates import add_months, today
from trainingplans.lib.listing import page_of, render_page_or_part
from trainingplans.lib.sheets import append, bytes_of, new_book, new_sheet

SEE, CHANGE = "cadres.view_official", "courses.change_class"
YEARS_BACK, YEARS_SHOWN = 5, 3
SOON_MONTHS = 6
STATES = {
    "": "Tất cả",
    "con_han": "Còn thời hạn",
    "sap_het": "Hết hạn trong 6 tháng",
    "vi_pham": "Đã thôi việc khi còn thời hạn",
    "da_mien": "Được miễn",
}


@require_GET
@any_account("shows what the account may see of the record: 404 outside Official.visible_to")
def history(request, pk):
    """The courses, results, certificates and lessons of an official; a part or a page."""
    person = official_of(request, pk)
    rows = Enrolment.objects.filter(official=person).select_related(
        "training_class", "institution", "commitment"
    )
    papers, may = _papers_of(person), request.user.has_perm
    papers_open = Certificate.objects.visible_to(request.user).filter(enrolment__official=person)
    classes_open = TrainingClass.objects.visible_to(request.user).filter(enrolments__in=rows)
    years = hours_by_year(person)
    year = today().year
    shown = {year: years.get(year, 0)} | dict(list(years.items())[:YEARS_SHOWN])
    context = {
        "person": person,
        "rows": [(row, papers.get(row.pk, [])) for row in rows],
        "turns": sum(row.completed for row in rows),
        "years": [(y, h, required_hours(y)) for y, h in sorted(shown.items(), reverse=True)],
        "is_own": request.user.official_id == person.pk and may("cadres.view_own"),
        "open_classes": set(_ids(classes_open)) if may("courses.view_class") else (),
        "open_papers": set(_ids(papers_open)) if may("courses.view_certificate") else (),
    }
    return render_page_or_part(request, "courses/training.html", "courses/_training.html", context)


def _ids(rows):
    return rows.values_list("pk", flat=True)


def _papers_of(person):
    """{enrolment id: [(certificate, state, kind)]}."""
    rows = Certificate.objects.filter(enrolment__official=person).select_related("reissued_as")
    found = {}
    for paper in rows.order_by("pk"):
        state = state_of(paper)
        found.setdefault(paper.enrolment_id, []).append((paper, WORDS[state], KINDS[state]))
    return found


def year_asked(request):
    """The year of the address, this year for none and for nonsense."""
    text, now = request.GET.get("nam", ""), today().year
    known = text.isascii() and text.isdigit() and now - YEARS_BACK <= int(text) <= now
    return int(text) if known else now


@require_GET
@needs(SEE)
def hours(request):
    """Who lacks lessons of the year: by unit, and by name for one unit or all."""
    year, on = year_asked(request), today()
    visible = Unit.objects.branch_of(request.user)
    asked = request.GET.get("don_vi", "")
    unit = get_object_or_404(visible, pk=asked) if asked.isdecimal() else None
    rows = lacking(request.user, year, on, unit)
    if request.GET.get("export") == "xlsx":
        return _export(request, rows, year)
    table = units_table(request.user, year, on)
    by_name = unit is not None or len(table) == 1
    page = page_of(request, rows if by_name else table)
    context = {
        "year": year,
        "years": range(on.year, on.year - YEARS_BACK - 1, -1),
        "needed": required_hours(year),
        "by_name": by_name,
        "people": sum(row["people"] for row in table),
        "enough": sum(row["enough"] for row in table),
        "some": sum(row["some"] for row in table),
        "none": sum(row["none"] for row in table),
        "unit": unit,
        "page": page,
        "rows": with_hours(page.object_list, year) if by_name else page.object_list,
        "may_export": request.user.has_perm("cadres.export_official"),
        "on": on,
    }
    return render(request, "courses/hours.html", context)


def _export(request, rows, year):
    if not request.user.has_perm("cadres.export_official"):
        return redirect("courses:hours")
    book = new_book()
    headings = ["Họ và tên", "Ngày sinh", "Chức vụ", "Đơn vị", "Số tiết đã học", "Còn thiếu"]
    sheet = new_sheet(book, f"Năm {year}", headings, [28, 12, 30, 34, 14, 12])
    needed = required_hours(year)
    for row, told in with_hours(rows, year):
        birth = row.official.birth.display if row.official.birth else None
        person = [row.official.full_name, birth, row.position, row.unit.name]
        append(sheet, [*person, told, max(0, needed - told)])
    with transaction.atomic():
        record("hours.export", by=request.user, label=f"Năm {year}", detail={"year": year})
    return workbook(bytes_of(book), f"thieu-tiet-{year}.xlsx")


@require_GET
@needs(SEE)
def commitments(request):
    """Who owes service until when; who left before is told first."""
    on, state = today(), request.GET.get("tinh_trang", "")
    rows = _of_state(request.user, state, on)
    rows = rows.select_related("enrolment__official", "enrolment__unit", "enrolment__ethnic_group")
    page = page_of(request, rows.order_by("ends_on", "enrolment__official__sort_key", "pk"))
    settings = settings_of()
    context = {
        "page": page,
        "rows": [(row, standing_of(row, on, settings)) for row in page.object_list],
        "state": state,
        "states": STATES.items(),
        "broken": broken(request.user, on).count() if state != "vi_pham" else 0,
        "on": on,
    }
    return render(request, "courses/commitments.html", context)


def _of_state(account, state, on):
    rows = Commitment.objects.visible_to(account)
    if state == "con_han":
        return rows.filter(running(on))
    if state == "sap_het":
        return rows.filter(running(on), ends_on__lte=add_months(on, SOON_MONTHS))
    if state == "vi_pham":
        return broken(account, on)
    if state == "da_mien":
        return rows.filter(released_on__isnull=False)
    return rows


def commitment_of(request, pk):
    """The commitment, if the account may see it; 404 otherwise."""
    rows = Commitment.objects.visible_to(request.user)
    rows = rows.select_related(
        "enrolment__official", "enrolment__unit", "enrolment__course", "enrolment__ethnic_group"
    )
    return get_object_or_404(rows, pk=pk)


@require_http_methods(["GET", "POST"])
@needs(SEE)
def commitment(request, pk):
    """One commitment: days, cost, what would be repaid today; staff change and release it."""
    row = commitment_of(request, pk)
    may_change = request.user.has_perm(CHANGE)
    form = edit_form(CommitmentForm, request, row) if may_change else None
    if request.method == "POST" and form and form.is_valid():
        back = reverse("courses:commitment", args=[pk])
        title = f"Cam kết của {row.enrolment.official}"
        if conflict := change_commitment(form, by=request.user):
            return show_conflict(request, conflict, title=title, back=back)
        return done(request, f"Đã lưu cam kết của {row.enrolment.official}.", back)
    return _commitment_page(request, row, form)


def _commitment_page(request, row, form, freeing=None, status=200):
    held = commitment_of(request, row.pk)  # the days as they are, not as they were typed
    context = {
        "row": held,
        "person": held.enrolment.official,
        "told": standing_of(held),
        "form": form,
        "freeing": freeing or ReleaseForm(prefix="mien"),
        "may_change": request.user.has_perm(CHANGE),
        "on": today(),
    }
    return render(request, "courses/commitment.html", context, status=status)


@require_POST
@needs(CHANGE)
def commitment_release(request, pk):
    row = commitment_of(request, pk)
    form = ReleaseForm(request.POST, prefix="mien")
    if form.is_valid():
        try:
            release(row, form.cleaned_data["on"], form.cleaned_data["reason"], by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            undo = reverse("courses:commitment_unrelease", args=[pk])
            offer_undo(request, f"Đã miễn cam kết của {row.enrolment.official}.", undo)
            return redirect("courses:commitment", pk)
    return _commitment_page(request, row, CommitmentForm(instance=row), form, status=422)


@require_POST
@needs(CHANGE)
def commitment_unrelease(request, pk):
    row = commitment_of(request, pk)
    try:
        unrelease(row, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Cam kết lại có hiệu lực.")
    return redirect("courses:commitment", pk)
