"""Invented figures that show every shared part in every state; used by tests and by developers."""

from datetime import date
from fractions import Fraction

from django import forms
from django.core.paginator import Paginator

from trainingplans.lib.charts import bridge, trend
from trainingplans.lib.numbers import percent_of

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


def _target(name, attained, total, threshold, missing, forecast, unknown=0):
    return {
        "name": name,
        "url": "#",
        "population": "Cán bộ, công chức, hạn 12/2027",
        "percent": percent_of(attained, total),
        "threshold": threshold,
        "attained": attained,
        "total": total,
        "missing": missing,
        "forecast": forecast,
        "unknown": unknown,
    }


TARGETS = [
    _target("Chuyên môn từ trung cấp", 1233, 1308, 95, 10, Fraction(97)),
    _target("Lý luận chính trị từ trung cấp", 794, 970, 85, 31, Fraction(863, 10), unknown=29),
    _target("Biết tiếng dân tộc tại chỗ", 238, 407, 85, 108, Fraction(713, 10)),
    _target("Quản lý nhà nước từ chuyên viên", 1779, 2148, 80, 0, Fraction(861, 10)),
    _target("Người đứng đầu được bồi dưỡng", 0, 0, 100, 0, None),
]


def _cell(attained, total, threshold, missing):
    return {
        "percent": percent_of(attained, total),
        "threshold": threshold,
        "missing": missing,
        "url": "#",
        "title": "Xem tên",
    }


HEAT = {
    "caption": "Tỉ lệ đạt theo đơn vị và mục tiêu",
    "columns": [
        {"label": "Chuyên môn", "threshold": 95},
        {"label": "Lý luận ch. trị", "threshold": 85},
        {"label": "Quản lý NN", "threshold": 80},
    ],
    "rows": [
        {
            "label": "Toàn tỉnh",
            "is_total": True,
            "missing": 1149,
            "cells": [
                _cell(1233, 1308, 95, 10),
                _cell(794, 970, 85, 31),
                _cell(1779, 2148, 80, 0),
            ],
        },
        {
            "label": "Xã Nà Bủng",
            "url": "#",
            "missing": 27,
            "cells": [_cell(21, 24, 95, 2), _cell(12, 21, 85, 6), _cell(0, 0, 80, 0)],
        },
        {
            "label": "Phường Điện Biên Phủ",
            "url": "#",
            "missing": 3,
            "cells": [_cell(94996, 100000, 95, 4), _cell(19, 21, 85, 0), _cell(71, 100, 80, 9)],
        },
    ],
}

BRIDGE = [
    {"label": "Đầu kỳ", "note": "31/12/2025", "value": 754, "is_total": True},
    {"label": "Mới đạt trình độ", "value": 61, "is_total": False},
    {"label": "Về nhận việc", "value": 14, "is_total": False},
    {"label": "Thôi việc", "value": -5, "is_total": False},
    {"label": "Nghỉ hưu", "value": -19, "is_total": False},
    {"label": "Chuyển đi", "value": -9, "is_total": False},
    {"label": "Đính chính", "value": -2, "is_total": False},
    {"label": "Đến", "note": "20/11/2026", "value": 794, "is_total": True},
]
TREND = [(2021, "58.9"), (2022, "63.4"), (2023, "68.0"), (2024, "72.5"), (2025, "76.8")]
POINTS = [(date(year, 12, 31), Fraction(percent)) for year, percent in TREND]
POINTS += [(date(2026, 11, 20), Fraction(79400, 970))]
FORECAST = {"on": date(2027, 12, 31), "percent": 86.3, "low": 83.6, "high": 88.4}


def _plain_row(number, kind, label, *texts, **cell):
    cells = [{"text": text} for text in texts]
    if cell:
        cells[cell.pop("at")].update(cell)
    return {"number": number, "kind": kind, "kind_label": label, "cells": cells}


