"""Reports that the demonstration has sent, and what was corrected after one of them."""

from datetime import date

from cadres.models import Account, Level, Qualification, Standing
from cadres.standings import refresh
from reports.actions import freeze
from reports.frozen import ATTAINMENT, STRUCTURE
from reports.official.form_bm import COMMUNES
from trainingplans.lib.dates import today
from trainingplans.plans.models import Target

TARGETS = 5
CORRECTED = 3


def make_reports(*, by):
    """Three frozen reports of the end of last year; three levels entered too late for them."""
    end = date(today().year - 1, 12, 31)
    targets = list(Target.objects.for_list().filter(unit=None)[:TARGETS])
    leader = Account.objects.get(username="lanhdao")
    told = {"by": leader, "on": end, "note": "UBND tỉnh; Vụ Công chức – Viên chức, Bộ Nội vụ"}
    freeze(ATTAINMENT, name=f"Kết quả thực hiện mục tiêu năm {end.year}", targets=targets, **told)
    freeze(STRUCTURE, name=f"Cơ cấu đội ngũ đến 31/12/{end.year}", **told)
    freeze(COMMUNES, name=f"BM02/BNV đến 31/12/{end.year}", **told)
    _correct(end, by)
    return 3


def _correct(end, by):
    """Certificates that reached the office after the report: dated before, written after."""
    level = Level.objects.filter(ladder="political_theory", code="TC").first()
    people = Standing.objects.at(end).filter(
        in_service=True, lv_political_theory=0, staff_kind="CB", unit__kind="commune"
    )
    ids = list(people.order_by("official_id").values_list("official_id", flat=True)[:CORRECTED])
    if level is None:
        return
    for pk in ids:
        late = Qualification(
            official_id=pk,
            ladder="political_theory",
            level=level,
            valid_from=date(end.year, 11, 20),
            awarded_on=date(end.year, 11, 20),
            issuer="Trường Chính trị tỉnh",
        )
        late._history_user = by
        late.save()
    refresh(ids)
