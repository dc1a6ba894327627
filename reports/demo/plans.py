"""Plans of the demonstration: 2026–2030, 2026 half carried out, 2027 and one of a commune."""

from datetime import date, datetime, time

from django.utils import timezone

from cadres.models import Account
from courses.models import Category, ClassState, Course, TrainingClass
from reports.demo.places import load_data
from trainingplans.lib.text import fold, sort_key
from trainingplans.plans.actions.loading import load_plan
from trainingplans.plans.actions.opening import open_from_item
from trainingplans.plans.actions.plans import Approval, move_plan
from trainingplans.plans.actions.quotas import take_proposal
from trainingplans.plans.models import CostNorm, Plan, PlannedClass, PlanState
from trainingplans.plans.proposals import propose

# Number → the days on which the plan came into each state.
DAYS = {
    "05/KH-UBND": {
        PlanState.DRAFT: date(2025, 11, 3),
        PlanState.SUBMITTED: date(2025, 12, 22),
        PlanState.APPROVED: date(2026, 1, 9),
        PlanState.RUNNING: date(2026, 1, 12),
    },
    "12/KH-UBND": {
        PlanState.DRAFT: date(2025, 12, 1),
        PlanState.SUBMITTED: date(2026, 1, 12),
        PlanState.APPROVED: date(2026, 1, 20),
        PlanState.RUNNING: date(2026, 2, 2),
    },
    "27/KH-UBND": {PlanState.COLLECTING: date(2026, 9, 1)},
}
# What an office adds itself: the amounts are invented, no document is named.
NORMS = [(None, "learner", 15_000_000), ("BD.TH", "learner", 1_600_000)]


# Still empty: what goes into it is proposed from the targets that will not be met.
SUPPLEMENT = {
    "number": "DT-02",
    "title": "Kế hoạch bổ sung năm 2027 cho các mục tiêu còn thiếu",
    "from": "2027-01-01",
    "to": "2027-12-31",
    "unit": None,
    "items": [],
}
LANGUAGES = "BD.TDT"


def make_plans(communes, *, by):
    """Write the plans with their quotas and the classes of 2026; how many plans."""
    documents = load_data("demo_plans.json")
    staff = Account.objects.get(username="chuyenvien")
    leader = Account.objects.get(username="lanhdao")
    _norms()
    for key in ("period", "year"):
        plan = load_plan(documents[key], by=by).plan
        if key == "year":
            _quotas(plan, staff)
        _approve(plan, staff, leader)
        _backdate(plan)
    _open_classes(Plan.objects.get(number=documents["year"]["number"]), staff)
    _backdate(load_plan(documents["next"], by=by).plan)
    _commune_plan(communes[0])
    load_plan(SUPPLEMENT, by=staff)
    return Plan.objects.count()


def _norms():
    for code, per, amount in NORMS:
        category = Category.objects.get(code=code) if code else None
        CostNorm.objects.create(
            category=category, per=per, amount=amount, valid_from=date(2026, 1, 1)
        )


def _quotas(plan, by):
    """The proposed seats of each item that serves a target."""
    for item in plan.items.prefetch_related("targets").select_related("plan__unit"):
        if item.targets.all():
            item.reserve = item.learners // 20
            item.save()
            take_proposal(item, by=by, proposal=propose(item, on=date(2025, 12, 15)))


def _approve(plan, staff, leader):
    days = DAYS[plan.number]
    move_plan(plan, "submit", by=staff)
    signed = Approval(plan.number, days[PlanState.APPROVED], "Chủ tịch UBND tỉnh")
    move_plan(plan, "approve", by=leader, approval=signed)
    move_plan(plan, "start", by=staff)


def _backdate(plan):
    """Let the history tell that the moves were made on their days."""
    for state, day in DAYS[plan.number].items():
        at = timezone.make_aware(datetime.combine(day, time(9)))
        plan.history.filter(state=state).update(history_date=at)
        Plan.objects.filter(pk=plan.pk, state=state).update(state_since=at)


def _open_classes(plan, by):
    """The classes of 2026 carry out the items of their content; else a class is planned."""
    year = plan.starts_on.year
    free = list(
        TrainingClass.objects.filter(planned__isnull=True, starts_on__year=year)
        .exclude(state=ClassState.CANCELLED)
        .select_related("course")
        .order_by("starts_on", "pk")
    )
    for item in plan.items.select_related("category", "lead_unit"):
        mine = [run for run in free if _suits(run, item)][: item.classes]
        for run in mine:
            PlannedClass.objects.create(item=item, training_class=run)
            free.remove(run)
        if not mine and item.quarter == 4:
            _planned(item, by)


def _suits(run, item):
    """Of the same content; for languages also of the same language."""
    same = run.course.category_id == item.category_id
    language = fold(run.title.split(",")[0])
    return same and (item.category.code != LANGUAGES or language in fold(item.title))


def _planned(item, by):
    month = 3 * item.quarter
    open_from_item(
        item,
        by=by,
        course=_course(item),
        title=f"{item.title}, khóa 1 năm 2026",
        capacity=-(-item.learners // item.classes),
        organiser=item.lead_unit,
        starts_on=date(2026, month, 7),
        ends_on=date(2026, month, 18),
        nominations_due=date(2026, month, 1),
    )


def _course(item):
    """A course of the catalogue for the item's content; a new one where there is none."""
    found = Course.objects.filter(category=item.category, is_active=True).order_by("pk").first()
    return found or Course.objects.create(
        code=f"KH-{item.category.code}",
        name=item.category.name,
        category=item.category,
        hours=80,
        search_key=fold(item.category.name),
        sort_key=sort_key(item.category.name),
    )


def _commune_plan(commune):
    """The plan of the first commune, under the province's."""
    clerk = Account.objects.get(username="daumoi1")
    money = {"source": "Ngân sách địa phương", "unit": commune.code, "amount": 18_000_000}
    document = {
        "number": "03/KH-UBND",
        "title": f"Kế hoạch bồi dưỡng năm 2026 của {commune.name}",
        "from": "2026-01-01",
        "to": "2026-12-31",
        "unit": commune.code,
        "items": [
            {
                "code": "1",
                "title": "Kỹ năng tiếp công dân tại bộ phận một cửa",
                "category": "BD.VTVL.TCD",
                "classes": 1,
                "learners": 15,
                "quarter": 2,
                "lead_unit": commune.code,
                "costs": [money],
            }
        ],
    }
    move_plan(load_plan(document, by=clerk).plan, "submit", by=clerk)
