"""The tree of units, one unit's page and its forms."""

import re
from datetime import date, timedelta
from html import unescape

from cadres.models import Unit, UnitChange, UnitSuccession
from tests.cadres.base import PeopleCase, typed
from tests.factories import make_group, make_official, make_unit
from trainingplans.lib.dates import FOREVER, show, today


class TreeTests(PeopleCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.centre = make_unit("TT", name="Trung tâm Nhà", under=cls.home, kind="public_service")
        make_official(cls.centre)
        make_unit("CU", name="Xã Cũ", under=cls.province, valid_to=date(2025, 7, 1))

    def rows(self, **data):
        page = self.get("units", data=data)
        return [(r.unit.name, r.depth, r.own, r.branch) for r in page.context["rows"]]

    def test_the_tree_counts_the_people_of_each_unit_and_branch(self):
        self.log_in("staff")
        wanted = [
            ("Tỉnh Mẫu", 0, 0, 3),
            ("Xã Người", 1, 1, 1),
            ("Xã Nhà", 1, 1, 2),
            ("Trung tâm Nhà", 2, 1, 1),
        ]
        self.assertEqual(self.rows(), wanted)

    def test_a_clerk_sees_the_own_branch_only(self):
        self.log_in("clerk")
        self.assertEqual(self.rows(), [("Xã Nhà", 0, 1, 2), ("Trung tâm Nhà", 1, 1, 1)])

    def test_a_search_keeps_what_leads_to_the_matches(self):
        self.log_in("staff")
        found = [name for name, *_ in self.rows(q="trung tam")]
        self.assertEqual(found, ["Tỉnh Mẫu", "Xã Nhà", "Trung tâm Nhà"])
        self.assertEqual([name for name, *_ in self.rows(loai="public_service")], found)
        self.assertEqual(self.rows(q="không có"), [])

    def test_closed_units_are_shown_for_their_days_or_on_demand(self):
        self.log_in("staff")
        self.assertNotIn("Xã Cũ", str(self.rows()))
        self.assertIn("Xã Cũ", str(self.rows(ngay="30/06/2025")))
        self.assertIn("Xã Cũ", str(self.rows(da_dong="1")))

    def test_each_number_opens_the_list_of_just_those_people(self):
        """One of Xã Nhà itself, two with the centre below it, on the day that was asked for."""
        self.log_in("staff")
        for day in (today(), today() - timedelta(days=1)):
            page = self.client.get("/don-vi/", {"ngay": show(day)}).content.decode()
            [row] = re.findall(r'depth-1"><a[^>]*>Xã Nhà<.*?</tr>', page, re.S)
            urls = re.findall(r'href="(/can-bo/[^"]*)"', row)
            pages = [self.client.get(unescape(url)).context for url in urls]
            self.assertEqual([p["page"].paginator.count for p in pages], [1, 2])
            self.assertEqual([p["on"] for p in pages], [day, day])

    def test_takes_no_more_queries_for_more_units(self):
        self.log_in("staff")
        before = self.queries_of("/don-vi/")
        for _ in range(10):
            make_official(make_unit(under=self.home))
        self.assertEqual(self.queries_of("/don-vi/"), before)

    def test_traits_are_named(self):
        self.log_in("staff")
        self.assertContains(self.get("units"), "Vùng dân tộc thiểu số", count=2)


class UnitPageTests(PeopleCase):
    def test_a_unit_shows_people_traits_languages_and_successions(self):
        old = make_unit(name="Xã Trước", valid_to=date(2025, 7, 1))
        change = UnitChange.objects.create(kind="merge", on=date(2025, 7, 1), decision="NQ 1")
        UnitSuccession.objects.create(change=change, old=old, new=self.home, old_name="Xã Trước")
        self.log_in("clerk")
        page = self.get("unit", self.home.pk)
        for words in ("Vùng dân tộc thiểu số", "tiếng Tày", "Xã Trước", "NQ 1", "Xem 1 người"):
            with self.subTest(words):
                self.assertContains(page, words)

    def test_nothing_leads_a_clerk_above_the_own_branch(self):
        self.log_in("clerk")
        page = self.get("unit", self.home.pk)
        self.assertNotContains(page, self.url("unit", self.province.pk))

    def test_the_count_leads_to_the_list(self):
        self.log_in("clerk")
        page = self.get("unit", self.home.pk)
        self.assertContains(page, f"/can-bo/?don_vi={self.home.pk}")


class UnitFormTests(PeopleCase):
    def setUp(self):
        self.log_in("staff")

    def test_a_new_unit_gets_a_code_keys_and_a_place(self):
        data = typed(self.get("unit_add"), name="Phường  Mới", kind="commune")
        self.send("unit_add", {**data, "parent": self.province.pk})
        unit = Unit.objects.get(name="Phường Mới")
        self.assertEqual(unit.path, f"{self.province.path}{unit.pk}/")
        self.assertTrue(unit.code.startswith("DV-"))
        self.assertEqual(self.acts(), ["unit.add"])
        self.send("unit_add", {**data, "parent": self.province.pk})
        self.assertEqual(Unit.objects.filter(name="Phường Mới").count(), 1)

    def test_a_unit_moves_with_all_below_it(self):
        below = make_unit(under=self.home)
        deepest = make_unit(under=below)
        page = self.get("unit_edit", self.home.pk)
        self.send("unit_edit", typed(page, parent=self.elsewhere.pk), self.home.pk)
        deepest.refresh_from_db()
        steps = [self.province, self.elsewhere, self.home, below, deepest]
        self.assertEqual(deepest.path, f"/{'/'.join(str(u.pk) for u in steps)}/")
        self.assertEqual(self.acts(), ["unit.change"])

    def test_a_unit_cannot_be_placed_below_itself(self):
        below = make_unit(under=self.home)
        page = self.get("unit_edit", self.home.pk)
        for parent in (self.home, below):
            data = typed(page, parent=parent.pk)
            answer = self.send("unit_edit", data, self.home.pk, status=200)
            self.assertIn("parent", answer.context["form"].errors)

    def test_a_code_is_given_once(self):
        data = typed(self.get("unit_edit", self.home.pk), code="xa")
        page = self.send("unit_edit", data, self.home.pk, status=200)
        self.assertIn("Mã xa đã dùng cho Xã Người", page.context["form"].errors["code"][0])

    def test_a_save_over_a_newer_version_shows_both_names(self):
        page = self.get("unit_edit", self.home.pk)
        self.send("unit_edit", typed(page, name="Xã Kia"), self.home.pk)
        page = self.send("unit_edit", typed(page, name="Xã Này"), self.home.pk, status=409)
        [field] = page.context["conflict"]["fields"]
        self.assertEqual((field["mine"], field["theirs"]), ("Xã Này", "Xã Kia"))

    def close(self, unit, day, status=302):
        page = self.get("unit_close", unit.pk)
        return self.send("unit_close", typed(page, valid_to=day), unit.pk, status=status)

    def test_a_unit_with_people_is_not_closed(self):
        page = self.close(self.home, "01/01/2026", status=200)
        self.assertIn("còn 1 người", page.context["form"].errors["valid_to"][0])
        self.home.refresh_from_db()
        self.assertEqual(self.home.valid_to, FOREVER)

    def test_a_unit_with_units_below_is_not_closed(self):
        page = self.close(self.province, "01/01/2026", status=200)
        self.assertIn("đơn vị trực thuộc", page.context["form"].errors["valid_to"][0])

    def test_an_empty_unit_is_closed_on_its_day(self):
        unit = make_unit(under=self.province, name="Xã Trống")
        self.close(unit, "01/01/2026")
        unit.refresh_from_db()
        self.assertEqual(unit.valid_to, date(2026, 1, 1))
        self.assertEqual(self.acts(), ["unit.close"])

    def test_a_unit_closed_by_mistake_is_opened_again_or_gets_another_day(self):
        unit = make_unit(under=self.province, name="Xã Trống")
        self.close(unit, "01/01/2026")
        self.assertContains(self.get("unit", unit.pk), "Đổi ngày đóng, mở lại")
        self.close(unit, "01/02/2026")
        unit.refresh_from_db()
        self.assertEqual(unit.valid_to, date(2026, 2, 1))
        self.close(unit, "")
        unit.refresh_from_db()
        self.assertEqual(unit.valid_to, FOREVER)
        self.assertEqual(self.acts(), ["unit.close", "unit.close", "unit.reopen"])

    def test_what_went_into_another_unit_or_stands_in_a_closed_one_stays_closed(self):
        old = make_unit(under=self.province, name="Xã Cũ", valid_to=date(2025, 7, 1))
        change = UnitChange.objects.create(kind="merge", on=date(2025, 7, 1))
        UnitSuccession.objects.create(change=change, old=old, new=self.home)
        district = make_unit(under=self.province, valid_to=date(2025, 7, 1))
        below = make_unit(under=district, valid_to=date(2025, 7, 1))
        self.assertNotContains(self.get("unit", old.pk), "mở lại")
        for unit, words in ((old, "đã sắp xếp thành"), (below, "đóng từ ngày 01/07/2025")):
            page = self.close(unit, "", status=200)
            self.assertIn(words, page.context["form"].errors["valid_to"][0])

    def test_two_units_of_one_name_do_not_stand_beside_each_other(self):
        page = self.get("unit_add")
        told = {"name": "xã nhà", "kind": "commune", "parent": self.province.pk}
        answer = self.send("unit_add", typed(page, **told), status=200)
        self.assertIn("đã có Xã Nhà", answer.context["form"].errors["name"][0])
        self.send("unit_add", typed(page, **told | {"parent": self.home.pk}))
        twin = make_unit(name="Xã Nhà", under=self.province)  # as a file may bring it
        self.send("unit_edit", typed(self.get("unit_edit", twin.pk), kind="party"), twin.pk)
        twin.refresh_from_db()
        self.assertEqual(twin.kind, "party")

    def test_a_unit_does_not_begin_after_its_end(self):
        unit = make_unit(under=self.province, valid_to=date(2025, 7, 1))
        data = typed(self.get("unit_edit", unit.pk), valid_from="01/07/2025")
        answer = self.send("unit_edit", data, unit.pk, status=200)
        self.assertIn("không trước ngày đóng", answer.context["form"].errors["valid_from"][0])


class MarkTests(PeopleCase):
    def setUp(self):
        self.log_in("staff")

    def add_trait(self, status=302, **data):
        page = self.get("trait_add", self.home.pk)
        return self.send("trait_add", typed(page, **data), self.home.pk, status=status)

    def test_a_trait_is_added_with_its_period_and_legal_basis(self):
        self.add_trait(trait="border", valid_from="01/07/2025", legal_basis="QĐ 861/QĐ-TTg")
        trait = self.home.traits.get(trait="border")
        self.assertEqual(trait.valid_from, date(2025, 7, 1))
        self.assertEqual(self.acts(), ["unittrait.add"])

    def test_the_same_trait_at_the_same_time_is_refused(self):
        page = self.add_trait(status=200, trait="minority_area")
        self.assertIn("đã có mục này", page.context["form"].errors["trait"][0])

    def test_a_language_is_added(self):
        page = self.get("language_add", self.home.pk)
        data = typed(page, language=make_group("Mông").pk)
        self.send("language_add", data, self.home.pk)
        self.assertEqual(self.home.languages.count(), 2)
        self.assertEqual(self.acts(), ["unitlanguage.add"])

    def test_a_trait_ends_on_a_day(self):
        row = self.home.traits.get()
        page = self.get("trait_end", self.home.pk, row.pk)
        self.send("trait_end", typed(page, valid_to="01/07/2025"), self.home.pk, row.pk)
        row.refresh_from_db()
        self.assertEqual(row.valid_to, date(2025, 7, 1))
        self.assertEqual(self.acts(), ["unittrait.end"])

    def test_a_deleted_mark_comes_back_as_it_was(self):
        for kind, rows in (("trait", self.home.traits), ("language", self.home.languages)):
            with self.subTest(kind):
                before = rows.values().get()
                url = self.url(f"{kind}_delete", self.home.pk, before["id"])
                page = self.client.post(url, follow=True)
                self.assertFalse(rows.exists())
                self.client.post(page.context["undo"]["url"])
                self.assertEqual(rows.values().get(), before)
                page = self.client.post(page.context["undo"]["url"], follow=True)
                self.assertContains(page, "đã được khôi phục rồi")

    def test_history_of_a_unit_tells_names_and_marks(self):
        page = self.get("unit_edit", self.home.pk)
        self.send("unit_edit", typed(page, name="Xã Kia"), self.home.pk)
        self.add_trait(trait="border")
        changes = self.get("unit", self.home.pk).context["changes"]
        self.assertEqual([c["what"] for c in changes[:2]], ["Thêm đặc điểm địa bàn", "Sửa đơn vị"])
        self.assertEqual(
            changes[1]["lines"][0], {"label": "Tên đơn vị", "old": "Xã Nhà", "new": "Xã Kia"}
        )
