"""The forms of a proposal: its terms, a row a target, a row a course, a row a class to plan."""

import uuid
from fractions import Fraction

from django import forms

from reports.proposing.asking import Choice, Terms
from trainingplans.lib.numbers import BILLION, format_money, rounded, written
from trainingplans.lib.widgets import QuickSelect
from trainingplans.plans.fields import MoneyField
from trainingplans.plans.models import FundingSource

MOST_PEOPLE, MOST_CLASSES, MOST_IN_CLASS, MOST_MONTHS = 1_000_000, 500, 1000, 120
DEAREST = 10 * BILLION  # đồng for one class or learner
USUAL_SOURCE = "NSDP"


def all_valid(rows):
    """Whether all forms are valid; each is checked, so that all faults are told."""
    return not [row for row in rows if not row.is_valid()]


def _number(label, least=0, most=MOST_PEOPLE, **options):
    field = forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        widget=forms.TextInput(attrs={"class": "form-control num", "inputmode": "numeric"}),
        **options,
    )
    field.error_messages |= {
        "invalid": "Phải là số nguyên, ví dụ 30.",
        "required": f"Chưa ghi số. Ghi số nguyên từ {least}.",
        "min_value": f"Nhỏ quá. Ghi số từ {least}.",
        "max_value": f"Lớn quá. Ghi số đến {most}.",
    }
    return field


def _tick(label, **attrs):
    box = forms.CheckboxInput(attrs={"class": "form-check-input", **attrs})
    return forms.BooleanField(label=label, required=False, widget=box)


class _Row(forms.Form):
    """A row of a table: its controls are named for who cannot see the headings."""

    def __init__(self, *args, of, **options):
        super().__init__(*args, **options)
        for field in self.fields.values():
            self.name(field, field.label, of)

    def name(self, field, label, of):
        """Call a control by its column and its row, also where its errors are listed."""
        field.label = field.widget.attrs["aria-label"] = f"{label}, {of}"


class TermsForm(forms.Form):
    """Money, a margin, how many courses one person takes, the years."""

    nam = forms.MultipleChoiceField(
        label="Năm mở lớp", required=False, widget=forms.CheckboxSelectMultiple
    )
    du_phong = _number("Dự phòng (%)", most=100)
    moi_nguoi = _number("Mỗi người học tối đa (khóa)", least=1, most=9)
    token = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, years, money_unit, **options):
        super().__init__(*args, **options)
        self.years = years
        self.fields["ngan_sach"] = MoneyField(label="Ngân sách", unit=money_unit)
        self.fields["nam"].choices = [(str(year), str(year)) for year in years]
        if len(years) == 1:
            del self.fields["nam"]
        self.initial |= {
            "nam": [str(year) for year in years],
            "du_phong": 0,
            "moi_nguoi": 2,
            "token": str(uuid.uuid4()),
        }

    @property
    def budget(self):
        """Đồng, None where nothing was written."""
        typed = self.data.get("ngan_sach", "").strip() if self.is_bound else ""
        return self.cleaned_data["ngan_sach"] if typed else None

    def chosen_years(self):
        told = self.cleaned_data.get("nam") if "nam" in self.fields else None
        return [int(year) for year in told] if told else self.years


class TargetRow(_Row):
    """Whether a target is proposed for, and how many people it needs."""

    dung = _tick("Tính mục tiêu")
    can = _number("Cần thêm")


