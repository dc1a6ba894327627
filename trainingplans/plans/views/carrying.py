"""What becomes of a plan: its versions and changes, classes opened from its items, unit plans."""

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from cadres.audit_words import act_in_words
from cadres.composing.drafts import rule_words
from cadres.edits import make_once
from cadres.forms.fields import DayField, OnceFields
from cadres.models import AuditEvent, Unit
from courses.forms.classes import MOST_SEATS, check_days
from courses.models import Course, Institution, TrainingClass
from trainingplans.lib.access import needs
from trainingplans.lib.commands import Refused
from trainingplans.plans.actions.opening import OPEN, open_from_item, seats_left
from trainingplans.plans.differences import difference
from trainingplans.plans.models import AGREED, Plan, PlanItem, PlanState
from trainingplans.plans.tabs import tabs_of
from trainingplans.plans.views.plans import plan_of

VIEW = "plans.view_plan"
EVENTS = 60
NOT_AGREED = [state for state in PlanState if state not in AGREED]


@needs(VIEW)
@require_GET
def plan_changes(request, pk):
    """The versions of a plan, what this one changes, and who did what."""
    plan = plan_of(request, pk)
    versions = Plan.objects.visible_to(request.user).filter(number=plan.number)
    events = AuditEvent.objects.filter(subject="plans.plan", subject_id=plan.pk)
    context = {
        "plan": plan,
        "tabs": tabs_of(plan, request.user, "plans:plan_changes"),
        "versions": versions.order_by("-version_no") if plan.number else [plan],
        "difference": difference(plan.replaces, plan) if plan.replaces_id else None,
        "events": [
            {
                "when": f"{timezone.localtime(event.at):%H:%M %d/%m/%Y}",
                "who": str(event.by or "Hệ thống"),
                "act": act_in_words(event.act),
                "reason": event.detail.get("reason", "") or event.detail.get("why", ""),
            }
            for event in events.select_related("by").order_by("-id")[:EVENTS]
        ],
    }
    return render(request, "plans/plan_changes.html", context)


class OpenClassForm(OnceFields):
    """What a class needs beyond what its item says."""

    title = forms.CharField(label="Tên lớp", max_length=250)
    course = forms.ModelChoiceField(
        Course.objects.filter(is_active=True).order_by("sort_key"),
        label="Khóa",
        empty_label="Chọn một khóa",
        error_messages={"required": "Chưa chọn khóa. Chọn một dòng trong danh sách."},
    )
    capacity = forms.IntegerField(label="Số chỗ", min_value=1, max_value=MOST_SEATS)
    starts_on = DayField(label="Khai giảng")
    ends_on = DayField(label="Bế giảng")
    nominations_due = DayField(label="Hạn đề cử")
    mode = forms.ChoiceField(label="Hình thức học", choices=TrainingClass.Mode.choices)
    institution = forms.ModelChoiceField(
        Institution.objects.filter(is_active=True).order_by("sort_key"),
        label="Cơ sở đào tạo",
        required=False,
        empty_label="Chưa rõ",
    )
    place = forms.CharField(label="Địa điểm", max_length=250, required=False)
    with_seats = forms.BooleanField(
        label="Giao suất cho các đơn vị theo kế hoạch", required=False, initial=True
    )

    with_audience = forms.BooleanField(
        label="Chỉ nhận người thuộc đối tượng của mục", required=False, initial=True
    )

    def __init__(self, *args, item, **options):
        super().__init__(*args, **options)
        if item.audience:
            self.fields["with_audience"].help_text = rule_words(item.audience, "")
        else:
            del self.fields["with_audience"]

    def clean(self):
        data = super().clean()
        check_days(self)
        return data


@needs("courses.change_class")
@require_http_methods(["GET", "POST"])
def item_class(request, pk, row):
    """Open a class from an item of an approved plan."""
    plan = plan_of(request, pk)
    item = get_object_or_404(PlanItem.objects.select_related("course"), plan=plan, pk=row)
    sent = request.method == "POST"
    form = OpenClassForm(request.POST if sent else None, initial=_initial(item), item=item)
    if sent and form.is_valid():
        told = {name: value for name, value in form.cleaned_data.items() if name != "token"}
        organiser = item.lead_unit or plan.unit

        def make():
            return open_from_item(item, by=request.user, organiser=organiser, **told)

        try:
            made, _new = make_once(form, by=request.user, make=make)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Đã mở {made.title}, mã {made.code}.")
            return redirect("courses:class", made.pk)
    left = seats_left(item)
    context = {
        "plan": plan,
        "item": item,
        "form": form,
        "seats": sum(left.values()),
        "units": len(left),
    }
    return render(request, "plans/item_class.html", context, status=422 if form.errors else 200)


def _initial(item):
    """The form as the item fills it."""
    opened = item.planned_classes.count()
    suits = Course.objects.filter(category=item.category_id, is_active=True)
    course = item.course or (suits.get() if suits.count() == 1 else None)
    several = f", lớp {opened + 1}" if item.classes > 1 else ""
    return {
        "title": f"{item.title}{several}"[:250],
        "course": course,
        "capacity": -(-item.learners // max(1, item.classes)),
        "mode": item.mode or TrainingClass.Mode.FULL,
        "institution": item.institution_id,
        "place": item.place,
    }


def _sums_of(words, rows):
    names = ("classes", "learners", "amount")
    sums = {name: sum(getattr(row, name) for row in rows) for name in names}
    return {"words": words, "count": len(rows), **sums}


@needs(VIEW)
@require_GET
def plan_units(request, pk):
    """The plans of units of the same time, rolled up under this one."""
    plan = plan_of(request, pk)
    mine = Plan.objects.visible_to(request.user).filter(
        starts_on__gte=plan.starts_on, ends_on__lte=plan.ends_on, unit__isnull=False
    )
    if plan.unit_id:
        below = Unit.objects.below(plan.unit).exclude(pk=plan.unit_id)
        mine = mine.filter(unit__in=below)
    # Of a plan that is being adjusted counts what is approved, until the new version is.
    mine = mine.exclude(state=PlanState.REPLACED).exclude(
        replaces__state__in=OPEN, state__in=NOT_AGREED
    )
    rows = list(mine.with_sums().for_list())
    context = {
        "plan": plan,
        "tabs": tabs_of(plan, request.user, "plans:plan_units"),
        "rows": rows,
        "sums": [
            _sums_of("đã phê duyệt", [row for row in rows if row.state in AGREED]),
            _sums_of("chưa phê duyệt", [row for row in rows if row.state not in AGREED]),
        ],
    }
    return render(request, "plans/plan_units.html", context)
