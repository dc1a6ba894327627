"""Every address × every role × own and foreign ids: 404 outside the branch, 403 without the verb.

A new address fails here until it declares its permission and, if it has ids, is named in
tests/places.
"""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.test import RequestFactory, TestCase
from django.urls import URLPattern, get_resolver, resolve, reverse

from cadres.roles import BRANCH, PERMISSIONS, ROLES
from tests.factories import make_account, make_unit
from tests.places import MAY_BE_GONE, PLACES, SHARED, Side

OUTSIDE = {"admin"}  # Django's own site: one test of its own below


def addresses():
    """(name, converters, access) of every address but those of the admin."""

    def walk(patterns, spaces=()):
        for one in patterns:
            if isinstance(one, URLPattern):
                name = ":".join([*spaces, one.name or str(one.pattern)])
                yield name, set(one.pattern.converters), getattr(one.callback, "access", None)
            elif one.namespace not in OUTSIDE:
                below = (*spaces, one.namespace) if one.namespace else spaces
                yield from walk(one.url_patterns, below)

    return list(walk(get_resolver().url_patterns))


def ids_for(name, converters, side):
    if not converters:
        return {}
    starts = max((start for start in PLACES if name.startswith(start)), key=len, default=None)
    if starts is None:
        raise AssertionError(f"{name} has ids that tests/places does not know")
    return PLACES[starts](side)


def refusal(view, request, ids):
    """The status with which a view answers or refuses."""
    try:
        return view(request, **ids).status_code
    except PermissionDenied:
        return 403


def at_home(role, row):
    """Whether the account of a role hangs on the own unit; a school sees its unit's classes."""
    return row.scope == BRANCH or role == "school"


class AddressTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.own, cls.foreign = Side("Một"), Side("Hai")
        department = make_unit(name="Sở Nội vụ", kind="department")
        cls.accounts = {
            role: make_account(role, unit=cls.own.unit if at_home(role, row) else department)
            for role, row in ROLES.items()
            if role != "system"
        }
        cls.accounts["official"].official = cls.own.person
        cls.accounts["official"].save()

    def status(self, method, name, ids):
        return getattr(self.client, method)(reverse(name, kwargs=ids)).status_code

    def each(self, side):
        for name, converters, access in addresses():
            yield name, access, bool(converters), ids_for(name, converters, side)

    def test_every_address_declares_who_may_open_it(self):
        for name, _, access in addresses():
            known = access in PERMISSIONS or str(access).startswith(("any account:", "open:"))
            self.assertTrue(known, f"{name}: {access}")

    def test_without_logging_in_there_is_only_the_way_in(self):
        for name, access, _, ids in self.each(self.own):
            if str(access).startswith("open:"):
                continue
            for method in ("get", "post"):
                answer = getattr(self.client, method)(reverse(name, kwargs=ids))
                # What only a form may call is no page to come back to.
                then = reverse(name, kwargs=ids) if method == "get" else "/"
                self.assertRedirects(
                    answer,
                    f"{reverse('login')}?next={then}",
                    fetch_redirect_response=False,
                    msg_prefix=name,
                )

    def lacking(self, side):
        """(role, account, name, ids) of every address whose verb the role lacks."""
        for role, account in self.accounts.items():
            for name, access, _, ids in self.each(side):
                if access in PERMISSIONS and not account.has_perm(access):
                    yield role, account, name, ids

    @pytest.mark.no_database
    def test_a_verb_that_the_role_lacks_is_403_by_every_method_with_own_and_foreign_ids(self):
        """The views behind the addresses, asked directly: the refusal comes before any look at
        the id, and thousands of pages of refusal need not be drawn."""
        asked = RequestFactory()
        wrong = []
        for side in (self.own, self.foreign):
            for role, account, name, ids in self.lacking(side):
                path = reverse(name, kwargs=ids)
                view = resolve(path).func
                for method in ("get", "head", "post", "put", "delete"):
                    request = getattr(asked, method)(path)
                    request.user = account
                    if (said := refusal(view, request, ids)) not in (403, 405):
                        wrong.append(f"{role} {method} {name}: {said}")
        self.assertEqual(wrong, [])

    @pytest.mark.no_database
    def test_a_form_sent_without_the_verb_is_403(self):
        wrong = []
        for role, account, name, ids in self.lacking(self.own):
            if self.client.session.get("_auth_user_id") != str(account.pk):
                self.client.force_login(account)
            if (status := self.status("post", name, ids)) not in (403, 405):
                wrong.append(f"{role} post {name}: {status}")
        self.assertEqual(wrong, [])

    def test_outside_the_branch_nothing_exists(self):
        wrong = []
        for role, account in self.accounts.items():
            if ROLES[role].scope != BRANCH:
                continue
            self.client.force_login(account)
            for name, access, has_ids, ids in self.each(self.foreign):
                if access not in PERMISSIONS or not account.has_perm(access):
                    continue
                if not has_ids or name.startswith(SHARED):
                    continue
                for method in ("get", "post"):
                    if (status := self.status(method, name, ids)) not in (404, 405):
                        wrong.append(f"{role} {method} {name}: {status}")
        self.assertEqual(wrong, [])

    def test_the_own_pages_open(self):
        wrong = []
        for role, account in self.accounts.items():
            self.client.force_login(account)
            for name, access, _, ids in self.each(self.own):
                if access in PERMISSIONS and not account.has_perm(access):
                    continue
                allowed = {200, 302, 405} | ({404} if name in MAY_BE_GONE else set())
                if (status := self.status("get", name, ids)) not in allowed:
                    wrong.append(f"{role} get {name}: {status}")
        self.assertEqual(wrong, [])

    def test_an_id_that_does_not_exist_looks_like_a_foreign_one(self):
        self.client.force_login(self.accounts["clerk"])
        foreign = self.client.get(reverse("cadres:official", args=[self.foreign.person.pk]))
        missing = self.client.get(reverse("cadres:official", args=[10**9]))
        self.assertEqual((foreign.status_code, missing.status_code), (404, 404))
        self.assertEqual(foreign.content, missing.content)

    def test_a_closed_account_is_out_at_its_next_click(self):
        clerk = self.accounts["clerk"]
        self.client.force_login(clerk)
        clerk.is_active = False
        clerk.save()
        self.assertEqual(self.client.get(reverse("cadres:officials")).status_code, 302)

    def test_a_unit_changed_while_logged_in_holds_at_the_next_click(self):
        clerk = self.accounts["clerk"]
        self.client.force_login(clerk)
        clerk.unit = self.foreign.unit
        clerk.save()
        page = reverse("cadres:official", args=[self.own.person.pk])
        self.assertEqual(self.client.get(page).status_code, 404)

    def test_reference_tables_open_for_the_administrator_only(self):
        for role, account in self.accounts.items():
            self.client.force_login(account)
            status = self.client.get(reverse("admin:index"), follow=True).status_code
            self.assertEqual(status, 200 if role == "admin" else 403, role)

    def test_nobody_holds_a_permission_without_logging_in(self):
        self.assertFalse(any(AnonymousUser().has_perm(name) for name in PERMISSIONS))
