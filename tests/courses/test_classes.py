"""Classes: who sees which, the list and its workbook, the form, opening one like another."""

from datetime import date
from io import BytesIO
from urllib.parse import urlencode

from django.test import TestCase
from openpyxl import load_workbook

from cadres.models import Account
from cadres.rules import RuleContext, validate
from courses.actions.classes import open_class
from courses.models import Category, Course, SeatQuota, TrainingClass
from courses.summaries import sessions_to_come
from tests.courses.base import ClassCase
from tests.factories import (
    make_category,
    make_class,
    make_course,
    make_enrolment,
    make_official,
    make_session,
)
from trainingplans.lib.dates import today
from trainingplans.management.commands.load_catalogues import load_catalogues

FORM = {
    "title": "Tiếng Mông 2/2026",
    "mode": "full",
    "capacity": "30",
    "starts_on": "03/11/2026",
    "ends_on": "18/12/2026",
}


class ListTests(ClassCase):
    def titles(self, **query):
        page = self.get("classes", data=query)
        return [row["class"].title for row in page.context["rows"]]

    def test_each_role_sees_its_classes(self):
        make_class(self.course, title="Mọi đơn vị")
        make_class(self.course, title="Dự kiến", state="planned")
        own = make_class(self.course, title="Có suất", open_to_all=False)
        SeatQuota.objects.create(training_class=own, unit=self.home, seats=1)
        other = make_class(self.course, title="Xã khác", open_to_all=False)
        SeatQuota.objects.create(training_class=other, unit=self.elsewhere, seats=1)
        make_class(self.course, title="Của trường", institution=self.school, open_to_all=False)
        seen = {
            "staff": {"Mọi đơn vị", "Dự kiến", "Có suất", "Xã khác", "Của trường"},
            "clerk": {"Mọi đơn vị", "Có suất"},
            "school": {"Của trường"},
        }
        for role, titles in seen.items():
            with self.subTest(role=role):
                self.log_in(role)
                self.assertEqual(set(self.titles()), titles)

    def test_search_filters_and_order(self):
        history = make_course(make_category("DT.LLCT", form="dao_tao"), name="Cao cấp lý luận")
        make_class(self.course, title="Tiếng Mông 1", starts=date(2025, 3, 3))
        make_class(self.course, title="Tiếng Thái 2", state="running")
        make_class(history, title="Khóa 31", state="ended", capacity=60)
        self.log_in("staff")
        self.assertEqual(self.titles(q="tieng thai"), ["Tiếng Thái 2"])
        self.assertEqual(self.titles(q="cao cap"), ["Khóa 31"])
        self.assertEqual(self.titles(nam="2025"), ["Tiếng Mông 1"])
        self.assertEqual(self.titles(trang_thai="running"), ["Tiếng Thái 2"])
        self.assertEqual(self.titles(noi_dung="DT.LLCT"), ["Khóa 31"])
        self.assertEqual(self.titles(hinh_thuc="dao_tao"), ["Khóa 31"])
        self.assertEqual(self.titles(sort="-capacity")[0], "Khóa 31")
        self.assertEqual(self.titles(nam="hai nghìn"), [])

    def test_the_workbook_holds_what_the_list_shows(self):
        row = make_class(self.course, title="Tiếng Mông 1")
        make_enrolment(make_official(self.home), row)
        make_class(self.course, title="Tiếng Thái 2")
        self.log_in("staff")
        answer = self.client.get(self.url("classes") + "?xuat=xlsx&q=mong+1")
        sheet = load_workbook(BytesIO(answer.content)).active
        rows = list(sheet.values)
        self.assertEqual(len(rows), 2)
        told = dict(zip(*rows, strict=True))
        self.assertEqual((told["Tên lớp"], told["Học viên"]), ("Tiếng Mông 1", 1))
        self.assertEqual(self.acts(), ["class.export"])

    def test_the_list_takes_no_more_queries_for_more_classes(self):
        make_class(self.course, institution=self.school)
        self.log_in("staff")
        path = self.url("classes")
        before = self.queries_of(path)
        for number in range(12):
            course = make_course(make_category(f"BD.{number}"))
            make_class(course, institution=self.school, starts=date(2020 + number, 1, 2))
        self.assertEqual(self.queries_of(path), before)


