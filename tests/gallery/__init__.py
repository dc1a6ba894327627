"""Invented figures that show every shared part in every state; used by tests and by developers."""

from django.core.paginator import Paginator

from tests.gallery.data import BRIDGE, CONFLICT, FORECAST, HEAT, LADDERS, POINTS, SHEET, TARGETS
from tests.gallery.forms import KINDS, ClassForm, UploadForm, filter_form, wrong_form
from trainingplans.lib.charts import bridge, trend

__all__ = [
    "BRIDGE",
    "CONFLICT",
    "ClassForm",
    "FORECAST",
    "HEAT",
    "KINDS",
    "LADDERS",
    "POINTS",
    "SHEET",
    "TARGETS",
    "UploadForm",
    "filter_form",
    "gallery_context",
    "wrong_form",
]


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
