"""The handbook: short pages, those about rules and roles made from the code itself."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_GET

from cadres.roles import ALL, BRANCH, NOBODY, OWN, PERMISSIONS, ROLES
from cadres.rules import CONDITIONS, RuleContext
from courses.states import CLASS, NOMINATION
from trainingplans.lib.access import any_account
from trainingplans.plans.states import NEED, PLAN, ROUND

PAGES = {
    "vai-tro": "Ai làm gì trên cổng",
    "nhap-danh-sach": "Nhập danh sách cán bộ từ tệp",
    "nhu-cau": "Thu thập nhu cầu, thông báo và lịch",
    "qua-dao-tao": "Đã qua đào tạo, lượt và người, đánh giá lớp",
    "so-lieu": "Số liệu được tính thế nào",
    "du-bao-bao-cao": "Vì sao số đổi, dự báo, biểu mẫu, chốt báo cáo",
    "dieu-kien": "Các điều kiện của mục tiêu",
    "lap-ke-hoach": "Lập, trình, phê duyệt kế hoạch",
    "de-xuat": "Lập kế hoạch từ mục tiêu",
    "lop-hoc": "Mở lớp, xếp lịch, giao suất, kinh phí lớp",
    "lop-dang-mo": "Điểm danh, kết quả, chứng chỉ",
    "de-cu": "Đề cử, xét và quyết định cử đi học",
    "tu-ngu": "Từ ngữ và phím tắt",
}
SCOPES = {
    ALL: "mọi đơn vị",
    BRANCH: "đơn vị mình và đơn vị trực thuộc",
    OWN: "hồ sơ của chính mình",
    NOBODY: "không xem hồ sơ cán bộ",
}
SHAPES = {
    "flag": "có hoặc không",
    "choice": "một giá trị",
    "choices": "một hoặc nhiều giá trị",
    "texts": "mỗi dòng một giá trị",
    "units": "tên hoặc mã đơn vị, gồm cả đơn vị trực thuộc",
    "groups": "tên dân tộc",
    "range": "từ … đến … năm, được bỏ trống một đầu",
    "level": "thang và bậc thấp nhất",
    "ladder": "một thang",
    "completed": "nội dung (gồm cả nội dung bên dưới), từ ngày đến ngày, số tiết cộng lại",
}
OPTIONS_SHOWN = 12


@any_account("the handbook holds no personal data")
@require_GET
def contents(request):
    return render(request, "help/contents.html", {"pages": PAGES.items()})


@any_account("the handbook holds no personal data")
@require_GET
def page(request, slug):
    if slug not in PAGES:
        raise Http404
    context = {"title": PAGES[slug], "pages": PAGES.items(), "slug": slug}
    makers = {
        "vai-tro": roles_table,
        "nhap-danh-sach": lambda: {"kept_days": settings.DROPPED_DAYS},
        "dieu-kien": conditions_table,
        "nhu-cau": lambda: moves_table(ROUND, NEED),
        "de-cu": lambda: moves_table(NOMINATION),
        "lap-ke-hoach": lambda: moves_table(PLAN),
        "lop-hoc": lambda: moves_table(CLASS),
    }
    if slug in makers:
        context |= makers[slug]()
    return render(request, f"help/{slug.replace('-', '_')}.html", context)


def roles_table():
    """{roles, permissions}: who sees whom and may do what, as the table of roles says."""
    people = {code: role for code, role in ROLES.items() if code != "system"}
    rows = [
        {"label": label, "granted": [code in role.permissions for role in people.values()]}
        for code, label in PERMISSIONS.items()
    ]
    roles = [{"label": r.label, "scope": SCOPES[r.scope]} for r in people.values()]
    return {"roles": roles, "permissions": rows}


def moves_table(*machines):
    """{moves}: the moves of these tables of states and who makes them."""
    people = {code: role for code, role in ROLES.items() if code != "system"}
    moves = [move for machine in machines for move in machine.table()]
    return {
        "moves": [
            (label, sources, target, [r.label for r in people.values() if who in r.permissions])
            for label, sources, target, who in moves
        ]
    }


def conditions_table():
    """{conditions}: the registered conditions with what they take."""
    context = RuleContext()
    return {
        "conditions": [
            {
                "label": condition.label,
                "code": condition.code,
                "takes": SHAPES.get(condition.shape, "giá trị dạng JSON"),
                "options": _options(condition, context),
            }
            for condition in sorted(CONDITIONS.values(), key=lambda c: c.label)
        ]
    }


def _options(condition, context):
    """The first choices of a condition in words."""
    labels = [label for _value, label in condition.options(context)]
    more = len(labels) - OPTIONS_SHOWN
    shown = ", ".join(labels[:OPTIONS_SHOWN])
    return f"{shown} và {more} giá trị khác" if more > 0 else shown