FIELDS = ["STT", "Họ và tên", "Sinh, nữ", "Số CCCD"]
SHEET = {
    "title": "DANH SÁCH",
    "columns": [
        {
            "letter": letter,
            "name": f"column-{letter}",
            "width": width,
            "options": [
                {"value": n, "label": name, "selected": n == i} for n, name in enumerate(FIELDS)
            ],
        }
        for i, (letter, width) in enumerate(zip("ABCD", ["a", "b", "d", "g"], strict=True))
    ],
    "rows": [
        _plain_row(1, "letter", "Phần đầu", "ỦY BAN NHÂN DÂN XÃ NÀ BỦNG", at=0, span=4),
        _plain_row(5, "head", "Đầu cột", "TT", "Họ và tên", "Nữ", "Số CCCD"),
        _plain_row(8, "group", "Nhóm", "I", "Cán bộ", at=1, span=3),
        _plain_row(
            9,
            "update",
            "Cập nhật",
            "1",
            "Lò Thị Hiền",
            "14/3/1991",
            "011191000123",
            at=2,
            state="new",
        ),
        _plain_row(
            11,
            "create",
            "Thêm mới",
            "3",
            "Sùng Thị Mỷ",
            "30/02/1993",
            "011193000340",
            at=2,
            state="warn",
            message="Ngày 30/02 không có trong lịch. Ghi 1993 nếu chỉ biết năm.",
            fix={"name": "fix-1011-C", "value": 1993, "label": ""},
            open=True,
        ),
        _plain_row(12, "same", "Giữ nguyên", "4", "Vàng Thị Dơ", "12/8/1986", "011186000118"),
        _plain_row(
            1014,
            "reject",
            "Từ chối",
            "6",
            "",
            "1990",
            "",
            at=1,
            state="bad",
            message="Dòng có chức vụ nhưng không có họ tên. Điền họ tên hoặc bỏ dòng.",
            fix={"name": "fix-1014-B", "value": "", "label": "Điền và nhận dòng"},
        ),
        _plain_row(60, "total", "Dòng cộng", "Danh sách này có 46 người", at=0, span=4),
        _plain_row(63, "sign", "Chữ ký", "CHỦ TỊCH", at=0, span=4),
    ],
}

LADDERS = [
    {
        "label": "Chuyên môn",
        "note": "Luật, 2013",
        "rungs": [
            {"label": "Sơ cấp", "state": "below"},
            {"label": "Trung cấp", "state": "below", "needed": True},
            {"label": "Cao đẳng", "state": "below"},
            {"label": "Đại học", "state": "at"},
            {"label": "Thạc sĩ"},
            {"label": "Tiến sĩ"},
        ],
    },
    {
        "label": "Lý luận chính trị",
        "note": "07/2019",
        "rungs": [
            {"label": "Sơ cấp", "state": "at"},
            {"label": "Trung cấp", "needed": True},
            {"label": "Cao cấp"},
        ],
    },
    {
        "label": "Ngoại ngữ",
        "url": "#",
        "link": "bổ sung",
        "rungs": [{"label": "Chưa rõ", "state": "unknown"}],
    },
]

CONFLICT = {
    "who": "Hoàng Anh Dũng",
    "when": "09:38 20/11/2026",
    "action": "",
    "version": 1235,
    "cancel_url": "#",
    "hidden": [{"name": "unit", "value": 1234}],
    "fields": [
        {
            "name": "position",
            "label": "Chức vụ",
            "mine": "Phó Chủ tịch UBND",
            "theirs": "Chủ tịch UBND",
            "keep": "mine",
        },
        {"name": "major", "label": "Chuyên ngành", "mine": "", "theirs": "Luật", "keep": ""},
    ],
}


