"""What a page of figures is asked for: the day, the unit, by whom. Read from the address."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from urllib.parse import urlencode

from django import forms
from django.http import Http404

from cadres.forms.fields import DayField
from cadres.models import Unit
from cadres.roles import ALL, NOBODY, OWN
from trainingplans.lib.dates import show, today

DAY, UNIT, ALONE = "ngay", "don_vi", "rieng"


class DayForm(forms.Form):
    """The day of the figures, empty for today."""

    ngay = DayField(label="Số liệu đến ngày")


@dataclass
class Scope:
    """Whose people are counted, on which day; `problem` says why a typed day was not taken."""

    account: object
    on: date
    unit: Unit | None = None
    alone: bool = False  # the unit itself, without what is below it
    asked_day: bool = False
    problem: str = ""

    @cached_property
    def units(self):
        """The units counted, None for all."""
        branch = Unit.objects.branch_of(self.account)
        if self.unit is not None:
            return branch.filter(pk=self.unit.pk) if self.alone else branch.below(self.unit)
        return None if self.account.scope == ALL else branch

    @property
    def words(self):
        """ "toàn tỉnh", the unit's name, or whose own lượt an official or a school counts."""
        if self.unit is not None:
            return (
                f"{self.unit.name} (không tính đơn vị bên dưới)" if self.alone else self.unit.name
            )
        if self.account.scope == OWN:
            return str(self.account.official or self.account)
        if self.account.scope == NOBODY:
            return f"các lớp của {self.account.unit or self.account}"
        return "toàn tỉnh" if self.account.scope == ALL else str(self.account.unit or "")

    @property
    def day_typed(self):
        """What stands in the box of the day."""
        return show(self.on)

    def query(self, **more):
        """The part of a link after "?": the day where one was asked for, the unit, and `more`."""
        kept = {DAY: show(self.on) if self.asked_day else None}
        kept[UNIT] = self.unit.code if self.unit else None
        kept[ALONE] = "1" if self.alone else None
        kept |= more
        return urlencode({key: value for key, value in kept.items() if value not in (None, "")})


def scope_of(request):
    """The Scope that the address asks for; 404 for a unit that the account does not see."""
    form = DayForm(request.GET)
    asked = form.cleaned_data["ngay"] if form.is_valid() else None
    problems = form.errors.get("ngay", [])
    return Scope(
        account=request.user,
        on=asked or today(),
        unit=_unit(request),
        alone=ALONE in request.GET and bool(request.GET.get(UNIT)),
        asked_day=asked is not None,
        problem=" ".join(problems),
    )


def _unit(request):
    code = request.GET.get(UNIT, "").strip()
    if not code:
        return None
    unit = Unit.objects.branch_of(request.user).filter(code=code[:40]).first()
    if unit is None:
        raise Http404
    return unit
