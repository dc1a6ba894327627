"""The grid of the costs of a class."""

from django import forms

from trainingplans.lib.text import tidy
from trainingplans.lib.widgets import QuickSelect
from trainingplans.plans.fields import MoneyField
from trainingplans.plans.models import FundingSource

PREFIX, BLANKS, MOST_ROWS = "chi", 3, 200


class CostRow(forms.Form):
    """One row; left empty it adds nothing."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    what = forms.CharField(
        label="Khoản chi", max_length=200, error_messages={"required": "Chưa ghi khoản chi."}
    )
    source = forms.ChoiceField(
        label="Nguồn", widget=QuickSelect, error_messages={"required": "Chưa chọn nguồn."}
    )
    planned = MoneyField(label="Dự toán", unit="dong")
    spent = MoneyField(label="Đã chi", unit="dong")

    def __init__(self, *args, sources, **options):
        super().__init__(*args, **options)
        self.fields["source"].choices = sources
        for field in self.fields.values():
            if not field.widget.is_hidden:
                field.widget.attrs["aria-label"] = f"{field.label}, dòng {self.number}"

    @property
    def number(self):
        """The number of the row as the reader counts, from 1."""
        return int(self.prefix.rsplit("-", 1)[-1]) + 1

    def row(self):
        """What trainingplans.plans.actions.costs.save_costs takes."""
        told = self.cleaned_data
        return {
            "number": self.number,
            "pk": told.get("pk"),
            "version": told.get("version") or 0,
            "delete": bool(told.get("DELETE")),
            "what": tidy(told.get("what")),
            "source_id": int(told["source"]) if told.get("source") else None,
            "planned": told.get("planned") or 0,
            "spent": told.get("spent") or 0,
        }


class _Grid(forms.BaseFormSet):
    deletion_widget = forms.CheckboxInput

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = f"Xóa khoản chi ở dòng {form.number}"

    def rows(self):
        """The typed rows: those shown before, and the new ones that hold something."""
        return [form.row() for form in self.forms if form.has_changed()]


def grid(data, costs):
    """The grid over costs, or (with `data`) over what was typed."""
    factory = forms.formset_factory(
        CostRow,
        formset=_Grid,
        extra=BLANKS,
        can_delete=True,
        max_num=MOST_ROWS,
        absolute_max=MOST_ROWS,
    )
    sources = [("", "Chọn nguồn"), *((str(s.pk), s.name) for s in FundingSource.objects.all())]
    initial = None if data is not None else [_shown(cost) for cost in costs]
    return factory(data, initial=initial, prefix=PREFIX, form_kwargs={"sources": sources})


def _shown(cost):
    return {
        "pk": cost.pk,
        "version": cost.version,
        "what": cost.what,
        "source": str(cost.source_id),
        "planned": cost.planned,
        "spent": cost.spent,
    }


def with_versions(post, versions):
    """What was posted, over the newer versions {number of the row: version}."""
    data = post.copy()
    for number, version in versions.items():
        data[f"{PREFIX}-{number - 1}-version"] = str(version)
    return data
