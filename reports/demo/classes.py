"""Classes of the demonstration: schools, instructors, classes in every state, their learners."""

import random
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from cadres.models import Account, EthnicGroup, Qualification, Standing
from courses.actions.catalogue import set_keys
from courses.actions.classes import set_keys as set_class_keys
from courses.granting import sync
from courses.models import (
    ClassSession,
    ClassState,
    Course,
    Decision,
    Enrolment,
    Institution,
    Instructor,
    Nomination,
    SeatQuota,
    TrainingClass,
)
from courses.seats import units_to_give
from courses.sessions import slots
from courses.states import STEPS
from reports.demo.places import load_data
from trainingplans.lib.text import fold
from trainingplans.plans.models import ClassCost, FundingSource

OFFICE = "Sở Nội vụ"
ROUND_SEATS = 2
WEEKS_BEFORE = {"planned": 24, "calling": 8, "decided": 2}
FAILS, LEAVES = 0.03, 0.01
GRADES = {"Giỏi": 30, "Khá": 55, "Trung bình": 15}
PEOPLE = {"communes": ["commune"], "both": ["commune", "department", "party", "mass_organisation"]}
OVER = (ClassState.ENDED, ClassState.SETTLED)
DECIDED = (ClassState.DECIDED, ClassState.RUNNING, *OVER)


def make_classes(province, seed, *, by):
    """Write all of it; {model name: number}."""
    return Classes(province, random.Random(seed + 5), by).make()  # noqa: S311


