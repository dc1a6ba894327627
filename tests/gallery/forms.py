"""Forms with one of each kind of control, right and wrong."""

from django import forms

UNITS = [(1, "Xã Nà Bủng"), (2, "Xã Si Pa Phìn"), (1234, "Phường Mường Thanh")]
KINDS = [("CB", "Cán bộ"), ("CC", "Công chức"), ("VC", "Viên chức")]


class ClassForm(forms.Form):
    """One of each kind of control."""

    sections = [
        ("Lớp", ["name", "number", "starts", "ends", "note"]),
        ("Người học", ["unit", "kinds", "staff_kind", "units", "seats", "minority"]),
    ]
    version = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.CharField(label="Tên lớp", max_length=20)
    number = forms.CharField(label="Số quyết định", help_text="Ghi như trên văn bản.")
    starts = forms.DateField(label="Ngày khai giảng")
    ends = forms.DateField(label="Ngày kết thúc")
    note = forms.CharField(label="Ghi chú", required=False, widget=forms.Textarea({"rows": 3}))
    unit = forms.ChoiceField(label="Đơn vị", choices=UNITS)
    kinds = forms.MultipleChoiceField(
        label="Đối tượng", choices=KINDS, widget=forms.CheckboxSelectMultiple
    )
    staff_kind = forms.ChoiceField(
        label="Loại chính", choices=KINDS, widget=forms.RadioSelect, help_text="Chọn một loại."
    )
    units = forms.MultipleChoiceField(label="Đơn vị gửi người", choices=UNITS, required=False)
    seats = forms.IntegerField(label="Số suất", localize=True)
    minority = forms.BooleanField(label="Chỉ người vùng dân tộc thiểu số", required=False)

    def clean(self):
        """The end may not be before the start."""
        data = super().clean()
        starts, ends = data.get("starts"), data.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", f"Trước ngày khai giảng {starts:%d/%m/%Y}. Chọn ngày sau đó.")
        return data


class UploadForm(forms.Form):
    """A roster to send."""

    file = forms.FileField(label="Tệp", help_text="Excel .xlsx, .xls, .xlsb, .ods hoặc .csv.")


class ListFilter(forms.Form):
    """Conditions of a list of people."""

    q = forms.CharField(label="Tìm", required=False)
    unit = forms.ChoiceField(label="Đơn vị", required=False, choices=[("", "Tất cả"), *UNITS])
    kind = forms.ChoiceField(label="Loại", required=False, choices=[("", "Tất cả"), *KINDS])
    level = forms.CharField(label="Trình độ", required=False)
    born = forms.DateField(label="Sinh từ ngày", required=False)


def wrong_form():
    """The form as it comes back with errors."""
    return ClassForm(
        {
            "version": 1234,
            "name": "Trung cấp lý luận chính trị, khóa 31",
            "number": "412/QĐ-SNV",
            "starts": "03/11/2026",
            "ends": "02/11/2026",
            "unit": "1",
            "staff_kind": "XX",
            "seats": "1.200",
        }
    )


def filter_form():
    """A bound filter form with two conditions."""
    form = ListFilter({"unit": "1234", "born": "01/02/1990"}, auto_id="loc_%s")
    form.is_valid()
    return form
