"""The pages of lists of the past: sent, previewed, mapped, applied, taken back."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cadres.models import ImportBatch
from courses.models import Enrolment
from tests.factories import make_account, make_official
from tests.history.base import HEADINGS, HistoryTestCase, row
from tests.imports.base import workbook


class PagesTests(HistoryTestCase):
    def setUp(self):
        super().setUp()
        self.client.force_login(make_account("staff"))

    def send(self, *rows, name="ds.xlsx"):
        """The page where sending a file ends."""
        data = workbook(rows, headings=HEADINGS)
        files = {"files": [SimpleUploadedFile(name, data)]}
        return self.client.post(reverse("courses:past"), files, follow=True)

    def post(self, step, **fields):
        batch = ImportBatch.objects.latest("pk")
        return self.client.post(reverse(f"imports:{step}", args=[batch.pk]), fields, follow=True)

    def test_send_look_apply_and_take_back(self):
        page = self.send(row(), row(2, course="Tin học cơ bản"))
        self.assertContains(page, "Áp dụng 2 dòng")
        self.assertEqual(Enrolment.objects.count(), 0)
        self.assertContains(self.post("apply"), "Đã áp dụng 2 dòng")
        self.assertEqual(self.turns()["turns"], 2)
        self.assertContains(self.client.get(reverse("courses:past")), "Hoàn tác")
        self.assertContains(self.post("undo"), "Đã đưa 2 lượt về như trước")
        self.assertEqual(self.turns()["turns"], 0)

    def test_the_navigation_stays_at_the_list_of_the_past(self):
        page = self.send(row())
        groups = page.context["navigation"]
        items = [item for group in groups for item in group["items"] + group["more"]]
        self.assertEqual([i["label"] for i in items if i["active"]], ["Đã qua đào tạo"])

    def test_a_course_of_unknown_content_is_asked_once_and_remembered(self):
        page = self.send(row(course="Khóa lạ"))
        self.assertContains(page, "1 khóa chưa rõ nội dung")
        page = self.post("choose", **{"noi-dung-0": "BD.HDND"})
        self.assertNotContains(page, "khóa chưa rõ nội dung")
        self.post("apply")
        self.assertEqual(Enrolment.objects.get().category.code, "BD.HDND")
        page = self.send(row(course="KHÓA LẠ", to="20/03/2016"), name="2.xlsx")
        self.assertNotContains(page, "khóa chưa rõ nội dung")

    def test_a_doubtful_person_is_chosen_on_the_page_for_all_rows(self):
        twin = make_official(self.one, full_name="Lò Văn An", birth_date="1980-05-05")
        page = self.send(row(id="", birth="1980"), row(2, id="", birth="1980", course="Tin học"))
        self.assertContains(page, "1 dòng có thể là người đã có")
        self.assertNotContains(page, "Là người khác, thêm mới")
        self.post("choose", **{"nguoi-0-2": str(twin.pk)})
        self.post("apply")
        self.assertEqual(set(Enrolment.objects.values_list("official", flat=True)), {twin.pk})
        self.assertEqual(Enrolment.objects.count(), 2)

    def test_the_columns_of_the_past_are_offered_and_can_be_changed(self):
        page = self.send(row())
        self.assertContains(page, "Khóa, lớp")
        self.post("choose", **{"cot-0-K": ""})
        self.post("apply")
        self.assertEqual(Enrolment.objects.get().institution_text, "")

    def test_a_clerk_does_not_open_the_department_s_file(self):
        self.send(row())
        batch = ImportBatch.objects.get()
        self.client.force_login(make_account("clerk", unit=self.one))
        page = self.client.get(reverse("imports:batch", args=[batch.pk]))
        self.assertEqual(page.status_code, 404)

    def test_a_file_that_is_no_list_says_why(self):
        files = {"files": [SimpleUploadedFile("x.xlsx", b"PK nothing")]}
        page = self.client.post(reverse("courses:past"), files, follow=True)
        self.assertContains(page, "Không đọc được")
