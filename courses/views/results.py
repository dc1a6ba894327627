"""Results of a class: the grid, the sheet of the school, levels that wait for a review."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cadres.views.common import done as say_done
from courses import result_sheets
from courses.actions.results import (
    OPEN_FOR_RESULTS,
    set_results,
    write_again,
)
from courses.attendance import marks_of, missed, too_often
from courses.class_page import class_of, shell_of
from courses.models import Course, Granted
from courses.results import (
    FAILED,
    GRADES,
    PASSED,
    STUDYING,
    Result,
    grant_of,
    learners_of,
)
from courses.typed import results_shown, results_typed, shown_results, texts_of
from courses.views.running import ACCEPT, RUN, SheetForm, read_upload, tell, workbook
from trainingplans.lib.access import needs
from trainingplans.lib.commands import Refused

TAB = "courses:class_results"


@require_http_methods(["GET", "POST"])
@needs(RUN)
def class_results(request, pk):
    """The grid of results; saving it moves the records and the figures at once."""
    training_class = class_of(request, pk)
    learners = list(learners_of(training_class, request.user))
    if request.method == "POST":
        return _save(request, training_class, learners)
    return _page(request, training_class, learners, _known(learners), {})


def _known(learners):
    return {row.pk: texts_of(Result.of(row)) for row in learners}


def _save(request, training_class, learners):
    here = [row for row in learners if row.state in STUDYING]
    results, wrong, texts = results_typed(request.POST, here)
    texts = _known(learners) | texts
    if "all" in request.POST:
        filled = {pk: told | {"o": told["o"] or PASSED} for pk, told in texts.items()}
        return _page(request, training_class, learners, filled, {}, unsaved=True)
    if wrong:
        messages.error(request, f"Chưa ghi: còn {len(wrong)} dòng phải sửa.")
        return _page(request, training_class, learners, texts, wrong, status=422)
    try:
        done = set_results(
            training_class, results, by=request.user, shown=results_shown(request.POST)
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
        return _page(request, training_class, learners, texts, {}, status=422)
    tell(request, done, "kết quả", training_class)
    return redirect(TAB, training_class.pk)


def _page(request, training_class, learners, texts, wrong, *, status=200, **more):
    marks = marks_of(training_class, learners)
    rows = []
    for row in learners:
        gone, held = missed(marks[row.pk])
        rows.append(
            {
                "row": row,
                "typed": texts[row.pk],
                "error": wrong.get(row.pk, ""),
                "gone": gone,
                "held": held,
                "too_often": too_often(gone, held),
                "left": row.state not in STUDYING,
            }
        )
    told = [row["typed"]["o"] for row in rows if not row["left"]]
    context = shell_of(request, training_class, TAB) | {
        "rows": rows,
        "shown": shown_results(learners),
        "choices": [("", "Chưa có"), (PASSED, "Đạt"), (FAILED, "Không đạt")],
        "grades": GRADES,
        "numbers": {"passed": told.count(PASSED), "failed": told.count(FAILED), "all": len(told)},
        "may_write": training_class.state in OPEN_FOR_RESULTS,
        "grant": grant_words(training_class.course),
        "outdated": _outdated(training_class),
        "problems": (),
        "unsaved": False,
        **more,
    }
    return render(request, "courses/results.html", context, status=status)


def grant_words(course):
    """What passing does to the record, in words; "" for nothing."""
    grant = grant_of(course) if course.on_result != Course.OnResult.NOTHING else None
    if grant is None:
        return ""
    level = f"{grant.level.get_ladder_display().lower()}: {grant.detail or grant.level.name}"
    if course.on_result == Course.OnResult.REVIEW:
        return f"Người đạt chờ Sở Nội vụ xác nhận rồi mới ghi vào hồ sơ ({level})."
    return f"Người đạt được ghi ngay vào hồ sơ ({level}), tính từ ngày bế giảng."


def _outdated(training_class):
    """How many granted levels differ from what the course grants now."""
    rows = Granted.objects.filter(
        enrolment__training_class=training_class, qualification__isnull=False
    ).select_related("qualification")
    grant = grant_of(training_class.course)
    return sum(
        grant is None
        or (row.qualification.level_id, row.qualification.valid_from)
        != (grant.level.pk, training_class.ends_on)
        for row in rows
    )


@require_http_methods(["GET", "POST"])
@needs(RUN)
def class_results_upload(request, pk):
    """The school's own sheet into the grid; nothing is written before the grid is saved."""
    training_class = class_of(request, pk)
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and (sheet := read_upload(form)):
        learners = list(learners_of(training_class, request.user))
        here = [row for row in learners if row.state in STUDYING]
        results, problems = result_sheets.results_of(sheet, here)
        texts = _known(learners) | {pk: texts_of(result) for pk, result in results.items()}
        more = {"problems": problems, "unsaved": True, "read": len(results)}
        return _page(request, training_class, learners, texts, {}, **more)
    context = shell_of(request, training_class, TAB) | {
        "form": form,
        "accept": ACCEPT,
        "template_url": reverse("courses:class_results_template", args=[pk]),
        "back": reverse(TAB, args=[pk]),
        "what": "kết quả",
        "how": "Cần cột Họ và tên và một trong các cột Kết quả, Xếp loại, Điểm. "
        "Chỉ có điểm thì từ 5 trên 10 trở lên là đạt.",
    }
    return render(request, "courses/sheet_upload.html", context)


@require_GET
@needs(RUN)
def class_results_template(request, pk):
    """The sheet to fill in, with what is known already."""
    training_class = class_of(request, pk)
    here = learners_of(training_class, request.user).filter(state__in=STUDYING)
    return workbook(result_sheets.template_of(here), f"ket-qua-{training_class.code}.xlsx")


@require_POST
@needs("courses.change_class")
def class_results_again(request, pk):
    """Write the levels of a class again after its course or its days changed."""
    changed = write_again(class_of(request, pk), by=request.user)
    return say_done(request, f"Đã ghi lại trình độ của {changed} người.", reverse(TAB, args=[pk]))
