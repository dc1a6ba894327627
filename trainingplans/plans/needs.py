"""Reading needs: rounds, the grid of a unit, whom to name, coverage by unit."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Case, Count, IntegerField, Q, Sum, When

from cadres.choices import Ladder
from cadres.models import Level, Standing, Unit
from cadres.people import search
from cadres.rules import CONDITIONS, RuleContext, count
from cadres.rules.counting import MISSING, in_service, people
from cadres.rules.trees import leaves
from courses.models import Category, Enrolment, Form, Wish
from trainingplans.lib.text import fold
from trainingplans.plans.counting import pair_of, problems_of
from trainingplans.plans.models import Need, NeedPerson, NeedState, Target, UnitNeed
from trainingplans.plans.states import NOT_SENT

FOUND_AT_MOST = 200
SPEAKING = {"speaks", "speaks_language_of_unit"}  # met by languages, which have no levels


# ---- the grid of a unit ------------------------------------------------------------------------


@dataclass
class Row:
    """A content in the grid: what is asked for it, how many are named, who misses a target."""

    category: Category
    need: Need | None = None
    named: int = 0
    missing: int | None = None  # None: no target asks for it
    target: Target | None = None
    # What was typed and not written, with what is there now or why not.
    typed: tuple | None = None
    conflict: str = ""
    problem: str = ""

    @property
    def stored(self):
        return (self.need.number, self.need.note) if self.need else (None, "")

    @property
    def shown(self):
        return self.typed or self.stored


@dataclass
class Group:
    """Contents under one heading of the tree of contents."""

    name: str
    form: str
    rows: list = field(default_factory=list)


def contents_of(answer_ids=()):
    """The contents that needs can name: leaves of the tree, and those asked for already."""
    rows = list(Category.objects.select_related("parent").order_by("-form", "code"))
    parents = {row.parent_id for row in rows}
    asked = set()
    if answer_ids:
        asked = set(Need.objects.filter(answer__in=answer_ids).values_list("category", flat=True))
    return [row for row in rows if row.pk not in parents or row.pk in asked]


def grid_of(answer, targets, on):
    """[Group] of an answer; a fixed number of queries. `targets` are those of the unit."""
    needs = {n.category_id: n for n in answer.needs.annotate(people_named=Count("people"))}
    rows, groups = {}, {}
    for category in contents_of([answer.pk]):
        need = needs.get(category.pk)
        row = Row(category, need, need.people_named if need else 0)
        rows[category.pk] = row
        above = category.parent
        top = above is None or above.parent_id is None
        name = Form(category.form).label if top else above.name
        key = (category.form, "" if top else above.code)
        groups.setdefault(key, Group(name, Form(category.form).label)).rows.append(row)
    _suggest(rows.values(), answer, targets, on)
    return list(groups.values()), rows


def _suggest(rows, answer, targets, on):
    """Fill in how many people of the unit miss a target that the content helps to reach."""
    context = RuleContext(on)
    sound = [target for target in targets if not problems_of(target, context)]
    units = Unit.objects.below(answer.unit)
    figures = count([pair_of(t) for t in sound], on=on, units=units, context=context)
    serves = Serving()
    for row in rows:
        of_row = [
            (figure.missing, -target.pk, target)
            for target, figure in zip(sound, figures, strict=True)
            if serves(row.category, target) and figure.population
        ]
        if of_row:
            row.missing, _, row.target = max(of_row)


class Serving:
    """Asks whether a content helps to reach a target: it raises a ladder that the target names, to
    the level that is asked for. The levels are read once."""

    def __init__(self):
        self.ranks = {(one.ladder, one.code): one.rank for one in Level.objects.all()}

    def __call__(self, category, target):
        asked = leaves(target.attained) if category.ladder else ()
        return any(self._helps(category, key, value) for key, value in asked)

    def _helps(self, category, key, value):
        if key in SPEAKING:
            return category.ladder == Ladder.ETHNIC_LANGUAGE
        named = category.ladder in CONDITIONS[key].ladders(value)
        return named and self._reaches(category, value)

    def _reaches(self, category, value):
        """A content that names no level of its ladder may lead to any."""
        asked = value.get("level") if isinstance(value, dict) else None
        least = self.ranks.get((category.ladder, asked))
        mine = self._rank(category)
        return least is None or mine is None or mine >= least

    def _rank(self, category):
        """The level that the last part of the code names: TC of DT.CT.TC, DT4 of BD.QPAN.4."""
        last = category.code.rsplit(".", 1)[-1]
        found = self.ranks.get((category.ladder, last))
        return found or self.ranks.get((category.ladder, f"DT{last}"))


# ---- whom to name ------------------------------------------------------------------------------


def missing_people(answer, target, on):
    """The standings of the unit's people who miss a target, by name order."""
    units = Unit.objects.below(answer.unit)
    return people(pair_of(target), MISSING, on=on, units=units)