def gallery_context():
    """Everything that parts/gallery.html names."""
    return {
        "title": "Thành phần và trạng thái",
        "good_form": ClassForm(initial={"version": 1234, "seats": 1200}),
        "bad_form": wrong_form(),
        "upload": UploadForm()["file"],
        "bad_upload": UploadForm({}, {})["file"],
        "filters": filter_form(),
        "conflict": CONFLICT,
        "ordering": "name",
        "pages": Paginator(range(3214), 12).page(134),
        "no_pages": Paginator([], 12).page(1),
        "actions": [
            {"label": "Đề cử vào lớp", "icon": "user-plus", "name": "do", "value": "nominate"},
            {"label": "Xuất Excel", "icon": "download", "name": "do", "value": "export"},
        ],
        "people": ["Lò Thị Hiền", "Nông Văn Thuyết", "Đỗ Mạnh Cường"],
        "statuses": [
            {"label": "Bản nháp", "kind": ""},
            {"label": "Đang tổng hợp", "kind": "wait"},
            {"label": "Đang mở", "kind": "info"},
            {"label": "Đã duyệt", "kind": "done"},
            {"label": "Bị trả lại", "kind": "alert"},
            {"label": "Đã hủy", "kind": "off"},
        ],
        "tiles": [
            {"label": "Lượt hoàn thành", "figure": "1.254", "note": "trên 1.510 suất"},
            {
                "label": "Thêm mới",
                "figure": "5",
                "status": "done",
                "url": "#",
                "link": "xem 5 dòng",
            },
            {
                "label": "Cần thêm",
                "figure": "31",
                "unit": "người",
                "note": "mới đạt ngưỡng, trong",
                "url": "#",
                "link": "147 người chưa đạt",
            },
            {"label": "Không có ai thuộc đối tượng", "figure": "—", "note": "không tính tỉ lệ"},
        ],
        "steps": [
            {"label": "Bản nháp", "note": "03/08", "state": "done"},
            {"label": "Thu nhu cầu", "note": "58 / 67", "state": "done"},
            {"label": "Tổng hợp", "state": "now"},
            {"label": "Trình duyệt"},
            {"label": "Đã duyệt"},
        ],
        "targets": TARGETS,
        "heat": HEAT,
        "bridge": bridge(BRIDGE),
        "trend": trend(POINTS, 85, FORECAST),
        "ladders": LADDERS,
        "events": [
            {
                "when": "11/01/2027",
                "kind": "post",
                "future": True,
                "text": "Khai giảng",
                "note": "chờ kiểm tra",
            },
            {
                "when": "01/11/2026",
                "kind": "post",
                "strong": "Phó Chủ tịch UBND",
                "text": "Xã Nà Bủng",
                "note": "trước đó: Công chức Văn phòng",
            },
            {"when": "07/2019", "kind": "qual", "url": "#", "link": "Sơ cấp lý luận chính trị"},
        ],
        "inbox": [
            {
                "icon": "user-plus",
                "url": "#",
                "title": "Kiểm tra 14 đề cử",
                "source": "Phường Mường Thanh và 5 đơn vị khác",
                "age": "chờ 6 ngày",
                "due": "quá hạn 2 ngày",
                "late": True,
            },
            {
                "icon": "file-up",
                "url": "#",
                "title": "Quyết định 3 dòng bị từ chối",
                "source": "Xã Nà Bủng",
                "age": "chờ 1 ngày",
                "due": "24/11/2026",
            },
        ],
        "sentences": [
            {
                "sign": "up",
                "parts": [
                    {"text": "14 người nhận bằng", "url": "#"},
                    {"text": " trung cấp lý luận chính trị."},
                ],
            },
            {
                "sign": "down",
                "parts": [
                    {"text": "Xã Si Pa Phìn", "strong": True},
                    {"text": " mất 3 người đạt do chuyển đi."},
                ],
            },
            {"sign": "same", "parts": [{"text": "9 đơn vị chưa gửi nhu cầu 2027."}]},
        ],
        "undo": {
            "text": "Đã nhận 14 đề cử vào lớp Trung cấp lý luận chính trị, khóa 31.",
            "url": "#",
            "see_url": "#",
            "until": "17:00 hôm nay",
        },
        "progress": {
            "label": "Đọc tệp toàn tỉnh",
            "done": 3120,
            "total": 5000,
            "note": "Còn khoảng 40 giây. Có thể rời trang, việc vẫn chạy.",
            "stop_url": "#",
        },
        "tabs": [
            {"label": "Của tôi", "url": "#", "active": True, "count": 12, "urgent": True},
            {"label": "Của phòng", "url": "#", "count": 1031},
            {"label": "Lịch sử sửa", "url": "#"},
        ],
        "exports": [
            {"label": "Số liệu theo đơn vị (Excel)", "url": "#", "icon": "file-spreadsheet"},
            {"label": "Lập lại bảng", "url": "#", "post": True},
        ],
        "sheet": SHEET,
        "facts": [
            {"label": "Ngày sinh", "value": "14/03/1991, 35 tuổi"},
            {"label": "Ngoại ngữ", "value": ""},
            {"label": "Số CCCD", "value": "0111 •••• 0123", "url": "#", "link": "hiện"},
        ],
        "reasons": [
            {"text": "Trong quy hoạch", "kind": "for", "points": 40},
            {"text": "Trùng 2 buổi", "kind": "warn"},
            {"text": "Đang học khóa 30", "kind": "against"},
            {"text": "Xã Nà Bủng"},
        ],
        "one": range(1),
        "two": range(2),
    }
