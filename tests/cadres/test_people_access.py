"""Who may open which page about people: own and foreign ids, every role."""

import pytest

from cadres.models import Appraisal, AuditEvent
from cadres.roles import ALL, BRANCH, ROLES
from cadres.views import accounts as account_views
from tests.cadres.base import PERSON_ROLES, PeopleCase, typed
from tests.factories import make_official

VIEW, CHANGE = "cadres.view_official", "cadres.change_official"
# name, permission, what its ids are of ("person", "part", "posting", "unit", "trait", "" …)
PAGES = [
    ("officials", VIEW, ""),
    ("official_add", CHANGE, ""),
    ("official", VIEW, "person"),
    ("official_edit", CHANGE, "person"),
    ("official_postings", VIEW, "person"),
    ("official_qualifications", VIEW, "person"),
    ("official_plans", VIEW, "person"),
    ("official_history", VIEW, "person"),
    ("part_add", CHANGE, "part"),
    ("part_edit", CHANGE, "row"),
    ("part_delete", CHANGE, "row"),
    ("posting_move", CHANGE, "posting"),
    ("posting_end", CHANGE, "posting"),
    ("roster_template", "cadres.import_roster", ""),
    ("units", "cadres.view_unit", ""),
    ("unit", "cadres.view_unit", "unit"),
    ("unit_add", "cadres.change_unit", ""),
    ("unit_edit", "cadres.change_unit", "unit"),
    ("unit_close", "cadres.change_unit", "unit"),
    ("trait_add", "cadres.change_unit", "unit"),
    ("language_add", "cadres.change_unit", "unit"),
    ("trait_end", "cadres.change_unit", "trait"),
    ("language_end", "cadres.change_unit", "language"),
    ("accounts", "cadres.manage_accounts", ""),
    ("account_add", "cadres.manage_accounts", ""),
    ("account_edit", "cadres.manage_accounts", "account"),
    ("audit", "cadres.view_audit", ""),
]
POSTED = [
    ("official_reveal", "cadres.view_personal_id", "person"),
    ("part_delete", CHANGE, "row"),
    ("trait_delete", "cadres.change_unit", "trait"),
    ("language_delete", "cadres.change_unit", "language"),
    ("account_reset", "cadres.manage_accounts", "account"),
]


class MatrixTests(PeopleCase):
    def ids(self, kind, person, unit):
        post = person.postings.get().pk
        return {
            "": [{}],
            "person": [{"pk": person.pk}],
            "part": [{"pk": person.pk, "part": part} for part in ("vi-tri", "van-bang")],
            "row": self.rows(person),
            "posting": [{"pk": person.pk, "row": post}],
            "unit": [{"pk": unit.pk}],
            "trait": [{"pk": unit.pk, "row": unit.traits.get().pk}],
            "language": [{"pk": unit.pk, "row": unit.languages.get().pk}],
            "account": [{"pk": self.accounts["staff"].pk}],
        }[kind]

    def rows(self, person):
        relations = {
            "vi-tri": person.postings,
            "van-bang": person.qualifications,
            "dang-vien": person.party_statuses,
            "quy-hoach": person.planning_entries,
            "danh-gia": person.appraisals,
        }
        return [
            {"pk": person.pk, "part": part, "row": rows.get().pk}
            for part, rows in relations.items()
        ]

    def expected(self, role, permission, kind, foreign):
        if permission not in ROLES[role].permissions:
            return {403}
        people = kind in {"person", "part", "row", "posting"}
        own_only = ROLES[role].scope == BRANCH and (people or kind == "unit")
        return {404} if foreign and own_only else {200, 302}

    def check(self, pages, method, foreign):
        person, unit = (self.stranger, self.elsewhere) if foreign else (self.person, self.home)
        for role in PERSON_ROLES:
            self.log_in(role)
            for name, permission, kind in pages:
                for ids in self.ids(kind, person, unit):
                    with self.subTest(role=role, page=name, foreign=foreign, **ids):
                        page = getattr(self.client, method)(self.url(name, **ids))
                        wanted = self.expected(role, permission, kind, foreign)
                        self.assertIn(page.status_code, wanted)

    @pytest.mark.no_database
    def test_own_ids(self):
        self.check(PAGES, "get", foreign=False)

    @pytest.mark.no_database
    def test_foreign_ids(self):
        self.check(PAGES, "get", foreign=True)

    def test_foreign_ids_posted(self):
        for role in ("clerk", "unit_leader", "leader", "school", "official"):
            self.log_in(role)
            before = AuditEvent.objects.count()
            for name, permission, kind in POSTED[:2]:
                for ids in self.ids(kind, self.stranger, self.elsewhere):
                    with self.subTest(role=role, page=name, **ids):
                        page = self.client.post(self.url(name, **ids))
                        granted = permission in ROLES[role].permissions
                        self.assertEqual(page.status_code, 404 if granted else 403)
            self.assertEqual(AuditEvent.objects.count(), before)

    def test_posts_without_the_permission_write_nothing(self):
        for role in PERSON_ROLES:
            self.log_in(role)
            for name, permission, kind in POSTED:
                if permission in ROLES[role].permissions:
                    continue
                for ids in self.ids(kind, self.person, self.home):
                    with self.subTest(role=role, page=name, **ids):
                        self.assertEqual(self.client.post(self.url(name, **ids)).status_code, 403)
        self.assertEqual(self.acts(), [])

    def test_nobody_gets_in_without_logging_in(self):
        for name, _, kind in PAGES:
            for ids in self.ids(kind, self.person, self.home):
                page = self.client.get(self.url(name, **ids))
                self.assertEqual((name, page.status_code), (name, 302))
                self.assertIn("/dang-nhap/", page["Location"])


