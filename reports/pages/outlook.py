"""The slower parts of the dashboard: forecasts with a trend, the year in turns and money."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_GET

from courses.models import Enrolment, Form
from courses.turns import turns
from reports import dashboard as boards
from reports.board import board_of
from reports.forecast import forecasts_of
from reports.pages.forecast import needed_words, percent_at_due, trend_of
from reports.pipeline import learning_on
from reports.scope import scope_of
from trainingplans.lib.access import needs
from trainingplans.lib.dates import show, today
from trainingplans.lib.listing import render_page_or_part
from trainingplans.lib.numbers import MILLION, format_number, format_percent, percent_of
from trainingplans.plans.models import AGREED, PlanItem, PlanState, Target
from trainingplans.plans.progress import progress_of

ROWS_SHOWN = boards.ROWS_SHOWN
ITEMS_SHOWN = 8


@needs("reports.view_dashboard")
@require_GET
def outlook(request):
    """The targets with their forecasts, and the trend of the one furthest behind."""
    scope = scope_of(request)
    targets = Target.objects.visible_to(request.user).for_list()
    lines = board_of(targets, scope).lines
    shown = lines[:ROWS_SHOWN] if "HX-Request" in request.headers else lines
    ahead = forecasts_of([line.target for line in shown], scope.on, scope.units)
    found = list(zip(shown, ahead, strict=True))
    rows = [boards.row_of(line) | {"forecast": percent_at_due(ahead)} for line, ahead in found]
    worst = _worst(found)
    context = {
        "scope": scope,
        "rows": rows,
        "hidden": len(lines) - len(rows),
        "lead": lead_of(found, len(lines) > len(found)),
        "targets_url": f"{reverse('reports:targets')}?{scope.query()}",
    }
    if worst:
        line, ahead = worst
        context |= trend_of(line.target, scope, ahead)
        context |= {
            "worst": line,
            "needed": needed_words(ahead),
            "worst_url": f"{reverse('reports:forecast', args=[line.target.pk])}?{scope.query()}",
            "range": _range(ahead),
        }
    return render_page_or_part(
        request, "reports/outlook.html", "reports/_outlook_part.html", context
    )


def _worst(found):
    """The target that will be short of most people at its deadline, else the first that is due."""
    counted = [pair for pair in found if percent_at_due(pair[1]) is not None]
    return max(counted, key=lambda pair: pair[1].short_by, default=None)


def _range(ahead):
    low, high = (
        format_percent(percent_of(f.attained, f.population)) for f in (ahead.low, ahead.high)
    )
    return f"trong khoảng {low} đến {high}" if low != high else "không ai đang học để đạt thêm"


def lead_of(found, hidden):
    """How many will have been reached, and which will not."""
    counted = [pair for pair in found if percent_at_due(pair[1]) is not None]
    short = [pair for pair in counted if pair[1].short_by]
    if not counted:
        return ""
    number, met = format_number(len(counted)), len(counted) - len(short)
    which = f"Trong {number} mục tiêu {'thiếu nhiều nhất' if hidden else 'có người để tính'}"
    reached = f"{format_number(met)} mục tiêu đạt" if met else "chưa mục tiêu nào đạt"
    told = f"{which}, dự báo {reached} khi đến hạn"
    if not short:
        return f"{told}."
    line, ahead = max(short, key=lambda pair: pair[1].short_by)
    people = format_number(ahead.short_by)
    return f"{told}; “{line.name}” còn thiếu {people} người nếu không mở thêm lớp."


# ---- the year ----------------------------------------------------------------------------------


@dataclass
class Progress:
    """A content of the year: seats planned and passed, đồng planned and spent."""

    label: str
    planned: int = 0
    passed: int = 0
    learning: int = 0
    amount: int = 0
    spent: int = 0

    @property
    def learnt(self):
        return percent_of(self.passed, self.planned)

    @property
    def paid(self):
        return percent_of(self.spent, self.amount)

    @property
    def each(self):
        """Millions of đồng for one who passed; None for nobody, or where no spending is told."""
        return self.spent / MILLION / self.passed if self.passed and self.spent else None

    @property
    def amount_millions(self):
        return self.amount / MILLION

    @property
    def spent_millions(self):
        return self.spent / MILLION


@needs("reports.view_dashboard")
@require_GET
def year(request):
    """Lượt and người of the year against the plan; money against result, the slowest first."""
    scope = scope_of(request)
    first = date(scope.on.year, 1, 1)
    among = Enrolment.objects.visible_to(request.user)
    units = scope.units if scope.unit else None
    whole = turns(first, scope.on, units=units, among=among)
    learning = learning_on(among, scope.on)
    if units is not None:
        learning = learning.filter(unit__in=units)
    rows = [] if scope.unit else contents_of(request.user, scope.on.year, scope.units)
    total = _total(rows)
    days = scope.query(tu=show(first), den=show(scope.on))
    context = {
        "scope": scope,
        "year": str(scope.on.year),
        "is_past": scope.on < today(),
        "tiles": _tiles(whole, total),
        "learning": learning.count(),
        "total": total,
        "rows": rows,
        "slowest": rows[0] if rows else None,
        "turns_url": f"{reverse('reports:turns')}?{days}",
        "plans_url": _address("plans:plans"),
    }
    return render_page_or_part(request, "reports/year.html", "reports/_year_part.html", context)


def _address(name):
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def contents_of(account, number, units=None):
    """[Progress] by content of the agreed plans of a year, the slowest in learners first.

    With `units` of their own plans only: that of the province is not theirs, though they see it.
    """
    items = PlanItem.objects.visible_to(account).filter(
        plan__state__in=[state for state in AGREED if state != PlanState.REPLACED],
        plan__starts_on__year=number,
        plan__ends_on__year=number,
    )
    if units is not None:
        items = items.filter(plan__unit__in=units)
    items = items.select_related("category").annotate(amount=Sum("costs__amount"))
    items = list(items.order_by("order", "id"))
    progress = progress_of([item.pk for item in items])
    found = defaultdict(lambda: Progress(""))
    for item in items:
        key = item.category_id or f"item{item.pk}"
        row, done = found[key], progress[item.pk]
        row.label = item.category.name if item.category else item.title
        row.planned += item.learners
        row.amount += item.amount or 0
        row.passed += done.passed
        row.learning += done.enrolled
        row.spent += done.spent
    return sorted(found.values(), key=lambda row: (row.learnt is None, row.learnt or 0, row.label))


def _total(rows):
    total = Progress("Cộng")
    for name in ("planned", "passed", "learning", "amount", "spent"):
        setattr(total, name, sum(getattr(row, name) for row in rows))
    return total


def _tiles(whole, total):
    done, planned = format_number(total.passed), format_number(total.planned)
    plan = f"theo kế hoạch: {done} trên {planned} suất" if total.planned else ""
    tiles = [
        {"label": "Lượt hoàn thành", "figure": format_number(whole.total.turns), "note": plan},
        {"label": "Số người", "figure": format_number(whole.total.people)},
    ]
    for code, words in Form.choices:
        number = whole.forms[code]
        tiles.append(
            {
                "label": words,
                "figure": format_number(number.turns),
                "unit": "lượt",
                "note": f"{format_number(number.people)} người",
            }
        )
    return tiles
