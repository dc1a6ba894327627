"""Needs of a round put together: by content and unit, by person without doubles, checked."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from cadres.rules import RuleContext, count
from courses.models import Category
from trainingplans.plans.counting import pair_of, problems_of, standings_of
from trainingplans.plans.models import Need, NeedPerson
from trainingplans.plans.needs import Serving, learnt_before

FOR, WARN, AGAINST = "for", "warn", "against"


@dataclass
class Content:
    """A content: how many are asked for, by which units, and what the names say."""

    category: Category
    targets: list
    number: int = 0
    by_unit: dict = field(default_factory=dict)  # {unit id: number}
    people: set = field(default_factory=set)  # official ids
    missing: set = field(default_factory=set)  # of them, who miss a target that it serves
    planned: set = field(default_factory=set)
    doubtful: set = field(default_factory=set)
    gap: int | None = None  # who misses the target in all units; None: no target asks for it
    item: object = None  # the item of the round's plan that carries it already

    @property
    def name(self):
        """With what it belongs to where the name alone does not say it: Đối tượng 3."""
        above = self.category.parent
        if above is None or above.parent_id is None:
            return self.category.name
        return f"{above.name}: {self.category.name}"

    @property
    def exceeds(self):
        """Whether more is asked for than people miss the target anywhere."""
        return self.gap is not None and self.number > self.gap


@dataclass
class Person:
    """Somebody named, once, with all contents and what is to be said of each."""

    official: object
    units: list = field(default_factory=list)
    wanted: list = field(default_factory=list)  # [(Content, reasons)]

    @property
    def is_doubtful(self):
        return any(r["kind"] in (WARN, AGAINST) for _, reasons in self.wanted for r in reasons)


@dataclass
class Summary:
    """All of a round that was asked for."""

    contents: list = field(default_factory=list)
    units: list = field(default_factory=list)
    people: list = field(default_factory=list)

    @property
    def number(self):
        return sum(content.number for content in self.contents)

    @property
    def unnamed(self):
        """Places without a name."""
        return self.number - sum(len(person.wanted) for person in self.people)

    @property
    def in_several(self):
        """How many people are named for more than one content."""
        return sum(1 for person in self.people if len(person.wanted) > 1)

    @property
    def doubtful(self):
        return [person for person in self.people if person.is_doubtful]


def summary_of(answers, targets, on, *, plan=None, units=None):
    """The Summary of `answers` (a queryset); the same queries for any number of units and people.

    `units` narrows the gap to the targets (None for all units).
    """
    needs = Need.objects.filter(answer__in=answers)
    needs = list(needs.select_related("category__parent", "answer__unit").order_by("pk"))
    contents, found, serves = {}, Summary(), Serving()
    for need in needs:
        content = contents.get(need.category_id)
        if content is None:
            serving = [target for target in targets if serves(need.category, target)]
            content = contents[need.category_id] = Content(need.category, serving)
        content.number += need.number
        content.by_unit[need.answer.unit_id] = need.number
    ordered = sorted(contents.values(), key=lambda c: (c.category.form, c.category.code))
    found.contents = ordered
    asking = {need.answer.unit_id: need.answer.unit for need in needs}
    found.units = sorted(asking.values(), key=lambda unit: (unit.sort_key, unit.code))
    found.people = _people(answers, contents, targets, on)
    _fill_gaps(ordered, targets, on, units)
    if plan is not None:
        items = {item.category_id: item for item in plan.items.exclude(category=None)}
        for content in ordered:
            content.item = items.get(content.category.pk)
    return found


def _people(answers, contents, targets, on):
    names = NeedPerson.objects.filter(need__answer__in=answers)
    ids = names.order_by().values("official")
    standings = standings_of(ids, targets, on)
    learnt = learnt_before(ids, list(contents))
    rows = names.select_related("official", "need__answer__unit").order_by(
        "official__sort_key", "official_id", "pk"
    )
    rows, people, done = list(rows), {}, set()
    times = Counter((row.official_id, row.need.category_id) for row in rows)
    for row in rows:
        person = people.setdefault(row.official_id, Person(row.official))
        unit = row.need.answer.unit
        if unit not in person.units:
            person.units.append(unit)
        key = (row.official_id, row.need.category_id)
        if key in done:
            continue
        done.add(key)
        content = contents[row.need.category_id]
        reasons = _reasons(row.official_id, content, standings, learnt.get(key), times[key])
        person.wanted.append((content, reasons))
        _mark(content, row.official_id, standings, reasons)
    return list(people.values())


def _reasons(official, content, standings, learnt, times):
    """What speaks for and against a name, as parts/_reasons.html prints it."""
    reasons = []
    missed = [target for target in content.targets if standings.misses(official, target.pk)]
    attained = any(standings.attains(official, target.pk) for target in content.targets)
    if missed:
        reasons.append((f"chưa đạt: {missed[0].name}", FOR))
    elif attained:
        reasons.append(("đã đạt mục tiêu", WARN))
    if official in standings.planned:
        reasons.append(("trong quy hoạch", FOR))
    if learnt:
        reasons.append((f"đã học năm {learnt.year}", WARN))
    if times > 1:
        reasons.append((f"{times} đơn vị cùng nêu tên", WARN))
    if official not in standings.units:
        reasons.append(("không còn công tác", AGAINST))
    return [{"text": text, "kind": kind} for text, kind in reasons]


def _mark(content, official, standings, reasons):
    content.people.add(official)
    if any(standings.misses(official, target.pk) for target in content.targets):
        content.missing.add(official)
    if official in standings.planned:
        content.planned.add(official)
    if any(reason["kind"] in (WARN, AGAINST) for reason in reasons):
        content.doubtful.add(official)


def _fill_gaps(contents, targets, on, units):
    """How many people miss the target that each content serves, the largest of several."""
    context = RuleContext(on)
    sound = [target for target in targets if not problems_of(target, context)]
    pairs = [pair_of(target) for target in sound]
    figures = count(pairs, on=on, units=units, context=context)
    missing = {
        target.pk: figure.missing + figure.unknown
        for target, figure in zip(sound, figures, strict=True)
    }
    for content in contents:
        gaps = [missing[target.pk] for target in content.targets if target.pk in missing]
        content.gap = max(gaps, default=None)


def matrix(summary, units):
    """[(unit, [number or None by content], sum)] for a page of units."""
    rows = []
    for unit in units:
        cells = [content.by_unit.get(unit.pk) for content in summary.contents]
        rows.append((unit, cells, sum(filter(None, cells))))
    return rows


def quotas_of(content):
    """{unit id: seats} that the needs of a content ask for."""
    return {unit: number for unit, number in content.by_unit.items() if number}


def units_of(person):
    """Xã A, Xã B."""
    return ", ".join(unit.name for unit in person.units)


def by_content(person):
    """[(name of the content, reasons in words)]."""
    return [
        (content.name, "; ".join(reason["text"] for reason in reasons))
        for content, reasons in person.wanted
    ]


def grouped_by_form(contents):
    """{form in words: contents}, in the order of the contents."""
    groups = defaultdict(list)
    for content in contents:
        groups[content.category.get_form_display()].append(content)
    return dict(groups)
