"""Quality of the data, and reports that were frozen: what lacks, what contradicts, what changed."""

from datetime import date, timedelta
from io import BytesIO, StringIO
from uuid import uuid4

from django.core.management import call_command
from django.urls import reverse
from openpyxl import load_workbook

from cadres.models import AuditEvent
from reports.models import Snapshot
from tests.factories import make_enrolment, make_level, make_posting, make_qualification, make_unit
from tests.reports_pages.base import Province, SameQueries, make_leader
from trainingplans.lib.dates import show, today


class QualityPageTests(SameQueries, Province):
    def page(self, account, query=""):
        return self.see(account, f"/chat-luong/?{query}")

    def test_fields_that_lack_are_counted_by_unit_worst_first(self):
        self.em.gender, self.em.personal_id = "nu", "019190000001"
        self.em.save()
        page = self.page(self.staff)
        self.assertEqual(page.context["people"], 8)
        units = page.context["units"]
        self.assertEqual([row["unit"] for row in units], [self.north, self.south])
        # cccd: four of four in the north, three of four in the south
        self.assertEqual([row["cells"][3]["number"] for row in units], [4, 3])

    def test_each_number_opens_the_list_of_those_records(self):
        cell = self.page(self.staff).context["units"][0]["cells"][7]
        self.assertEqual(cell["number"], 1)  # Vàng A Cường has no political theory recorded
        people = self.see(self.staff, cell["url"]).context["page"]
        self.assertEqual(people.paginator.count, 1)

    def test_the_list_is_of_the_same_day_and_of_just_that_unit(self):
        office = make_unit("BAC-TT", under=self.north)
        make_leader(office, "TC")
        # Vàng A Cường's level is recorded from today on: on the day before it still lacked.
        make_qualification(self.cuong, "political_theory", "TC", since=today())
        past = f"ngay={show(today() - timedelta(days=1))}"
        for query, unit in ((past, self.north), (f"{past}&don_vi=XB&rieng=1", self.north)):
            page = self.page(self.staff, query)
            [row] = [row for row in page.context["units"] if row["unit"] == unit]
            for cell in (row["cells"][7], page.context["total"][7]):
                listed = self.see(self.staff, cell["url"]).context["page"].paginator.count
                self.assertEqual((listed, cell["number"]), (1, 1), cell["url"])

    def test_contradictions_lead_to_the_form_that_mends_them(self):
        self.an.gender, self.an.personal_id = "nam", "019190000001"
        self.an.save()
        make_posting(self.binh, self.north, since=date(2024, 1, 1))
        undated = self.giang.qualifications.get()
        cases = {
            "cccd": ("Lò Văn An", reverse("cadres:official_edit", args=[self.an.pk])),
            "hai-vi-tri": (
                "Quàng Thị Bình",
                reverse("cadres:official_postings", args=[self.binh.pk]),
            ),
            "khong-ngay": (
                "Tẩn Mẩy Giang",
                reverse("cadres:part_edit", args=[self.giang.pk, "van-bang", undated.pk]),
            ),
        }
        for kind, (name, url) in cases.items():
            page = self.see(self.staff, f"/chat-luong/{kind}/")
            rows = {row["fault"].name: row["url"] for row in page.context["faults"]}
            self.assertEqual(rows[name], url)
            self.see(self.staff, url)
        self.see(self.staff, "/chat-luong/gi-do/", 404)

    def test_a_language_spoken_from_childhood_needs_no_day(self):
        before = len(self.see(self.staff, "/chat-luong/khong-ngay/").context["faults"])
        make_level("ethnic_language", "CO", 1)
        make_qualification(self.an, "ethnic_language", "CO", detail="Thái")
        self.assertEqual(
            len(self.see(self.staff, "/chat-luong/khong-ngay/").context["faults"]), before
        )

    def test_what_the_unknown_may_change(self):
        [line] = self.page(self.staff).context["effects"]
        self.assertEqual((line.unknown, line.attained, line.population), (1, 3, 7))
        self.assertContains(self.page(self.staff), "57,1")  # 4 of 7 at best

    def test_a_clerk_sees_the_own_unit(self):
        page = self.page(self.clerk)
        self.assertEqual(page.context["people"], 4)
        self.assertNotContains(page, "Xã Nam")
        self.see(self.clerk, "/chat-luong/khong-ngay/")
        self.see(self.leader, "/chat-luong/?export=xlsx")

    def test_more_people_take_no_more_queries(self):
        self.assert_same_queries(
            self.staff, "/chat-luong/", lambda: make_leader(self.south, "SC"), at_most=20
        )