class CourseRow(_Row):
    """Whether a course may be used, and its Terms."""

    dung = _tick("Dùng khóa")
    dat = forms.DecimalField(label="Tỉ lệ đạt (%)", min_value=1, max_value=100, decimal_places=2)
    it = _number("Tối thiểu một lớp", least=1, most=MOST_IN_CLASS)
    nhieu = _number("Tối đa một lớp", least=1, most=MOST_IN_CLASS)
    thang = _number("Xong sau (tháng)", least=0, most=MOST_MONTHS)
    so_lop = _number("Nhiều nhất (lớp)", most=MOST_CLASSES, required=False)

    def __init__(self, *args, known, money_unit, **options):
        super().__init__(*args, of=known.course.name, **options)
        self.known = known
        self.fields["dat"].localize = True
        self.fields["dat"].widget = forms.TextInput(
            attrs={"class": "form-control num", "inputmode": "decimal"}
        )
        self.name(self.fields["dat"], "Tỉ lệ đạt (%)", known.course.name)
        self.fields["dat"].error_messages |= {
            "invalid": "Phải là số, ví dụ 95,5.",
            "required": "Chưa ghi tỉ lệ. Ghi số từ 1 đến 100.",
            "min_value": "Nhỏ quá. Ghi số từ 1.",
            "max_value": "Lớn quá. Ghi số đến 100.",
        }
        for name, label in (("phi_lop", "Chi phí một lớp"), ("phi_nguoi", "Chi phí một người")):
            self.fields[name] = MoneyField(label=label, unit=money_unit)
            self.name(self.fields[name], label, known.course.name)
        price = known.price
        self.initial = {
            "dung": price.is_known,
            "dat": written(shown_rate(known), 1).removesuffix(",0"),
            "it": -(-known.size // 2),
            "nhieu": known.size,
            "thang": known.months,
            "phi_lop": price.per_class or 0,
            "phi_nguoi": price.per_learner or 0,
        }

    def clean(self):
        told = super().clean()
        least, most = told.get("it"), told.get("nhieu")
        if least and most and least > most:
            self.add_error("it", f"Tối thiểu {least} nhiều hơn tối đa {most}. Ghi ít hơn.")
        for name in ("phi_lop", "phi_nguoi"):
            if told.get(name, 0) > DEAREST:
                self.add_error(name, f"Nhiều hơn {format_money(DEAREST)}. Xem lại đơn vị tính.")
        return told

    def terms(self):
        """The Terms of a valid row; None for a course that is not used."""
        told = self.cleaned_data
        if not told["dung"]:
            return None
        return Terms(
            rate=Fraction(told["dat"]) / 100,
            least=told["it"],
            most=told["nhieu"],
            per_class=told["phi_lop"],
            per_learner=told["phi_nguoi"],
            months=told["thang"],
            at_most=told["so_lop"],
        )


class ItemRow(_Row):
    """A class to plan: whether to take it, classes, learners, the source of the money."""

    lay = _tick("Lấy dòng", **{"data-select": True})
    lop = _number("Số lớp", least=1, most=MOST_CLASSES)
    hoc = _number("Người học", least=1, most=MOST_CLASSES * MOST_IN_CLASS)
    nguon = forms.ChoiceField(label="Nguồn", widget=QuickSelect)

    def __init__(self, *args, sources, **options):
        super().__init__(*args, **options)
        self.fields["nguon"].choices = [(str(one.pk), one.name) for one in sources]
        self.fields["nguon"].error_messages |= {
            "required": "Chưa chọn nguồn. Chọn một nguồn.",
            "invalid_choice": "Nguồn này không có. Chọn một nguồn trong danh sách.",
        }
        usual = next((one for one in sources if one.code == USUAL_SOURCE), None)
        if usual:
            self.initial.setdefault("nguon", str(usual.pk))

    @property
    def chosen(self):
        """(classes, learners) of a valid row."""
        return self.cleaned_data["lop"], self.cleaned_data["hoc"]


class ProposalForms:
    """All forms of the page over a Material, typed or as they are first shown."""

    def __init__(self, data, material, *, years, money_unit):
        self.material, self.data = material, data
        self.terms = TermsForm(data, years=years, money_unit=money_unit)
        self.targets = {
            target.pk: TargetRow(
                data,
                prefix=f"m{target.pk}",
                of=target.name,
                initial={
                    "dung": bool(material.forecasts[target.pk].short_by),
                    "can": material.forecasts[target.pk].short_by,
                },
            )
            for target in material.targets
        }
        self.courses = {
            one.course.pk: CourseRow(
                data, prefix=f"c{one.course.pk}", known=one, money_unit=money_unit
            )
            for one in material.courses
        }
        self.sources = list(FundingSource.objects.all())

    @property
    def forms(self):
        return [self.terms, *self.targets.values(), *self.courses.values()]

    def is_valid(self):
        return all_valid(self.forms)

    def choice(self):
        """The Choice of valid forms, or of those first shown."""
        if self.data is None:
            return self.first_choice()
        terms = self.terms.cleaned_data
        rows = {pk: row.cleaned_data for pk, row in self.targets.items()}
        used = {pk: row.terms() for pk, row in self.courses.items()}
        return Choice(
            needs={pk: row["can"] for pk, row in rows.items() if row["dung"] and row["can"]},
            courses={pk: one for pk, one in used.items() if one},
            years=self.terms.chosen_years(),
            budget=self.terms.budget,
            margin=terms["du_phong"],
            each=terms["moi_nguoi"],
        )

    def first_choice(self):
        """What the page proposes before anything is typed: every need, no limit on the money."""
        known = [one for one in self.material.courses if one.price.is_known]
        return Choice(
            needs={
                pk: form.initial["can"] for pk, form in self.targets.items() if form.initial["can"]
            },
            courses={one.course.pk: _usual(one) for one in known},
            years=self.terms.years,
        )

    def item_rows(self, keys, names, found=None):
        """{key: ItemRow}: as found {key: (classes, learners)}, else with what was typed."""
        return {
            key: ItemRow(
                None if found else self.data,
                prefix=key,
                of=names[key],
                sources=self.sources,
                initial=dict(zip(("lay", "lop", "hoc"), (True, *found[key]), strict=True))
                if found
                else None,
            )
            for key in keys
        }


def shown_rate(known):
    """The pass rate in percent as the page shows and takes it: one decimal, 1 at least."""
    return max(rounded(known.rate.percent, 1), 1)


def _usual(one):
    price = one.price
    return Terms(
        rate=Fraction(shown_rate(one)) / 100,
        least=-(-one.size // 2),
        most=one.size,
        per_class=price.per_class or 0,
        per_learner=price.per_learner or 0,
        months=one.months,
    )
