"""Changing dated settings: from a day on; what held before stays for past days."""

from django.db import transaction

from cadres.audit import record
from courses.models import PolicyWeight, RuleSetting
from courses.papers import NAME
from trainingplans.lib.commands import Refused
from trainingplans.lib.dates import show
from trainingplans.lib.papers import replace

ACTS = {RuleSetting: "rule.change", PolicyWeight: "weight.change"}


@transaction.atomic
def change_setting(row, values, *, by, since):
    """`values` hold from `since` on instead of what `row` says; returns the row that holds then.

    On the row's own first day it is corrected in place. Refused for a day outside its period.
    """
    model = type(row)
    row = model.objects.select_for_update().get(pk=row.pk)
    if not row.valid_from <= since < row.valid_to:
        raise Refused(
            f"Ngày {show(since)} nằm ngoài thời gian của dòng này. Chọn dòng đang có hiệu lực."
        )
    before = {name: str(getattr(row, name)) for name in values}
    new = row
    if since > row.valid_from:
        new = model.objects.get(pk=row.pk)
        new.pk, new.valid_from = None, since
        row.valid_to = since
        row.save()
    for name, value in values.items():
        setattr(new, name, value)
    new._state.adding = new.pk is None
    new.save()
    after = {name: str(value) for name, value in values.items()}
    detail = {"since": since.isoformat(), "before": before, "after": after}
    record(ACTS[model], by=by, subject=new, detail=detail)
    return new


@transaction.atomic
def replace_template(content, *, by):
    """Keep the office's own template of decisions; None goes back to the portal's own."""
    replace(NAME, content)
    what = "mẫu của cơ quan" if content is not None else "mẫu của cổng"
    record("decision.template", by=by, label="Mẫu quyết định", detail={"to": what})
