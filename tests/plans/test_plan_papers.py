"""Papers: filled whole, a draft until number and date are there, templates that can be replaced."""

import zipfile
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document

from tests.plans.planning import PlanTestCase, document, entry, report_e
from trainingplans.lib.dates import today
from trainingplans.lib.papers import day_in_words, words_of
from trainingplans.plans.actions.loading import load_plan
from trainingplans.plans.actions.plans import Approval, move_plan
from trainingplans.plans.models import Plan
from trainingplans.plans.papers import PAPERS, template_of


def words(response):
    """The texts of a Word answer: paragraphs and cells."""
    document = Document(BytesIO(response.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [p.text for p in document.paragraphs] + cells


class PaperTests(PlanTestCase):
    def setUp(self):
        self.client.force_login(self.staff)

    def word(self, plan, paper):
        response = self.client.get(reverse("plans:plan_word", args=[plan.pk, paper]))
        self.assertEqual(response.status_code, 200)
        return words(response)

    def test_the_plan_as_word_has_its_bases_items_and_sums(self):
        plan = load_plan(report_e() | {"bases": "Căn cứ một\nCăn cứ hai;"}, by=self.by).plan
        told = self.word(plan, "ke-hoach")
        for text in ["Căn cứ một;", "Căn cứ hai;", "DỰ THẢO", "Số: 124/KH-UBND", "Nội dung 2"]:
            self.assertTrue(any(text in one for one in told), text)
        self.assertTrue(any("31 lớp cho 1.597 học viên" in one for one in told))
        self.assertTrue(any("- Ngân sách địa phương: 4.400 triệu đồng." in one for one in told))
        self.assertTrue(any("- Huyện 6: 333 triệu đồng." in one for one in told))
        self.assertIn("6.400", told)
        self.assertFalse(any("{{" in one or "{%" in one for one in told))

    def test_a_draft_until_number_and_date_are_there(self):
        plan = load_plan(document(), by=self.by).plan
        self.assertIn("DỰ THẢO", "\n".join(self.word(plan, "to-trinh")))
        move_plan(plan, "submit", by=self.staff)
        approval = Approval("67/KH-UBND", today(), "Lò Văn An")
        move_plan(plan, "approve", by=self.leader, approval=approval)
        told = "\n".join(self.word(plan, "ke-hoach"))
        self.assertNotIn("DỰ THẢO", told)
        self.assertIn(day_in_words(today()), told)
        self.assertIn("Lò Văn An", told)

    def test_the_department_proposes_the_plan_of_the_province(self):
        plan = load_plan(document(), by=self.by).plan
        told = "\n".join(self.word(plan, "to-trinh"))
        for text in ("SỞ NỘI VỤ", "GIÁM ĐỐC", "Kính gửi: Chủ tịch UBND", "Số: ……/TTr"):
            self.assertIn(text, told)
        self.assertNotIn("TM. ỦY BAN NHÂN DÂN", told)
        Plan.objects.update(unit=self.north)
        told = "\n".join(self.word(plan, "to-trinh"))
        self.assertIn("Kính gửi: Lãnh đạo Xã Bắc", told)

    def test_the_quota_sheet_names_units_with_their_seats(self):
        quotas = [{"unit": "XB", "seats": 5}, {"unit": "XN", "seats": 7}]
        plan = load_plan(document(entry(quotas=quotas)), by=self.by).plan
        told = self.word(plan, "bang-suat")
        self.assertIn("Tiếng Mông cho cán bộ xã: 7", told)
        self.assertIn("12", told)
        book = self.client.get(reverse("plans:plan_book", args=[plan.pk, "bang-suat"]))
        self.assertTrue(zipfile.is_zipfile(BytesIO(book.content)))

    def test_the_appendix_in_excel_comes_back_as_the_same_items(self):
        plan = load_plan(report_e(), by=self.by).plan
        book = self.client.get(reverse("plans:plan_book", args=[plan.pk, "phu-luc"]))
        other = load_plan(document(number="9/KH"), by=self.by).plan
        other.items.all().delete()
        address = reverse("plans:plan_paste", args=[other.pk])
        upload = SimpleUploadedFile("phu-luc.xlsx", book.content)
        page = self.client.post(address, {"file": upload, "rows": ""})
        self.assertEqual((page.context["good"], page.context["bad"]), (4, 0))
        rows = page.context["form"].initial["rows"]
        self.client.post(address, {"rows": rows, "apply": "1"})
        columns = ["code", "title", "category", "classes", "learners", "lead_unit"]
        self.assertEqual(
            list(other.items.values_list(*columns)), list(plan.items.values_list(*columns))
        )
        money = [sum(i.costs.values_list("amount", flat=True)) for i in other.items.all()]
        self.assertEqual(money, [1_700_000_000, 1_300_000_000, 1_400_000_000, 2_000_000_000])

    def test_a_file_that_is_no_workbook_is_said(self):
        plan = load_plan(document(), by=self.by).plan
        upload = SimpleUploadedFile("a.xlsx", b"\x00\x01khong phai")
        page = self.client.post(
            reverse("plans:plan_paste", args=[plan.pk]), {"file": upload, "rows": ""}
        )
        self.assertEqual(page.status_code, 422)
        self.assertEqual(Plan.objects.get().items.count(), 1)


class TemplateTests(PlanTestCase):
    def setUp(self):
        self.client.force_login(self.staff)
        self.paper = PAPERS["to-trinh"]

    def tearDown(self):
        self.client.post(reverse("plans:templates"), {"mau": "to-trinh", "drop": "1"})

    def send(self, content, code="to-trinh"):
        upload = SimpleUploadedFile("mau.docx", content)
        return self.client.post(reverse("plans:templates"), {"mau": code, "file": upload})

    def own(self, text):
        """A template with one paragraph."""
        document, out = Document(), BytesIO()
        document.add_paragraph(text)
        document.save(out)
        return out.getvalue()

    def test_the_office_puts_its_own_and_goes_back(self):
        self.assertEqual(self.send(self.own("Mẫu riêng cho {{ ten }}")).status_code, 302)
        plan = load_plan(document(), by=self.by).plan
        answer = self.client.get(reverse("plans:plan_word", args=[plan.pk, "to-trinh"]))
        self.assertIn("Mẫu riêng cho Kế hoạch đào tạo, bồi dưỡng năm 2026", words(answer))
        self.client.post(reverse("plans:templates"), {"mau": "to-trinh", "drop": "1"})
        self.assertIn("TỜ TRÌNH", words_of(template_of(self.paper)))

    def test_a_template_that_cannot_be_filled_is_refused(self):
        before = template_of(self.paper)
        for bad in (b"khong phai word", self.own("{{ khong_co }}"), self.own("{% for a in %}")):
            self.assertEqual(self.send(bad).status_code, 422)
        self.assertContains(
            self.send(self.own("không có bảng"), "ke-hoach"), "Mẫu thiếu", status_code=422
        )
        bad = self.own("{{ ten.__class__.__mro__ }}")
        self.assertEqual(self.send(bad).status_code, 422)
        self.assertEqual(template_of(self.paper), before)

    def test_only_the_department_replaces_templates(self):
        for account in (self.clerk, self.leader):
            self.client.force_login(account)
            self.assertEqual(self.send(self.own("{{ ten }}")).status_code, 403)
        self.client.force_login(self.staff)
