"""Targets with their figures on a day: the lines that pages, exports and the inbox show."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.urls import reverse

from cadres.models import Unit
from cadres.rules import Figure, RuleContext, describe
from reports import kept
from reports.figures import pair_of, problems_of
from trainingplans.lib.numbers import exact
from trainingplans.plans.models import Target

GROUPS = {"missing": "chưa đạt", "attained": "đã đạt", "unknown": "chưa rõ"}
EVERYBODY = "population"


@dataclass(frozen=True)
class Line:
    """One target, for all units counted or for one of them."""

    target: Target
    figure: Figure
    on: date
    query: str = ""
    unit: Unit | None = None

    @property
    def name(self):
        return self.target.name

    @property
    def unit_name(self):
        return str(self.unit or "")

    @property
    def threshold(self):
        return self.target.threshold

    @property
    def due(self):
        return self.target.due

    @property
    def is_late(self):
        return self.due < self.on and not self.met

    @property
    def population(self):
        return self.figure.population

    @property
    def attained(self):
        return self.figure.attained

    @property
    def unknown(self):
        return self.figure.unknown

    @property
    def missing(self):
        return self.figure.missing

    @property
    def percent(self):
        """The exact share in percent, None for nobody; never rounded here."""
        return None if self.figure.share is None else 100 * self.figure.share

    @property
    def met(self):
        return self.figure.met(self.threshold)

    @property
    def short_by(self):
        return self.figure.short_by(self.threshold)

    @property
    def best_percent(self):
        """The share if all whose level is not recorded had attained; None for nobody."""
        if not self.population:
            return None
        return Fraction(100 * (self.attained + self.unknown), self.population)

    @property
    def url(self):
        return self.link()

    def link(self, group="", anchor=""):
        """The address of the target's page, with the names of `group` opened."""
        query = "&".join(part for part in (self.query, f"nhom={group}" if group else "") if part)
        address = reverse("reports:target", args=[self.target.pk])
        return address + (f"?{query}" if query else "") + (f"#{anchor}" if anchor else "")

    @property
    def people_urls(self):
        """{group: address of the names}."""
        return {group: self.link(group, "nguoi") for group in (*GROUPS, EVERYBODY)}


@dataclass(frozen=True)
class Broken:
    """A target whose rules can no longer be read, and why."""

    target: Target
    problems: list


@dataclass(frozen=True)
class Board:
    """Lines of several targets, worst first, and the targets that cannot be counted."""

    lines: list
    broken: list
    context: RuleContext

    @property
    def by_target(self):
        return {line.target.pk: line for line in self.lines}

    def words(self, line):
        """The population of a line in words."""
        return describe(line.target.population, self.context)


def board_of(targets, scope, *, by_unit=False, context=None):
    """The Board of `targets` for a Scope; one query over people."""
    context = context or RuleContext(scope.on)
    good, broken = readable(targets, context)
    figures = kept.figures(
        [pair_of(t) for t in good],
        on=scope.on,
        units=scope.units,
        by_unit=by_unit,
        context=context,
    )
    query = scope.query()
    pairs = zip(good, figures, strict=True)
    lines = [Line(t, figure, scope.on, query, scope.unit) for t, figure in pairs]
    return Board(sorted(lines, key=worst_first), broken, context)


def readable(targets, context):
    """(targets whose rules can be read, Broken for the others)."""
    good, broken = [], []
    for target in targets:
        if problems := problems_of(target, context):
            broken.append(Broken(target, problems))
        else:
            good.append(target)
    return good, broken


def worst_first(line):
    """People short first, then the share furthest below its threshold; nobody to count last."""
    if line.percent is None:
        return (1, 0, 0, line.target.order, line.name)
    margin = line.percent - exact(Decimal(line.threshold))
    return (0, -line.short_by, margin, line.target.order, line.name)


def unit_lines(board, scope):
    """{(target id, unit id): Line} of every unit with somebody to count; two queries."""
    wanted = {pk for line in board.lines for pk in line.figure.by_unit}
    units = board.context.units if wanted else {}
    parents = parents_among(board.context)
    found = {}
    for line in board.lines:
        for pk, figure in line.figure.by_unit.items():
            query = query_of(units[pk], scope, alone=pk in parents)
            found[line.target.pk, pk] = Line(line.target, figure, line.on, query, units[pk])
    return found


def query_of(unit, scope, *, alone):
    """The query of links about one unit; `alone` where it has units below it."""
    return scope.query(don_vi=unit.code, rieng="1" if alone else None)


def parents_among(context):
    """The ids of the units that have others below them."""
    return {
        int(top)
        for _pk, _code, _kind, path in context.unit_rows
        for top in path.strip("/").split("/")[:-1]
    }
