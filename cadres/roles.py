"""Who may do what: one table of roles. Pages, commands, tests and the help page read it.

`scope` says whose people a role sees: everybody's (all), its unit's branch (branch), its own
record (own), nobody's (none). Adding a permission: name it here, wear it on the view (`needs`).
"""

from dataclasses import dataclass

ALL, BRANCH, OWN, NOBODY = "all", "branch", "own", "none"

PERMISSIONS = {
    "cadres.view_official": "Xem danh sách và hồ sơ cán bộ",
    "cadres.change_official": "Thêm, sửa hồ sơ cán bộ",
    "cadres.view_personal_id": "Xem đủ số CCCD (có ghi nhật ký)",
    "cadres.export_official": "Xuất danh sách cán bộ ra Excel",
    "cadres.import_roster": "Nhập danh sách từ tệp",
    "cadres.view_own": "Xem hồ sơ của chính mình",
    "cadres.view_unit": "Xem cây đơn vị",
    "cadres.change_unit": "Thêm, sửa đơn vị",
    "cadres.manage_accounts": "Quản lý tài khoản",
    "cadres.view_audit": "Xem nhật ký hệ thống",
    "cadres.manage_catalogues": "Sửa danh mục dùng chung",
    "courses.view_class": "Xem khóa, lớp",
    "courses.change_class": "Mở, sửa lớp và lịch học",
    "courses.change_catalogue": "Sửa danh mục khóa, cơ sở đào tạo, giảng viên",
    "courses.nominate": "Lập danh sách đề cử",
    "courses.sign_nomination": "Ký trình danh sách đề cử",
    "courses.decide_nomination": "Xét đề cử của các đơn vị",
    "courses.approve_decision": "Phê duyệt quyết định cử đi học",
    "courses.run_class": "Điểm danh, ghi kết quả",
    "courses.issue_certificate": "Cấp, cấp lại, thu hồi chứng chỉ",
    "courses.view_certificate": "Xem sổ chứng chỉ",
    "courses.view_evaluation": "Xem kết quả đánh giá lớp",
    "courses.wish": "Gửi nguyện vọng học",
    "courses.import_history": "Nhập danh sách đã qua đào tạo",
    "courses.change_rules": "Sửa quy định và trọng số ưu tiên",
    "plans.view_programme": "Xem chương trình, đề án",
    "plans.change_programme": "Thêm, sửa chương trình, đề án",
    "plans.view_target": "Xem mục tiêu và số liệu",
    "plans.change_target": "Thêm, sửa mục tiêu",
    "plans.view_plan": "Xem kế hoạch, suất, kinh phí",
    "plans.change_plan": "Lập, sửa, trình kế hoạch",
    "plans.approve_plan": "Phê duyệt kế hoạch",
    "plans.run_round": "Mở đợt thu thập và tổng hợp nhu cầu",
    "plans.view_need": "Xem nhu cầu đào tạo của đơn vị",
    "plans.change_need": "Lập nhu cầu đào tạo của đơn vị",
    "plans.sign_need": "Ký gửi nhu cầu của đơn vị",
    "reports.view_dashboard": "Xem trang tổng quan",
    "reports.view_people": "Mở danh sách người sau mỗi con số",
    "reports.export": "Xuất số liệu ra Excel",
    "reports.freeze": "Chốt và gửi báo cáo",
}

READ_PEOPLE = {"cadres.view_official", "cadres.view_unit", "reports.view_people"}
READ_FIGURES = {
    "plans.view_programme",
    "plans.view_target",
    "plans.view_plan",
    "plans.view_need",
    "reports.view_dashboard",
}
READ_CLASSES = {"courses.view_class", "courses.view_certificate", "courses.view_evaluation"}
RUN_CLASSES = {"courses.run_class", "courses.issue_certificate"}
KEEP_PEOPLE = {
    "cadres.change_official",
    "cadres.view_personal_id",
    "cadres.export_official",
    "cadres.import_roster",
    "reports.export",
}


@dataclass(frozen=True)
class Role:
    """A role: its name on screen, whose people it sees, what it may do."""

    label: str
    scope: str
    permissions: frozenset


def _role(label, scope, *permissions):
    return Role(label, scope, frozenset(permissions))


ROLES = {
    "admin": _role(
        "Quản trị hệ thống",
        NOBODY,
        "cadres.view_unit",
        "cadres.change_unit",
        "cadres.manage_accounts",
        "cadres.view_audit",
        "cadres.manage_catalogues",
        "plans.view_programme",
    ),
    "staff": _role(
        "Chuyên viên Sở Nội vụ",
        ALL,
        *READ_PEOPLE,
        *READ_FIGURES,
        *KEEP_PEOPLE,
        *READ_CLASSES,
        *RUN_CLASSES,
        "cadres.change_unit",
        "courses.change_class",
        "courses.change_catalogue",
        "courses.nominate",
        "courses.decide_nomination",
        "courses.import_history",
        "courses.change_rules",
        "plans.change_programme",
        "plans.change_target",
        "plans.change_plan",
        "plans.run_round",
        "reports.freeze",
    ),
    "leader": _role(
        "Lãnh đạo Sở Nội vụ",
        ALL,
        *READ_PEOPLE,
        *READ_FIGURES,
        *READ_CLASSES,
        "cadres.export_official",
        "courses.approve_decision",
        "plans.approve_plan",
        "reports.export",
        "reports.freeze",
    ),
    "province_leader": _role(
        "Lãnh đạo tỉnh", ALL, *READ_PEOPLE, *READ_FIGURES, *READ_CLASSES, "reports.export"
    ),
    "clerk": _role(
        "Đầu mối đơn vị",
        BRANCH,
        *READ_PEOPLE,
        *READ_FIGURES,
        *READ_CLASSES,
        *KEEP_PEOPLE,
        "courses.nominate",
        "courses.import_history",
        "plans.change_plan",
        "plans.change_need",
    ),
    "unit_leader": _role(
        "Lãnh đạo đơn vị",
        BRANCH,
        *READ_PEOPLE,
        *READ_FIGURES,
        *READ_CLASSES,
        "courses.sign_nomination",
        "plans.sign_need",
        "plans.approve_plan",  # of its own unit: whose plans it may keep says kept_by
        "reports.export",
    ),
    "school": _role("Cơ sở đào tạo", NOBODY, *READ_CLASSES, *RUN_CLASSES),
    "official": _role(
        "Cán bộ, công chức, viên chức",
        OWN,
        "cadres.view_own",
        "courses.view_class",
        "courses.wish",
    ),
    "system": _role("Hệ thống", ALL, *PERMISSIONS),
}
ROLE_CHOICES = [(code, role.label) for code, role in ROLES.items()]
