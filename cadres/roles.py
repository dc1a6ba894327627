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
    "plans.view_programme": "Xem chương trình, đề án",
    "plans.change_programme": "Thêm, sửa chương trình, đề án",
    "plans.view_target": "Xem mục tiêu và số liệu",
    "plans.change_target": "Thêm, sửa mục tiêu",
    "reports.view_dashboard": "Xem trang tổng quan",
    "reports.view_people": "Mở danh sách người sau mỗi con số",
    "reports.export": "Xuất số liệu ra Excel",
}

READ_PEOPLE = {"cadres.view_official", "cadres.view_unit", "reports.view_people"}
READ_FIGURES = {"plans.view_programme", "plans.view_target", "reports.view_dashboard"}
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
        "cadres.change_unit",
        "plans.change_programme",
        "plans.change_target",
    ),
    "leader": _role(
        "Lãnh đạo Sở Nội vụ",
        ALL,
        *READ_PEOPLE,
        *READ_FIGURES,
        "cadres.export_official",
        "reports.export",
    ),
    "province_leader": _role("Lãnh đạo tỉnh", ALL, *READ_PEOPLE, *READ_FIGURES, "reports.export"),
    "clerk": _role("Đầu mối đơn vị", BRANCH, *READ_PEOPLE, *READ_FIGURES, *KEEP_PEOPLE),
    "unit_leader": _role("Lãnh đạo đơn vị", BRANCH, *READ_PEOPLE, *READ_FIGURES, "reports.export"),
    "school": _role("Cơ sở đào tạo", NOBODY),
    "official": _role("Cán bộ, công chức, viên chức", OWN, "cadres.view_own"),
    "system": _role("Hệ thống", ALL, *PERMISSIONS),
}
ROLE_CHOICES = [(code, role.label) for code, role in ROLES.items()]
