"""Results as typed and as sheets tell them: words, grades and scores into a Result."""

from decimal import Decimal, InvalidOperation

from cadres.intake.types import column_letter
from courses.named_sheets import Problem, match
from courses.results import FAILED, PASSED, SCORE_AT_MOST, Result
from trainingplans.lib.sheets import append, bytes_of, new_book, new_sheet
from trainingplans.lib.text import fold, tidy

OUTCOME = {"ket qua", "ket qua hoc tap", "dat/khong dat", "dat / khong dat", "ket luan"}
GRADE = {"xep loai", "loai", "xep loai tot nghiep", "xep loai hoc tap", "danh gia"}
SCORE = {"diem", "diem thi", "diem tong ket", "diem trung binh", "diem kiem tra", "tong diem"}
SAYS_PASSED = {"dat", "d", "hoan thanh", "dat yeu cau", "dau", "x", "co", "dat ket qua"}
SAYS_FAILED = {"khong dat", "kd", "truot", "khong hoan thanh", "chua dat", "hong", "khong", "k"}
GOOD = {"xuat sac", "gioi", "kha", "trung binh kha", "tb kha", "trung binh", "tb", "dat"}
GOOD |= {"dat yeu cau", "hoan thanh", "hoan thanh tot", "hoan thanh xuat sac"}
BAD = {"yeu", "kem", "khong dat", "khong hoan thanh", "chua dat"}
ENOUGH = Decimal(5)  # of ten, where a sheet tells nothing but a score
HEADINGS = ["STT", "Họ và tên", "Ngày sinh", "Đơn vị", "Kết quả", "Xếp loại", "Điểm"]
WIDTHS = [6, 28, 12, 30, 14, 16, 8]


def outcome_of(text):
    """passed, failed, "" for an empty text, None for one that says neither."""
    key = fold(text).strip(". ")
    if not key:
        return ""
    if key in SAYS_PASSED:
        return PASSED
    return FAILED if key in SAYS_FAILED else None


def grade_means(text):
    """What a grade says of the outcome, "" for what cannot be told."""
    key = fold(text).strip(". ")
    return PASSED if key in GOOD else FAILED if key in BAD else ""


def score_of(text):
    """The Decimal of "7,5", None for an empty text; ValueError for what is no score."""
    text = text.strip().replace(",", ".")
    if not text:
        return None
    try:
        score = Decimal(text)
    except InvalidOperation:
        raise ValueError(f"“{text}” không phải là điểm. Ghi số, ví dụ 7,5.") from None
    if not score.is_finite() or not 0 <= score <= SCORE_AT_MOST:
        raise ValueError(f"Điểm {text} ngoài khoảng 0 đến {SCORE_AT_MOST}.")
    return score.quantize(Decimal("0.01"))


def results_of(sheet, learners):
    """({enrolment id: Result}, [Problem]) of a NamedSheet; a problem leaves its learner out."""
    columns = {
        name: sheet.column(words)
        for name, words in (("outcome", OUTCOME), ("grade", GRADE), ("score", SCORE))
    }
    found, problems = match(sheet, learners)
    if not any(columns.values()):
        text = "tệp không có cột Kết quả, Xếp loại hay Điểm. Đặt tên cột như vậy rồi gửi lại."
        return {}, [Problem(sheet.heading_row, "", text)]
    results = {}
    for line in sheet.lines:
        if line.row not in found:
            continue
        try:
            result = _result(line, columns)
        except CellFault as fault:
            problems.append(Problem(line.row, column_letter(fault.column), str(fault)))
            continue
        results[found[line.row].pk] = result
    return results, sorted(problems, key=lambda problem: problem.row)


class CellFault(ValueError):
    """A cell that cannot be read."""

    def __init__(self, column, text):
        super().__init__(text)
        self.column = column


def _result(line, columns):
    told = {name: line.cells.get(n, "") if n else "" for name, n in columns.items()}
    try:
        score = score_of(told["score"])
    except ValueError as fault:
        raise CellFault(columns["score"], str(fault)) from None
    outcome = outcome_of(told["outcome"])
    grade = tidy(told["grade"])[:60]
    if outcome is None:
        # Some schools write the grade under "Kết quả".
        outcome, grade = grade_means(told["outcome"]), grade or tidy(told["outcome"])[:60]
        if not outcome:
            text = f"“{told['outcome']}” không rõ là đạt hay không. Ghi Đạt hoặc Không đạt."
            raise CellFault(columns["outcome"], text)
    outcome = outcome or grade_means(grade)
    if not outcome and score is not None:
        outcome = PASSED if score >= (ENOUGH if score <= 10 else ENOUGH * 10) else FAILED
    return Result(outcome, grade, score)


def template_of(learners):
    """A workbook to fill in: a line for each learner with what is known already."""
    book = new_book()
    sheet = new_sheet(book, "Kết quả", HEADINGS, WIDTHS)
    for number, row in enumerate(learners, 1):
        birth = row.official.birth.display if row.official.birth else ""
        score = float(row.score) if row.score is not None else None
        outcome = row.get_outcome_display() if row.outcome else ""
        person = [number, row.official.full_name, birth, row.unit.name if row.unit else ""]
        append(sheet, [*person, outcome, row.grade, score])
    return bytes_of(book)
