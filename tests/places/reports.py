"""Ids of figures and of the handbook."""

from datetime import date

from reports.actions import freeze
from tests.factories import make_account


def fill(side):
    by, on = make_account("leader"), date(2026, 11, 22)
    side.snapshot = freeze("structure", by=by, name="Cơ cấu", on=on, unit=side.unit)


PLACES = {
    "reports:target": lambda side: {"key": side.target.code},
    "reports:snapshot": lambda side: {"pk": side.snapshot.pk},
    "reports:form": lambda side: {"code": "bm02"},
    "reports:faults": lambda side: {"kind": "cccd"},
    "reports:bridge": lambda side: {"key": side.target.code},
    "reports:forecast": lambda side: {"key": side.target.code},
    "calendar_feed": lambda side: {"token": "khong-co"},
    "help_page": lambda side: {"slug": "nhap-danh-sach"},
}
SHARED = ["help_page", "reports:form", "reports:faults"]
MAY_BE_GONE = ["reports:form_people", "reports:proposal_people", "calendar_feed"]
