"""From a parsed roster to all that an import would do: nothing is written here."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils import timezone

from cadres.intake.cases import CREATE, REJECT, UNCHANGED, UPDATE, cases_of
from cadres.intake.comparing import Comparer
from cadres.intake.difference import Writer, end_posts
from cadres.intake.fields import key_of, post_track
from cadres.intake.locating import Locator
from cadres.intake.matching import Matcher, join_doubles, set_doubles_aside
from cadres.intake.people import Coverage, dossiers_of, one_of
from cadres.intake.records import Ledger
from cadres.intake.stages import COMPARING, counted
from cadres.intake.types import Issue, ParsedRoster
from cadres.intake.vocabulary import Vocabulary
from cadres.models import ImportBatch, Posting
from trainingplans.lib.dates import FOREVER, show

END_REASONS = {"end": "left", "transferred": "transferred", "retired": "retired"}


@dataclass
class Outcome:
    """What an import of a roster comes to: its rows, its issues, and the ledger to write."""

    parsed: ParsedRoster
    on: object
    cases: list
    issues: list
    words: Vocabulary
    ledger: Ledger = field(default_factory=Ledger)
    # Puts the new people into the ledger; to be called before it is written.
    complete: Callable = lambda: None
    # {(unit id, staff kind or "")} that the roster tells of.
    covered: set = field(default_factory=set)
    # [{"official", "name", "unit", "ended"}] of people in service who are not listed.
    absent: list = field(default_factory=list)
    # Whether its rows are in the database, as the preview stores them.
    has_rows: bool = False
    more: dict = field(default_factory=dict)  # for the batch's report alone

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
    """The Outcome of importing `parsed` as of the day `on` in the name of `by`.

    `sha256`: of the file, to say where it was imported before; `batch`: the id of this import.
    """
    choices = choices or {}
    words = Vocabulary()
    cases, issues = cases_of(parsed)
    outcome = Outcome(parsed, on, cases, [*parsed.issues, *issues], words)
    locator = Locator(by, default=unit, on=on, told=choices.get("units"))
    for case in cases:
        if case.is_open and (issue := locator.locate(case)):
            outcome.issues.append(issue)
    set_doubles_aside(cases)
    matcher = Matcher(cases, by, choices, locator)
    seen, later = _earlier_imports(sha256, on, batch)
    outcome.issues += seen
    coverage = Coverage(later)
    coverage.tell(matcher.people)
    comparer = Comparer(on, words, locator.name)
    writer = Writer(on, words, coverage, outcome.ledger)
    outcome.complete = writer.complete
    outcome.issues += matcher.match(
        lambda case, dossier: not comparer.changes(dossier, case.told, case.unit_id)
    )
    for case in counted(cases, COMPARING, len(cases)):
        if case.is_open:
            _stay_below(case, locator, on)
            _settle(case, outcome, comparer, writer, choices)
    outcome.issues += join_doubles(cases)
    outcome.covered = _covered(cases)
    outcome.more = _told_later(outcome, coverage)
    _note_absent(outcome, matcher, locator, coverage, absent, choices.get("absent", {}))
    outcome.issues.sort(key=_place_of(parsed))
    return outcome


def _earlier_imports(sha256, on, this):
    """([Issue if this very file was applied before], {batch id: day} of rosters of later days)."""
    applied = ImportBatch.objects.filter(state=ImportBatch.State.APPLIED).exclude(pk=this)
    found = applied.filter(Q(sha256=sha256) | Q(on__gt=on)).order_by("pk")
    issues, later = [], {}
    for pk, day, name, at, seen in found.values_list(
        "pk", "on", "file_name", "applied_at", "sha256"
    ):
        if day > on:
            later[pk] = day
        if seen == sha256 and not issues:
            when = show(timezone.localdate(at))
            message = f"Tệp này đã được nhập ngày {when} (lần nhập {pk})."
            issues = [Issue("", 0, None, None, name, "warning", "seen_before", message)]
    return issues, later


def _place_of(parsed):
    order = {sheet.name: number for number, sheet in enumerate(parsed.sheets)}
    return lambda issue: (order.get(issue.sheet, 0), issue.row)


def _stay_below(case, locator, on):
    """Where the file tells no unit, who has a post below the chosen one keeps it."""
    if case.is_unit_told or case.dossier is None or case.unit is None:
        return
    post = post_track(case.dossier, case.unit_id, on)[1]
    if post is not None and post.unit_id in locator.branch(case.unit_id):
        case.unit = locator.by_id[post.unit_id]


def _settle(case, outcome, comparer, writer, choices):
    """Decide what becomes of an open case, and write it into the ledger."""
    if case.dossier is None:
        if case.unit is None:
            outcome.issues.append(_without_unit(case))
            return
        case.action = CREATE
        case.dossier = writer.create(case.told, case.unit_id)
        return
    changes = comparer.changes(case.dossier, case.told, case.unit_id)
    if not changes:
        case.action = UNCHANGED
        return
    case.kept = {key: change for key, change in changes.items() if _is_kept(case, key, choices)}
    case.changed = {key: change for key, change in changes.items() if key not in case.kept}
    case.action = UPDATE if case.changed else UNCHANGED
    if case.changed:
        told = {key: value for key, value in case.told.items() if key not in case.kept}
        unit_id = None if "unit" in case.kept else case.unit_id
        writer.update(case.dossier, told, unit_id, case.changed)


def _without_unit(case):
    return case.reject(
        "unit",
        "no_unit",
        "tệp không nói người này thuộc đơn vị nào",
        "Chọn đơn vị cho cả tệp, hoặc thêm cột Đơn vị",
    )


def _is_kept(case, key, choices):
    one = choices.get("fields", {}).get(f"{case.key}!{key}")
    return (one or choices.get("columns", {}).get(key)) == "keep"


def _covered(cases):
    """{(unit id, staff kind)} of the rows that are not refused; "" where no kind is told."""
    covered = set()
    for case in cases:
        if case.action != REJECT and case.unit:
            covered.add((case.unit_id, case.told.get("staff_kind", "")))
    return covered


def _told_later(outcome, coverage):
    """{"later": {day, new}} where a roster of a later day tells of the same units; else {}.

    `day`: the first such day; `new`: how many new people it does not list, so that they end there.
    """
    days = {coverage.next_day(unit, kind, outcome.on) for unit, kind in outcome.covered}
    first = min(days, default=FOREVER)
    if first == FOREVER:
        return {}
    made = [case for case in outcome.cases if case.action == CREATE]
    ends = [coverage.next_day(c.unit_id, c.told.get("staff_kind", ""), outcome.on) for c in made]
    new = sum(day != FOREVER for day in ends)
    return {"later": {"day": first.isoformat(), "new": new}}


def _note_absent(outcome, matcher, locator, coverage, absent, chosen):
    """List people of the covered units who are in service on the day and not in the file."""
    if not outcome.covered:
        return
    listed = {case.official_id for case in outcome.cases if case.official_id}
    listed |= {pk for case in outcome.cases for pk in case.candidates}
    refused, noted = _Refused(outcome.cases), set()
    for pk, name, unit, kind, position, *who in _in_service(outcome, listed):
        is_told_of = (unit, "") in outcome.covered or (unit, kind) in outcome.covered
        if not is_told_of or refused.names(unit, key_of(name), *who):
            continue
        if (pk, unit) in noted:
            continue  # one person with several posts in the unit
        noted.add((pk, unit))
        what = chosen.get(str(pk), absent)
        outcome.absent.append(
            {
                "official": pk,
                "name": name,
                "unit": locator.name(unit),
                "position": position,
                "what": what,
                "_at": unit,
            }
        )
    _end(outcome, coverage)


class _Refused:
    """Who refused rows name: these people are on the list after all, whatever is wrong with it."""

    def __init__(self, cases):
        told = [(case.unit_id, case.told) for case in cases if case.action == REJECT]
        self.numbers = {values["personal_id"] for _, values in told if "personal_id" in values}
        self.keys = {
            (who, key_of(values["full_name"]))
            for unit, values in told
            if "full_name" in values
            for who in (unit, values.get("birth_date"))
            if who
        }

    def names(self, unit, name, number, birth):
        """By the number, by the name in the unit, or by name and day of birth in another one."""
        by_birth = birth and (birth.isoformat(), name) in self.keys
        return number in self.numbers or (unit, name) in self.keys or by_birth


def _in_service(outcome, listed):
    """(official id, name, unit id, kind, position, CCCD, day of birth) of posts in the covered
    units on the day, but of those who are `listed`; the main post of a person first.
    """
    units = {unit for unit, _ in outcome.covered}
    posts = Posting.objects.at(outcome.on).filter(unit__in=one_of(units))
    posts = posts.exclude(official__in=one_of(listed))
    person = ("official__personal_id", "official__birth_date")
    columns = ("official_id", "official__full_name", "unit_id", "staff_kind", "position", *person)
    order = ("official__sort_key", "official_id", "-is_main", "pk")
    return posts.order_by(*order).values_list(*columns)


def _end(outcome, coverage):
    """End the posts of absent people where that was asked for."""
    leaving = [row for row in outcome.absent if row["what"] in END_REASONS]
    dossiers = _dossiers(outcome, [row["official"] for row in leaving], coverage)
    for row in outcome.absent:
        unit, what = row.pop("_at"), row.pop("what")
        row["ended"] = what in END_REASONS and end_posts(
            outcome.ledger, dossiers[row["official"]], unit, outcome.on, END_REASONS[what]
        )


def _dossiers(outcome, ids, coverage):
    if not ids:
        return {}
    people = dossiers_of(ids)
    coverage.tell(people)
    return people.by_id
