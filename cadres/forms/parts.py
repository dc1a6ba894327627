"""Forms of the rows that hang on a person: posts, qualifications, party, planning, appraisals."""

from datetime import timedelta

from django import forms

from cadres.forms.fields import (
    DayField,
    LevelField,
    OnceForm,
    PartialDateField,
    PartialDatesMixin,
    VersionedForm,
)
from cadres.forms.officials import units_for
from cadres.models import Appraisal, PartyStatus, PlanningEntry, Posting, Qualification
from trainingplans.lib.dates import EVER, FOREVER, show, today

FROM_HINT = "Để trống nếu chưa rõ."
TO_HINT = "Ngày đầu tiên không còn tính; để trống nếu vẫn còn."


class RowForm:
    """What add and change forms of one kind of row share: whose row it is."""

    def __init__(self, *args, official, account, **options):
        super().__init__(*args, **options)
        self.official, self.account = official, account
        self._made_with = {**getattr(self, "_made_with", {}), "official": official}
        self._made_with["account"] = account
        self.instance.official = official
        self.prepare()

    def prepare(self):
        """Narrow choices, set first values."""

    def clean(self):
        cleaned = super().clean()
        start, end = self.cleaned_data.get("valid_from"), self.cleaned_data.get("valid_to")
        if start and end and start >= end:
            self.add_error(
                "valid_to",
                f"Ngày {show(end)} không sau ngày bắt đầu {show(start)}. Chọn ngày muộn hơn.",
            )
        return cleaned


class PostingFields(RowForm):
    """A post; two main posts at once are refused."""

    def prepare(self):
        self.fields["unit"].queryset = units_for(self.account, keep=self.instance.unit_id)
        if not self.instance.pk:
            self.initial.setdefault("unit", self.account.unit_id)

    def clean(self):
        cleaned = super().clean()
        other = self._other_main()
        if other:
            self.add_error(
                "is_main",
                f"Từ {since_words(other)} đã có vị trí chính: {other}. Bỏ chọn ở đây,"
                " hoặc mở vị trí kia rồi đổi hay kết thúc.",
            )
        return cleaned

    def _other_main(self):
        told = self.cleaned_data
        if not told.get("is_main") or not {"valid_from", "valid_to"} <= told.keys():
            return None
        return (
            Posting.objects.filter(official=self.official, is_main=True)
            .filter(valid_from__lt=told["valid_to"], valid_to__gt=told["valid_from"])
            .exclude(pk=self.instance.pk)
            .select_related("unit")
            .first()
        )


class PostingChange(PostingFields, VersionedForm):
    valid_from = DayField(label="Từ ngày", empty=EVER, help_text=FROM_HINT)
    valid_to = DayField(label="Đến trước ngày", empty=FOREVER, help_text=TO_HINT)

    class Meta:
        model = Posting
        fields = [
            "unit",
            "valid_from",
            "valid_to",
            "staff_kind",
            "position",
            "rank_code",
            "leadership",
            "is_main",
            "decision",
            "ended_by",
        ]


class PostingAdd(PostingFields, OnceForm):
    valid_from = DayField(label="Từ ngày", required=True)
    valid_to = DayField(label="Đến trước ngày", empty=FOREVER, help_text=TO_HINT)

    class Meta(PostingChange.Meta):
        fields = [name for name in PostingChange.Meta.fields if name != "ended_by"]


class PostingEnd(RowForm, VersionedForm):
    """The end of a post: the first day that no longer counts, and why."""

    valid_to = DayField(
        label="Thôi từ ngày", required=True, help_text="Ngày đầu tiên không còn ở vị trí này."
    )

    class Meta:
        model = Posting
        fields = ["valid_to", "ended_by", "decision"]

    def clean_valid_to(self):
        return day_within(self.instance, self.cleaned_data["valid_to"])


class PostingMove(RowForm, VersionedForm):
    """A new post from a day on that closes this one; posts elsewhere cannot be chosen."""

    on = DayField(label="Từ ngày", required=True, help_text="Vị trí cũ kết thúc trước ngày này.")
    field_order = ["on"]

    class Meta:
        model = Posting
        fields = ["unit", "staff_kind", "position", "rank_code", "leadership", "decision"]

    def prepare(self):
        self.fields["unit"].queryset = units_for(self.account, keep=self.instance.unit_id)
        self.initial.setdefault("on", today())
        self.initial["decision"] = ""

    def clean_on(self):
        return day_within(self.instance, self.cleaned_data["on"])


def day_within(posting, day):
    """The day, if a post may end on it."""
    if day <= posting.valid_from:
        start = show(posting.valid_from + timedelta(days=1))
        raise forms.ValidationError(
            f"Ngày {show(day)} không sau ngày bắt đầu {show(posting.valid_from)}. Chọn từ {start}."
        )
    return day


def since_words(row):
    """The beginning of a period in words."""
    return show(row.since) if row.since else "trước đến nay"


