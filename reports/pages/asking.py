"""What pages about one target or one period share: the target asked for, days, downloads."""

from datetime import date

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404

from cadres.forms.fields import DayField
from cadres.rules import RuleContext
from reports.board import readable
from reports.definition import target_named
from reports.scope import scope_of
from trainingplans.lib.dates import show
from trainingplans.plans.models import Target

XLSX = "xlsx"


def target_asked(request, key):
    """(Target, Scope) of an address; 404 for one that is not seen or can no longer be read."""
    try:
        found = target_named(key, request.user)
    except Target.DoesNotExist:
        raise Http404 from None
    scope = scope_of(request)
    if readable([found], RuleContext(scope.on))[1]:
        raise Http404
    return found, scope


class PeriodForm(forms.Form):
    """Two days, both counted."""

    tu = DayField(label="Từ ngày")
    den = DayField(label="Đến ngày")

    def clean(self):
        found = super().clean()
        first, last = found.get("tu"), found.get("den")
        if first and last and first > last:
            told = f"Ngày {show(last)} trước ngày {show(first)}. Đổi chỗ hai ngày."
            raise forms.ValidationError(told)
        return found


class Period:
    """The days that the address asks for, or those given; `problem` says why typed ones failed."""

    def __init__(self, request, first, last):
        form = PeriodForm(request.GET)
        typed = form.cleaned_data if form.is_valid() else {}
        self.first, self.last = typed.get("tu") or first, typed.get("den") or last
        if self.first > self.last:
            self.first = min(first, self.last)
        self.problem = " ".join(told for told in form.errors.values() for told in told)

    @property
    def typed(self):
        """{field: what stands in its box}."""
        return {"tu": show(self.first), "den": show(self.last)}


def end_of_last_year(on):
    """The last day of the year before `on`."""
    return date(on.year - 1, 12, 31)


def must(allowed):
    """403 unless `allowed`."""
    if not allowed:
        raise PermissionDenied
