"""Writes of the items of a plan that may still change."""

from django.db import transaction
from django.db.models import Max, Sum
from simple_history.utils import bulk_create_with_history

from cadres.audit import record
from cadres.edits import save_versioned
from trainingplans.lib.commands import Refused
from trainingplans.plans.actions.plans import locked_draft, opened_before
from trainingplans.plans.models import PlanCost, PlanItem


def next_code(plan):
    """A code that no item of the plan has: one more than the greatest number."""
    codes = set(plan.items.values_list("code", flat=True))
    number = max((int(code) for code in codes if code.isdecimal()), default=len(codes)) + 1
    return str(number)


@transaction.atomic
def add_item(plan, form, *, by):
    """Save a new item from a valid form, at the end of the plan; the row."""
    locked_draft(plan)
    item = form.instance
    item.plan, item.order = plan, _last(plan) + 1
    item._history_user = by
    form.save()
    _set_costs(item, form.cleaned_data["costs"])
    record("plan.item_add", by=by, subject=item, unit=plan.unit)
    return item


def _last(plan):
    return plan.items.aggregate(last=Max("order"))["last"] or 0


def _set_costs(item, costs):
    item.costs.all().delete()
    PlanCost.objects.bulk_create(
        PlanCost(item=item, source_id=source, unit_id=unit, amount=amount)
        for source, unit, amount in costs
    )


@transaction.atomic
def change_item(form, *, by):
    """Save a valid form of an item's page; a Conflict for a newer version."""
    locked_draft(form.instance.plan)

    def write(item):
        _check_seats(item)
        form.save()
        _set_costs(item, form.cleaned_data["costs"])

    return save_versioned(form, by=by, act="plan.item_change", write=write)


@transaction.atomic
def change_cells(form, *, by):
    """Save a valid row of the grid; a Conflict for a newer version."""
    locked_draft(form.instance.plan)
    amounts = form.amounts()

    def write(item):
        _check_seats(item)
        item.save()
        for source, amount in amounts.items():
            _set_amount(item, source, amount)

    return save_versioned(form, by=by, act="plan.item_change", write=write)


def _check_seats(item):
    """Refused where seats were given since the form was checked; quotas are written under the
    same lock of the plan."""
    seats = item.quotas.aggregate(n=Sum("seats", default=0))["n"] + item.reserve
    if seats > item.learners:
        raise Refused(f"Đã phân {seats} suất, nhiều hơn {item.learners}. Giảm suất trước.")


def _set_amount(item, source, amount):
    """Give the one cost of a source this amount; a new one goes to the lead unit."""
    cost = item.costs.filter(source_id=source).first()
    if cost is None:
        cost = PlanCost(item=item, source_id=source, unit=item.lead_unit)
    cost.amount = amount
    if amount:
        cost.save()
    elif cost.pk:
        cost.delete()


@transaction.atomic
def delete_items(plan, items, *, by):
    """Take items out of a draft; how many. Each can be brought back by `restore_items`."""
    row = locked_draft(plan)
    chosen = list(row.items.filter(pk__in=[item.pk for item in items]).order_by("order", "pk"))
    if not chosen:
        raise Refused("Chưa chọn dòng nào. Chọn ít nhất một dòng.")
    if opened := sorted({item.code for item in chosen} & set(opened_before(row))):
        raise Refused(f"Mục {', '.join(opened)} đã mở lớp, không bỏ được. Bỏ chọn mục đó.")
    images = [_image(item) for item in chosen]
    for item in chosen:
        item._history_user = by
        item.delete()
    codes = [item.code for item in chosen]
    return record(
        "plan.item_delete",
        by=by,
        subject=row,
        unit=row.unit,
        detail={"codes": codes, "images": images},
    )


def _image(item):
    """The item with all that hangs on it, as plain values."""
    columns = {
        field.attname: getattr(item, field.attname)
        for field in PlanItem._meta.concrete_fields
        if field.name not in ("id", "plan")
    }
    return {
        "columns": columns,
        "costs": list(item.costs.values("source_id", "unit_id", "amount")),
        "quotas": list(item.quotas.values("unit_id", "seats", "proposed", "carried", "reason")),
        "targets": list(item.targets.values_list("pk", flat=True)),
    }


@transaction.atomic
def restore_items(plan, event, *, by):
    """Bring back the items that the event `plan.item_delete` took out; Refused for taken codes."""
    row = locked_draft(plan)
    images = event.detail["images"]
    taken = row.items.filter(code__in=event.detail["codes"]).values_list("code", flat=True)
    if taken:
        raise Refused(f"Mã {', '.join(taken)} đã có lại trong kế hoạch. Đổi mã đó rồi hoàn tác.")
    for image in images:
        item = PlanItem(plan=row, **image["columns"])
        item._history_user = by
        item.save()
        item.targets.set(image["targets"])
        PlanCost.objects.bulk_create(PlanCost(item=item, **cost) for cost in image["costs"])
        quotas = [item.quotas.model(item=item, **quota) for quota in image["quotas"]]
        bulk_create_with_history(quotas, item.quotas.model, default_user=by)
    record("plan.item_restore", by=by, subject=row, unit=row.unit, detail=event.detail)
    return len(images)
