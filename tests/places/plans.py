"""Ids of programmes, targets and plans."""

from datetime import date

from tests.factories import make_category
from trainingplans.plans.models import CostNorm, NeedRound, Plan, PlanItem, Programme, Target

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
    side.norm = CostNorm.objects.create(amount=10**9)
    side.programme = Programme.objects.create(title=f"Chương trình {side.name}")
    fill_needs(side)


def fill_needs(side):
    """The answer of the unit in a round that is common to all."""
    side.category = make_category()
    day = date(2026, 8, 1)
    side.need_round = NeedRound.objects.get_or_create(
        year=2027, defaults={"title": "Nhu cầu 2027", "opens_on": day, "due": day, "state": "open"}
    )[0]
    side.answer = side.need_round.answers.create(unit=side.unit)


PLACES = {
    "plans:class_costs": lambda side: {"pk": side.training_class.pk},
    "plans:costs_": lambda side: {"pk": side.training_class.pk},
    "plans:costs_undo": lambda side: {"pk": side.training_class.pk, "event": 999},
    "plans:programme": lambda side: {"pk": side.programme.pk},
    "plans:plan": lambda side: {"pk": side.plan.pk},
    "plans:plan_move": lambda side: {"pk": side.plan.pk, "code": "submit"},
    "plans:plan_word": lambda side: {"pk": side.plan.pk, "paper": "ke-hoach"},
    "plans:plan_book": lambda side: {"pk": side.plan.pk, "book": "phu-luc"},
    "plans:template_file": lambda side: {"paper": "ke-hoach"},
    "plans:norm_end": lambda side: {"pk": side.norm.pk},
    "plans:item": lambda side: {"pk": side.plan.pk, "row": side.item.pk},
    "plans:item_new": lambda side: {"pk": side.plan.pk},
    "plans:item_count": lambda side: {"pk": side.plan.pk},
    "plans:items_delete": lambda side: {"pk": side.plan.pk},
    "plans:items_restore": lambda side: {"pk": side.plan.pk, "event": 999},
    "plans:quotas": lambda side: {"pk": side.plan.pk, "row": side.item.pk},
    "reports:proposal": lambda side: {"pk": side.plan.pk},
    "reports:proposal_undo": lambda side: {"pk": side.plan.pk, "event": 999},
    "plans:target": lambda side: {"pk": side.target.pk},
    "plans:round": lambda side: {"pk": side.need_round.pk},
    "plans:round_undo": lambda side: {"pk": side.need_round.pk, "event": 999},
    "plans:round_items_undo": lambda side: {"pk": side.need_round.pk, "event": 999},
    "plans:need": lambda side: {"pk": side.answer.pk},
    "plans:need_people": lambda side: {"pk": side.answer.pk, "category": side.category.pk},
    "plans:need_name": lambda side: {"pk": side.answer.pk, "category": side.category.pk},
    "plans:need_drop": lambda side: {"pk": side.answer.pk, "category": side.category.pk},
    "plans:need_undo": lambda side: {
        "pk": side.answer.pk,
        "category": side.category.pk,
        "event": 999,
    },
}
SHARED = [
    "plans:norm_end",
    "plans:programme",
    "plans:round",
    "plans:template_file",
]
MAY_BE_GONE = [
    "plans:plan_signed",
    "plans:programme_restore",
    "plans:target_restore",
    "plans:programme_document",
]