class FormTests(ClassCase):
    def setUp(self):
        self.log_in("staff")

    def test_a_class_begins_as_planned_with_a_code_of_its_year(self):
        data = {**FORM, "course": self.course.pk, "token": "0d4f6c2e-93a6-4b8e-8a5c-0123456789ab"}
        self.send("class_add", data)
        self.send("class_add", data)
        row = TrainingClass.objects.get()
        self.assertEqual((row.state, row.code), ("planned", "L2026-001"))
        self.assertEqual(self.acts(), ["class.add"])

    def test_days_in_the_wrong_order_are_told_beside_the_field(self):
        data = {**FORM, "course": self.course.pk, "ends_on": "02/11/2026"}
        page = self.send("class_add", data, status=422)
        words = "Ngày bế giảng 02/11/2026 trước ngày khai giảng 03/11/2026. Chọn từ 03/11/2026."
        self.assertContains(page, words, status_code=422)

    def test_two_people_at_one_class_see_both_values(self):
        row = make_class(self.course, title="Lớp cũ")
        data = {**FORM, "course": self.course.pk, "version": "1", "code": row.code}
        TrainingClass.objects.filter(pk=row.pk).update(title="Người kia sửa", version=2)
        page = self.send("class_edit", data, row.pk, status=409)
        self.assertContains(page, "Người kia sửa", status_code=409)
        self.assertContains(page, "Tiếng Mông 2/2026", status_code=409)

    def test_a_class_like_another_takes_timetable_and_seats_and_no_people(self):
        old = make_class(self.course, starts=date(2026, 3, 2), capacity=25)
        make_session(old, date(2026, 3, 4), place="Phòng 204", topic="Thanh điệu")
        SeatQuota.objects.create(training_class=old, unit=self.home, seats=3)
        make_enrolment(make_official(self.home), old)
        page = self.get("class_clone", old.pk)
        self.assertContains(page, 'value="25"')
        data = {**FORM, "course": self.course.pk, "with_sessions": "on", "with_seats": "on"}
        self.send("class_clone", data, old.pk)
        new = TrainingClass.objects.get(title="Tiếng Mông 2/2026")
        session = new.sessions.get()
        # Two days after the opening, as before.
        self.assertEqual((session.on, session.topic), (date(2026, 11, 5), "Thanh điệu"))
        self.assertEqual(new.seats.get().seats, 3)
        self.assertEqual((new.enrolments.count(), new.state), (0, "planned"))

    def test_a_plan_opens_a_class_with_plain_fields(self):
        row = open_class(
            by=self.accounts["staff"], course=self.course, capacity=40, seats={self.home: 5}
        )
        self.assertEqual(row.title, "Tiếng Mông cơ bản")
        self.assertEqual(row.seats.get().seats, 5)


class PageTests(ClassCase):
    def test_the_page_counts_only_people_whom_the_reader_may_see(self):
        row = make_class(self.course, state="running")
        make_enrolment(make_official(self.home, full_name="Đặng Văn Ý"), row)
        make_enrolment(make_official(self.elsewhere, full_name="Lê Văn Khách"), row)
        self.log_in("clerk")
        page = self.get("class", row.pk)
        self.assertContains(page, "Đặng Văn Ý")
        self.assertNotContains(page, "Lê Văn Khách")
        self.assertContains(page, "1 trên 30 chỗ")

    def test_sessions_to_come_are_those_from_today_until_the_class_is_over(self):
        row = make_class(self.course, state="running", starts=today(), ends=today())
        session = make_session(row, today())
        self.assertEqual(list(sessions_to_come(row)), [session])
        for state in ("ended", "settled", "cancelled"):
            row.state = state
            self.assertFalse(sessions_to_come(row).exists())

    def test_every_learner_is_on_one_of_the_pages(self):
        row = make_class(self.course, state="running")
        for _ in range(52):
            make_enrolment(make_official(self.home), row)
        self.log_in("leader")
        page = self.get("class", row.pk)
        self.assertContains(page, "1–50 trong 52 người")
        rest = self.client.get(self.url("class", row.pk), {"page": 2})
        self.assertEqual(len(rest.context["page"].object_list), 2)

    def test_the_page_takes_no_more_queries_for_more_learners(self):
        row = make_class(self.course, state="running")
        make_enrolment(make_official(self.home), row)
        self.log_in("staff")
        path = self.url("class", row.pk)
        before = self.queries_of(path)
        for _ in range(8):
            make_enrolment(make_official(self.home), row)
        self.assertEqual(self.queries_of(path), before)


