"""A department, two communes and a school, with an account of every role."""

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cadres.models import AuditEvent
from cadres.roles import ROLES
from tests.factories import make_account, make_course, make_institution, make_unit


class ClassCase(TestCase):
    """`home` and `elsewhere` are communes; `school` teaches, its account is of its unit."""

    @classmethod
    def setUpTestData(cls):
        cls.province = make_unit("TINH", name="Tỉnh Mẫu", kind="province")
        cls.home = make_unit("NHA", name="Xã Nhà", under=cls.province)
        cls.elsewhere = make_unit("XA", name="Xã Người", under=cls.province)
        cls.school_unit = make_unit("TCT", name="Trường Chính trị tỉnh", under=cls.province)
        cls.school = make_institution(cls.school_unit, name="Trường Chính trị tỉnh")
        cls.course = make_course(name="Tiếng Mông cơ bản", hours=112)
        units = {
            "clerk": cls.home,
            "unit_leader": cls.home,
            "school": cls.school_unit,
            "staff": cls.province,
        }
        cls.accounts = {
            role: make_account(role, unit=units.get(role), username=role)
            for role in ROLES
            if role != "system"
        }

    def log_in(self, role):
        self.client.force_login(self.accounts[role])
        return self.accounts[role]

    def url(self, name, *args):
        return reverse(f"courses:{name}", args=args)

    def get(self, name, *args, status=200, data=None):
        page = self.client.get(self.url(name, *args), data)
        self.assertEqual(page.status_code, status)
        return page

    def send(self, name, data, *args, status=302):
        page = self.client.post(self.url(name, *args), data)
        form = page.context.get("form") if page.context else None
        self.assertEqual(page.status_code, status, getattr(form, "errors", None))
        return page

    def queries_of(self, path):
        with CaptureQueriesContext(connection) as caught:
            self.assertEqual(self.client.get(path).status_code, 200)
        return len(caught)

    def acts(self):
        """The acts in the audit log, the oldest first."""
        return list(AuditEvent.objects.order_by("id").values_list("act", flat=True))
