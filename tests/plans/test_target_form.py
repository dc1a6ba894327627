"""Composing a target without script: from empty to saved, nothing lost, nothing overwritten."""

import json
from datetime import date

from django.urls import reverse

from cadres.models import AuditEvent
from tests.plans.base import Sheet
from tests.reports_pages.base import LEADERS, THEORY, Province, make_target
from trainingplans.plans.models import Target

NEW = "/muc-tieu/them/"


class ComposingTests(Province):
    def setUp(self):
        self.client.force_login(self.staff)

    def edit(self, target=None):
        return Sheet(self.client, reverse("plans:target_edit", args=[(target or self.target).pk]))

    def test_a_rule_is_composed_from_nothing_and_saved(self):
        sheet = Sheet(self.client, NEW)
        sheet.type(name="Tin học cho người trẻ", threshold="87,5", due="31/12/2027")
        sheet.add("population", "staff_kind")
        sheet.type(**{"population-0-v": ["CB", "CC"]})
        sheet.add("population", "in_unit")
        sheet.type(**{"population-1-more": "xã bắc"})
        sheet.press("pick:population-1")
        self.assertIn('value="XB"', sheet.html)
        sheet.press("group:population")
        sheet.add("population-2", "age")
        sheet.type(**{"population-2-0-to": "40"})
        sheet.add("population-2", "leadership")
        sheet.type(**{"population-2-1-v": "1", "population-2-1-not": ["1"]})
        sheet.add("attained", "level_at_least")
        sheet.type(**{"attained-0-v": "political_theory:TC"})
        response = sheet.press("save")
        target = Target.objects.get(code="tin_hoc_cho_nguoi_tre")
        self.assertRedirects(response, reverse("reports:target", args=[target.pk]))
        self.assertEqual(
            target.population,
            {
                "all": [
                    {"staff_kind": ["CB", "CC"]},
                    {"in_unit": ["XB"]},
                    {"any": [{"age": {"to": 40}}, {"not": {"leadership": True}}]},
                ]
            },
        )
        self.assertEqual(target.attained, THEORY)
        self.assertEqual((str(target.threshold), target.due), ("87.500", date(2027, 12, 31)))
        self.assertEqual(AuditEvent.objects.latest("id").act, "target.add")

    def test_trying_says_what_the_engine_counts(self):
        sheet = self.edit()
        words = "Đang tính trên 7 người, 3 đạt (42,9\u00a0%), 3 chưa đạt, 1 chưa rõ."
        self.assertIn(words, sheet.html)
        sheet.press("drop:population-0")
        self.assertIn("Đang tính trên 8 người, 3 đạt", sheet.html)
        self.assertEqual(Target.objects.get().population, LEADERS)

    def test_the_live_part_counts_the_same(self):
        sheet = self.edit()
        part = self.client.post("/muc-tieu/tinh-thu/", sheet.data)
        self.assertContains(part, "Đang tính trên 7 người, 3 đạt")
        self.assertNotContains(part, "<html")

    def test_steps_keep_all_that_was_typed(self):
        sheet = self.edit()
        sheet.type(name="Tên mới", legal_basis="CV 5", threshold="abc", due="31/02/2027")
        sheet.add("attained", "position")
        sheet.type(**{"attained-1-v": "Chủ tịch\nBí thư"})
        sheet.press("group:attained")
        for text in ("Tên mới", "CV 5", "abc", "31/02/2027"):
            self.assertIn(f'value="{text}"', sheet.html)
        self.assertIn("Chủ tịch\nBí thư</textarea>", sheet.html)
        self.assertNotIn("Chưa lưu được", sheet.html)

    def test_errors_stand_beside_their_row(self):
        sheet = self.edit()
        sheet.add("population", "in_unit")
        sheet.type(**{"population-2-more": "Xã Không Có"})
        sheet.add("population", "age")
        sheet.type(**{"population-3-from": "50", "population-3-to": "40"})
        sheet.add("attained", "has")
        response = sheet.press("save")
        self.assertEqual(response.status_code, 422)
        for words in (
            "Không có đơn vị “Xã Không Có”",
            "Số đầu lớn hơn số sau. Đổi chỗ hai số.",
            "Chưa chọn. Chọn một dòng trong danh sách.",
        ):
            self.assertIn(words, sheet.html)
        self.assertIn('value="Xã Không Có"', sheet.html)
        self.assertEqual(Target.objects.get().population, LEADERS)

    def test_errors_of_fields_are_in_vietnamese(self):
        sheet = self.edit()
        sheet.type(name="", threshold="120", due="31/02/2027", code="có dấu")
        sheet.press("save")
        for words in (
            "Ngưỡng phải từ 0 đến 100.",
            "31/02/2027",
            "có ký tự lạ",
            "Chưa ghi mục này.",
        ):
            self.assertIn(words, sheet.html)

    def test_a_group_without_conditions_is_not_saved(self):
        sheet = self.edit()
        sheet.press("group:population")
        self.assertEqual(sheet.press("save").status_code, 422)
        self.assertIn("Nhóm chưa có điều kiện", sheet.html)

    def test_saving_unchanged_keeps_the_rule_as_it_was_written(self):
        deep = {
            "all": [
                {"all": [{"leadership": True}]},
                {"any": [{"all": [{"gender": "nu"}, {"not": {"age": {"to": 35}}}]}, THEORY]},
            ]
        }
        target = make_target("sau", population=deep)
        sheet = self.edit(target)
        self.assertIn("giữ nguyên", sheet.html)
        sheet.type(name="Tên khác")
        sheet.press("save")
        target.refresh_from_db()
        self.assertEqual((target.name, target.population), ("Tên khác", deep))

    def test_what_is_nested_deeper_survives_a_change_beside_it(self):
        inner = {"any": [{"all": [{"gender": "nu"}, {"age": {"to": 35}}]}, {"leadership": True}]}
        deep = {"all": [{"not": {"any": [inner, {"in_planning": True}]}}, {"gender": "nu"}]}
        target = make_target("sau", population=deep)
        sheet = self.edit(target)
        sheet.press("drop:population-1")
        sheet.press("save")
        target.refresh_from_db()
        self.assertEqual(target.population, deep["all"][0])

    def test_the_text_form_shows_and_saves_any_rule(self):
        sheet = self.edit()
        sheet.press("text")
        self.assertEqual(json.loads(sheet.data["population"][0]), LEADERS)
        sheet.type(attained='{"has": "political_theory"}')
        sheet.press("save")
        self.assertEqual(Target.objects.get().attained, {"has": "political_theory"})

    def test_faults_in_the_text_form_are_named(self):
        sheet = self.edit()
        sheet.press("text")
        sheet.type(population='{"all": [', attained='{"has": "nau_an"}')
        self.assertEqual(sheet.press("save").status_code, 422)
        self.assertIn("không đọc được JSON", sheet.html)
        self.assertIn("không có thang “nau_an”", sheet.html)
        self.assertIn("{&quot;all&quot;: [", sheet.html)

    def test_the_text_form_leads_back_to_rows(self):
        sheet = self.edit()
        sheet.press("text")
        sheet.press("rows")
        self.assertIn("population-1-kind", sheet.data)

    def test_an_open_page_of_an_older_version_overwrites_nothing(self):
        mine, theirs = self.edit(), self.edit()
        theirs.type(name="Tên của người kia")
        theirs.press("save")
        mine.type(name="Tên của tôi")
        mine.press("drop:population-1")
        response = mine.press("save")
        self.assertEqual(response.status_code, 409)
        for words in ("Tên của người kia", "Tên của tôi", "ở xã, phường", "giữ chức vụ lãnh đạo"):
            self.assertContains(response, words, status_code=409)
        self.assertEqual(Target.objects.get().name, "Tên của người kia")

    def test_a_settled_conflict_saves_what_was_chosen(self):
        mine, theirs = self.edit(), self.edit()
        theirs.type(name="Tên của người kia")
        theirs.press("save")
        mine.type(name="Tên của tôi")
        mine.press("drop:population-1")
        conflict = mine.press("save").context["conflict"]
        data = {item["name"]: item["value"] for item in conflict.hidden}
        data |= {"version": conflict.version, "keep-name": "theirs", "keep-population": "mine"}
        response = self.client.post(mine.address, data)
        self.assertEqual(response.status_code, 302)
        target = Target.objects.get()
        self.assertEqual(target.name, "Tên của người kia")
        self.assertEqual(target.population, {"leadership": True})

    def test_sending_a_new_target_twice_makes_one(self):
        sheet = Sheet(self.client, NEW)
        sheet.type(name="Một lần", threshold="50", due="31/12/2027")
        data = {**sheet.data, "step": "save"}
        for _ in range(2):
            self.assertEqual(self.client.post(NEW, data).status_code, 302)
        self.assertEqual(Target.objects.filter(name="Một lần").count(), 1)

    def test_the_history_tells_each_change_in_words(self):
        sheet = self.edit()
        sheet.press("drop:population-0")
        sheet.press("save")
        page = self.see(self.staff, reverse("plans:target_history", args=[self.target.pk]))
        self.assertContains(page, "chuyenvien")
        self.assertContains(page, "giữ chức vụ lãnh đạo, quản lý; ở xã, phường")

    def test_deleting_asks_first_and_can_be_taken_back(self):
        url = reverse("plans:target_delete", args=[self.target.pk])
        self.assertContains(self.client.get(url), "Xóa mục tiêu")
        self.assertTrue(Target.objects.exists())
        page = self.client.post(url, follow=True)
        self.assertFalse(Target.objects.exists())
        restore = reverse("plans:target_restore", args=[self.target.pk])
        self.assertContains(page, f'action="{restore}"')
        self.client.post(restore)
        back = Target.objects.get()
        self.assertEqual((back.pk, back.code, back.population), (self.target.pk, "llct", LEADERS))
        acts = list(AuditEvent.objects.order_by("id").values_list("act", flat=True))
        self.assertEqual(acts[-2:], ["target.delete", "target.restore"])

    def test_a_code_given_away_refuses_the_way_back(self):
        self.client.post(reverse("plans:target_delete", args=[self.target.pk]))
        make_target("llct")
        page = self.client.post(reverse("plans:target_restore", args=[self.target.pk]), follow=True)
        self.assertContains(page, "Mã llct đã dùng cho mục tiêu khác")

    def test_only_who_may_change_targets_comes_here(self):
        pk = self.target.pk
        addresses = [
            NEW,
            *(reverse(f"plans:target_{n}", args=[pk]) for n in ("edit", "delete", "history")),
        ]
        posts = ["/muc-tieu/tinh-thu/", reverse("plans:target_restore", args=[pk])]
        others = (
            self.leader,
            self.high,
            self.clerk,
            self.unit_leader,
            self.admin,
            self.school,
            self.official,
        )
        for account in others:
            self.client.force_login(account)
            for address in addresses:
                self.assertEqual(self.client.get(address).status_code, 403, address)
            for address in [*addresses, *posts]:
                self.assertIn(self.client.post(address).status_code, (403, 405), address)
        self.assertEqual(Target.objects.count(), 1)

    def test_hostile_fields_never_break_the_form(self):
        url = reverse("plans:target_edit", args=[self.target.pk])
        hostile = [
            {},
            {"step": "drop:"},
            {"step": "add:population-0-0-0", "population-count": "1"},
            {"step": "save", "population-count": "99999999", "population-0-type": "group"},
            {"step": "try", "population-count": "-1", "attained-count": "²"},
            {"population-count": "1", "population-0-type": "condition", "population-0-kind": "x"},
            {"population-count": "1", "population-0-type": "kept", "population-0-kept": "[" * 9999},
            {"population": "[" * 50_000, "attained": "1e999999"},
            {"population": "null", "attained": '"x"', "version": "x", "token": "y"},
            {"population": '{"age": {"from": 1e400}}', "attained": "{}"},
            {
                "population-count": "1",
                "population-0-type": "condition",
                "population-0-kind": "level_at_least",
                "population-0-v": "professional:",
            },
            {
                "population-count": "1",
                "population-0-type": "condition",
                "population-0-kind": "unit_trait",
                "population-0-v": "' OR 1",
            },
            {"unit": "x", "programme": "999999999999999999999", "order": "1e9", "threshold": "NaN"},
        ]
        for data in hostile:
            for address in (url, NEW, "/muc-tieu/tinh-thu/"):
                with self.subTest(data=str(data)[:70], address=address):
                    self.assertIn(self.client.post(address, data).status_code, (200, 302, 422))
        self.assertEqual(Target.objects.get(pk=self.target.pk).population, LEADERS)
