"""People of the office's own Excel list, found in the records as a roster import finds them."""

from dataclasses import dataclass, field
from difflib import SequenceMatcher

from cadres.intake.cases import REJECT
from cadres.intake.preparing import prepare
from cadres.intake.roster import read_roster
from cadres.models import Official, Standing
from courses.actions.nominations import candidates
from trainingplans.lib.dates import today
from trainingplans.lib.text import fold

NEAREST, ALIKE = 3, 0.6


@dataclass
class Found:
    """A row of the file: whom it means, or who comes nearest."""

    row: object  # ParsedRow
    name: str
    birth: str
    why: str = ""
    official: Official | None = None
    nearest: list = field(default_factory=list)


def find_people(content, file_name, training_class, by):
    """[Found] for every row of people in the file; IntakeError where it cannot be read.

    Nothing is written: matching is that of roster imports, in the account's own branch.
    """
    parsed = read_roster(content, file_name)
    unit = by.unit if by.scope != "all" else None
    outcome = prepare(parsed, by=by, on=today(), unit=unit)
    problems = {}
    for issue in outcome.issues:
        if issue.severity == "error":
            problems.setdefault((issue.sheet, issue.row), issue.message)
    people = _people(training_class, by)
    return [_found(case, people, problems.get(case.place, "")) for case in outcome.cases]


def _people(training_class, by):
    """{official id: Official} of those whom the account may propose."""
    rows = candidates(training_class, by).select_related("official")
    return {row.official_id: row.official for row in rows}


def _found(case, people, problem):
    told = case.told
    found = Found(case.row, told.get("full_name", ""), told.get("birth_date", ""))
    official = people.get(case.official_id)
    if official is not None:
        found.official = official
        return found
    found.why = _why(case, problem)
    found.nearest = [people[pk] for pk in case.candidates if pk in people]
    found.nearest = found.nearest or nearest(found.name, people.values())
    return found


def _why(case, problem):
    if case.official_id and case.action != REJECT:
        return "không công tác ở đơn vị bạn vào ngày khai giảng"
    return problem if case.action == REJECT and problem else "không có trong hồ sơ của đơn vị"


def nearest(name, people):
    """The people whose names come nearest, the most alike first."""
    key = fold(name)
    scored = [(SequenceMatcher(None, key, one.search_key).ratio(), one) for one in people]
    close = sorted((pair for pair in scored if pair[0] >= ALIKE), key=lambda pair: -pair[0])
    return [one for _, one in close[:NEAREST]]


def posts_of(officials, on):
    """{official id: position} on a day."""
    rows = Standing.objects.at(on).filter(official__in=officials)
    return dict(rows.values_list("official", "position"))
