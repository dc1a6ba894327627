"""The side navigation: an entry stands where the role may open its page."""

import pytest
from django.urls import reverse

from tests.cadres.base import PeopleCase


class NavigationTests(PeopleCase):
    def labels(self, role, path="/", **options):
        self.log_in(role)
        page = self.client.get(path, follow=True)
        return [i["label"] for group in page.context["navigation"] for i in group["items"]]

    def test_each_role_sees_what_it_may_open(self):
        self.assertIn("Cán bộ, công chức", self.labels("clerk"))
        self.assertNotIn("Tài khoản", self.labels("clerk"))
        self.assertIn("Nhật ký", self.labels("admin"))
        self.assertNotIn("Cán bộ, công chức", self.labels("admin"))
        self.assertIn("Hồ sơ của tôi", self.labels("official"))
        self.assertNotIn("Đơn vị", self.labels("official"))

    @pytest.mark.no_database
    def test_every_entry_opens(self):
        for role in self.accounts:
            self.log_in(role)
            page = self.client.get("/", follow=True)
            for group in page.context["navigation"]:
                for item in [*group["items"], *group["more"]]:
                    with self.subTest(role=role, item=item["label"]):
                        self.assertEqual(self.client.get(item["url"]).status_code, 200)

    def test_the_entry_of_the_page_is_marked(self):
        self.log_in("clerk")
        page = self.get("official", self.person.pk)
        marked = [i["label"] for g in page.context["navigation"] for i in g["items"] if i["active"]]
        self.assertEqual(marked, ["Cán bộ, công chức"])

    def test_what_is_seldom_needed_stands_behind_one_entry_that_is_open_on_its_own_page(self):
        self.log_in("staff")
        for name, is_open in (("courses:classes", False), ("courses:commitments", True)):
            groups = self.client.get(reverse(name)).context["navigation"]
            [group] = [group for group in groups if group["more"]]
            self.assertIn("Cam kết phục vụ", [item["label"] for item in group["more"]])
            self.assertNotIn("Cam kết phục vụ", [item["label"] for item in group["items"]])
            self.assertEqual(group["open"], is_open, name)

    def test_the_top_bar_tells_name_role_and_unit(self):
        self.log_in("clerk")
        self.assertContains(self.get("officials"), "Đầu mối đơn vị, Xã Nhà")
