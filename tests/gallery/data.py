"""Invented figures, sheets and ladders in every state."""

from datetime import date
from fractions import Fraction

from trainingplans.lib.numbers import percent_of


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