class FrozenPageTests(Province):
    def freeze(self, **fields):
        self.client.force_login(self.leader)
        sent = {"kind": "attainment", "name": "Quý II", "on": "30/06/2026", **fields}
        return self.client.post("/bao-cao-da-gui/chot/", sent)

    def test_a_report_is_frozen_and_shown(self):
        answer = self.freeze(note="UBND tỉnh")
        snapshot = Snapshot.objects.get()
        self.assertRedirects(answer, reverse("reports:snapshot", args=[snapshot.pk]))
        page = self.see(self.high, f"/bao-cao-da-gui/{snapshot.pk}/")
        self.assertContains(page, "Tính lại hôm nay vẫn như khi gửi")
        self.assertContains(page, "3 / 7")
        self.assertContains(page, "Nơi nhận: UBND tỉnh")
        self.assertContains(self.see(self.staff, "/bao-cao-da-gui/"), "Quý II")

    def test_who_may_not_freeze_is_told_what_will_be_there(self):
        self.assertContains(self.see(self.leader, "/bao-cao-da-gui/"), "chốt lại để về sau biết")
        page = self.see(self.clerk, "/bao-cao-da-gui/")
        self.assertContains(page, "chốt riêng cho đơn vị của bạn sẽ hiện ở đây")
        self.assertNotContains(page, "chốt lại để về sau biết")

    def test_what_changed_since_is_listed_with_its_reason(self):
        self.freeze()
        make_qualification(self.binh, "political_theory", "TC", since=date(2026, 5, 1))
        page = self.see(self.staff, f"/bao-cao-da-gui/{Snapshot.objects.get().pk}/")
        self.assertContains(page, "Đã có thay đổi sau khi gửi")
        self.assertContains(page, "Quàng Thị Bình")
        self.assertContains(page, "Thêm trình độ")
        changed = {row["what"]: (row["frozen"], row["now"]) for row in page.context["changed"]}
        self.assertEqual(changed["Lý luận chính trị từ trung cấp: đạt"], ("3", "4"))
        self.assertNotContains(page, "targets.")
        self.assertEqual(page.context["in_units"], 1)  # of Xã Bắc: who attained

    def test_only_the_department_freezes_and_units_see_their_own(self):
        self.freeze(unit=self.south.pk)
        self.see(self.clerk, f"/bao-cao-da-gui/{Snapshot.objects.get().pk}/", 404)
        self.see(self.clerk, "/bao-cao-da-gui/chot/", 403)
        self.see(self.high, "/bao-cao-da-gui/chot/", 403)

    def test_what_is_typed_wrongly_is_kept_and_said(self):
        answer = self.freeze(on="31/06/2026")
        self.assertContains(answer, "Quý II")
        self.assertFalse(Snapshot.objects.exists())

    def test_the_list_exports_as_it_was(self):
        self.freeze()
        self.see(self.leader, f"/bao-cao-da-gui/{Snapshot.objects.get().pk}/?export=xlsx")
        self.assertTrue(AuditEvent.objects.filter(act="report.export").exists())

    def test_the_list_speaks_in_words_whatever_the_kind(self):
        lesson = {"starts_on": date(2026, 3, 2), "ends_on": date(2026, 3, 11), "completed": True}
        make_enrolment(self.an, title="Kỹ năng số", **lesson)
        wanted = {
            "attainment": "Lý luận chính trị từ trung cấp: đạt",
            "structure": "Lý luận chính trị: TC",
            "turns": "Kỹ năng số, kết thúc 11/03/2026",
            "mau-1": "Kỹ năng số; tính ở Công chức cấp xã (cột U)",
            "bm02": "Chủ tịch UBND; tính ở Xã Bắc (cột 2)",
        }
        for kind, words in wanted.items():
            self.freeze(kind=kind)
            newest = Snapshot.objects.latest("pk")
            answer = self.see(self.leader, f"/bao-cao-da-gui/{newest.pk}/?export=xlsx")
            book = load_workbook(BytesIO(answer.content)).worksheets[0]
            [told] = [row[3] for row in book.values if row[1] == "Lò Văn An"]
            self.assertIn(words, told)

    def test_sent_twice_it_is_frozen_once(self):
        token = str(uuid4())
        first, second = (self.freeze(token=token) for _ in range(2))
        self.assertEqual(first.url, second.url)
        self.assertEqual(Snapshot.objects.count(), 1)

    def test_a_period_that_ends_before_it_begins_is_told_at_its_field(self):
        answer = self.freeze(kind="turns", first="01/07/2026")
        self.assertEqual(list(answer.context["form"].errors), ["first"])
        self.assertFalse(Snapshot.objects.exists())
        with self.assertRaises(SystemExit) as caught:
            call_command("freeze_report", " ", stderr=StringIO())
        self.assertEqual(caught.exception.code, 2)

    def test_a_target_that_was_edited_since_is_named(self):
        self.freeze()
        self.target.threshold = 90
        self.target.save()
        page = self.see(self.staff, f"/bao-cao-da-gui/{Snapshot.objects.get().pk}/")
        self.assertContains(page, "Mục tiêu “Lý luận chính trị từ trung cấp”: đã sửa ngưỡng")
