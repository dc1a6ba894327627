"""First pages by role, the inbox, search, the handbook."""

from datetime import date, timedelta

from django.urls import reverse

from cadres.models import ImportBatch
from cadres.roles import PERMISSIONS, ROLES
from cadres.rules import CONDITIONS
from cadres.waiting import gaps
from cadres.waiting import imports as waiting_imports
from reports.help_pages import PAGES
from tests.factories import make_account, make_official, make_unit
from tests.reports_pages.base import Province, SameQueries, make_leader, make_target
from trainingplans.lib.dates import today
from trainingplans.lib.inbox import Item, collect, grouped
from trainingplans.plans.models import Programme


class HomeTests(Province):
    def test_each_role_has_its_first_page(self):
        for account, page in [
            (self.leader, "/tong-quan/"),
            (self.high, "/tong-quan/"),
            (self.staff, "/viec-can-lam/"),
            (self.clerk, "/viec-can-lam/"),
            (self.unit_leader, "/viec-can-lam/"),
            (self.school, "/viec-can-lam/"),
            (self.official, "/viec-can-lam/"),
        ]:
            self.client.force_login(account)
            self.assertRedirects(self.client.get("/"), page)

    def test_others_find_the_pages_they_may_open(self):
        page = self.see(self.official, "/viec-can-lam/")
        self.assertContains(page, reverse("cadres:my_record"))
        page = self.see(self.admin, "/")
        for name in ("cadres:units", "cadres:accounts", "cadres:audit"):
            self.assertContains(page, reverse(name))

    def test_every_role_has_an_inbox(self):
        for account in (self.staff, self.leader, self.admin, self.school, self.official):
            self.see(account, "/viec-can-lam/")


class InboxTests(SameQueries, Province):
    def titles(self, account):
        groups = self.see(account, "/viec-can-lam/").context["groups"]
        return {heading: [row["title"] for row in rows] for heading, rows in groups}

    def test_a_clerk_finds_the_own_unit_short_of_a_target_with_its_due_date(self):
        self.target.due = today() + timedelta(days=200)
        self.target.save()
        groups = self.titles(self.clerk)
        self.assertEqual(groups["Sau đó"], ["Lý luận chính trị từ trung cấp: còn thiếu 3 người"])

    def test_a_late_target_stands_first(self):
        self.target.due = today() - timedelta(days=2)
        self.target.save()
        page = self.see(self.clerk, "/viec-can-lam/")
        self.assertEqual(page.context["groups"][0][0], "Quá hạn")
        self.assertContains(page, "quá hạn 2 ngày")

    def test_the_department_is_told_of_targets_that_are_soon_due(self):
        self.assertNotIn("Sau đó", self.titles(self.staff))
        self.target.due = today() + timedelta(days=30)
        self.target.save()
        self.assertIn("còn thiếu 3 người", self.titles(self.staff)["Sau đó"][0])

    def test_gaps_lead_to_just_these_records(self):
        make_official(self.north, full_name="Có Đủ", gender="nu", birth_date=date(1990, 1, 2))
        items = list(gaps(self.clerk, today()))
        self.assertEqual([item.count for item in items], [5, 5, 5])
        for item in items:
            page = self.see(self.clerk, item.url)
            self.assertEqual(page.context["page"].paginator.count, item.count)

    def test_possible_doubles_are_shown_to_who_can_mend_them(self):
        for _ in range(2):
            make_official(self.north, full_name="Lò Trùng Tên", birth_date=date(1990, 1, 2))
        make_official(self.south, full_name="Lò Trùng Tên", birth_date=date(1991, 1, 2))
        self.assertIn("1 cặp hồ sơ có thể trùng người", self.titles(self.clerk)["Không có hạn"])
        self.assertNotIn("Không có hạn", self.titles(self.unit_leader))

    def test_doubles_of_another_unit_are_not_told(self):
        for _ in range(2):
            make_official(self.south, full_name="Lò Trùng Tên", birth_date=date(1990, 1, 2))
        self.assertNotIn("cặp hồ sơ", str(self.titles(self.clerk)))

    def test_takes_no_more_queries_for_more_people_and_targets(self):
        def grow():
            for number in range(4):
                make_leader(self.north, "SC")
                make_target(f"v{number}")

        self.assert_same_queries(self.clerk, "/viec-can-lam/", grow, at_most=26)

    def test_imports_wait_for_their_sender_and_the_department(self):
        for number, state in enumerate(("preview", "applied", "broken", "refused")):
            ImportBatch.objects.create(
                state=state, file_name=f"tep{number}.xlsx", on=today(), by=self.clerk
            )
        for account in (self.clerk, self.staff):
            titles = [item.title for item in waiting_imports(account, today())]
            self.assertEqual(
                titles,
                [
                    "Xem và áp dụng danh sách tep0.xlsx",
                    "Chạy lại lần nhập dừng giữa chừng tep2.xlsx",
                    "Xem vì sao không đọc được tệp tep3.xlsx",
                ],
            )
        other = make_account("clerk", unit=self.south)
        self.assertEqual(list(waiting_imports(other, today())), [])
        self.assertEqual(list(waiting_imports(self.unit_leader, today())), [])
        self.assertContains(self.see(self.clerk, "/viec-can-lam/"), "mới hôm nay")


