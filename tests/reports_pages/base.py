"""A small province for the pages of figures, with figures counted by hand."""

from datetime import date

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    make_account,
    make_level,
    make_official,
    make_qualification,
    make_unit,
)
from trainingplans.plans.models import Target

LADDERS = {
    "professional": ["CDT", "SC", "TC", "DH"],
    "political_theory": ["CDT", "SC", "TC", "CC"],
}
LEADERS = {"all": [{"leadership": True}, {"unit_kind": ["commune"]}]}
THEORY = {"level_at_least": {"ladder": "political_theory", "level": "TC"}}
EVERYBODY = {"all": []}
DEGREE = {"level_at_least": {"ladder": "professional", "level": "DH"}}


def make_target(code="llct", **fields):
    """A target of 85 % political theory among the leaders of communes."""
    fields.setdefault("name", f"Mục tiêu {code}")
    fields.setdefault("population", LEADERS)
    fields.setdefault("attained", THEORY)
    fields.setdefault("threshold", 85)
    fields.setdefault("due", date(2027, 12, 31))
    return Target.objects.create(code=code, **fields)


def make_leader(unit, level=None, name="", **fields):
    """A leader with a level of political theory: a code, or None for nothing recorded."""
    fields.setdefault("levels", {"political_theory": level} if level else {})
    if name:
        fields["full_name"] = name
    return make_official(unit, leadership=True, position="Chủ tịch UBND", **fields)


class Province(TestCase):
    """Two communes under one province; of seven leaders three have attained."""

    @classmethod
    def setUpTestData(cls):
        for ladder, codes in LADDERS.items():
            for rank, code in enumerate(codes):
                make_level(ladder, code, rank)
        cls.top = make_unit("T", name="UBND tỉnh", kind="province")
        cls.north = make_unit("XB", name="Xã Bắc", under=cls.top)
        cls.south = make_unit("XN", name="Xã Nam", under=cls.top)
        cls.an = make_leader(cls.north, "TC", "Lò Văn An")
        cls.binh = make_leader(cls.north, "SC", "Quàng Thị Bình")
        cls.cuong = make_leader(cls.north, None, "Vàng A Cường")
        cls.dung = make_leader(cls.north, "CDT", "Giàng A Dũng")
        cls.em = make_leader(cls.south, "TC", "Lò Thị Ém")
        cls.giang = make_leader(cls.south, "CC", "Tẩn Mẩy Giang")
        cls.hoa = make_leader(cls.south, "SC", "Sùng Thị Hoa")
        make_official(cls.south, full_name="Không Tính", levels={"political_theory": "SC"})
        cls.target = make_target(name="Lý luận chính trị từ trung cấp", legal_basis="KH 01")
        cls.staff = make_account("staff", username="chuyenvien")
        cls.clerk = make_account("clerk", unit=cls.north, username="daumoi1")
        cls.leader = make_account("leader", username="lanhdao")
        cls.high = make_account("province_leader", username="lanhdaotinh")
        cls.unit_leader = make_account("unit_leader", unit=cls.north, username="lanhdaoxa1")
        cls.admin = make_account("admin", username="quantri")
        cls.school = make_account("school", username="truongct")
        cls.official = make_account("official", official=cls.an, username="canbo1")

    def see(self, account, address, status=200, **headers):
        """The answer to GET as an account; its status is checked."""
        self.client.force_login(account)
        response = self.client.get(address, headers=headers)
        self.assertEqual(response.status_code, status, address)
        return response


class SameQueries:
    """Mixin: an address takes the same number of queries however much there is."""

    def assert_same_queries(self, account, address, grow, at_most):
        """The queries before and after `grow()` are as many, and not more than `at_most`."""
        self.client.force_login(account)
        self.client.get(address)
        with CaptureQueriesContext(connection) as before:
            self.assertEqual(self.client.get(address).status_code, 200)
        grow()
        with CaptureQueriesContext(connection) as after:
            self.client.get(address)
        self.assertEqual(len(after), len(before), [query["sql"] for query in after])
        self.assertLessEqual(len(after), at_most)


def attain_later(official, on):
    """The official reaches the level on a day."""
    return make_qualification(official, "political_theory", "TC", since=on)
