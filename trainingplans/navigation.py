"""The side navigation: one table; an entry appears with its permission, once its page exists."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse


@dataclass(frozen=True)
class Entry:
    """A page: URL name, words, icon, and the permission that opens it ("" for everybody).

    A `seldom` one stands behind "Thêm" where its group would be long.
    """

    name: str
    label: str
    icon: str
    permission: str = ""
    seldom: bool = False


LONG = 6  # entries; more of them in one group are folded

GROUPS = [
    (
        "",
        [
            Entry("todo", "Việc cần làm", "list-checks"),
            Entry("agenda", "Lịch", "calendar-days"),
            Entry("reports:dashboard", "Tổng quan", "gauge", "reports.view_dashboard"),
            Entry("cadres:my_record", "Hồ sơ của tôi", "circle-user-round", "cadres.view_own"),
        ],
    ),
    (
        "Con người",
        [
            Entry("cadres:officials", "Cán bộ, công chức", "users", "cadres.view_official"),
            Entry("cadres:units", "Đơn vị", "building-2", "cadres.view_unit"),
            Entry("imports:upload", "Nhập danh sách", "file-up", "cadres.import_roster"),
        ],
    ),
    (
        "Kế hoạch",
        [
            Entry("plans:plans", "Kế hoạch", "table", "plans.view_plan"),
            Entry("plans:programmes", "Chương trình, đề án", "landmark", "plans.view_programme"),
            Entry("plans:rounds", "Nhu cầu của đơn vị", "clipboard-list", "plans.view_need"),
            Entry("reports:targets", "Mục tiêu", "target", "plans.view_target"),
        ],
    ),
    (
        "Lớp học",
        [
            Entry("courses:wishes", "Nguyện vọng học", "message-square", "courses.wish"),
            Entry("courses:nominations", "Đề cử", "user-plus", "courses.nominate"),
            Entry("courses:classes", "Lớp", "presentation", "courses.view_class"),
            Entry(
                "courses:evaluations",
                "Đánh giá lớp",
                "star",
                "courses.view_evaluation",
                seldom=True,
            ),
            Entry(
                "courses:past", "Đã qua đào tạo", "history", "courses.import_history", seldom=True
            ),
            Entry(
                "courses:catalogue", "Danh mục khóa", "book-open", "courses.view_class", seldom=True
            ),
            Entry("courses:certificates", "Chứng chỉ", "award", "courses.view_certificate"),
            Entry("courses:hours", "40 tiết mỗi năm", "clock", "cadres.view_official"),
            Entry(
                "courses:commitments",
                "Cam kết phục vụ",
                "handshake",
                "cadres.view_official",
                seldom=True,
            ),
            Entry(
                "courses:institutions", "Cơ sở đào tạo", "school", "courses.view_class", seldom=True
            ),
            Entry(
                "courses:instructors",
                "Giảng viên",
                "user-check",
                "courses.view_evaluation",
                seldom=True,
            ),
        ],
    ),
    (
        "Số liệu",
        [
            Entry("reports:structure", "Cơ cấu đội ngũ", "users-round", "cadres.view_official"),
            Entry("reports:turns", "Lượt và người", "graduation-cap", "courses.view_class"),
            Entry("reports:forms", "Biểu mẫu", "file-spreadsheet", "cadres.view_official"),
            Entry("reports:quality", "Chất lượng dữ liệu", "shield-check", "cadres.view_official"),
            Entry("reports:snapshots", "Báo cáo đã gửi", "lock", "reports.view_dashboard"),
        ],
    ),
    (
        "Quản trị",
        [
            Entry("cadres:accounts", "Tài khoản", "user-cog", "cadres.manage_accounts"),
            Entry("courses:rules", "Quy định đề cử", "scale", "courses.change_rules"),
            Entry("cadres:audit", "Nhật ký", "scroll-text", "cadres.view_audit"),
            Entry("admin:index", "Danh mục", "book-open", "cadres.manage_catalogues"),
        ],
    ),
    ("", [Entry("help", "Trợ giúp", "circle-question-mark")]),
]


def navigation(request):
    """[{title, items, more}] for the account of the request; an item is {url, label, icon, active}.

    `more` are the items behind "Thêm"; `open` says that the page is one of them.

    A view whose address lies elsewhere says with `request.navigation_path` where it belongs.
    """
    shown = [(title, _allowed(request, entries)) for title, entries in GROUPS]
    path = getattr(request, "navigation_path", request.path)
    here = _here(path, [item["url"] for _, items in shown for item in items])
    for _, items in shown:
        for item in items:
            item["active"] = item["url"] == here
    return [_group(title, items) for title, items in shown if items]


def _group(title, items):
    more = [item for item in items if item["seldom"]] if len(items) > LONG else []
    return {
        "title": title,
        "items": [item for item in items if item not in more],
        "more": more,
        "open": any(item["active"] for item in more),
    }


def _allowed(request, entries):
    return [
        {"url": url, "label": entry.label, "icon": entry.icon, "seldom": entry.seldom}
        for entry in entries
        if not entry.permission or request.user.has_perm(entry.permission)
        if (url := _url(entry.name))
    ]


def _url(name):
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _here(path, urls):
    """The longest address that the page's own address begins with."""
    return max((url for url in urls if path.startswith(url)), key=len, default="")
