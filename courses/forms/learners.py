"""Forms about who leaves a class and who comes instead."""

from django import forms
from django.db.models import Q

from cadres.forms.fields import DayField
from cadres.models import Official, Standing, Unit
from courses.eligibility import people_of
from courses.models import Check, NominationState
from courses.ranking import rank
from trainingplans.lib.dates import today
from trainingplans.lib.widgets import QuickSelect

BLANK = "Chọn một người cùng đơn vị"


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
        empty_label=BLANK,
        error_messages={
            "required": "Chưa chọn người thay.",
            "invalid_choice": "Người này không thuộc đơn vị, hoặc đã ở trong lớp.",
        },
    )
    field_order = ["official", "on", "reason"]

    def __init__(self, *args, enrolment, **options):
        super().__init__(*args, **options)
        ranked = substitutes(enrolment)
        self.fields["official"].queryset = Official.objects.filter(
            pk__in=[one.standing.official_id for one in ranked]
        )
        waiting = enrolment.training_class.nominations.filter(state=NominationState.RESERVE)
        reserves = set(waiting.values_list("official", flat=True))
        self.fields["official"].choices = [("", BLANK), *_groups(ranked, reserves)]


def substitutes(enrolment):
    """[Ranked] of who may take a learner's place: of the unit then and of that of today."""
    now = Standing.objects.at(today()).filter(official=enrolment.official_id).values("unit")
    units = Unit.objects.filter(Q(pk=enrolment.unit_id) | Q(pk__in=now))
    people = people_of(units, today())
    people = people.exclude(official__enrolments__training_class=enrolment.training_class_id)
    return rank(people, on=today(), training_class=enrolment.training_class)


def _groups(ranked, reserves):
    """The reserves of the class, then the others, then who is not eligible with the reason."""
    groups = {"Dự bị của lớp": [], "Đủ điều kiện": [], "Không đủ điều kiện": []}
    first, second, last = groups.values()
    for one in ranked:
        pk, name = one.standing.official_id, one.official.full_name
        # The seat is the leaver's, so that the unit's seats are no obstacle.
        against = [f.text for f in one.findings if f.blocks and f.check != Check.QUOTA]
        if pk in reserves:
            first.append((pk, name))
        elif against:
            last.append((pk, f"{name}: {'; '.join(against)}"))
        else:
            second.append((pk, name))
    return [(label, options) for label, options in groups.items() if options]
