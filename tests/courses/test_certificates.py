"""The certificate register: numbers without gap, papers in PDF, reissue, revoke, public check."""

from datetime import date, timedelta
from io import BytesIO
from unittest import mock

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from pypdf import PdfReader

from cadres.models import AuditEvent
from courses import waiting_results
from courses.actions.certificates import issue, reissue, revoke, unissue, unrevoke
from courses.actions.results import undo_results
from courses.certificates import code_typed, new_code, number_of, series_of
from courses.models import Certificate, Granted, PrintJob, TrainingClass
from courses.results import Result
from tests.courses.results_base import FAILED, PASSED, ClassTestCase
from tests.factories import make_account, make_class, make_enrolment, make_institution, make_unit
from trainingplans.lib.commands import Refused

DAY = date(2026, 3, 15)


class Register(ClassTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls().put(PASSED, PASSED, FAILED)

    def issue(self, *numbers, on=DAY):
        """Issue to the learners at these places; the certificates in the order of the register."""
        ids = [self.rows[number].pk for number in numbers]
        return issue(self.the_class, ids, on=on, signer="Lò Văn Thắng", by=self.staff)

    def numbers(self):
        return list(Certificate.objects.order_by("pk").values_list("number", flat=True))

    def qualification(self, number=0):
        return Granted.objects.get(enrolment=self.rows[number]).qualification


class IssueTests(Register):
    def test_numbers_follow_the_series_in_the_order_of_names(self):
        self.issue(1, 0)
        told = Certificate.objects.order_by("register_no")
        self.assertEqual([c.number for c in told], ["01/2026/CC-TCT", "02/2026/CC-TCT"])
        self.assertEqual([c.enrolment_id for c in told], [self.rows[0].pk, self.rows[1].pk])

    def test_a_day_years_ahead_opens_no_register(self):
        with self.assertRaisesMessage(Refused, "Ngày cấp 04/01/2060 còn xa"):
            self.issue(0, on=date(2060, 1, 4))

    def test_the_register_begins_anew_each_year_for_each_institution(self):
        self.issue(0)
        self.issue(1, on=date(2027, 1, 4))
        self.assertEqual(self.numbers(), ["01/2026/CC-TCT", "01/2027/CC-TCT"])

    def test_who_failed_or_holds_one_is_skipped_with_the_reason(self):
        self.issue(0)
        done = self.issue(0, 1, 2)
        self.assertEqual(len(done.changed), 1)
        self.assertEqual([why for _, why in done.skipped], ["đã có chứng chỉ", "chưa đạt"])
        self.assertIsNone(self.issue(0).event)

    def test_the_record_names_the_certificate(self):
        self.issue(0)
        self.assertEqual(self.qualification().certificate_no, "01/2026/CC-TCT")

    def test_ids_of_another_class_touch_nothing(self):
        stranger = make_enrolment(self.people[2], make_class(state="ended"), completed=True)
        with self.assertRaises(Refused):
            issue(self.the_class, [self.rows[0].pk, stranger.pk], on=DAY, signer="", by=self.staff)
        self.assertEqual(self.numbers(), [])

    def test_a_day_before_the_end_and_a_class_without_school_are_refused(self):
        with self.assertRaisesMessage(Refused, "trước ngày bế giảng 11/03/2026"):
            self.issue(0, on=date(2026, 3, 10))
        self.the_class.institution = None
        self.the_class.save()
        with self.assertRaisesMessage(Refused, "chưa ghi cơ sở đào tạo"):
            self.issue(0)

    def test_taking_back_frees_the_numbers_while_none_came_after(self):
        first = self.issue(0).event
        second = self.issue(1).event
        with self.assertRaisesMessage(Refused, "Sổ đã có số cấp sau"):
            unissue(first, by=self.staff)
        self.assertEqual(unissue(second, by=self.staff), 1)
        self.assertEqual(self.qualification(1).certificate_no, "")
        self.issue(1)
        self.assertEqual(self.numbers(), ["01/2026/CC-TCT", "02/2026/CC-TCT"])

    def test_a_series_that_would_repeat_itself_is_refused(self):
        school = make_institution(name="Trường Hai", certificate_series="CC-{so}")
        with self.assertRaisesMessage(Refused, "thiếu {nam}"):
            series_of(school)
        self.assertEqual(number_of("{nam}.{so}", 123, 2026), "2026.123")


class AfterwardsTests(Register):
    def setUp(self):
        [self.paper] = self.issue(0).changed

    def test_a_reissued_paper_takes_the_next_number_and_the_record_follows(self):
        new = reissue(self.paper, on=DAY, signer="", reason="Mất", by=self.staff)
        self.assertEqual((new.number, new.replaces_id), ("02/2026/CC-TCT", self.paper.pk))
        self.assertEqual(self.qualification().certificate_no, "02/2026/CC-TCT")
        with self.assertRaisesMessage(Refused, "đã được cấp lại"):
            reissue(self.paper, on=DAY, signer="", reason="Mất", by=self.staff)

    def test_a_revoked_paper_takes_the_level_out_from_its_day_on(self):
        day = date(2026, 5, 1)
        revoke(self.paper, on=day, reason="Thi hộ", by=self.staff)
        self.assertEqual((self.figure(on=date(2026, 4, 30)), self.figure(on=day)), (2, 1))
        unrevoke(self.paper, by=self.staff)
        self.assertEqual(self.figure(on=day), 2)

    def test_a_corrected_result_revokes_and_its_undo_brings_back(self):
        done = self.put(FAILED)
        self.paper.refresh_from_db()
        self.assertTrue(self.paper.revoked_on)
        with self.assertRaisesMessage(Refused, "không còn là đạt"):
            unrevoke(self.paper, by=self.staff)
        undo_results(done.event, by=self.staff)
        self.paper.refresh_from_db()
        self.assertIsNone(self.paper.revoked_on)
        self.assertEqual(self.qualification().certificate_no, "01/2026/CC-TCT")

    def test_who_passes_after_a_correction_gets_the_level_and_a_new_paper(self):
        self.put(FAILED)
        self.put(PASSED)
        self.assertEqual((self.figure(), self.qualification().certificate_no), (2, ""))
        self.issue(0)
        self.assertEqual(self.qualification().certificate_no, "02/2026/CC-TCT")


class PageTests(Register):
    def setUp(self):
        self.client.force_login(self.teacher)

    def url(self, name, *args):
        return reverse(f"courses:{name}", args=args)

    def test_the_school_issues_and_takes_back(self):
        page = self.client.get(self.url("class_certificates", self.the_class.pk))
        self.assertContains(page, "số tiếp theo: 01/2026/CC-TCT")
        data = {"chon": [row.pk for row in self.rows[:2]], "on": "15/03/2026", "signer": "A"}
        self.client.post(self.url("class_issue", self.the_class.pk), data)
        self.assertEqual(len(self.numbers()), 2)
        self.client.post(self.client.session["undo"]["url"])
        self.assertEqual(self.numbers(), [])

    def test_nobody_chosen_and_a_wrong_day_lose_nothing_typed(self):
        data = {"on": "31/02/2026", "signer": "Lò Văn Thắng"}
        page = self.client.post(self.url("class_issue", self.the_class.pk), data)
        self.assertContains(page, "Chưa chọn ai", status_code=422)
        self.assertContains(page, 'value="Lò Văn Thắng"', status_code=422)

    def test_the_pdf_has_a_page_for_each_with_text_that_can_be_read(self):
        self.issue(0, 1)
        answer = self.client.get(self.url("class_print", self.the_class.pk))
        pages = PdfReader(BytesIO(answer.content)).pages
        self.assertEqual(len(pages), 2)
        text = pages[0].extract_text()
        code = Certificate.objects.get(enrolment=self.rows[0]).code
        for words in (
            "LÒ VĂN AN",
            "Xã Một",
            self.course.name,
            "từ ngày 02/03/2026 đến ngày 11/03/2026, 40 tiết",
            "Xếp loại: Khá",
            "Số hiệu: 01/2026/CC-TCT",
            "Ngày 15 tháng 3 năm 2026",
            "Lò Văn Thắng",
            f"/tra-cuu-chung-chi/{code}/",
        ):
            self.assertIn(words, text)
        self.assertIn("VÀNG THỊ BÌNH", pages[1].extract_text())
        width, height = (float(n) for n in pages[0].mediabox[2:])
        self.assertEqual((round(width), round(height)), (842, 595))
        fonts = pages[0]["/Resources"]["/Font"]
        names = {str(font["/BaseFont"]) for font in fonts.values() if "/ToUnicode" in font}
        self.assertTrue(names)
        self.assertTrue(all("LiberationSerif" in name for name in names), names)

    def test_revoking_and_reissuing_by_the_page(self):
        [paper] = self.issue(0).changed
        page = self.client.post(self.url("certificate_revoke", paper.pk), {"thu-on": "16/03/2026"})
        self.assertContains(page, "Chưa ghi lý do", status_code=422)
        data = {"thu-on": "16/03/2026", "thu-reason": "In sai"}
        self.client.post(self.url("certificate_revoke", paper.pk), data)
        self.client.post(self.client.session["undo"]["url"])
        data = {"lai-on": "17/03/2026", "lai-reason": "In sai tên", "lai-signer": "B"}
        self.client.post(self.url("certificate_reissue", paper.pk), data)
        self.assertEqual(self.numbers(), ["01/2026/CC-TCT", "02/2026/CC-TCT"])

    def test_the_register_is_searched_and_exported(self):
        self.issue(0, 1)
        page = self.client.get(self.url("certificates"), {"q": "vang thi"})
        self.assertEqual([item["paper"].register_no for item in page.context["rows"]], [2])
        page = self.client.get(self.url("certificates"), {"tinh_trang": "revoked"})
        self.assertEqual(page.context["rows"], [])
        data = self.client.get(self.url("certificates"), {"export": "xlsx", "q": "lo van"}).content
        rows = list(load_workbook(BytesIO(data)).active.values)
        self.assertEqual([row[3] for row in rows[1:]], ["Lò Văn An"])
        self.assertEqual(AuditEvent.objects.latest("id").act, "certificates.export")

    def test_each_sees_the_certificates_of_the_own_people(self):
        self.issue(0, 1)
        paper = Certificate.objects.get(enrolment=self.rows[0])
        other_school = make_unit(name="Trường khác")
        make_institution(other_school)
        cases = [
            (self.staff, 2, 200),
            (self.teacher, 2, 200),
            (self.clerk, 2, 200),
            (make_account("clerk", unit=self.other), 0, 404),
            (make_account("school", unit=other_school), 0, 404),
        ]
        for account, number, status in cases:
            with self.subTest(account=account.username):
                self.client.force_login(account)
                page = self.client.get(self.url("certificates"))
                self.assertEqual(len(page.context["rows"]), number)
                page = self.client.get(self.url("certificate", paper.pk))
                self.assertEqual(page.status_code, status)


class WaitingTests(Register):
    def titles(self, source, account):
        return [item.title for item in source(account, DAY)]

    def test_people_who_passed_wait_for_certificates_once_the_class_has_ended(self):
        self.assertEqual(self.titles(waiting_results.certificates, self.staff), [])
        TrainingClass.objects.update(state="ended")
        title = f"Cấp chứng chỉ cho 2 người của {self.the_class.title}"
        self.assertEqual(self.titles(waiting_results.certificates, self.teacher), [title])
        self.assertEqual(self.titles(waiting_results.certificates, self.clerk), [])
        self.issue(0, 1)
        self.assertEqual(self.titles(waiting_results.certificates, self.teacher), [])

    def test_results_wait_from_the_last_day_on(self):
        self.put(PASSED, Result())
        told = self.titles(waiting_results.results, self.staff)
        self.assertEqual(told, [f"Ghi kết quả 1 người của {self.the_class.title}"])
        self.assertEqual(list(waiting_results.results(self.staff, date(2026, 3, 10))), [])


class CheckTests(Register):
    def check(self, code):
        return self.client.get(reverse("courses:certificate_check", args=[code]))

    def test_anybody_checks_a_paper_by_its_code_and_learns_no_more_than_it_says(self):
        [paper] = self.issue(0).changed
        page = self.check(paper.code)
        for words in ("Lò Văn An", "Có hiệu lực", "01/2026/CC-TCT", "15/03/2026"):
            self.assertContains(page, words)
        self.assertNotContains(page, "Xã Một")
        revoke(paper, on=DAY, reason="Thi hộ", by=self.staff)
        page = self.check(paper.code)
        self.assertContains(page, "Đã thu hồi")
        self.assertNotContains(page, "Thi hộ")

    def test_a_code_is_typed_as_it_is_printed(self):
        [paper] = self.issue(0).changed
        typed = f" {paper.code[:4].lower()}-{paper.code[4:]} "
        page = self.client.get(reverse("courses:certificate_find"), {"ma": typed}, follow=True)
        self.assertContains(page, "Lò Văn An")

    def test_every_wrong_code_has_the_same_answer(self):
        self.issue(0)
        for code in (new_code(), "1", "01-2026", "%25"):
            page = self.check(code)
            self.assertContains(page, "Tra cứu chứng chỉ")
            self.assertNotContains(page, "Lò Văn An")

    def test_codes_differ_and_are_long(self):
        codes = {new_code() for _ in range(200)}
        self.assertEqual(len(codes), 200)
        self.assertTrue(all(len(code) == 16 and code == code_typed(code) for code in codes))

    def test_the_list_takes_no_more_queries_for_more_rows(self):
        self.client.force_login(self.staff)
        self.issue(0)
        before = self.queries()
        self.issue(1)
        self.assertEqual(self.queries(), before)

    def queries(self):
        path = reverse("courses:certificates")
        self.client.get(path)
        with CaptureQueriesContext(connection) as caught:
            self.client.get(path)
        return len(caught)


class BackgroundTests(Register):
    """With AT_ONCE lowered the two certificates of the class are many."""

    def setUp(self):
        for where in ("courses.actions.printing", "courses.views.certificates"):
            lowered = mock.patch(f"{where}.AT_ONCE", 1)
            lowered.start()
            self.addCleanup(lowered.stop)
        self.issue(0, 1)
        self.client.force_login(self.teacher)

    def ask(self):
        with self.captureOnCommitCallbacks(execute=True):
            url = reverse("courses:class_print", args=[self.the_class.pk])
            answer = self.client.post(url)
        return self.client.get(answer.url)

    def url(self, name):
        return reverse(f"courses:print_{name}", args=[PrintJob.objects.get().pk])

    def test_many_certificates_are_made_in_the_background_and_fetched_later(self):
        page = self.client.get(reverse("courses:class_certificates", args=[self.the_class.pk]))
        self.assertContains(page, "Tạo PDF để in")
        self.assertContains(self.ask(), "Tải PDF 2 chứng chỉ")
        file = b"".join(self.client.get(self.url("file")).streaming_content)
        pages = PdfReader(BytesIO(file)).pages
        self.assertEqual(len(pages), 2)
        self.assertIn("testserver/tra-cuu-chung-chi/", pages[0].extract_text())
        self.assertEqual(AuditEvent.objects.filter(act="certificates.print").count(), 1)
        page = self.client.get(reverse("courses:class_certificates", args=[self.the_class.pk]))
        self.assertContains(page, self.url("job"))

    def test_a_file_is_only_for_whoever_asked_for_it(self):
        self.ask()
        self.client.force_login(self.staff)
        for name in ("job", "progress", "file"):
            self.assertEqual(self.client.get(self.url(name)).status_code, 404)

    def test_while_it_is_made_the_page_shows_how_far_and_asks_for_no_second_one(self):
        with mock.patch("courses.actions.printing.start"):
            self.ask()
            PrintJob.objects.update(done=1)
            page = self.ask()
        self.assertContains(page, "1 / 2")
        self.assertContains(page, "Có thể rời trang")
        self.assertEqual(self.client.get(self.url("file")).status_code, 404)
        self.assertNotIn("HX-Refresh", self.client.get(self.url("progress")).headers)

    def test_what_stopped_half_way_is_said_and_started_again(self):
        with mock.patch("courses.actions.printing.start"):
            self.ask()
        PrintJob.objects.update(heartbeat=timezone.now() - timedelta(minutes=2))
        self.assertContains(self.client.get(self.url("job")), "dừng giữa chừng")
        with self.captureOnCommitCallbacks(execute=True):
            answer = self.client.post(self.url("again"))
        page = self.client.get(answer.url)
        self.assertContains(page, "Tải PDF 2 chứng chỉ")

    def test_after_a_week_the_file_is_gone(self):
        self.ask()
        old = PrintJob.objects.get()
        PrintJob.objects.update(created_at=timezone.now() - timedelta(days=8))
        self.ask()
        self.assertNotEqual(PrintJob.objects.get().pk, old.pk)
        self.assertFalse(old.file.storage.exists(old.file.name))
