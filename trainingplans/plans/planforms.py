"""Forms of plans and their items."""

from django import forms
from django.core.exceptions import ValidationError

from cadres.composing.rulefields import OptionalRuleField
from cadres.forms.fields import DayField, OnceForm, VersionedForm
from cadres.models import Unit
from cadres.roles import ALL
from courses.models import Course
from trainingplans.lib.dates import show, today
from trainingplans.lib.documents import checked
from trainingplans.plans.fields import (
    CostsField,
    MoneyField,
    NamedField,
    QuarterField,
    WholeField,
)
from trainingplans.plans.models import Plan, PlanItem, Programme, Target

PLAN_FIELDS = [
    "title",
    "number",
    "unit",
    "starts_on",
    "ends_on",
    "programmes",
    "bases",
    "purpose",
]
MOST = 10_000_000


class PlanFields(forms.Form):
    """What the forms that add and that change a plan share."""

    starts_on = DayField(label="Từ ngày", required=True)
    ends_on = DayField(label="Đến ngày", required=True)

    sections = [
        ("Kế hoạch", ["title", "number", "unit", "starts_on", "ends_on"]),
        ("Căn cứ", ["programmes", "bases", "purpose"]),
    ]

    def __init__(self, *args, account, **options):
        super().__init__(*args, **options)
        self.account = account
        self.fields["number"].help_text = "Ví dụ 67/KH-UBND; chưa có số thì để trống."
        lasting = Unit.objects.at(today()) | Unit.objects.filter(pk=self.instance.unit_id)
        mine = lasting & Unit.objects.branch_of(account)
        self.fields["unit"].queryset = mine.order_by("sort_key")
        self.fields["unit"].empty_label = "Toàn tỉnh"
        if account.scope != ALL:
            self.fields["unit"].required = True
            self.fields["unit"].empty_label = None
            self.initial.setdefault("unit", account.unit_id)
        self.fields["programmes"].queryset = Programme.objects.order_by("number", "title")
        self.fields["bases"].help_text = "Mỗi dòng một căn cứ; in vào dự thảo kế hoạch và tờ trình."

    def clean(self):
        data = super().clean()
        starts, ends = self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        if starts and ends and ends < starts:
            told = f"Ngày kết thúc {show(ends)} trước ngày bắt đầu {show(starts)}."
            self.add_error("ends_on", f"{told} Chọn ngày từ {show(starts)}.")
        self._check_number()
        return data

    def _check_number(self):
        number = self.cleaned_data.get("number")
        same = Plan.objects.filter(number=number).exclude(pk=self.instance.pk)
        if number and same.filter(version_no=self.instance.version_no).exists():
            self.add_error("number", f"Số {number} đã dùng cho kế hoạch khác. Ghi số khác.")


def keep_lines(form, *names):
    """Put back the lines of texts that a tidy form joined into one."""
    for name in names:
        lines = (" ".join(line.split()) for line in form.data.get(name, "").splitlines())
        form.cleaned_data[name] = "\n".join(filter(None, lines))


PLAN_WIDGETS = {
    "programmes": forms.CheckboxSelectMultiple,
    "bases": forms.Textarea(attrs={"rows": 4}),
    "purpose": forms.Textarea(attrs={"rows": 4}),
}


class PlanForm(PlanFields, VersionedForm):
    class Meta:
        model = Plan
        fields = PLAN_FIELDS
        widgets = PLAN_WIDGETS

    def clean(self):
        data = super().clean()
        keep_lines(self, "bases", "purpose")
        return data


class NewPlanForm(PlanFields, OnceForm):
    class Meta:
        model = Plan
        fields = PLAN_FIELDS
        widgets = PLAN_WIDGETS

    def clean(self):
        data = super().clean()
        keep_lines(self, "bases", "purpose")
        return data


class ReasonForm(forms.Form):
    """Why a plan is returned, taken back, adjusted."""

    reason = forms.CharField(
        label="Lý do",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Chưa ghi lý do. Ghi một câu để người nhận biết phải sửa gì."},
    )


class ApprovalForm(forms.Form):
    """The number, date, signer and signed paper of an approval."""

    number = forms.CharField(
        label="Số, ký hiệu",
        max_length=60,
        error_messages={"required": "Chưa ghi số, ký hiệu. Ghi như trên văn bản đã ký."},
    )
    on = DayField(label="Ngày ký", required=True)
    signer = forms.CharField(
        label="Người ký",
        max_length=120,
        error_messages={"required": "Chưa ghi người ký. Ghi họ tên và chức danh."},
    )
    file = forms.FileField(
        label="Văn bản đã ký", required=False, help_text="PDF hoặc Word (.docx), nếu có."
    )

    def clean_on(self):
        on = self.cleaned_data["on"]
        if on > today():
            raise ValidationError("Ngày ký ở tương lai. Ghi ngày trên văn bản đã ký.")
        return on

    def clean_file(self):
        upload = self.cleaned_data.get("file")
        return checked(upload) if upload else None


# ---- items -------------------------------------------------------------------------------------


