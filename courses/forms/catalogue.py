"""The forms of courses, institutions and instructors."""

from django import forms

from cadres.choices import Ladder
from cadres.composing.rulefields import OptionalRuleField
from cadres.forms.fields import OnceForm, VersionedForm
from cadres.models import EthnicGroup, Level, Unit
from courses.certificates import USUAL_SERIES, missing_in
from courses.models import Category, Course, Institution, Instructor
from trainingplans.lib.dates import today
from trainingplans.lib.text import tidy
from trainingplans.lib.widgets import QuickSelect

COURSE_FIELDS = [
    "name",
    "code",
    "category",
    "hours",
    "legal_basis",
    "on_result",
    "grants_level",
    "grants_language",
    "counts_yearly",
    "repeat_after_years",
    "is_active",
    "audience",
    "prerequisites",
]


class CategoryField(forms.ModelChoiceField):
    """A content, shown with its place in the tree."""

    def label_from_instance(self, row):
        return f"{row.get_form_display()}: {row.code} {row.name}"


class GrantField(forms.ModelChoiceField):
    """A level, shown with its ladder."""

    def label_from_instance(self, row):
        return f"{Ladder(row.ladder).label}: {row.name}"


class CourseFields(forms.Form):
    """What adding and changing a course share."""

    category = CategoryField(
        label="Nội dung",
        queryset=Category.objects.order_by("form", "code"),
        widget=QuickSelect,
    )
    grants_level = GrantField(
        label="Đạt bậc",
        required=False,
        queryset=Level.objects.filter(rank__gt=0).order_by("ladder", "rank", "code"),
        widget=QuickSelect,
        empty_label="Không ghi bậc nào",
    )
    grants_language = forms.ModelChoiceField(
        label="Tiếng dân tộc",
        required=False,
        queryset=EthnicGroup.objects.order_by("name"),
        widget=QuickSelect,
        empty_label="Không phải khóa tiếng dân tộc",
    )
    audience = OptionalRuleField(label="Dành cho ai")
    prerequisites = OptionalRuleField(label="Phải có trước khi học")

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["code"].required = False
        self.fields["code"].help_text = "Bỏ trống: cổng tự đặt theo nội dung, ví dụ BD.TDT-03."
        self.fields["hours"].help_text = "Cả khóa."

    def clean(self):
        cleaned = super().clean()
        told = self.cleaned_data
        level, language = told.get("grants_level"), told.get("grants_language")
        if told.get("on_result") != Course.OnResult.NOTHING and not level:
            self.add_error(
                "grants_level", "Chưa chọn bậc. Chọn một bậc, hoặc chọn “Không ghi trình độ”."
            )
        if level and level.ladder == Ladder.ETHNIC_LANGUAGE and not language:
            self.add_error("grants_language", "Chưa chọn tiếng. Bậc này cần ghi tiếng nào.")
        return cleaned


class CourseForm(CourseFields, VersionedForm):
    class Meta:
        model = Course
        fields = COURSE_FIELDS


class NewCourseForm(CourseFields, OnceForm):
    class Meta(CourseForm.Meta):
        pass


class InstitutionFields:
    """An institution hangs on one unit, a unit has at most one."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        taken = Institution.objects.exclude(pk=self.instance.pk).exclude(unit=None)
        units = Unit.objects.at(today()) | Unit.objects.filter(pk=self.instance.unit_id)
        units = units.exclude(pk__in=taken.values("unit"))
        self.fields["unit"].queryset = units.order_by("sort_key", "code")
        self.fields["unit"].empty_label = "Không có tài khoản trên cổng"

    def clean_certificate_series(self):
        series = tidy(self.cleaned_data["certificate_series"])
        if series and (missing := missing_in(series)):
            told = f"Mẫu số thiếu {missing}. Ghi ví dụ {USUAL_SERIES}."
            raise forms.ValidationError(told)
        return series


class InstitutionForm(InstitutionFields, VersionedForm):
    class Meta:
        model = Institution
        fields = [
            "name",
            "short_name",
            "unit",
            "address",
            "contact",
            "contract",
            "capacity",
            "certificate_series",
            "is_active",
        ]
        widgets = {"unit": QuickSelect}


class NewInstitutionForm(InstitutionFields, OnceForm):
    class Meta(InstitutionForm.Meta):
        pass


class InstructorFields:
    """Somebody who teaches, in which languages."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["languages"].queryset = EthnicGroup.objects.order_by("name")
        self.fields["languages"].required = False
        self.fields["institution"].queryset = Institution.objects.order_by("sort_key")
        self.fields["institution"].empty_label = "Giảng viên mời"


class InstructorForm(InstructorFields, VersionedForm):
    class Meta:
        model = Instructor
        fields = [
            "full_name",
            "grade",
            "institution",
            "languages",
            "phone",
            "email",
            "note",
            "is_active",
        ]
        widgets = {"languages": forms.CheckboxSelectMultiple, "institution": QuickSelect}


class NewInstructorForm(InstructorFields, OnceForm):
    class Meta(InstructorForm.Meta):
        pass
