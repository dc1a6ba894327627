"""Who may be sent to a class: each check answers in words, how strict it is says the policy.

All people of a unit are checked in a constant number of queries. Lacking data is never a pass:
where a record cannot decide, the finding says so ("chưa đủ dữ liệu").
"""

from collections import defaultdict
from dataclasses import dataclass

from cadres.choices import Ladder
from cadres.intake.people import one_of
from cadres.models import Appraisal, Level, Standing
from cadres.models.standings import RANK_STEP, level_column
from courses.audience import Asked, audience_of
from courses.busy import clashes, seats_of
from courses.models import Check, Commitment, Enrolment, Form
from courses.policy import Policy, Severity
from trainingplans.lib.dates import EVER, add_months, add_years, show, today
from trainingplans.lib.numbers import format_number

GOOD = {"HTXS", "HTT"}
UNIVERSITY = "DH"
LACKING = "Chưa đủ dữ liệu"


@dataclass(frozen=True)
class Finding:
    """What a check found: against (or, where `unclear`, not decidable for) somebody, in words."""

    check: str
    severity: str
    text: str
    unclear: bool = False

    @property
    def blocks(self):
        return self.severity == Severity.BLOCK


def day_of(training_class):
    """The day for which people are checked: the opening of the class, else today."""
    return training_class.starts_on or today()


