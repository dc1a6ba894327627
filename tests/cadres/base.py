"""Two communes with one person each, and an account of every role."""

from datetime import date

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cadres.models import Appraisal, AuditEvent, PartyStatus, PlanningEntry
from cadres.roles import ROLES
from cadres.standings import refresh
from tests.factories import (
    make_account,
    make_group,
    make_language,
    make_official,
    make_qualification,
    make_trait,
    make_unit,
)

PERSON_ROLES = [role for role in ROLES if role != "system"]


class PeopleCase(TestCase):
    """`home` and `elsewhere` are communes; clerk and unit leader belong to `home`."""

    @classmethod
    def setUpTestData(cls):
        cls.province = make_unit("TINH", name="Tỉnh Mẫu", kind="province")
        cls.home = make_unit("NHA", name="Xã Nhà", under=cls.province)
        cls.elsewhere = make_unit("XA", name="Xã Người", under=cls.province)
        cls.person = make_whole_official(cls.home, "Đặng Văn Ý", "011091000123")
        cls.stranger = make_whole_official(cls.elsewhere, "Lê Văn Khách", "011085000999")
        units = {"clerk": cls.home, "unit_leader": cls.home, "staff": cls.province}
        cls.accounts = {
            role: make_account(role, unit=units.get(role), username=role) for role in PERSON_ROLES
        }
        official = cls.accounts["official"]
        official.official = cls.person
        official.save()

    def log_in(self, role):
        self.client.force_login(self.accounts[role])
        return self.accounts[role]

    def url(self, name, *args, **kwargs):
        return reverse(f"cadres:{name}", args=args, kwargs=kwargs)

    def get(self, name, *args, status=200, data=None, **kwargs):
        page = self.client.get(self.url(name, *args, **kwargs), data)
        self.assertEqual(page.status_code, status)
        return page

    def send(self, name, data, *args, status=302, **kwargs):
        page = self.client.post(self.url(name, *args, **kwargs), data)
        self.assertEqual(page.status_code, status, _errors(page))
        return page

    def queries_of(self, path):
        with CaptureQueriesContext(
            connection,
        ) as caught:
            self.assertEqual(self.client.get(path).status_code, 200)
        return len(caught)

    def acts(self):
        """The acts in the audit log, the oldest first."""
        return list(AuditEvent.objects.order_by("id").values_list("act", flat=True))


def _errors(page):
    form = page.context.get("form") if page.context else None
    return getattr(form, "errors", None)


def make_whole_official(unit, name, personal_id):
    """An official with one row of every kind, in a unit with a trait and a language."""
    person = make_official(
        unit,
        full_name=name,
        personal_id=personal_id,
        birth_date=date(1991, 3, 14),
        gender="nam",
        ethnic_group=make_group("Tày"),
        position="Chủ tịch UBND",
        staff_kind="CB",
    )
    make_qualification(person, "professional", "DH", detail="Luật", since=date(2013, 6, 1))
    PartyStatus.objects.create(
        official=person, member=True, joined_on=date(2017, 2, 3), valid_from=date(2017, 2, 3)
    )
    PlanningEntry.objects.create(official=person, post="Bí thư", valid_from=date(2025, 1, 1))
    Appraisal.objects.create(official=person, year=2025, grade="HTT")
    refresh([person.pk])
    make_trait(unit)
    make_language(unit, "Tày")
    return person


def typed(page, **changes):
    """What a browser would send of the page's form, with `changes` typed into it."""
    data = {}
    for bound in page.context["form"]:
        value = bound.value()
        if hasattr(bound.field.widget, "check_test"):
            if value:
                data[bound.html_name] = "on"
            continue
        text = bound.field.widget.format_value(value)
        text = text[0] if isinstance(text, list) and text else text
        data[bound.html_name] = "" if text in (None, []) else str(text)
    data.update(changes)
    return {key: value for key, value in data.items() if value is not None}
