"""Forms of accounts."""

import re

from django import forms
from django.db.models import Q

from cadres.forms.fields import OnceForm, VersionedForm
from cadres.models import Account, Official, Unit
from cadres.roles import BRANCH, OWN, ROLE_CHOICES, ROLES
from trainingplans.lib.dates import today

GIVEN_ROLES = [(code, label) for code, label in ROLE_CHOICES if code != "system"]
LINKED = "hồ sơ đã gắn"  # stands for a record without a staff code; no number is shown here
USERNAME = re.compile(r"^[a-z0-9][a-z0-9._-]{2,59}$")


class AccountFields:
    """An account: who sees a branch needs a unit, who sees an own record needs that record."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["role"].choices = [("", "Chọn vai trò"), *GIVEN_ROLES]
        units = Unit.objects.at(today()) | Unit.objects.filter(pk=self.instance.unit_id)
        self.fields["unit"].queryset = units.order_by("sort_key", "code")
        self.fields["unit"].empty_label = "Không thuộc đơn vị nào"
        if self.instance.official_id and "staff_code" in self.fields:
            self.initial["staff_code"] = self.instance.official.staff_code or LINKED

    def clean_username(self):
        name = self.cleaned_data["username"].strip().lower()
        if not USERNAME.match(name):
            raise forms.ValidationError(
                f"“{name}” chưa đúng. Ghi từ 3 ký tự: chữ thường không dấu, số, chấm, gạch."
            )
        if Account.objects.filter(username=name).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(f"Tên “{name}” đã có người dùng. Ghi tên khác.")
        return name

    def clean(self):
        cleaned = super().clean()
        role = ROLES.get(self.cleaned_data.get("role"))
        if role and role.scope == BRANCH and not self.cleaned_data.get("unit"):
            self.add_error("unit", f"Vai trò {role.label} cần một đơn vị. Chọn đơn vị.")
        self._link_record(role)
        return cleaned

    def _link_record(self, role):
        code = self.cleaned_data.get("staff_code", "").strip()
        if role and role.scope == OWN and not code:
            self.add_error(
                "staff_code", f"Vai trò {role.label} cần mã cán bộ hoặc số CCCD của hồ sơ."
            )
        people = self._records(code) if code else []
        if code and len(people) != 1:
            told = f"“{code}” không chỉ đúng một hồ sơ. Xem lại mã cán bộ hoặc số CCCD."
            self.add_error("staff_code", told)
            return
        self.instance.official = people[0] if people else None
        taken = Account.objects.filter(official=self.instance.official_id or 0)
        if taken.exclude(pk=self.instance.pk).exists():
            self.add_error("staff_code", f"Hồ sơ của “{code}” đã có tài khoản khác.")

    def _records(self, code):
        """The records that a staff code or a whole personal id names; the linked one stays."""
        if code == self.initial.get("staff_code"):
            return [self.instance.official]
        named = Q(staff_code=code) | Q(personal_id=code.replace(" ", ""))
        return list(Official.objects.filter(named)[:2])


def staff_code_field():
    return forms.CharField(
        label="Mã cán bộ hoặc số CCCD",
        required=False,
        max_length=40,
        help_text="Chỉ cần với vai trò cán bộ tự xem hồ sơ của mình.",
    )


class AccountForm(AccountFields, VersionedForm):
    staff_code = staff_code_field()

    class Meta:
        model = Account
        fields = ["username", "full_name", "role", "unit", "email", "is_active"]


class NewAccountForm(AccountFields, OnceForm):
    staff_code = staff_code_field()

    class Meta:
        model = Account
        fields = ["username", "full_name", "role", "unit", "email"]