class Classes:
    """Makes the classes of demo_classes.json, one after the other, by the days they start."""

    def __init__(self, province, rng, by):
        self.rng, self.by = rng, by
        self.data = load_data("demo_classes.json")
        self.courses = {
            row.code: row for row in Course.objects.select_related("category", "grants_level")
        }
        self.groups = {row.name: row for row in EthnicGroup.objects.all()}
        self.sources = {row.name: row for row in FundingSource.objects.all()}
        self.office = province.named(OFFICE).unit
        self.school_unit = province.named(self.data["institutions"][0]["name"]).unit
        self.busy = {}  # official id → [(from, to)]
        self.passed = []
        self.climbed = set()  # (official id, ladder) of those whom a class has lifted
        self.had = set()  # (official id, course id): nobody takes a course twice
        self.grades = list(GRADES)
        self.numbers = dict.fromkeys(("trainingclass", "enrolment"), 0)

    def make(self):
        self.schools = {entry["name"]: self._school(entry) for entry in self.data["institutions"]}
        self.teachers = [self._teacher(*entry) for entry in self.data["instructors"]]
        for number, entry in enumerate(self.data["classes"], 1):
            self._class(number, entry)
        # All at once: the standings of each person are derived a single time.
        sync(self.passed, by=self.by)
        return self.numbers

    def _saved(self, row, at=None):
        row._history_user = self.by
        if at:
            row._history_date = at
        row.save()
        return row

    def _school(self, entry):
        own = entry.pop("own", False)
        row = Institution(**entry, unit=self.school_unit if own else None)
        set_keys(row)
        return self._saved(row)

    def _teacher(self, name, grade, school, languages):
        row = Instructor(full_name=name, grade=grade, institution=self.schools.get(school))
        set_keys(row)
        self._saved(row)
        row.languages.set([self.groups[language] for language in languages])
        row.spoken = set(languages)
        return row

    def _class(self, number, entry):
        row = self._through_states(number, entry)
        self._seats(row, entry)
        sessions = self._sessions(row, entry)
        if row.state in DECIDED:
            decision = self._decision(row, number)
            self._learners(row, entry, decision)
        self._costs(row, entry, sessions)
        self.numbers["trainingclass"] += 1

    def _through_states(self, number, entry):
        """The class, with a row of history for each state it went through."""
        course, school = self.courses[entry["course"]], self.schools[entry["school"]]
        starts, ends = date.fromisoformat(entry["starts"]), date.fromisoformat(entry["ends"])
        row = TrainingClass(
            code=f"L{starts.year}-{number:03d}",
            title=entry["title"],
            course=course,
            institution=school,
            organiser=self.office,
            place=entry.get("place", school.name),
            capacity=entry.get("capacity") or entry["learners"] + 2,
            starts_on=starts,
            ends_on=ends,
            nominations_due=date.fromisoformat(entry["due"]) if "due" in entry else None,
            open_to_all="seats" not in entry,
            note="",
        )
        set_class_keys(row)
        for state in _states_to(entry["state"]):
            row.state, row.state_since = state, _since(state, starts, ends)
            if state == ClassState.CANCELLED:
                row.cancel_reason = entry["reason"]
            self._saved(row)
        return row

    def _seats(self, row, entry):
        """Two seats each for some of the units, as far as they go."""
        if "seats" not in entry:
            return
        units = units_to_give()
        if entry["seats"] == "communes":
            units = units.filter(kind="commune")
        units = list(units.order_by("sort_key", "pk"))
        first = self._first_communes(units)
        rest = [unit for unit in units if unit not in first]
        self.rng.shuffle(rest)
        for unit in [*first, *rest][: row.capacity // ROUND_SEATS]:
            self._saved(SeatQuota(training_class=row, unit=unit, seats=ROUND_SEATS))

    def _first_communes(self, units):
        """The communes that the accounts of the demonstration belong to."""
        plan = load_data("demo_province.json")
        names = {plan["first_commune"], plan["second_commune"]}
        return [unit for unit in units if unit.name in names]

    def _sessions(self, row, entry):
        if "timetable" not in entry:
            return []
        weekdays, parts = entry["timetable"]
        fit = self._fit(row, entry)
        rows = [
            ClassSession(
                training_class=row,
                on=day,
                part=part,
                place=entry.get("room", ""),
                instructor=fit[number % len(fit)],
            )
            for number, (day, part) in enumerate(slots(row.starts_on, row.ends_on, weekdays, parts))
        ]
        return bulk_create_with_history(rows, ClassSession, default_user=self.by)

    def _fit(self, row, entry):
        """Who teaches: those who speak the language, else those of the school."""
        if "teacher" in entry:
            return [one for one in self.teachers if one.full_name == entry["teacher"]]
        language = row.course.grants_language
        if language:
            return [one for one in self.teachers if language.name in one.spoken]
        return [one for one in self.teachers if one.institution_id == row.institution_id]

    def _decision(self, row, number):
        day = row.starts_on - timedelta(weeks=1)
        leader = Account.objects.filter(role="leader").first()
        return self._saved(
            Decision(
                training_class=row,
                number=f"{100 + 7 * number}/QĐ-SNV",
                date=day,
                signer=leader.full_name if leader else "",
                signer_title="Giám đốc Sở Nội vụ",
                approved_by=leader,
                approved_at=timezone.make_aware(datetime.combine(day, time(9))),
            )
        )

    def _learners(self, row, entry, decision):
        standings = self._chosen(row, entry)
        nominations = bulk_create_with_history(
            [self._nomination(row, one, decision) for one in standings],
            Nomination,
            default_user=self.by,
        )
        rows = [
            self._enrolment(row, one, decision, nomination, entry)
            for one, nomination in zip(standings, nominations, strict=True)
        ]
        rows = bulk_create_with_history(rows, Enrolment, default_user=self.by)
        self.passed += [one for one in rows if one.completed]
        self.numbers["enrolment"] += len(rows)

    def _chosen(self, row, entry):
        """Standings of those who go: in service, without the level, free on these days."""
        course = row.course
        found = Standing.objects.at(row.starts_on).filter(
            in_service=True, unit__kind__in=PEOPLE[entry["of"]], staff_kind__in=["CB", "CC", "VC"]
        )
        if course.grants_level:
            held = Qualification.objects.filter(ladder=course.grants_level.ladder)
            if not course.grants_language:
                held = held.filter(level__rank__gte=course.grants_level.rank)
            else:
                held = held.filter(level__rank__gt=0)
            found = found.exclude(official__in=held.values("official"))
        free = [one for one in found.order_by("official_id") if self._is_free(one, row)]
        wanted = min(entry["learners"], max(len(free) // 2, 1), len(free))
        if len(free) > 2 * entry["learners"]:
            wanted = entry["learners"]
        chosen = self.rng.sample(free, wanted)
        for one in chosen:
            self.busy.setdefault(one.official_id, []).append((row.starts_on, row.ends_on))
            self.had.add((one.official_id, row.course_id))
            if course.grants_level:
                self.climbed.add((one.official_id, course.grants_level.ladder))
        return chosen

    def _is_free(self, standing, row):
        level = row.course.grants_level
        if (standing.official_id, row.course_id) in self.had:
            return False
        if level and (standing.official_id, level.ladder) in self.climbed:
            return False
        spans = self.busy.get(standing.official_id, [])
        return all(last < row.starts_on or first > row.ends_on for first, last in spans)

    def _nomination(self, row, standing, decision):
        return Nomination(
            training_class=row,
            official_id=standing.official_id,
            unit_id=standing.unit_id,
            state="enrolled",
            decision=decision,
            made_by=self.by,
        )

    def _enrolment(self, row, standing, decision, nomination, entry):
        course = row.course
        one = Enrolment(
            official_id=standing.official_id,
            training_class=row,
            nomination=nomination,
            decision=decision,
            course=course,
            category=course.category,
            title=row.title,
            title_key=fold(row.title),
            form=course.category.form,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            hours=course.hours,
            institution=row.institution,
            unit_id=standing.unit_id,
            position=standing.position,
            staff_kind=standing.staff_kind,
            rank_code=standing.rank_code,
            leadership=standing.leadership,
            in_planning=standing.in_planning,
            ethnic_group_id=standing.ethnic_group_id,
            gender=standing.gender,
        )
        if row.state in OVER:
            self._finish(one, entry.get("all_pass", False))
        return one

    def _finish(self, one, all_pass):
        draw = 1 if all_pass else self.rng.random()
        if draw < LEAVES:
            one.state, one.left_reason = "withdrawn", "Chuyển công tác"
            one.left_on = one.starts_on + timedelta(days=2)
            return
        one.state = "finished"
        one.outcome = "failed" if draw < LEAVES + FAILS else "passed"
        one.completed = one.outcome == "passed"
        if one.completed:
            [one.grade] = self.rng.choices(self.grades, weights=list(GRADES.values()))

    def _costs(self, row, entry, sessions):
        for source, amount in entry.get("cost", []):
            spent = 0 if entry.get("unsettled") else amount - amount % 1_000_000
            if row.state == ClassState.RUNNING:
                spent = amount // 2
            self._saved(
                ClassCost(
                    training_class=row,
                    source=self.sources[source],
                    what="Thù lao giảng viên, tài liệu" if sessions else "Tổ chức lớp",
                    planned=amount,
                    spent=spent,
                )
            )


def _states_to(state):
    """The states that a class went through up to `state`."""
    if state == ClassState.CANCELLED:
        return [ClassState.PLANNED, ClassState.CALLING, ClassState.CANCELLED]
    return STEPS[: STEPS.index(state) + 1]


def _since(state, starts, ends):
    """The day on which a class of these days came into a state."""
    if state in WEEKS_BEFORE:
        return starts - timedelta(weeks=WEEKS_BEFORE[state])
    if state == ClassState.CANCELLED:
        return starts - timedelta(weeks=1)
    if state == ClassState.RUNNING:
        return starts
    return ends if state == ClassState.ENDED else ends + timedelta(weeks=4)
