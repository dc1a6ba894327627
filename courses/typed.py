"""What grids of a class send: marks and results by learner, and what the page had shown."""

import json

from courses.attendance import LETTERS, MARKS, read_mark
from courses.result_sheets import outcome_of, score_of
from courses.results import FAILED, PASSED, Result
from trainingplans.lib.text import tidy

CELLS_AT_MOST = 200_000


def shown_marks(marks):
    """The hidden text that tells which marks a page shows; read by `marks_shown`."""
    told = [
        [session, learner, mark] for learner, row in marks.items() for session, mark in row.items()
    ]
    return json.dumps(told, separators=(",", ":"))


def marks_shown(data):
    """{(session, learner): mark} of the hidden text; nonsense is as nothing shown."""
    try:
        return {(int(s), int(e)): str(mark) for s, e, mark in json.loads(data.get("shown", "[]"))}
    except (ValueError, TypeError, RecursionError):
        return {}


def roll_typed(data, session, learners):
    """{(session id, learner id): mark} of one session's radio buttons."""
    typed = {}
    for row in learners:
        mark = data.get(f"m-{row.pk}", "")
        typed[session.pk, row.pk] = mark if mark in MARKS else ""
    return typed


def grid_typed(data, sessions, learners):
    """(marks, texts that are none) of the letters of a whole grid, both by (session, learner)."""
    marks, strange = {}, {}
    for session in sessions:
        for row in learners:
            text = data.get(f"m-{session.pk}-{row.pk}")
            if text is None:
                continue
            mark, place = read_mark(text), (session.pk, row.pk)
            if mark is None:
                strange[place] = text[:20]
            else:
                marks[place] = mark
    return marks, strange


def letter(mark):
    """x, p or v; "" for none."""
    return LETTERS.get(mark, "")


def shown_results(learners):
    """The hidden text that tells which results a page shows; read by `results_shown`."""
    told = {row.pk: Result.of(row).to_json() for row in learners}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def results_shown(data):
    """{learner id: Result} of the hidden text; nonsense is as nothing shown."""
    try:
        told = json.loads(data.get("shown", "{}"))
        return {int(pk): Result.from_json(one) for pk, one in told.items()}
    except (ValueError, TypeError, AttributeError, ArithmeticError, RecursionError):
        return {}


def results_typed(data, learners):
    """(results, {learner id: what is wrong}, {learner id: texts as typed}) of the grid."""
    results, wrong, texts = {}, {}, {}
    for row in learners:
        told = {key: tidy(data.get(f"{key}-{row.pk}", "")) for key in ("o", "g", "s")}
        texts[row.pk] = told
        outcome = told["o"] if told["o"] in (PASSED, FAILED, "") else outcome_of(told["o"])
        try:
            score = score_of(told["s"])
        except ValueError as fault:
            wrong[row.pk] = str(fault)
            continue
        if outcome is None:
            wrong[row.pk] = "Chọn Đạt hoặc Không đạt."
        elif not outcome and (told["g"] or told["s"]):
            wrong[row.pk] = "Có xếp loại hoặc điểm mà chưa chọn kết quả. Chọn Đạt hoặc Không đạt."
        else:
            results[row.pk] = Result(outcome, told["g"][:60], score)
    return results, wrong, texts


def texts_of(result):
    """The texts that show a Result in the grid."""
    score = "" if result.score is None else f"{result.score.normalize():f}".replace(".", ",")
    return {"o": result.outcome, "g": result.grade, "s": score}