class ItemFields(forms.Form):
    """What the forms over an item share; `lookups` read once for all of a page."""

    def __init__(self, *args, lookups, money_unit="trieu", **options):
        super().__init__(*args, **options)
        self.lookups, self.money_unit = lookups, money_unit
        self.fields["category"] = NamedField(
            label="Nhóm nội dung",
            find=lookups.category,
            rows=lambda: lookups.category_by_id,
            write=lambda row: f"{row.code} {row.name}",
            listed="ds-noi-dung",
            help_text="Gõ mã hoặc tên, ví dụ BD.TDT.",
        )
        self.fields["institution_text"].label = "Nơi dạy"
        self.fields["institution_text"].widget.attrs |= {"list": "ds-noi-day"}
        if self.instance.institution_id:
            self.initial["institution_text"] = str(self.instance.institution)
        for name in ("classes", "learners"):
            required = {"required": self.fields[name].error_messages["required"]}
            label = self.fields[name].label
            self.fields[name] = WholeField(label=label, most=MOST, error_messages=required)
        self.fields["quarter"] = QuarterField(label=self.fields["quarter"].label)

    def clean_learners(self):
        """Not fewer than the seats given already."""
        learners = self.cleaned_data["learners"]
        if self.instance.pk and self.instance.learners != learners:
            seats = sum(self.instance.quotas.values_list("seats", flat=True))
            seats += self.instance.reserve
            if learners < seats:
                raise ValidationError(
                    f"Đã phân {seats} suất, nhiều hơn {learners}. Giảm suất trước."
                )
        return learners

    def clean(self):
        data = super().clean()
        text = self.cleaned_data.get("institution_text", "")
        self.instance.institution = self.lookups.institution(text)
        if self.instance.institution:
            self.cleaned_data["institution_text"] = ""
        code = self.cleaned_data.get("code")
        same = PlanItem.objects.filter(plan=self.instance.plan, code=code)
        if code and "code" in self.changed_data and same.exclude(pk=self.instance.pk).exists():
            self.add_error("code", f"Mã {code} đã có trong kế hoạch. Ghi mã khác.")
        return data


class CellsForm(ItemFields, VersionedForm):
    """One row of the grid: the columns, and an amount for each source."""

    class Meta:
        model = PlanItem
        fields = ["code", "title", "category", "classes", "learners", "quarter", "institution_text"]

    def __init__(self, *args, sources, **options):
        super().__init__(*args, **options)
        self._made_with |= {"sources": sources} | {
            "lookups": self.lookups,
            "money_unit": self.money_unit,
        }
        for source in sources:
            name = f"m{source.pk}"
            rows = [c for c in self._costs() if c.source_id == source.pk]
            self.fields[name] = MoneyField(
                label=source.name, unit=self.money_unit, disabled=len(rows) > 1
            )
            self.initial[name] = sum(cost.amount for cost in rows)

    def _costs(self):
        return list(self.instance.costs.all()) if self.instance.pk else []

    def amounts(self):
        """{source id: đồng} of the amounts that differ from what is stored."""
        names = [name for name in self.changed_data if name[0] == "m" and name[1:].isdecimal()]
        return {int(name[1:]): self.cleaned_data[name] for name in names}


class ItemForm(ItemFields, VersionedForm):
    """Everything of an item on a page of its own."""

    sections = [
        ("Nội dung", ["code", "category", "course", "title", "audience_text", "audience"]),
        (
            "Lớp và thời gian",
            ["classes", "learners", "quarter", "mode", "institution_text", "place"],
        ),
        ("Thuộc về", ["lead_unit", "programme", "targets"]),
        ("Kinh phí", ["costs", "note"]),
    ]

    class Meta:
        model = PlanItem
        fields = [
            "code",
            "title",
            "category",
            "course",
            "audience_text",
            "audience",
            "classes",
            "learners",
            "quarter",
            "mode",
            "institution_text",
            "place",
            "lead_unit",
            "programme",
            "targets",
            "note",
        ]
        widgets = {
            "targets": forms.CheckboxSelectMultiple,
            "title": forms.Textarea(attrs={"rows": 2}),
            "audience_text": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        _more_fields(self)


class NewItemForm(ItemFields, OnceForm):
    """A new item comes last in its plan."""

    sections = ItemForm.sections

    class Meta(ItemForm.Meta):
        pass

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        _more_fields(self)


def _more_fields(form):
    lookups = form.lookups
    form.fields["lead_unit"] = NamedField(
        label="Đơn vị chủ trì",
        find=lookups.unit,
        rows=lambda: lookups.unit_by_id,
        listed="ds-don-vi",
        help_text="Gõ tên hoặc mã đơn vị.",
    )
    form.fields["course"].queryset = Course.objects.filter(is_active=True).order_by("sort_key")
    form.fields["course"].empty_label = "Chưa gắn khóa trong danh mục"
    form.fields["audience_text"].label = "Đối tượng"
    form.fields["audience_text"].help_text = "In vào văn bản đúng như ghi."
    form.fields["audience"] = OptionalRuleField(label="Dành cho ai (điều kiện)")
    form.fields["programme"].queryset = Programme.objects.order_by("number", "title")
    form.fields["programme"].empty_label = "Theo chương trình của kế hoạch"
    form.fields["targets"].queryset = Target.objects.order_by("order", "code")
    form.fields["targets"].help_text = "Suất của đơn vị chia theo người chưa đạt các mục tiêu này."
    form.fields["costs"] = CostsField(label="Kinh phí", lookups=lookups, unit=form.money_unit)
    if form.instance.pk:
        costs = form.instance.costs.all()
        form.initial["costs"] = [(c.source_id, c.unit_id, c.amount) for c in costs]
    if hasattr(form, "_made_with"):
        form._made_with |= {"lookups": lookups, "money_unit": form.money_unit}
