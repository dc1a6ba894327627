"""The grid of sessions, and the pattern that makes many at once."""

import uuid

from django import forms

from cadres.forms.fields import NOT_CHOSEN, DayField
from courses.models import ClassSession, Instructor
from courses.sessions import DAYS
from trainingplans.lib.dates import show
from trainingplans.lib.text import tidy
from trainingplans.lib.widgets import QuickSelect

PREFIX, BLANKS, MOST_ROWS = "buoi", 5, 600
BAD_HOURS = "Số tiết từ 1 đến 12."


def teacher_choices(keep=()):
    """[("", "—"), (id, name, grade)…] of those invited now, and of those already in the rows."""
    rows = Instructor.objects.filter(is_active=True) | Instructor.objects.filter(pk__in=keep)
    return [("", "—"), *((str(row.pk), row.full_name) for row in rows.order_by("sort_key", "pk"))]


class SessionRow(forms.Form):
    """One row; left empty it adds nothing."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    on = DayField(label="Ngày", required=True)
    part = forms.ChoiceField(label="Buổi", choices=ClassSession.Part.choices, initial="morning")
    place = forms.CharField(label="Phòng, địa điểm", max_length=150, required=False)
    instructor = forms.ChoiceField(label="Giảng viên", required=False, widget=QuickSelect)
    hours = forms.IntegerField(label="Tiết", min_value=1, max_value=12, initial=4)
    topic = forms.CharField(label="Nội dung", max_length=250, required=False)

    def __init__(self, *args, teachers, **options):
        super().__init__(*args, **options)
        self.fields["instructor"].choices = teachers
        hours = self.fields["hours"]
        hours.error_messages |= dict.fromkeys(
            ["required", "invalid", "min_value", "max_value"], BAD_HOURS
        )
        for name, field in self.fields.items():
            place = {"label": f"{field.label}, dòng {self.number}"}
            if not field.widget.is_hidden:
                field.widget.attrs["aria-label"] = place["label"]
            if name in ("on", "hours"):
                field.widget.attrs["inputmode"] = "numeric"
                field.widget.attrs["autocomplete"] = "off"

    @property
    def number(self):
        """The number of the row as the reader counts, from 1."""
        return int(self.prefix.rsplit("-", 1)[-1]) + 1

    def clean(self):
        for name in ("place", "topic"):
            self.cleaned_data[name] = tidy(self.cleaned_data.get(name))
        return self.cleaned_data

    def row(self):
        """What courses.actions.sessions.save_sessions takes."""
        told = self.cleaned_data
        chosen = told.get("instructor")
        return {
            "number": self.number,
            "pk": told.get("pk"),
            "version": told.get("version") or 0,
            "delete": bool(told.get("DELETE")),
            "instructor_id": int(chosen) if chosen else None,
            **{name: told.get(name) for name in ("on", "part", "place", "hours", "topic")},
        }


class _Grid(forms.BaseFormSet):
    deletion_widget = forms.CheckboxInput

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = f"Xóa buổi ở dòng {form.number}"

    def rows(self):
        """The typed rows: those shown before, and the new ones that hold something."""
        return [form.row() for form in self.forms if form.has_changed()]


def grid(data, sessions, blanks=BLANKS):
    """The grid over sessions, or (with `data`) over what was typed."""
    factory = forms.formset_factory(
        SessionRow,
        formset=_Grid,
        extra=blanks,
        can_delete=True,
        max_num=MOST_ROWS,
        absolute_max=MOST_ROWS,
    )
    keep = [row.instructor_id for row in sessions if row.instructor_id]
    # Typed rows are compared with the database when they are saved, not with what it holds now.
    initial = None if data is not None else [_shown(row) for row in sessions]
    options = {"teachers": teacher_choices(keep)}
    return factory(data, initial=initial, prefix=PREFIX, form_kwargs=options)


def _shown(row):
    return {
        "pk": row.pk,
        "version": row.version,
        "on": row.on,
        "part": row.part,
        "place": row.place,
        "instructor": str(row.instructor_id or ""),
        "hours": row.hours,
        "topic": row.topic,
    }


def with_more_rows(post):
    """What was posted, with some more empty rows."""
    data, key = post.copy(), f"{PREFIX}-TOTAL_FORMS"
    total = data.get(key, "")
    total = int(total) if total.isascii() and total.isdigit() and len(total) < 5 else 0
    data[key] = str(min(total + BLANKS, MOST_ROWS))
    return data


def with_versions(post, versions):
    """What was posted, over the newer versions {number of the row: version}."""
    data = post.copy()
    for number, version in versions.items():
        data[f"{PREFIX}-{number - 1}-version"] = str(version)
    return data


class PatternForm(forms.Form):
    """Sessions from … to … on these weekdays."""

    token = forms.UUIDField(required=False, widget=forms.HiddenInput)
    first = DayField(label="Từ ngày", required=True)
    last = DayField(label="Đến hết ngày", required=True)
    weekdays = forms.TypedMultipleChoiceField(
        label="Vào các ngày",
        coerce=int,
        choices=[(n, f"Thứ {name}" if n < 6 else name) for n, name in enumerate(DAYS)],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Chưa chọn ngày nào trong tuần."},
    )
    parts = forms.MultipleChoiceField(
        label="Buổi",
        choices=ClassSession.Part.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Chưa chọn buổi nào."},
    )
    skipped = forms.CharField(
        label="Trừ các ngày nghỉ",
        required=False,
        max_length=500,
        help_text="Cách nhau bằng dấu phẩy, ví dụ 02/09/2026, 03/09/2026.",
    )
    place = forms.CharField(label="Phòng, địa điểm", max_length=150, required=False)
    instructor = forms.ChoiceField(label="Giảng viên", required=False, widget=QuickSelect)
    hours = forms.IntegerField(label="Số tiết mỗi buổi", min_value=1, max_value=12, initial=4)

    def __init__(self, *args, training_class, **options):
        super().__init__(*args, **options)
        self.fields["instructor"].choices = teacher_choices()
        self.initial |= {
            "token": str(uuid.uuid4()),
            "first": training_class.starts_on,
            "last": training_class.ends_on,
            "weekdays": [0, 1, 2, 3, 4],
            "parts": ["morning", "afternoon"],
        }
        for field in self.fields.values():
            if field.required:
                field.error_messages.setdefault("required", NOT_CHOSEN)
        self.fields["hours"].error_messages |= dict.fromkeys(
            ["required", "invalid", "min_value", "max_value"], BAD_HOURS
        )

    def clean_skipped(self):
        text = tidy(self.cleaned_data["skipped"])
        parts = [part.strip() for part in text.replace(";", ",").split(",")]
        reader = DayField()
        return [reader.clean(part) for part in parts if part]

    def clean(self):
        told = self.cleaned_data
        first, last = told.get("first"), told.get("last")
        if first and last and last < first:
            words = f"Ngày {show(last)} trước ngày {show(first)}. Chọn từ {show(first)}."
            self.add_error("last", words)
        elif first and last and (last - first).days > 1500:
            self.add_error("last", "Dài hơn bốn năm. Chọn ngày gần hơn.")
        return told

    def pattern(self):
        """What courses.actions.sessions.add_pattern takes."""
        told = dict(self.cleaned_data)
        chosen = told.pop("instructor")
        return {
            **told,
            "instructor_id": int(chosen) if chosen else None,
            "place": tidy(told["place"]),
        }