class QualificationFields(RowForm, PartialDatesMixin):
    """A level; without a day of its own it counts from the award, else from today."""

    partial_dates = {"awarded": ("awarded_on", "awarded_precision")}
    field_order = ["level", "detail", "awarded", "valid_from", "issuer", "certificate_no"]

    def prepare(self):
        row = self.instance
        if row.pk:
            self.initial["level"] = f"{row.ladder}:{row.level_id or ''}"
        elif self.initial.get("ladder"):
            self.initial["level"] = f"{self.initial['ladder']}:"

    def clean(self):
        cleaned = super().clean()
        chosen = self.cleaned_data.get("level")
        if chosen:
            self.instance.ladder, self.instance.level_id = self.fields["level"].split(chosen)
            if self.instance.level_id is None and not self.cleaned_data.get("detail"):
                self.add_error("detail", "Chưa ghi. Bậc “Khác” cần ghi nguyên văn văn bằng.")
        awarded = self.cleaned_data.get("awarded")
        if self.cleaned_data.get("valid_from") is None:
            self.cleaned_data["valid_from"] = awarded.first if awarded else today()
        return cleaned


_QUALIFICATION = ["detail", "issuer", "certificate_no"]
_SHARED = {
    "level": lambda: LevelField(label="Thang và bậc"),
    "awarded": lambda: PartialDateField(label="Cấp ngày"),
    "valid_from": lambda: DayField(
        label="Tính từ ngày",
        help_text="Để trống: tính từ ngày cấp; chưa rõ ngày cấp thì từ hôm nay.",
    ),
    "valid_to": lambda: DayField(label="Có giá trị đến trước ngày", empty=FOREVER),
}


class QualificationChange(QualificationFields, VersionedForm):
    level, awarded, valid_from, valid_to = (make() for make in _SHARED.values())
    valid_from = DayField(label="Tính từ ngày", empty=EVER, help_text=FROM_HINT)
    revoked_on = DayField(label="Thu hồi ngày")

    def clean(self):
        cleaned = super().clean()
        before, now = self.initial["awarded"], self.cleaned_data.get("awarded")
        follows = before and self.instance.pk and before.first == self.initial["valid_from"]
        if follows and now and "valid_from" not in self.changed_data:
            self.cleaned_data["valid_from"] = now.first
        return cleaned

    class Meta:
        model = Qualification
        fields = [*_QUALIFICATION, "verified", "valid_from", "valid_to", "revoked_on"]


class QualificationAdd(QualificationFields, OnceForm):
    level, awarded, valid_from, valid_to = (make() for make in _SHARED.values())

    class Meta:
        model = Qualification
        fields = [*_QUALIFICATION, "verified", "valid_from", "valid_to"]


class PartyFields(RowForm, PartialDatesMixin):
    """Party membership; without a day of its own it counts from joining, else from today."""

    partial_dates = {"joined": ("joined_on", "joined_precision")}
    field_order = ["member", "joined"]

    def clean(self):
        cleaned = super().clean()
        joined = self.cleaned_data.get("joined")
        if joined and not self.cleaned_data.get("member"):
            self.add_error("joined", "Có ngày vào Đảng thì chọn mục Đảng viên, hoặc xóa ngày.")
        if self.cleaned_data.get("valid_from") is None:
            self.cleaned_data["valid_from"] = joined.first if joined else today()
        return cleaned


class PartyChange(PartyFields, VersionedForm):
    joined = PartialDateField(label="Ngày vào Đảng")
    valid_from = DayField(label="Tính từ ngày", empty=EVER, help_text=FROM_HINT)
    valid_to = DayField(label="Đến trước ngày", empty=FOREVER, help_text=TO_HINT)

    class Meta:
        model = PartyStatus
        fields = ["member", "valid_from", "valid_to"]


class PartyAdd(PartyFields, OnceForm):
    joined = PartialDateField(label="Ngày vào Đảng")
    valid_from = DayField(
        label="Tính từ ngày",
        help_text="Để trống: tính từ ngày vào Đảng; chưa rõ thì từ hôm nay.",
    )

    class Meta:
        model = PartyStatus
        fields = ["member", "valid_from"]


class PlanningChange(RowForm, VersionedForm):
    valid_from = DayField(label="Từ ngày", empty=EVER, help_text=FROM_HINT)
    valid_to = DayField(label="Đến trước ngày", empty=FOREVER, help_text=TO_HINT)

    class Meta:
        model = PlanningEntry
        fields = ["post", "term", "valid_from", "valid_to", "decision"]


class PlanningAdd(RowForm, OnceForm):
    valid_from = DayField(label="Từ ngày", required=True)
    valid_to = DayField(label="Đến trước ngày", empty=FOREVER, help_text=TO_HINT)

    class Meta(PlanningChange.Meta):
        pass


class AppraisalFields(RowForm):
    """The assessment of one year; a year has one."""

    def clean_year(self):
        year = self.cleaned_data["year"]
        if not 1990 <= year <= today().year:
            raise forms.ValidationError(f"Năm {year} nằm ngoài 1990–{today().year}. Ghi lại năm.")
        rows = Appraisal.objects.filter(official=self.official, year=year)
        if rows.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(f"Năm {year} đã có xếp loại. Mở dòng đó để sửa.")
        return year


class AppraisalChange(AppraisalFields, VersionedForm):
    class Meta:
        model = Appraisal
        fields = ["year", "grade"]


class AppraisalAdd(AppraisalFields, OnceForm):
    class Meta(AppraisalChange.Meta):
        pass
