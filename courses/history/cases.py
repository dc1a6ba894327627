"""A row of a list of the past on its way to a lượt."""

from dataclasses import dataclass, field, replace
from datetime import date

from cadres.intake.cases import REJECT, UNCHANGED, Case
from courses.history.columns import words
from courses.history.mapping import NOTHING, Meaning
from courses.history.rows import contract_values
from courses.models import Enrolment
from trainingplans.lib.dates import DAY, PartialDate
from trainingplans.lib.text import fold

LONGEST = {
    "course": Enrolment._meta.get_field("title").max_length,
    "institution": Enrolment._meta.get_field("institution_text").max_length,
    "result": Enrolment._meta.get_field("grade").max_length,
    "certificate_no": Enrolment._meta.get_field("certificate_text").max_length,
}
PASS_MARK = 5
MOST_POINTS = 10
MOST_HOURS = 10_000


@dataclass(slots=True)
class HistoryCase(Case):
    """A Case whose person is matched lightly, with what becomes the enrolment."""

    person: object = None
    meaning: Meaning = NOTHING
    form: str = ""
    first: PartialDate | None = None
    last: PartialDate | None = None
    # Of the enrolment that it repeats or completes: its id.
    enrolment: int | None = None
    # column → value that an enrolment of an earlier list did not have yet.
    adds: dict = field(default_factory=dict)

    @property
    def official_id(self):
        return self.person.id if self.person else None

    @property
    def begins(self):
        """The day whose unit, post and kind of staff are kept: the first that it may mean."""
        return (self.first or self.last or PartialDate(date.today())).first

    @property
    def ends_on(self):
        """The last day that the end may mean, None where no date is told at all."""
        told = self.last or self.first
        return told.last if told else None

    @property
    def ends_precision(self):
        told = self.last or self.first
        return told.precision if told else DAY


def cases_of(parsed):
    """(cases, issues): one case for each data row, with the contract's values in `row.values`."""
    cases, issues = [], []
    for row in parsed.rows:
        told = dict(row.values)
        case = HistoryCase(row=replace(row, values=contract_values(told)), told=told)
        told.pop("unit", None)
        if row.reject_field:
            case.action, case.reject_field = REJECT, row.reject_field
        else:
            issues += _check(case)
        cases.append(case)
    _set_doubles_aside(cases)
    return cases, issues


def _check(case):
    """Issues of a row; dates as PartialDate, texts cut to what a column holds."""
    told = case.told
    if "course" not in told:
        yield case.reject(
            "course",
            "no_course",
            "không ghi tên khóa, lớp",
            "Điền tên khóa, hoặc ghi “Lớp …” thành một dòng trên danh sách",
        )
        return
    for name, longest in LONGEST.items():
        if len(told.get(name, "")) > longest:
            told[name] = case.row.values[name] = told[name][:longest]
            what = f"dài hơn {longest} ký tự nên bị cắt bớt"
            yield case.issue(name, "too_long", what, "Rút gọn rồi nhập lại", severity="warning")
    case.first, case.last = _date(told.get("from")), _date(told.get("to"))
    if case.first and case.last and case.first.first > case.last.last:
        yield case.reject(
            "to",
            "ends_before_start",
            f"ngày kết thúc {case.last.display} trước ngày bắt đầu {case.first.display}",
            "Sửa một trong hai ngày",
        )
    elif case.ends_on is None:
        what = "không ghi thời gian học nên không vào số lượt của năm nào"
        yield case.issue("to", "no_date", what, "Ghi ngày hoặc năm kết thúc", severity="warning")
    if told.get("hours", 0) > MOST_HOURS:
        del told["hours"], case.row.values["hours"]
        what = "số tiết quá lớn nên bị bỏ qua"
        yield case.issue("hours", "unknown_hours", what, "Sửa số tiết", severity="warning")


def _date(text):
    return PartialDate.parse(text) if text else None


def _set_doubles_aside(cases):
    """Identical rows of one file are one lượt: the later ones change nothing."""
    by_place = {case.place: case for case in cases}
    for case in cases:
        first = by_place.get(tuple(case.row.duplicate_of or ()))
        if first is not None and case.is_open and first.action != REJECT:
            case.action, case.double_of = UNCHANGED, first


def has_failed(result, score=""):
    """Whether a result says that the course was not completed."""
    told = fold(result)
    if any(told == fold(word) or told.startswith(f"{fold(word)} ") for word in words()["failed"]):
        return True
    try:
        points = float((score or "").replace(",", "."))
    except ValueError:
        return False
    return points < PASS_MARK and points <= MOST_POINTS
