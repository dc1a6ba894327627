"""Forms of a person: the record itself, and a new person with the first post."""

from django import forms

from cadres.forms.fields import (
    DayField,
    OnceForm,
    PartialDateField,
    PartialDatesMixin,
    VersionedForm,
)
from cadres.intake.parsing.words import proper_name
from cadres.models import EthnicGroup, Official, Posting, Unit
from trainingplans.lib.dates import today
from trainingplans.lib.text import tidy

PERSON = ["full_name", "sort_name", "birth", "gender", "ethnic_group", "personal_id"]
CONTACT = ["phone", "email", "note"]
POST = ["staff_kind", "position", "rank_code", "leadership", "decision"]
SERVICE = ["staff_code", "recruited", "education"]
TAKEN_ID = (
    "Số CCCD này đã có trong hệ thống. Xem lại số; nếu người này từ đơn vị khác về,"
    " Sở Nội vụ chuyển hồ sơ."
)


class GroupField(forms.ModelChoiceField):
    """An ethnic group."""

    def __init__(self, **options):
        options.setdefault("label", "Dân tộc")
        super().__init__(
            queryset=EthnicGroup.objects.all(), required=False, empty_label="Chưa rõ", **options
        )


def _is_careless(name):
    """Whether a name is all in capitals or a word of it begins with a small letter."""
    return name.isupper() or any(word[0].islower() for word in name.split())


def units_for(account, keep=None):
    """The units in which `account` may place people today, and the one that a row has already."""
    units = Unit.objects.branch_of(account).at(today())
    kept = Unit.objects.filter(pk=keep) if keep else Unit.objects.none()
    return (units | kept).order_by("sort_key", "code")


class PersonFields(PartialDatesMixin):
    """What the two forms of a person share."""

    partial_dates = {
        "birth": ("birth_date", "birth_precision"),
        "recruited": ("recruited_on", "recruited_precision"),
    }

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.initial["personal_id"] = self.instance.masked_id
        if self.instance.personal_id:
            self.fields["personal_id"].help_text = "Đang che bớt; để nguyên là không đổi."

    def clean_full_name(self):
        name = tidy(self.cleaned_data["full_name"])
        if not any(letter.isalpha() for letter in name):
            raise forms.ValidationError(f"“{name}” không phải là họ tên. Ghi họ và tên đầy đủ.")
        # As a roster is read, so that the next one does not "change" the name.
        return (_is_careless(name) and proper_name(name)) or name

    def clean_personal_id(self):
        """Twelve digits or None; the masked number means the one that is stored."""
        typed = tidy(self.cleaned_data["personal_id"]).replace(" ", "")
        if not typed:
            return None
        if "•" in typed:
            return self._stored_id(typed)
        if not (typed.isascii() and typed.isdigit() and len(typed) == 12):
            raise forms.ValidationError(f"“{typed}” không đủ 12 chữ số. Ghi đúng số trên thẻ.")
        taken = Official.objects.filter(personal_id=typed).exclude(pk=self.instance.pk)
        if taken.exists():
            raise forms.ValidationError(TAKEN_ID)
        return typed

    def _stored_id(self, typed):
        stale = self.data.get("version") != str(self.instance.version)
        if stale or typed == self.instance.masked_id.replace(" ", ""):
            return self.instance.personal_id
        raise forms.ValidationError("Số CCCD đang bị che. Ghi đủ 12 chữ số.")

    def clean(self):
        cleaned = super().clean()
        if "personal_id" in self.cleaned_data:
            self.instance.personal_id = self.cleaned_data["personal_id"]
        return cleaned


def person_fields():
    """The declared fields of both forms; new ones for each class."""
    return {
        "birth": PartialDateField(label="Ngày sinh"),
        "recruited": PartialDateField(label="Ngày tuyển dụng"),
        "ethnic_group": GroupField(),
        "personal_id": forms.CharField(
            label="Số CCCD",
            required=False,
            max_length=20,
            help_text="12 chữ số trên thẻ.",
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        ),
    }


_FIELDS = ["full_name", "sort_name", "gender", "ethnic_group", "staff_code", "education"] + CONTACT


class OfficialForm(PersonFields, VersionedForm):
    """A person who is in the records already."""

    birth, recruited, ethnic_group, personal_id = person_fields().values()
    sections = [("Người", PERSON), ("Công tác, học vấn", SERVICE), ("Liên hệ", CONTACT)]

    class Meta:
        model = Official
        fields = _FIELDS


class NewOfficialForm(PersonFields, OnceForm):
    """A new person together with the first post."""

    birth, recruited, ethnic_group, personal_id = person_fields().values()
    unit = forms.ModelChoiceField(Unit.objects.none(), label="Đơn vị công tác")
    valid_from = DayField(
        label="Từ ngày", required=True, help_text="Ngày bắt đầu ở vị trí này tại đơn vị."
    )
    staff_kind, position, rank_code, leadership, decision = forms.fields_for_model(
        Posting, POST
    ).values()
    sections = [
        ("Người", PERSON),
        (
            "Vị trí công tác",
            ["unit", "valid_from", *POST],
        ),
        ("Công tác, học vấn", SERVICE),
        ("Liên hệ", CONTACT),
    ]

    class Meta:
        model = Official
        fields = _FIELDS

    def __init__(self, *args, account, unit=None, **options):
        super().__init__(*args, **options)
        self.fields["unit"].queryset = units_for(account)
        self.initial.setdefault("unit", unit or account.unit_id)
        self.initial.setdefault("valid_from", today())

    def posting(self):
        """The first post, unsaved and without its official."""
        return Posting(**{name: self.cleaned_data[name] for name in ["unit", "valid_from", *POST]})
