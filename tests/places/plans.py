"""Ids of programmes, targets and plans."""

from datetime import date

from trainingplans.plans.models import Programme, Target

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
    side.programme = Programme.objects.create(title=f"Chương trình {side.name}")


PLACES = {
    "plans:programme": lambda side: {"pk": side.programme.pk},
    "plans:target": lambda side: {"pk": side.target.pk},
}
SHARED = ["plans:programme"]
MAY_BE_GONE = ["plans:programme_restore", "plans:target_restore", "plans:programme_document"]
