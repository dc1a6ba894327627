"""Forms about who leaves a class and who comes instead."""

from django import forms

from cadres.forms.fields import DayField
from cadres.models import Official
from trainingplans.lib.dates import today
from trainingplans.lib.widgets import QuickSelect


class LeaveForm(forms.Form):
    """From which day somebody no longer learns, and why."""

    on = DayField(label="Từ ngày", required=True, initial=today)
    reason = forms.CharField(
        label="Lý do",
        max_length=250,
        error_messages={"required": "Chưa ghi lý do."},
        help_text="Ví dụ: chuyển công tác, ốm, đơn vị xin rút.",
    )


class ReplaceForm(LeaveForm):
    """The same, and who takes the place: somebody of the same unit."""

    official = forms.ModelChoiceField(
        Official.objects.none(),
        label="Người thay",
        widget=QuickSelect,
        empty_label="Chọn một người cùng đơn vị",
        error_messages={
            "required": "Chưa chọn người thay.",
            "invalid_choice": "Người này không thuộc đơn vị, hoặc đã ở trong lớp.",
        },
    )
    field_order = ["official", "on", "reason"]

    def __init__(self, *args, enrolment, **options):
        super().__init__(*args, **options)
        people = Official.objects.in_units([enrolment.unit_id], on=today())
        people = people.exclude(enrolments__training_class=enrolment.training_class_id)
        self.fields["official"].queryset = people.order_by("sort_key")