class Checks:
    """The checks of one class (or, without one, those that need none) for many people.

    `people`: a queryset of Standing valid on `on`; `found` gives {official id: [Finding]}.
    """

    def __init__(self, training_class=None, *, on, policy=None):
        self.training_class, self.on = training_class, on
        self.course = training_class.course if training_class else None
        self.policy = policy or Policy(on)
        course = self.course
        self.audience = Asked(audience_of(training_class), "audience", on)
        self.before = Asked(course.prerequisites if course else None, "before", on)
        self.is_degree = bool(course) and course.category.form == Form.DAO_TAO

    def read(self, people):
        """The standings with what the checks read of each; list, in the order of `people`."""
        columns = {**self.audience.columns(), **self.before.columns()}
        rows = list(people.annotate(**columns).select_related("official", "unit", "ethnic_group"))
        self._load([row.official_id for row in rows])
        return rows

    def _load(self, ids):
        """What other tables say of these people, a query each."""
        wanted = one_of(ids)
        commitments = Commitment.objects.filter(
            enrolment__official__in=wanted, starts_on__lte=self.on, ends_on__gte=self.on
        ).exclude(released_on__lte=self.on)
        self.commitments = dict(commitments.values_list("enrolment__official", "ends_on"))
        self.done = self._done(wanted) if self.course else {}
        self.clashing = clashes(self.training_class, wanted) if self.training_class else {}
        self.seats = seats_of(self.training_class) if self.training_class else None
        self.grades = self._grades(wanted) if self.is_degree else {}
        self.is_postgraduate = self.is_degree and _above_university(self.course)

    def _done(self, wanted):
        """{official id: the last day of the newest completed run of this course}."""
        rows = Enrolment.objects.filter(official__in=wanted, course=self.course, completed=True)
        return dict(rows.order_by("ends_on").values_list("official", "ends_on"))

    def _grades(self, wanted):
        grades = defaultdict(dict)
        years = Appraisal.objects.filter(official__in=wanted, year__lt=self.on.year)
        for official, year, grade in years.values_list("official", "year", "grade"):
            grades[official][year] = grade
        return grades

    def of(self, row):
        """The Findings about one standing that `read` gave, the strictest first."""
        found = [
            Finding(check, self._severity(check, row, unclear), text, unclear)
            for check, text, unclear in self._told(row)
        ]
        found = [one for one in found if one.severity not in ("", Severity.OFF)]
        return sorted(found, key=lambda one: not one.blocks)

    def _severity(self, check, row, unclear):
        severity = self.policy.of(check, row.staff_kind).severity
        # A level that nobody recorded is asked for, not held against the person.
        if unclear and check == Check.ALREADY and severity == Severity.BLOCK:
            return Severity.WARN
        return severity

    def _told(self, row):
        yield from self._rules(row)
        yield from self._already(row)
        for text in self.clashing.get(row.official_id, ()):
            yield Check.SAME_DAYS, text, False
        if until := self.commitments.get(row.official_id):
            yield Check.COMMITMENT, f"Còn cam kết phục vụ đến {show(until)}", False
        if self.is_postgraduate:
            yield from self._age(row)
        if self.is_degree:
            yield from self._service(row)
            yield from self._appraisal(row)
        yield from self._quota(row)
        yield from self._retiring(row)

    def _rules(self, row):
        for check, asked, lead in (
            (Check.AUDIENCE, self.audience, "Không thuộc đối tượng: lớp dành cho người"),
            (Check.PREREQUISITES, self.before, "Chưa đủ điều kiện học trước: cần người"),
        ):
            for words in asked.missed(row):
                yield check, f"{lead} {words}", False
            for words in asked.unclear(row):
                yield check, f"{LACKING} để biết có là người {words}", True
            if asked.problems:
                yield check, "Quy tắc của khóa không còn đọc được, cần Sở Nội vụ sửa khóa", True

    def _already(self, row):
        if (day := self.done.get(row.official_id)) and not self._is_due_again(day):
            yield Check.ALREADY, f"Đã học khóa này, xong ngày {show(day)}", False
        elif (day is None) and (level := self._granted()):
            yield from self._level(row, level)

    def _is_due_again(self, day):
        years = self.course.repeat_after_years
        return bool(years) and add_years(day, years) <= self.on

    def _granted(self):
        return self.course.grants_level if self.course else None

    def _level(self, row, level):
        held = getattr(row, level_column(level.ladder))
        ladder = Ladder(level.ladder).label.lower()
        if language := self.course.grants_language:
            if f",{language.name}," in row.languages:
                yield Check.ALREADY, f"Đã biết tiếng {language.name}", False
        elif held is None:
            yield Check.ALREADY, f"Chưa rõ trình độ {ladder}: cần xem bằng, chứng chỉ", True
        elif held >= level.rank * RANK_STEP:
            yield Check.ALREADY, f"Đã có {ladder} từ {level.name} trở lên", False

    def _age(self, row):
        limit = self._value(Check.AGE, row)
        if limit is None:
            return
        if row.birth_first is None:
            yield Check.AGE, f"{LACKING}: hồ sơ chưa ghi ngày sinh", True
        elif add_years(row.birth_last, limit + 1) <= self.on:
            yield Check.AGE, f"Quá {limit} tuổi khi khai giảng", False
        elif add_years(row.birth_first, limit + 1) <= self.on:
            year = row.birth_first.year
            yield Check.AGE, f"{LACKING}: chỉ biết năm sinh {year}, giới hạn {limit} tuổi", True

    def _service(self, row):
        years = self._value(Check.SERVICE, row)
        if years is None:
            return
        if row.service_from in (None, EVER):
            yield Check.SERVICE, f"{LACKING}: hồ sơ chưa ghi ngày vào công tác", True
        elif add_years(row.service_from, years) > self.on:
            text = f"Mới công tác {length(row.service_from, self.on)}, chưa đủ {years} năm"
            yield Check.SERVICE, text, False
        elif add_years(row.service_last, years) > self.on:
            yield Check.SERVICE, f"{LACKING}: chưa rõ ngày vào công tác trong năm", True

    def _appraisal(self, row):
        # Of the years that are over today: nobody is appraised before the year ends.
        last = min(self.on.year, today().year)
        for year in range(last - (self._value(Check.APPRAISAL, row) or 0), last):
            grade = self.grades.get(row.official_id, {}).get(year)
            if grade is None:
                yield Check.APPRAISAL, f"{LACKING}: chưa có xếp loại năm {year}", True
            elif grade not in GOOD:
                yield Check.APPRAISAL, f"Năm {year} chưa hoàn thành tốt nhiệm vụ", False

    def _quota(self, row):
        if self.seats and (text := self.seats.refusal(row.unit, row.official_id)):
            yield Check.QUOTA, text, False

    def _retiring(self, row):
        years = self._value(Check.RETIRING, row)
        if years is None:
            return
        limit = add_years(self.on, years)
        if row.retires_first is None:
            yield Check.RETIRING, f"{LACKING} để tính ngày nghỉ hưu", True
        elif row.retires_last < limit:
            left = length(self.on, row.retires_last)
            yield Check.RETIRING, f"Còn {left} tới tuổi nghỉ hưu, dưới mức {years} năm", False
        elif row.retires_first < limit:
            yield Check.RETIRING, f"{LACKING}: ngày nghỉ hưu có thể dưới mức {years} năm", True

    def _value(self, check, row):
        value = self.policy.of(check, row.staff_kind).value
        return None if value is None else int(value)


def _above_university(course):
    level = course.grants_level
    if level is None or level.ladder != Ladder.PROFESSIONAL:
        return False
    university = Level.objects.filter(ladder=level.ladder, code=UNIVERSITY).first()
    return university is not None and level.rank > university.rank


def length(first, last):
    """ "2 năm 2 tháng", "8 tháng" between two days; "chưa đầy 1 tháng" for less."""
    months = (last.year - first.year) * 12 + last.month - first.month
    if months > 0 and add_months(first, months) > last:
        months -= 1
    if months <= 0:
        return "chưa đầy 1 tháng"
    years, months = divmod(months, 12)
    parts = [f"{format_number(years)} năm"] * bool(years) + [f"{months} tháng"] * bool(months)
    return " ".join(parts)


def people_of(units, on):
    """The standings of who is in service in `units` (a queryset) on the day."""
    here = Standing.objects.at(on).filter(in_service=True, official__merged_into=None)
    return here.filter(unit__in=units.values("pk")).order_by("sort_key", "official_id")
