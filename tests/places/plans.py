"""Ids of programmes, targets and plans."""

from datetime import date

from trainingplans.plans.models import Plan, PlanItem, Programme, Target

EVERYBODY = {"staff_kind": ["CC"]}


def fill(side):
    side.target = Target.objects.create(
        code=f"muc-tieu-{side.unit.pk}",
        name=f"Mục tiêu của {side.name}",
        threshold=80,
        due=date(2027, 12, 31),
        unit=side.unit,
        population=EVERYBODY,
        attained={"has": "professional"},
    )
    side.plan = Plan.objects.create(
        title=f"Kế hoạch {side.name}",
        unit=side.unit,
        starts_on=date(2027, 1, 1),
        ends_on=date(2027, 12, 31),
    )
    side.item = PlanItem.objects.create(plan=side.plan, code="1", title="Mục", learners=10)
    side.programme = Programme.objects.create(title=f"Chương trình {side.name}")


PLACES = {
    "plans:programme": lambda side: {"pk": side.programme.pk},
    "plans:plan": lambda side: {"pk": side.plan.pk},
    "plans:plan_move": lambda side: {"pk": side.plan.pk, "code": "submit"},
    "plans:item": lambda side: {"pk": side.plan.pk, "row": side.item.pk},
    "plans:item_new": lambda side: {"pk": side.plan.pk},
    "plans:items_delete": lambda side: {"pk": side.plan.pk},
    "plans:items_restore": lambda side: {"pk": side.plan.pk, "event": 999},
    "plans:quotas": lambda side: {"pk": side.plan.pk, "row": side.item.pk},
    "plans:target": lambda side: {"pk": side.target.pk},
}
SHARED = ["plans:programme"]
MAY_BE_GONE = [
    "plans:plan_signed",
    "plans:programme_restore",
    "plans:target_restore",
    "plans:programme_document",
]