class ScopeTests(PeopleCase):
    def test_a_row_of_one_person_is_not_found_under_another(self):
        self.log_in("clerk")
        row = self.stranger.qualifications.get().pk
        args = {"pk": self.person.pk, "part": "van-bang", "row": row}
        self.get("part_edit", status=404, **args)
        self.get("part_delete", status=404, **args)

    def test_a_trait_of_one_unit_is_not_found_under_another(self):
        self.log_in("staff")
        row = self.elsewhere.traits.get().pk
        self.get("trait_end", self.home.pk, row, status=404)

    def test_a_clerk_cannot_place_a_person_in_a_foreign_unit(self):
        self.log_in("clerk")
        post = self.person.postings.get()
        page = self.get("posting_move", self.person.pk, post.pk)
        data = typed(page, unit=self.elsewhere.pk, on="01/11/2026")
        page = self.send("posting_move", data, self.person.pk, post.pk, status=200)
        self.assertIn("không có trong danh sách", page.context["form"].errors["unit"][0])
        self.assertEqual(self.person.postings.count(), 1)

    def test_a_clerk_cannot_add_a_person_to_a_foreign_unit(self):
        self.log_in("clerk")
        page = self.get("official_add")
        data = typed(page, full_name="Hà Thị Lạ", unit=self.elsewhere.pk)
        page = self.send("official_add", data, status=200)
        self.assertIn("unit", page.context["form"].errors)

    def test_people_of_other_units_change_nothing_that_a_clerk_sees(self):
        self.log_in("clerk")
        paths = ["/can-bo/", "/can-bo/?tinh_trang=tat-ca&q=van", "/don-vi/", "/can-bo/?sort=-unit"]
        before = [self.body(path) for path in paths]
        for _ in range(3):
            make_official(self.elsewhere, full_name="Nguyễn Văn Ngoài")
        self.assertEqual([self.body(path) for path in paths], before)

    def body(self, path):
        """The page from its content on: the token before it differs each time."""
        return self.client.get(path).content.decode().split('id="noi-dung"')[1]

    def test_rights_change_with_the_next_request(self):
        account = self.log_in("clerk")
        self.get("official", self.person.pk)
        account.unit = self.elsewhere
        account.save()
        self.get("official", self.person.pk, status=404)
        account.is_active = False
        account.save()
        self.assertEqual(self.client.get("/can-bo/").status_code, 302)

    def test_an_official_sees_the_own_record_only(self):
        self.log_in("official")
        page = self.get("my_record")
        self.assertContains(page, "Đặng Văn Ý")
        self.assertNotContains(page, "/sua/")
        self.get("official", self.person.pk, status=403)

    def test_the_own_record_is_for_nobody_else(self):
        for role in PERSON_ROLES:
            if role != "official":
                self.log_in(role)
                self.get("my_record", status=403)

    def test_extra_fields_change_nothing_that_the_form_does_not_show(self):
        self.log_in("clerk")
        page = self.get("official_edit", self.person.pk)
        forged = {"merged_into": self.stranger.pk, "search_key": "x", "retires_on": "01/01/2030"}
        data = typed(page, note="mới", **forged)
        self.send("official_edit", data, self.person.pk)
        self.person.refresh_from_db()
        self.assertEqual((self.person.note, self.person.merged_into_id), ("mới", None))
        self.assertEqual(self.person.search_key, "dang van y")

    def test_rows_hang_on_visible_officials(self):
        clerk = self.accounts["clerk"]
        seen = Appraisal.objects.visible_to(clerk).values_list("official", flat=True)
        self.assertEqual(list(seen), [self.person.pk])

    def test_every_page_of_the_account_says_who_may_open_it(self):
        for view in (account_views.sign_in, account_views.sign_out, account_views.own_password):
            self.assertTrue(view.access)

    def test_roles_with_all_in_sight_open_every_record(self):
        for role in PERSON_ROLES:
            if ROLES[role].scope == ALL:
                self.log_in(role)
                self.get("official", self.stranger.pk)