def wishes_of(answer, category):
    """Open wishes of the unit's people for a content."""
    of_unit = Standing.objects.filter(unit__path__startswith=answer.unit.path)
    wanted = Q(category=category) | Q(course__category=category)
    rows = Wish.objects.filter(wanted, state=Wish.State.OPEN)
    rows = rows.filter(official__in=of_unit.values("official"))
    return rows.select_related("official").order_by("official__sort_key", "pk")


def found_by_name(answer, text, on):
    """The standings of the unit's people found by a name or a position."""
    rows = in_service(on).filter(unit__in=Unit.objects.below(answer.unit))
    return search(rows.select_related("official", "unit"), text).order_by("sort_key")


@dataclass
class Candidate:
    """Somebody who may be named: who, where, what speaks for and against."""

    official: object
    position: str = ""
    unit: str = ""
    reasons: list = field(default_factory=list)
    named: bool = False


def candidates(standings, category, named, on):
    """Candidate rows for a list of standings; two queries more, however many there are."""
    standings = list(standings[:FOUND_AT_MOST])
    ids = [row.official_id for row in standings]
    learnt = learnt_before(ids, [category.pk])
    return [
        Candidate(
            row.official,
            row.position,
            row.unit.name,
            reasons_of(row, learnt.get((row.official_id, category.pk)), on),
            row.official_id in named,
        )
        for row in standings
    ]


def reasons_of(standing, learnt, on):
    """What parts/_reasons.html prints of a person for a content."""
    reasons = []
    if standing and standing.in_planning:
        reasons.append({"text": "trong quy hoạch", "kind": "for"})
    if learnt:
        reasons.append({"text": f"đã học năm {learnt.year}", "kind": "warn"})
    if standing and standing.retires_first and standing.retires_first.year <= on.year + 1:
        reasons.append({"text": f"nghỉ hưu {standing.retires_first:%m/%Y}", "kind": "warn"})
    return reasons


def learnt_before(officials, categories):
    """{(official id, category id): the last day of a completed course}; one query."""
    rows = Enrolment.objects.filter(completed=True, official__in=officials)
    rows = rows.filter(category__in=categories, ends_on__isnull=False).order_by("ends_on")
    return {
        (official, category): ends_on
        for official, category, ends_on in rows.values_list("official", "category", "ends_on")
    }


def named_people(answer, category):
    """The people named for a content, by name order."""
    rows = NeedPerson.objects.filter(need__answer=answer, need__category=category)
    return rows.select_related("official", "target").order_by("official__sort_key", "pk")


# ---- coverage ----------------------------------------------------------------------------------


def coverage(answers):
    """The answers (of a page) with what they ask for: `total` people, `named`; two queries."""
    rows = list(answers)
    ids = [row.pk for row in rows]
    totals = dict(_grouped(Need.objects.filter(answer__in=ids), "answer", Sum("number")))
    names = NeedPerson.objects.filter(need__answer__in=ids)
    named = dict(_grouped(names, "need__answer", Count("official", distinct=True)))
    for row in rows:
        row.total, row.named = totals.get(row.pk, 0), named.get(row.pk, 0)
    return rows


def _grouped(rows, by, what):
    return rows.order_by().values_list(by).annotate(figure=what)


def tally(answers):
    """{state: how many answers}."""
    counts = defaultdict(int, dict(_grouped(answers, "state", Count("pk"))))
    return {state: counts[state] for state in NeedState}


def late_among(answers, on):
    """The answers not sent although the round's day has passed."""
    return answers.filter(state__in=NOT_SENT, round__due__lt=on)


def narrowed(answers, state, text, on):
    """The answers in a state ("tre": late), of units whose name has the text; those not sent yet
    first."""
    if state == "tre":
        answers = late_among(answers, on)
    elif state in NeedState.values:
        answers = answers.filter(state=state)
    if key := fold(text):
        answers = answers.filter(unit__search_key__contains=key)
    waiting = Case(When(state__in=NOT_SENT, then=0), default=1, output_field=IntegerField())
    ordered = answers.alias(waiting=waiting).order_by("waiting", "unit__sort_key", "pk")
    return ordered.select_related("unit", "round")


def own_answers(account):
    """The answers that a unit's account sees, the newest round first."""
    rows = UnitNeed.objects.visible_to(account).select_related("round", "unit")
    return rows.exclude(round__state="draft").order_by("-round__year", "unit__sort_key")
