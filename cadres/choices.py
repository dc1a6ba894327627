"""Closed lists of values, with their names on screen."""

from django.db import models


class Gender(models.TextChoices):
    MALE = "nam", "Nam"
    FEMALE = "nu", "Nữ"


class StaffKind(models.TextChoices):
    CB = "CB", "Cán bộ"
    CC = "CC", "Công chức"
    VC = "VC", "Viên chức"
    KCTX = "KCTX", "Không chuyên trách cấp xã"
    KCTT = "KCTT", "Không chuyên trách thôn, tổ dân phố"


class UnitKind(models.TextChoices):
    PROVINCE = "province", "Tỉnh, thành phố"
    DEPARTMENT = "department", "Sở, ban, ngành"
    DISTRICT = "district", "Huyện (trước 01/7/2025)"
    COMMUNE = "commune", "Xã, phường, thị trấn, đặc khu"
    PARTY = "party", "Cơ quan Đảng"
    MASS_ORGANISATION = "mass_organisation", "Mặt trận, đoàn thể"
    PUBLIC_SERVICE = "public_service", "Đơn vị sự nghiệp"
    OTHER = "other", "Khác"


class Trait(models.TextChoices):
    MINORITY_AREA = "minority_area", "Vùng dân tộc thiểu số"
    MOUNTAIN = "mountain", "Miền núi"
    BORDER = "border", "Biên giới"
    REGION_1 = "region_1", "Khu vực I"
    REGION_2 = "region_2", "Khu vực II"
    REGION_3 = "region_3", "Khu vực III"


class Ladder(models.TextChoices):
    PROFESSIONAL = "professional", "Chuyên môn"
    POLITICAL_THEORY = "political_theory", "Lý luận chính trị"
    STATE_MANAGEMENT = "state_management", "Quản lý nhà nước"
    INFORMATICS = "informatics", "Tin học"
    FOREIGN_LANGUAGE = "foreign_language", "Ngoại ngữ"
    ETHNIC_LANGUAGE = "ethnic_language", "Tiếng dân tộc"
    DEFENCE_SECURITY = "defence_security", "Quốc phòng – an ninh"
    ETHNIC_AFFAIRS = "ethnic_affairs", "Kiến thức dân tộc"


class Source(models.TextChoices):
    ROSTER = "roster", "Danh sách nhập"
    SCREEN = "screen", "Nhập trên màn hình"
    RESULT = "result", "Kết quả lớp học"
    HISTORY = "history", "Danh sách đã qua đào tạo"
    DECLARATION = "declaration", "Cán bộ tự khai"


class UnitChangeKind(models.TextChoices):
    MERGE = "merge", "Hợp nhất, sáp nhập"
    SPLIT = "split", "Chia, tách"
    RENAME = "rename", "Đổi tên"
    MOVE = "move", "Chuyển cấp trên"
