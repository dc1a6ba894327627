"""Fields of a roster as the import pages name and write them."""

from functools import lru_cache

from cadres.choices import Gender, StaffKind
from cadres.intake.kinds import KINDS, ROSTER
from cadres.models import Level
from trainingplans.lib.dates import PartialDate

# In the order in which a column's meaning is offered.
LABELS = {
    "full_name": "Họ và tên",
    "family_name": "Họ và tên đệm",
    "middle_name": "Tên đệm",
    "given_name": "Tên",
    "birth_date": "Ngày sinh",
    "birth_male": "Sinh, nam",
    "birth_female": "Sinh, nữ",
    "gender": "Giới tính",
    "gender_male": "Nam (đánh dấu)",
    "gender_female": "Nữ (đánh dấu)",
    "ethnic_group": "Dân tộc",
    "personal_id": "Số CCCD",
    "staff_code": "Mã cán bộ",
    "unit": "Đơn vị",
    "department": "Phòng, ban",
    "staff_kind": "Loại cán bộ",
    "position": "Chức vụ",
    "job": "Vị trí việc làm",
    "rank_code": "Mã ngạch",
    "rank_name": "Tên ngạch",
    "party_member": "Đảng viên",
    "party_joined": "Ngày vào Đảng",
    "in_planning": "Quy hoạch",
    "education": "Trình độ văn hóa",
    "professional_level": "Chuyên môn",
    "professional_major": "Chuyên ngành",
    "political_level": "Lý luận chính trị",
    "state_level": "Quản lý nhà nước",
    "it_level": "Tin học",
    "foreign_language": "Ngoại ngữ",
    "certificates": "Tin học và ngoại ngữ",
    "ethnic_languages": "Tiếng dân tộc",
    "defence_group": "Quốc phòng – an ninh",
    "phone": "Điện thoại",
    "email": "Thư điện tử",
    "note": "Ghi chú",
    "index": "STT",
}
NOT_IMPORTED = "Không nhập"
LADDER_OF = {
    "professional_level": "professional",
    "political_level": "political_theory",
    "state_level": "state_management",
    "defence_group": "defence_security",
}
DATES = {"birth_date", "party_joined"}
WORDS = {"staff_kind": dict(StaffKind.choices), "gender": dict(Gender.choices)}


def labels_of(kind):
    """{field: its name on screen} of the columns that a list of this kind may have."""
    return LABELS | KINDS[kind].labels


def is_field(name):
    """Whether some kind of list has this field."""
    return any(name in labels_of(kind) for kind in KINDS)


def label(field, kind=ROSTER):
    """A field's name on screen."""
    return labels_of(kind).get(field or "", "Mục khác")


def column_options(chosen, extra=(), kind=ROSTER):
    """[{value, label, selected}] for the select of a column; `chosen` is a field, "" for none."""
    known = labels_of(kind) | {field: label(field, kind) for field in (chosen, *extra) if field}
    options = [{"value": "", "label": NOT_IMPORTED, "selected": not chosen}]
    return options + [
        {"value": field, "label": words, "selected": field == chosen}
        for field, words in known.items()
    ]


class Words:
    """Writes values for people; one query for the names of levels, when first needed."""

    def __init__(self):
        self.levels = lru_cache(maxsize=1)(self._levels)

    @staticmethod
    def _levels():
        return {(lv.ladder, lv.code): lv.name for lv in Level.objects.all()}

    def written(self, field, value):
        """A value of a row as a person reads it; "" for none."""
        if value is None or value == "" or value == []:
            return ""
        if isinstance(value, bool):
            return "có" if value else "không"
        if isinstance(value, list):
            return ", ".join(str(one) for one in value)
        if field in DATES:
            return _day(value)
        if field in LADDER_OF:
            return self.levels().get((LADDER_OF[field], str(value)), str(value))
        return str(WORDS.get(field, {}).get(value, value))


def _day(value):
    try:
        return PartialDate.parse(value).display
    except ValueError:
        return str(value)
