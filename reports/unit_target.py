"""On the page where a unit nominates: the target that the class moves there, now and afterwards."""

from cadres.models import Unit
from cadres.rules import RuleContext, count
from courses.busy import seats_of
from reports.granting import Grant, helps, passed
from trainingplans.lib.dates import today
from trainingplans.lib.numbers import (
    format_number,
    format_percent_figure,
    format_threshold,
    percent_of,
)
from trainingplans.plans.counting import pair_of, problems_of
from trainingplans.plans.models import Target


def tiles_of(training_class, unit, account):
    """Two tiles for parts/_tiles.html, none where the course moves no target of the unit.

    Of several targets the one of which the unit misses most people.
    """
    on = today()
    context = RuleContext(on)
    grant = Grant.of(training_class.course)
    rows = Target.objects.visible_to(account).filter(due__gte=on).select_related("unit")
    sound = [row for row in rows.order_by("order", "pk") if not problems_of(row, context)]
    targets = [row for row in sound if helps(row.attained, grant, context)]
    if not targets:
        return []
    now, after = _figures(targets, grant, unit, context)
    found = [
        (figure.short_by(target.threshold), -place, target, figure, then)
        for place, (target, figure, then) in enumerate(zip(targets, now, after, strict=True))
        if figure.population
    ]
    if not found:
        return []
    _, _, target, figure, then = max(found, key=lambda one: one[:2])
    learners = seats_of(training_class).of(unit)
    return [_now(target, figure), *_afterwards(target, figure, then, learners)]


def _figures(targets, grant, unit, context):
    """The figures of the unit today, and as if everybody there had passed; one query."""
    asked = [pair_of(row) for row in targets]
    passing = [pair._replace(attained=passed(pair.attained, grant, context)) for pair in asked]
    units = Unit.objects.below(unit)
    figures = count([*asked, *passing], on=context.on, units=units, context=context)
    return figures[: len(targets)], figures[len(targets) :]


def _now(target, figure):
    return {
        "label": "Mục tiêu của đơn vị",
        "figure": format_percent_figure(figure.percent, target.threshold),
        "unit": "%",
        "note": f"{target.name}: {_of(figure.attained, figure)}, "
        f"ngưỡng {format_threshold(target.threshold)}",
    }


def _afterwards(target, figure, then, learners):
    """What the share becomes if as many as there are seats pass, of those whom the course moves."""
    moved = then.attained - figure.attained
    if not learners or not moved:
        return
    attained = figure.attained + min(learners, moved)
    share = percent_of(attained, figure.population)
    short = max(0, figure.short_by(target.threshold) - min(learners, moved))
    words = f"còn thiếu {format_number(short)} người" if short else "đạt ngưỡng"
    yield {
        "label": f"Nếu cả {format_number(learners)} học đạt",
        "figure": format_percent_figure(share, target.threshold),
        "unit": "%",
        "note": f"{_of(attained, figure)}, {words}",
    }


def _of(attained, figure):
    return f"{format_number(attained)} / {format_number(figure.population)} người"
