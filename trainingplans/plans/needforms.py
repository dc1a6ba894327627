"""Forms of a needs round, and the grid as it was typed."""

from django import forms

from cadres.forms.fields import DayField, OnceForm, VersionedForm
from trainingplans.lib.text import tidy
from trainingplans.plans.actions.needs import MOST, Cell
from trainingplans.plans.models import NeedRound, Plan
from trainingplans.plans.states import EDITABLE

FIELDS = ["year", "title", "opens_on", "due", "plan", "instructions"]


class RoundFields(forms.Form):
    """What the forms that add and that change a round share."""

    opens_on = DayField(label="Mở từ ngày", empty="Ghi ngày mở đợt, dạng dd/mm/yyyy.")
    due = DayField(label="Hạn gửi", empty="Ghi hạn gửi, dạng dd/mm/yyyy.")

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        for name in ("opens_on", "due"):
            self.fields[name].required = True
        kept = self.instance.plan_id
        plans = Plan.objects.filter(state__in=EDITABLE) | Plan.objects.filter(pk=kept)
        self.fields["plan"].queryset = plans.order_by("-starts_on", "pk")
        self.fields["plan"].empty_label = "Chưa gắn với kế hoạch nào"
        self.fields["plan"].help_text = "Nhu cầu tổng hợp được đưa vào dự thảo kế hoạch này."
        self.fields["instructions"].help_text = "Đơn vị đọc trước khi lập nhu cầu."

    def clean_year(self):
        year = self.cleaned_data["year"]
        if not 2000 <= year <= 2100:
            raise forms.ValidationError(f"Năm {year} chưa đúng. Ghi năm bốn chữ số, ví dụ 2027.")
        return year

    def clean(self):
        data = super().clean()
        opens, due = self.cleaned_data.get("opens_on"), self.cleaned_data.get("due")
        if opens and due and due < opens:
            self.add_error(
                "due",
                f"Hạn gửi {due:%d/%m/%Y} trước ngày mở {opens:%d/%m/%Y}."
                f" Chọn ngày từ {opens:%d/%m/%Y}.",
            )
        return data


class RoundForm(RoundFields, VersionedForm):
    class Meta:
        model = NeedRound
        fields = FIELDS


class NewRoundForm(RoundFields, OnceForm):
    class Meta:
        model = NeedRound
        fields = FIELDS


def cells_of(data, contents):
    """(cells that were typed well, {category id: what is wrong}, {category id: typed texts})."""
    cells, problems, typed = [], {}, {}
    for content in contents:
        pk = content.pk
        if f"n-{pk}" not in data:
            continue
        text, note = tidy(data[f"n-{pk}"]), tidy(data.get(f"g-{pk}", ""))
        typed[pk] = (text, note)
        problem = _wrong(text, note)
        if problem:
            problems[pk] = problem
            continue
        was = tidy(data.get(f"wn-{pk}", ""))
        cells.append(
            Cell(
                category=pk,
                number=int(text) or None if text else None,
                note=note if text and int(text) else "",
                was_number=int(was) if was.isascii() and was.isdigit() else None,
                was_note=tidy(data.get(f"wg-{pk}", "")),
            )
        )
    return cells, problems, typed


def _wrong(text, note):
    """What is wrong with a row as typed, in words; "" for nothing."""
    if text and not (text.isascii() and text.isdigit() and int(text) <= MOST):
        return f"“{text[:20]}” không phải là số người. Ghi số nguyên từ 0 đến {MOST}."
    if note and not text:
        return "có ghi chú mà chưa có số người. Ghi số người, hoặc bỏ ghi chú."
    if len(note) > 250:
        return f"ghi chú dài {len(note)} chữ. Rút còn 250 chữ."
    return ""
