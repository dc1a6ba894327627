"""The form of a class."""

from django import forms

from cadres.forms.fields import DayField, OnceForm, VersionedForm
from cadres.models import Unit
from courses.models import Course, Institution, TrainingClass
from trainingplans.lib.dates import show, today
from trainingplans.lib.widgets import QuickSelect

FIELDS = [
    "course",
    "title",
    "code",
    "mode",
    "institution",
    "place",
    "organiser",
    "starts_on",
    "ends_on",
    "capacity",
    "nominations_due",
    "open_to_all",
    "note",
]
MOST_SEATS = 2000
SECTIONS = [
    ("Khóa và tên lớp", ["course", "title", "code", "mode"]),
    ("Thời gian, địa điểm", ["starts_on", "ends_on", "institution", "place", "organiser"]),
    ("Đề cử", ["capacity", "nominations_due", "open_to_all", "note"]),
]


class ClassFields:
    """What adding and changing a class share."""

    sections = SECTIONS

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        row = self.instance
        courses = Course.objects.filter(is_active=True) | Course.objects.filter(pk=row.course_id)
        self.fields["course"].queryset = courses.order_by("sort_key")
        schools = Institution.objects.filter(is_active=True)
        schools |= Institution.objects.filter(pk=row.institution_id)
        self.fields["institution"].queryset = schools.order_by("sort_key")
        units = Unit.objects.at(today()) | Unit.objects.filter(pk=row.organiser_id)
        self.fields["organiser"].queryset = units.order_by("sort_key", "code")
        self.fields["code"].required = False
        self.fields["code"].help_text = "Bỏ trống: cổng tự đặt, ví dụ L2026-014."
        self.fields["title"].required = False
        self.fields["title"].help_text = "Bỏ trống: lấy tên khóa."

    def clean_capacity(self):
        capacity = self.cleaned_data["capacity"]
        if not 1 <= capacity <= MOST_SEATS:
            raise forms.ValidationError(f"{capacity} chỗ nằm ngoài 1–2.000. Ghi lại số chỗ.")
        return capacity

    def clean(self):
        cleaned = super().clean()
        told = self.cleaned_data
        if not told.get("title") and told.get("course"):
            told["title"] = told["course"].name
        check_days(self)
        self._check_kept_days()
        return cleaned

    def _check_kept_days(self):
        """Results and figures hang on the days of a class with learners."""
        row = self.instance
        if row.pk and row.enrolments.exists():
            for name in ("starts_on", "ends_on"):
                if not self.cleaned_data.get(name) and name not in self.errors:
                    self.add_error(name, "Lớp đã có học viên, không bỏ trống được. Ghi ngày.")


def check_days(form):
    """Add what is wrong with the days of a class to the errors of a form."""
    days = ("starts_on", "ends_on", "nominations_due")
    first, last, due = map(form.cleaned_data.get, days)
    if first and last and last < first:
        words = f"Ngày bế giảng {show(last)} trước ngày khai giảng {show(first)}."
        form.add_error("ends_on", f"{words} Chọn từ {show(first)}.")
    if first and due and due > first:
        words = f"Hạn đề cử {show(due)} sau ngày khai giảng {show(first)}."
        form.add_error("nominations_due", f"{words} Chọn đến {show(first)}.")


_WIDGETS = {"course": QuickSelect, "institution": QuickSelect, "organiser": QuickSelect}


class ClassForm(ClassFields, VersionedForm):
    starts_on = DayField(label="Khai giảng")
    ends_on = DayField(label="Bế giảng")
    nominations_due = DayField(label="Hạn đề cử")

    class Meta:
        model = TrainingClass
        fields = FIELDS
        widgets = _WIDGETS


class NewClassForm(ClassFields, OnceForm):
    starts_on = DayField(label="Khai giảng")
    ends_on = DayField(label="Bế giảng")
    nominations_due = DayField(label="Hạn đề cử")

    class Meta(ClassForm.Meta):
        pass


class CloneClassForm(NewClassForm):
    """A class like another; what else is taken along."""

    sections = [*SECTIONS, ("Lấy theo lớp cũ", ["with_sessions", "with_seats"])]
    with_sessions = forms.BooleanField(
        label="Lịch học, dời theo ngày khai giảng mới", required=False, initial=True
    )
    with_seats = forms.BooleanField(label="Suất của các đơn vị", required=False, initial=True)

    def clean(self):
        cleaned = super().clean()
        if self.cleaned_data.get("with_sessions") and not self.cleaned_data.get("starts_on"):
            self.add_error(
                "starts_on",
                "Chưa ghi ngày khai giảng. Ghi ngày để dời lịch, hoặc bỏ chọn lịch học.",
            )
        return cleaned

    def what_to_take(self):
        """The options of courses.actions.classes.clone_class."""
        return {name: self.cleaned_data[name] for name in ("with_sessions", "with_seats")}


def first_values(training_class):
    """The first values of a class like another: all but its name, code and days."""
    left_out = {"title", "code", "starts_on", "ends_on", "nominations_due"}
    return {name: getattr(training_class, name) for name in FIELDS if name not in left_out} | {
        "title": training_class.title,
        "course": training_class.course_id,
        "institution": training_class.institution_id,
        "organiser": training_class.organiser_id,
    }
