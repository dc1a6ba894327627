"""Ids of people, units, accounts and imports."""

from datetime import date

from cadres.intake.batches import open_batch, preview
from cadres.models import Appraisal, Notification, PlanningEntry
from tests.factories import (
    make_account,
    make_language,
    make_official,
    make_qualification,
    make_trait,
    make_unit,
)
from trainingplans.lib.dates import today


def fill(side):
    side.unit = make_unit(name=f"Xã {side.name}")
    side.person = make_official(side.unit, levels={"professional": "DH"})
    side.qualification = side.person.qualifications.get()
    side.posting = side.person.postings.get()
    make_qualification(side.person, "informatics", detail="Tin học B")
    PlanningEntry.objects.create(official=side.person, valid_from=date(2025, 1, 1))
    Appraisal.objects.create(official=side.person, year=2025, grade="HTT")
    side.trait = make_trait(side.unit)
    side.language = make_language(side.unit, "Tày")
    side.clerk = make_account("clerk", unit=side.unit)
    side.batch = _batch(side)
    side.notice = Notification.objects.create(account=side.clerk, act="mau", text="Có việc mới")


def _batch(side):
    data = f"Họ và tên;Năm sinh;Đơn vị\nLò Văn Mẫu;1990;{side.unit.name}\n".encode()
    batch = open_batch(data, "ds.csv", by=side.clerk, on=today())
    preview(batch)
    return batch


# `row` of parts is a qualification.
PLACES = {
    "cadres:official": lambda side: {"pk": side.person.pk},
    "cadres:part_add": lambda side: {"pk": side.person.pk, "part": "van-bang"},
    "cadres:part_restore": lambda side: {"pk": side.person.pk, "part": "van-bang", "image": 999},
    "cadres:part_": lambda side: {
        "pk": side.person.pk,
        "part": "van-bang",
        "row": side.qualification.pk,
    },
    "cadres:posting_": lambda side: {"pk": side.person.pk, "row": side.posting.pk},
    "cadres:unit": lambda side: {"pk": side.unit.pk},
    "cadres:trait_add": lambda side: {"pk": side.unit.pk},
    "cadres:language_add": lambda side: {"pk": side.unit.pk},
    "cadres:trait_": lambda side: {"pk": side.unit.pk, "row": side.trait.pk},
    "cadres:language_": lambda side: {"pk": side.unit.pk, "row": side.language.pk},
    "cadres:mark_restore": lambda side: {"pk": side.unit.pk, "event": 999},
    "cadres:account_": lambda side: {"pk": side.clerk.pk},
    "cadres:notice_": lambda side: {"pk": side.notice.pk},
    "imports:": lambda side: {"pk": side.batch.pk},
}
SHARED = ["cadres:account_"]
MAY_BE_GONE = ["cadres:part_restore", "cadres:mark_restore"]
