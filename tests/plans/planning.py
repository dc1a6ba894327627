"""What tests of plans share: a province with sources, and report E as a document."""

from django.test import TestCase

from cadres.models import Account
from tests.factories import make_account, make_category, make_unit
from trainingplans.plans.catalogues import load_plan_catalogues

BILLION = 10**9
CENTRAL, LOCAL = "Ngân sách trung ương", "Ngân sách địa phương"


def entry(code="1", **changes):
    """A valid item of a document."""
    return {
        "code": code,
        "title": "Tiếng Mông cho cán bộ xã",
        "category": "BD.TDT",
        "classes": 6,
        "learners": 300,
        "costs": [{"source": CENTRAL, "unit": "Sở Nội vụ", "amount": 2 * BILLION}],
        **changes,
    }


def document(*items, **changes):
    """A valid plan of the province with these items."""
    return {
        "number": "67/KH-UBND",
        "title": "Kế hoạch đào tạo, bồi dưỡng năm 2026",
        "from": "2026-01-01",
        "to": "2026-12-31",
        "unit": None,
        "items": list(items) or [entry()],
        **changes,
    }


def report_e():
    """Report E: 4,4 billion to the department for 1.300 learners in three contents, 2 billion to
    six units for 6 language classes for 297 people."""
    department = [("1", "BD.QLNN", 10, 500, 1_700_000_000), ("2", "BD.QPAN", 8, 450, 1_300_000_000)]
    department += [("3", "BD.CNTT", 7, 350, 1_400_000_000)]
    items = [
        entry(
            code,
            title=f"Nội dung {code}",
            category=category,
            classes=classes,
            learners=learners,
            lead_unit="Sở Nội vụ",
            costs=[{"source": LOCAL, "unit": "Sở Nội vụ", "amount": amount}],
        )
        for code, category, classes, learners, amount in department
    ]
    shares = [334_000_000] * 2 + [333_000_000] * 4  # 2.000.000.000
    languages = [
        {"source": CENTRAL, "unit": f"Huyện {n}", "amount": share}
        for n, share in enumerate(shares, 1)
    ]
    quotas = [{"unit": f"Huyện {n}", "seats": 50 if n < 4 else 49} for n in range(1, 7)]
    items.append(entry("4", classes=6, learners=297, costs=languages, quotas=quotas))
    return document(*items, number="124/KH-UBND", title="Kế hoạch theo Quyết định 124")


class PlanTestCase(TestCase):
    """A province with the department, two communes, six districts and the funding sources."""

    @classmethod
    def setUpTestData(cls):
        load_plan_catalogues()
        for code in ("BD.TDT", "BD.QLNN", "BD.QPAN", "BD.CNTT"):
            make_category(code)
        cls.top = make_unit("T", name="UBND tỉnh", kind="province")
        cls.department = make_unit("SNV", name="Sở Nội vụ", kind="department", under=cls.top)
        cls.north = make_unit("XB", name="Xã Bắc", under=cls.top)
        cls.south = make_unit("XN", name="Xã Nam", under=cls.top)
        cls.districts = [
            make_unit(f"H{n}", name=f"Huyện {n}", kind="district", under=cls.top)
            for n in range(1, 7)
        ]
        cls.by = Account.objects.system()
        cls.staff = make_account("staff", unit=cls.department, username="chuyenvien")
        cls.leader = make_account("leader", unit=cls.department, username="lanhdao")
        cls.clerk = make_account("clerk", unit=cls.north, username="daumoi1")

    def see(self, account, address, status=200):
        """The answer to GET as an account; its status is checked."""
        self.client.force_login(account)
        response = self.client.get(address)
        self.assertEqual(response.status_code, status, address)
        return response