class CatalogueTests(ClassCase):
    def setUp(self):
        self.log_in("staff")
        self.category = Category.objects.get(code="BD.TDT")

    def sent(self, **changes):
        return {
            "name": "Tiếng Thái cơ bản",
            "category": self.category.pk,
            "hours": "112",
            "on_result": "nothing",
            "is_active": "on",
            "audience-count": "0",
            "audience-join": "all",
            "prerequisites-count": "0",
            "prerequisites-join": "all",
            "step": "save",
            **changes,
        }

    def test_the_tree_shows_courses_below_their_content_and_search_keeps_the_way_to_them(self):
        page = self.get("catalogue", data={"q": "tieng mong"})
        self.assertContains(page, "Tiếng Mông cơ bản")
        self.assertContains(page, "Nội dung BD.TDT")
        self.assertNotContains(self.get("catalogue", data={"q": "kế toán"}), "Tiếng Mông")

    def test_a_course_is_added_with_a_rule_read_back_in_words(self):
        rule = {"audience-count": "1", "audience-0-type": "condition", "audience-0-kind": "gender"}
        self.send("course_add", self.sent(**rule, **{"audience-0-v": "nu"}))
        row = self.category.courses.get(name="Tiếng Thái cơ bản")
        self.assertEqual((row.audience, row.prerequisites), ({"gender": "nu"}, None))
        self.assertEqual(row.code, "BD.TDT-01")
        self.assertEqual(self.acts(), ["course.add"])

    def test_composing_a_rule_saves_nothing_and_keeps_what_was_typed(self):
        step = {"step": "add:audience", "audience-new": "gender"}
        page = self.send("course_add", self.sent(**step), status=200)
        self.assertContains(page, "Tiếng Thái cơ bản")
        self.assertNotContains(page, "error-summary")
        self.assertFalse(self.category.courses.filter(name="Tiếng Thái cơ bản").exists())

    def test_a_course_that_grants_needs_a_level(self):
        page = self.send("course_add", self.sent(on_result="grant"), status=422)
        self.assertContains(page, "Chưa chọn bậc", status_code=422)

    def test_units_read_the_catalogue_and_change_nothing(self):
        self.log_in("clerk")
        self.assertContains(self.get("course", self.course.pk), "Ai cũng học được")
        self.get("course_edit", self.course.pk, status=403)

    def test_an_institution_is_added_once_and_a_school_sees_only_itself(self):
        data = {"name": "Học viện Dân tộc", "token": "0d4f6c2e-93a6-4b8e-8a5c-0123456789ac"}
        self.send("institution_add", data)
        self.send("institution_add", data)
        self.assertEqual(self.acts(), ["institution.add"])
        twice = self.send("institution_add", {"name": "Học viện Dân tộc"}, status=422)
        self.assertContains(twice, "đã có Tên cơ sở đào tạo này", status_code=422)
        odd = {"name": "Trường Hai", "certificate_series": "{so}/CC"}
        page = self.send("institution_add", odd, status=422)
        self.assertContains(page, "Mẫu số thiếu {nam}", status_code=422)
        self.log_in("school")
        shown = [row.name for row in self.get("institutions").context["page"].object_list]
        self.assertEqual(shown, ["Trường Chính trị tỉnh"])

    def test_the_load_of_an_instructor_leaves_cancelled_classes_out(self):
        self.send("instructor_add", {"full_name": "Giàng Thị Dế", "is_active": "on", "phone": "09"})
        teacher = self.school.instructors.model.objects.get()
        running = make_class(self.course, state="running")
        cancelled = make_class(self.course, state="cancelled")
        make_session(running, date(2026, 3, 2), instructor=teacher, hours=4)
        make_session(running, date(2026, 3, 3), instructor=teacher, hours=5)
        make_session(cancelled, date(2026, 3, 9), instructor=teacher, hours=4)
        page = self.get("instructor", teacher.pk)
        [year] = page.context["years"]
        told = (year["year"], year["classes"], year["sessions"], year["hours"])
        self.assertEqual(told, (2026, 1, 2, 9))
        self.log_in("clerk")
        self.assertNotContains(self.get("instructor", teacher.pk), "Điện thoại")

    def test_a_course_that_is_no_longer_used_is_not_offered_for_new_classes(self):
        self.course.is_active = False
        self.course.save()
        page = self.client.get(f"{self.url('class_add')}?{urlencode({'khoa': self.course.pk})}")
        self.assertNotContains(page, "Tiếng Mông cơ bản")


class FirstCoursesTests(TestCase):
    def test_each_last_content_has_a_course_whose_rules_can_be_read_and_edits_stay(self):
        load_catalogues(by=Account.objects.system())
        bare = Category.objects.filter(children=None, courses=None)
        # Kept for old data only: nobody opens it today.
        self.assertEqual([row.code for row in bare], ["BD.LD.HUYEN"])
        for row in Course.objects.all():
            for rule in filter(None, (row.audience, row.prerequisites)):
                self.assertEqual(validate(rule, RuleContext()), [], row.name)
            if row.on_result != "nothing":
                self.assertEqual(row.grants_level.ladder, row.category.ladder, row.name)
        Course.objects.filter(code="BD.TDT-01").update(hours=112)
        load_catalogues(by=Account.objects.system())
        self.assertEqual(Course.objects.get(code="BD.TDT-01").hours, 112)


class SearchTests(ClassCase):
    def test_the_search_box_finds_classes_and_courses_that_the_reader_may_see(self):
        make_class(self.course, title="Tiếng Mông, lớp 2/2026")
        make_class(self.course, title="Tiếng Mông, dự kiến", state="planned")
        self.log_in("clerk")
        page = self.client.get("/tim/", {"q": "tieng mong"})
        self.assertContains(page, "Tiếng Mông, lớp 2/2026")
        self.assertContains(page, "Tiếng Mông cơ bản")
        self.assertNotContains(page, "Tiếng Mông, dự kiến")