class OrderTests(Province):
    def test_late_first_then_by_due_date_then_without_one(self):
        on = date(2026, 11, 20)

        def source(account, day):
            for title, due in [
                ("không hạn", None),
                ("xa", date(2027, 5, 1)),
                ("gần", date(2026, 11, 24)),
                ("trễ", date(2026, 11, 18)),
            ]:
                yield Item(title=title, url="/", icon="target", due=due)

        groups = grouped(collect([source], self.staff, on), on)
        self.assertEqual(
            [(heading, [row["title"] for row in rows]) for heading, rows in groups],
            [
                ("Quá hạn", ["trễ"]),
                ("Trong hai tuần tới", ["gần"]),
                ("Sau đó", ["xa"]),
                ("Không có hạn", ["không hạn"]),
            ],
        )
        self.assertTrue(groups[0][1][0]["late"])
        self.assertEqual(groups[0][1][0]["due"], "quá hạn 2 ngày")


class SearchTests(SameQueries, Province):
    def found(self, account, text):
        groups = self.see(account, "/tim/", 200) and self.client.get("/tim/", {"q": text})
        return {g.title: [hit["label"] for hit in g.hits] for g in groups.context["groups"]}

    def test_finds_without_diacritics(self):
        self.assertEqual(self.found(self.staff, "tan may giang")["Người"], ["Tẩn Mẩy Giang"])

    def test_exact_accents_come_first(self):
        make_official(self.north, full_name="Lò Văn Ân")
        make_official(self.north, full_name="Lò Văn Ấn")
        self.assertEqual(self.found(self.staff, "Lò Văn Ấn")["Người"][0], "Lò Văn Ấn")
        self.assertEqual(len(self.found(self.staff, "lo van an")["Người"]), 3)

    def test_people_of_other_units_are_not_found(self):
        self.assertNotIn("Người", self.found(self.clerk, "Tẩn Mẩy Giang"))
        self.assertEqual(self.found(self.official, "Lò Văn An"), {"Người": ["Lò Văn An"]})

    def test_finds_units_targets_and_programmes(self):
        Programme.objects.create(title="Đề án Lý luận", number="9/ĐA")
        found = self.found(self.staff, "ly luan")
        self.assertEqual(found["Mục tiêu"], ["Lý luận chính trị từ trung cấp"])
        self.assertEqual(found["Chương trình, đề án"], ["Đề án Lý luận"])
        self.assertEqual(self.found(self.clerk, "xa bac"), {"Đơn vị": ["Xã Bắc"]})
        self.assertEqual(self.found(self.clerk, "xa nam"), {})

    def test_an_administrator_finds_no_people(self):
        self.assertNotIn("Người", self.found(self.admin, "Lò Văn An"))
        self.assertNotIn("Mục tiêu", self.found(self.admin, "ly luan"))

    def test_nonsense_finds_nothing_and_never_everything(self):
        for text in ("", "   ", "́", "%", "_", "'", "zzzz", "x" * 5000, "\ud7ff"):
            with self.subTest(text[:9]):
                self.assertEqual(self.found(self.staff, text), {})

    def test_takes_no_more_queries_for_more_hits(self):
        def grow():
            for number in range(6):
                make_leader(self.north, "SC", f"Lò Văn An {number}")
                make_unit(f"S{number}", name=f"Xã Văn An {number}")

        self.assert_same_queries(self.staff, "/tim/?q=van+an", grow, at_most=17)


class HelpTests(Province):
    def test_every_page_opens_for_every_role(self):
        accounts = (
            self.staff,
            self.leader,
            self.high,
            self.clerk,
            self.unit_leader,
            self.admin,
            self.school,
            self.official,
        )
        for account in accounts:
            self.assertContains(self.see(account, "/tro-giup/"), "Trợ giúp")
        for slug, title in PAGES.items():
            self.assertContains(self.see(self.school, f"/tro-giup/{slug}/"), title)
        self.see(self.school, "/tro-giup/khong-co/", 404)

    def test_the_table_of_roles_is_the_one_that_is_enforced(self):
        page = self.see(self.staff, "/tro-giup/vai-tro/")
        for label in PERMISSIONS.values():
            self.assertContains(page, label)
        ticks = page.content.decode().count('<span class="sr-only">được</span>')
        granted = sum(len(role.permissions) for code, role in ROLES.items() if code != "system")
        self.assertEqual(ticks, granted)

    def test_every_condition_is_explained(self):
        page = self.see(self.staff, "/tro-giup/dieu-kien/")
        for condition in CONDITIONS.values():
            self.assertContains(page, condition.label)
            self.assertContains(page, condition.code)
