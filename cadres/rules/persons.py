"""Conditions on the person and the post: kind, sex, ethnic group, party, position, rank."""

import re

from django.db.models import Q

from cadres.catalogues import GroupNotFound
from cadres.choices import Gender, StaffKind
from cadres.rules.base import (
    Condition,
    allowed,
    either,
    list_problems,
    once_each,
    register,
    shown,
)
from trainingplans.lib.text import fold, lower_first, tidy


class Choices(Condition):
    """A list of codes out of a closed list."""

    shape = "choices"
    values = ()  # (code, label) pairs

    def options(self, context):
        return list(self.values)

    def problems(self, value, context):
        codes = [code for code, _ in self.values]
        wrong = [v for v in value if v not in codes] if isinstance(value, list) else []
        return list_problems(value) or [
            f"không có giá trị {shown(v)}. Chọn trong: {allowed(codes)}." for v in wrong
        ]

    def normalise(self, value, context):
        return once_each(value)

    def in_words(self, value, context):
        labels = dict(self.values)
        return either([lower_first(labels[v]) for v in value])


class Choice(Choices):
    """One code out of a closed list."""

    shape = "choice"

    def problems(self, value, context):
        codes = [code for code, _ in self.values]
        if isinstance(value, str) and value in codes:
            return []
        return [f"không có giá trị {shown(value)}. Chọn một trong: {allowed(codes)}."]

    def normalise(self, value, context):
        return value

    def in_words(self, value, context):
        return lower_first(dict(self.values)[value])


class StaffKinds(Choices):
    code, label = "staff_kind", "Loại cán bộ"
    values = StaffKind.choices

    def q(self, value, context):
        return Q(staff_kind__in=value)


class Sex(Choice):
    code, label = "gender", "Giới tính"
    values = Gender.choices

    def q(self, value, context):
        return Q(gender=value)


class Flag(Condition):
    """A column that is true, false or (where `nullable`) not recorded."""

    shape = "flag"
    nullable = False

    def __init__(self, code, label, yes, no, *, nullable=False):
        self.code, self.label, self.yes, self.no = code, label, yes, no
        self.nullable = nullable

    def options(self, context):
        return [(True, self.yes), (False, self.no)]

    def problems(self, value, context):
        return (
            [] if isinstance(value, bool) else [f"phải là true hoặc false, không phải {value!r}."]
        )

    def in_words(self, value, context):
        return self.yes if value else self.no

    def in_words_not(self, value, context):
        """The opposite, where something is always recorded."""
        if not self.columns(value):
            return self.in_words(not value, context)
        return f"không phải {self.yes}" if value else super().in_words_not(value, context)

    def columns(self, value):
        return (self.code,) if self.nullable else ()

    def q(self, value, context):
        return Q(**{self.code: value})


class Minority(Flag):
    def columns(self, value):
        return ("ethnic_group",)

    def q(self, value, context):
        return Q(ethnic_group__in=context.minority_ids(value))


class Groups(Condition):
    """A list of ethnic groups (or of their languages) by name or alias."""

    shape = "groups"

    def options(self, context):
        return [(name, name) for name in context.group_names]

    def problems(self, value, context):
        if wrong := list_problems(value, "tên"):
            return wrong
        return [line for name in value for line in self._unknown(name, context)]

    def _unknown(self, name, context):
        try:
            context.find_group(name)
        except GroupNotFound as fault:
            return [f"{fault} Các tên dùng được: {allowed(context.group_names)}."]
        return []

    def normalise(self, value, context):
        return once_each(context.find_group(name).name for name in value)


class EthnicGroups(Groups):
    code, label = "ethnic_group", "Dân tộc"

    def in_words(self, value, context):
        return f"dân tộc {either(self.normalise(value, context))}"

    def columns(self, value):
        return ("ethnic_group",)

    def q(self, value, context):
        return Q(ethnic_group__in=[context.find_group(name).pk for name in value])


class Positions(Condition):
    """A list of positions; marks, case and a leading "Công chức" do not matter."""

    code, label, shape = "position", "Chức vụ, chức danh", "texts"

    def problems(self, value, context):
        return list_problems(value, "chức danh") or [
            f"{shown(v)} không có chữ nào." for v in value if not fold(v)
        ]

    def normalise(self, value, context):
        return once_each(tidy(text) for text in value)

    def in_words(self, value, context):
        return f"chức danh {either(value)}"

    def q(self, value, context):
        plain = {fold(text).removeprefix("cong chuc ") for text in value}
        return Q(position_key__in=sorted(plain | {f"cong chuc {key}" for key in plain}))


CIVIL = re.compile(r"^(\d{1,2})([A-Za-z]?)\.?(\d{3})$")
TITLE = re.compile(r"^[Vv]\.?(\d\d)\.?(\d\d)\.?(\d\d)$")


def rank_code(text):
    """The code as it is stored (01.003 from 1.003, 01003; V.07.03.29), None for no code."""
    text = "".join(text.split())
    if found := CIVIL.match(text):
        return f"{int(found[1]):02d}{found[2].lower()}.{found[3]}"
    if found := TITLE.match(text):
        return f"V.{found[1]}.{found[2]}.{found[3]}"
    return None


class Ranks(Condition):
    """A list of codes of ranks and professional titles, or of their names."""

    code, label, shape = "rank", "Ngạch, hạng", "texts"

    def problems(self, value, context):
        return list_problems(value, "mã ngạch") or [
            f"{shown(v)} không phải là mã ngạch (ví dụ 01.003, V.07.03.29) hay tên ngạch."
            for v in value
            if not self._codes(v, context)
        ]

    def _codes(self, text, context):
        code = rank_code(text)
        return [code] if code else sorted(context.ranks_by_name.get(fold(text), ()))

    def normalise(self, value, context):
        return once_each(code for text in value for code in self._codes(text, context))

    def in_words(self, value, context):
        names = context.rank_names
        codes = self.normalise(value, context)
        return f"ngạch {either([f'{names[c]} ({c})' if c in names else c for c in codes])}"

    def q(self, value, context):
        codes = self.normalise(value, context)
        bare = [code.replace(".", "") for code in codes]
        return Q(rank_code__in=[*codes, *bare])


register(StaffKinds())
register(Sex())
register(EthnicGroups())
register(
    Minority(
        "ethnic_minority",
        "Dân tộc thiểu số",
        "người dân tộc thiểu số",
        "không phải người dân tộc thiểu số",
    )
)
register(Flag("party_member", "Đảng viên", "đảng viên", "chưa là đảng viên", nullable=True))
register(
    Flag(
        "leadership",
        "Lãnh đạo, quản lý",
        "giữ chức vụ lãnh đạo, quản lý",
        "không giữ chức vụ lãnh đạo, quản lý",
    )
)
register(Flag("in_planning", "Quy hoạch", "trong quy hoạch", "ngoài quy hoạch"))
register(Positions())
register(Ranks())
