"""The demonstration accounts: one of each role, all with the same well-known password."""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from cadres.models import Account, Standing
from reports.demo.careers import NOW

PASSWORD = "Demo-SoNoiVu-2026"  # noqa: S105 (public by design, see the command contract)
FIRST, SECOND = "first_commune", "second_commune"


@dataclass(frozen=True)
class Persona:
    """An account to be: its unit by name (or one of the two communes), what it is in words."""

    username: str
    role: str
    unit: str
    words: str
    full_name: str = ""  # empty: the official whom the account is of


PERSONAS = [
    Persona("quantri", "admin", "Sở Nội vụ", "quản trị hệ thống", "Phạm Quang Vinh"),
    Persona("chuyenvien", "staff", "Sở Nội vụ", "chuyên viên Sở Nội vụ", "Ma Thị Hạnh"),
    Persona("lanhdao", "leader", "Sở Nội vụ", "lãnh đạo Sở Nội vụ", "Dương Đức Hải"),
    Persona("lanhdaotinh", "province_leader", "", "lãnh đạo tỉnh, chỉ xem", "Nguyễn Thanh Bình"),
    Persona("daumoi1", "clerk", FIRST, "đầu mối {unit}", "Hoàng Thị Sen"),
    Persona("daumoi2", "clerk", SECOND, "đầu mối {unit}", "Lường Văn Khiêm"),
    Persona("lanhdaoxa1", "unit_leader", FIRST, "lãnh đạo {unit}"),
    Persona("truongct", "school", "Trường Chính trị tỉnh", "cơ sở đào tạo", "Trần Minh Nguyệt"),
    Persona("canbo1", "official", FIRST, "cán bộ của {unit}"),
]


def make_accounts(province, communes):
    """Write the accounts; `communes` are the two that clerks log in for."""
    named = dict(zip((FIRST, SECOND), communes, strict=True))
    named[""] = province.root
    head, somebody = _people_of(named[FIRST])
    password = make_password(PASSWORD)  # once: slow on purpose, and the password is public
    for persona in PERSONAS:
        unit = named.get(persona.unit) or province.named(persona.unit).unit
        official = {"lanhdaoxa1": head, "canbo1": somebody}.get(persona.username)
        Account.objects.create(
            username=persona.username,
            password=password,
            role=persona.role,
            unit=unit,
            official=official,
            full_name=persona.full_name or official.full_name,
        )


def _people_of(unit):
    """(somebody who leads the unit, another one who works there)."""
    here = Standing.objects.at(NOW).filter(unit=unit, in_service=True).select_related("official")
    here = list(here.order_by("-leadership", "official_id"))
    return here[0].official, here[-1].official


def told_accounts():
    """[(username, what the account is)] as they stand in the database."""
    units = dict(Account.objects.values_list("username", "unit__name"))
    return [
        (persona.username, persona.words.format(unit=units[persona.username]))
        for persona in PERSONAS
        if persona.username in units
    ]
