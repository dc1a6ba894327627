"""From a parsed list of the past to what an import of it would do: nothing is written here."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.utils import timezone

from cadres.intake.cases import CREATE, REJECT, UNCHANGED, UPDATE
from cadres.intake.locating import Locator
from cadres.intake.people import one_of
from cadres.intake.types import Issue, ParsedRoster
from cadres.models import ImportBatch
from courses.history.cases import cases_of
from courses.history.mapping import CourseMap, form_of, title_key
from courses.history.people import Matcher, People
from courses.models import Enrolment
from trainingplans.lib.dates import show, today
from trainingplans.lib.numbers import format_number
from trainingplans.lib.text import fold

# What makes two lượt of one title and time the same: each equal, or told by one of them only.
DETAILS = ("form", "hours", "institution_text", "grade", "certificate_text")
TOLD_AS = dict(
    zip(DETAILS, ("form", "hours", "institution", "result", "certificate_no"), strict=True)
)
KEY = ("title_key", "starts_on", "ends_on")


@dataclass
class HistoryOutcome:
    """What an import of a list of the past comes to."""

    parsed: ParsedRoster
    on: object
    cases: list
    issues: list
    absent: list = field(default_factory=list)
    # {"unmapped": [[title key, title, rows]]} of the courses that map to no content.
    more: dict = field(default_factory=dict)

    @property
    def counts(self):
        """The counts of the contract."""
        actions = Counter(case.action for case in self.cases)
        return {
            "data_rows": len(self.cases),
            **{action: actions[action] for action in (CREATE, UPDATE, UNCHANGED, REJECT)},
            "other_rows": self.parsed.other_rows,
        }


def prepare(parsed, *, by, on, unit=None, choices=None, absent="keep", sha256="", batch=None):
    """The HistoryOutcome of importing `parsed` in the name of `by` (see kinds.Kind.prepare)."""
    choices = choices or {}
    cases, issues = cases_of(parsed)
    outcome = HistoryOutcome(parsed, on, cases, [*parsed.issues, *issues])
    outcome.issues += _seen_before(sha256, batch)
    _refuse_future(outcome)
    locator = Locator(by, default=unit, on=None, told=choices.get("units"))
    _locate(outcome, locator)
    people = People([case for case in cases if case.is_open], by)
    outcome.issues += Matcher(cases, people, locator, choices).match()
    _give_meaning(outcome, CourseMap(by, choices.get("courses")))
    _compare(cases, people)
    _join_doubles(outcome)
    order = {sheet.name: number for number, sheet in enumerate(parsed.sheets)}
    outcome.issues.sort(key=lambda issue: (order.get(issue.sheet, 0), issue.row))
    return outcome


def _seen_before(sha256, this):
    """[Issue] if this very file was applied before."""
    applied = ImportBatch.objects.filter(state=ImportBatch.State.APPLIED, sha256=sha256)
    found = applied.exclude(pk=this).values_list("pk", "applied_at", "file_name").first()
    if not found:
        return []
    pk, at, name = found
    message = f"Tệp này đã được nhập ngày {show(timezone.localdate(at))} (lần nhập {pk})."
    return [Issue("", 0, None, None, name, "warning", "seen_before", message)]


def _refuse_future(outcome):
    """A course that has not ended yet is no history."""
    now = today()
    for case in outcome.cases:
        told = case.last or case.first
        if case.is_open and told and told.first > now:
            what = f"khóa học kết thúc {told.display}, sau hôm nay"
            cure = "Chỉ nhập khóa đã học xong; lớp đang học mở ở mục Lớp"
            outcome.issues.append(case.reject("to", "future", what, cure))


def _locate(outcome, locator):
    """Find each row's unit; another office's rows are refused.

    A unit that is not found is only said once: the text is of the time of the course, and units
    were renamed and closed since. The person may still be found without it.
    """
    said = set()
    for case in outcome.cases:
        if not case.is_open or not (issue := locator.locate(case)):
            continue
        if issue.code != "foreign_unit":
            case.action, case.reject_field = "", ""
            case.unit, case.is_unit_told = locator.default, False
            issue.severity = "warning"
            if case.row.unit_text in said:
                continue
            said.add(case.row.unit_text)
        outcome.issues.append(issue)


def _give_meaning(outcome, courses):
    """Course, content and form of each open row; one warning a title that maps to no content."""
    unmapped, unformed = defaultdict(list), defaultdict(list)
    for case in outcome.cases:
        if case.action == REJECT:
            continue
        told, values = case.told, case.row.values
        case.meaning = courses.meaning(told["course"], told.get("content", ""))
        case.form = form_of(told.get("form", ""), case.meaning, told["course"])
        values["category"] = case.meaning.code
        if case.form:
            values["form"] = case.form
        if case.meaning.code is None:
            unmapped[title_key(told["course"])].append(case)
        if not case.form:
            unformed[title_key(told["course"])].append(case)
    outcome.more["unmapped"] = sorted(
        ([key, cases[0].told["course"], len(cases)] for key, cases in unmapped.items()),
        key=lambda one: (-one[2], one[0]),
    )
    for cases in unmapped.values():
        what = f"khóa “{cases[0].told['course']}” chưa rõ thuộc nội dung nào{_many(cases)}"
        outcome.issues.append(_warn(cases[0], "unknown_course", what, "Chọn nội dung cho khóa này"))
    for cases in unformed.values():
        what = f"khóa “{cases[0].told['course']}” chưa rõ là đào tạo hay bồi dưỡng{_many(cases)}"
        cure = "Thêm cột Hình thức, hoặc chọn nội dung cho khóa này"
        outcome.issues.append(_warn(cases[0], "unknown_form", what, cure))


def _many(cases):
    return f" ({format_number(len(cases))} dòng)" if len(cases) > 1 else ""


def _warn(case, code, what, cure):
    return case.issue("course", code, what, cure, severity="warning")


# What is known already


def _compare(cases, people):
    """Decide for each open row: a new lượt, one known already, or one that it completes."""
    known = _known_of({case.official_id for case in cases if case.person}, people)
    for case in cases:
        if not case.is_open:
            continue
        told = told_by(case)
        same = known[case.official_id].get(tuple(told[name] for name in KEY), [])
        found = next((row for row in same if _agrees(row, told)), None)
        if found is None:
            case.action = CREATE
            continue
        same.remove(found)  # a second row of the file is a lượt of its own
        case.enrolment = found["pk"]
        case.adds = _adds(found, told)
        case.action = UPDATE if case.adds else UNCHANGED
        case.changed = {TOLD_AS[name]: [None, value] for name, value in case.adds.items()}


def _known_of(officials, people):
    """{official id: {KEY: [row]}} of the lượt that are recorded."""
    known = defaultdict(lambda: defaultdict(list))
    if officials:
        rows = Enrolment.objects.filter(official__in=one_of(officials)).order_by("pk")
        for row in rows.values("pk", "official_id", "origin", *KEY, *DETAILS):
            known[row["official_id"]][tuple(row[name] for name in KEY)].append(row)
    return known


def told_by(case):
    """What a row says of its lượt: the columns of an Enrolment that are compared and written."""
    told = case.told
    return {
        "title_key": title_key(told["course"]),
        "starts_on": case.first.first if case.first else None,
        "ends_on": case.ends_on,
        "form": case.form,
        "hours": told.get("hours"),
        "institution_text": told.get("institution", ""),
        "grade": told.get("result", ""),
        "certificate_text": told.get("certificate_no", ""),
    }


def _agrees(row, told):
    """Whether a recorded lượt may be the one that the row tells of."""
    if row["origin"] == Enrolment.Origin.CLASS:
        return True  # the portal ran that class itself: its own record is the better one
    return all(
        not row[name] or not told[name] or _plain(row[name]) == _plain(told[name])
        for name in DETAILS
    )


def _adds(row, told):
    if row["origin"] == Enrolment.Origin.CLASS:
        return {}
    return {name: told[name] for name in DETAILS if told[name] and not row[name]}


def _plain(value):
    return fold(value) if isinstance(value, str) else value


def _join_doubles(outcome):
    """Rows set aside as doubles share the fate of their first one."""
    for case in outcome.cases:
        if (first := case.double_of) is None:
            continue
        case.person, case.meaning, case.form = first.person, first.meaning, first.form
        case.unit = first.unit
        where = f"dòng {first.row.row}"
        if first.action == REJECT:
            what = f"giống hoàn toàn {where}, dòng đó bị từ chối"
            outcome.issues.append(case.reject(first.reject_field, "same_as_rejected", what))
        else:
            what = f"giống hoàn toàn {where} nên chỉ tính một lượt"
            issue = case.issue(None, "duplicate_row", what, "Bỏ bớt một dòng", severity="warning")
            outcome.issues.append(issue)
