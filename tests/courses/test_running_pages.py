"""Attendance, leaving, results through the pages: by staff, by the school, without script."""

from datetime import date, timedelta
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import Workbook, load_workbook

from cadres.models import AuditEvent
from courses.actions.attendance import set_marks
from courses.models import (
    Attendance,
    Enrolment,
    TrainingClass,
)
from courses.states import problems_of
from tests.courses.results_base import PASSED, ClassPagesTestCase
from tests.factories import (
    make_account,
    make_enrolment,
    make_institution,
    make_official,
    make_session,
    make_unit,
)
from trainingplans.lib.dates import today


def upload(*rows):
    """A workbook of these rows."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = BytesIO()
    book.save(out)
    return {"file": SimpleUploadedFile("ds.xlsx", out.getvalue())}


class RollTests(ClassPagesTestCase):
    def send(self, marks, **more):
        """Post the roll of the first session as the page was shown."""
        page = self.client.get(self.url("roll", self.session.pk))
        data = {f"m-{row.pk}": mark for row, mark in zip(self.rows, marks, strict=True) if mark}
        shown = {"shown": page.context["shown"]}
        return self.client.post(self.url("roll", self.session.pk), {**shown, **data, **more})

    def test_all_present_keeps_the_exceptions_and_writes_nothing_yet(self):
        page = self.send(["", "absent", ""], all="1")
        self.assertEqual(self.marks(), ["", "", ""])
        self.assertEqual([row["mark"] for row in page.context["rows"]].count("present"), 2)
        self.assertContains(page, "3 / 3 đã ghi")

    def test_marks_are_saved_and_taken_back(self):
        self.send(["present", "excused", "absent"])
        self.assertEqual(self.marks(), ["present", "excused", "absent"])
        self.assertEqual(AuditEvent.objects.latest("id").act, "attendance.set")
        self.undo()
        self.assertEqual(self.marks(), ["", "", ""])

    def test_what_somebody_else_marked_meanwhile_is_kept(self):
        page = self.client.get(self.url("roll", self.session.pk))
        Attendance.objects.create(session=self.session, enrolment=self.rows[0], mark="absent")
        data = {"shown": page.context["shown"], f"m-{self.rows[0].pk}": "present"}
        answer = self.client.post(self.url("roll", self.session.pk), data, follow=True)
        self.assertEqual(self.marks()[0], "absent")
        self.assertContains(answer, "người khác vừa ghi khác")

    def test_a_class_that_has_not_begun_is_not_marked(self):
        TrainingClass.objects.update(state="decided")
        answer = self.send(["present", "", ""])
        self.assertContains(answer, "Điểm danh từ khi khai giảng lớp")
        self.assertEqual(Attendance.objects.count(), 0)

    def test_the_list_to_sign_names_those_who_are_there(self):
        Enrolment.objects.filter(pk=self.rows[0].pk).update(state="withdrawn")
        page = self.client.get(self.url("sign", self.session.pk))
        self.assertNotContains(page, "Lò Văn An")
        self.assertContains(page, "Vàng Thị Bình")

    def test_a_session_of_another_class_is_not_found(self):
        other = make_session(
            TrainingClass.objects.create(
                code="X", title="X", course=self.course, capacity=1, institution=self.school
            ),
            date(2026, 3, 2),
        )
        self.assertEqual(self.client.get(self.url("roll", other.pk)).status_code, 404)


class GridTests(ClassPagesTestCase):
    def place(self, number):
        return f"m-{self.session.pk}-{self.rows[number].pk}"

    def test_letters_of_the_whole_grid_are_saved(self):
        data = {self.place(0): "x", self.place(1): "P", self.place(2): "vắng", "shown": "[]"}
        self.client.post(self.url("attendance"), data)
        self.assertEqual(self.marks(), ["present", "excused", "absent"])

    def test_a_letter_that_is_none_saves_nothing_and_loses_nothing(self):
        data = {self.place(0): "x", self.place(1): "?", "shown": "[]"}
        page = self.client.post(self.url("attendance"), data)
        self.assertEqual((page.status_code, self.marks()), (422, ["", "", ""]))
        self.assertContains(page, 'value="?"', status_code=422)
        self.assertContains(page, 'value="x"', status_code=422)

    def queries(self):
        with CaptureQueriesContext(connection) as caught:
            self.client.get(self.url("attendance"))
        return len(caught)

    def test_the_grid_takes_no_more_queries_for_more_rows(self):
        self.queries()
        before = self.queries()
        for number in range(5):
            make_enrolment(make_official(self.other), self.the_class)
            make_session(self.the_class, date(2026, 3, 3 + number))
        self.assertEqual(self.queries(), before)

    def test_the_sheet_of_the_school_fills_the_grid_and_names_its_faults(self):
        make_session(self.the_class, date(2026, 3, 2), "afternoon")
        sheet = upload(
            ["TRƯỜNG CHÍNH TRỊ"],
            ["TT", "Họ và tên", "Ngày 02/3", None],
            [None, None, "Sáng", "Chiều"],
            [1, "LÒ VĂN AN", "x", "p"],
            [2, "Vàng Thị Bình", "muộn", ""],
            [3, "Nguyễn Văn Cươn", "x", "x"],
            ["Tổng cộng", "Tổng cộng", 3, None],
        )
        page = self.client.post(self.url("attendance_upload"), sheet)
        told = [str(problem) for problem in page.context["problems"]]
        self.assertEqual(told[0][:40], "Dòng 5, cột C: “muộn” không rõ. Ghi x (c"[:40])
        self.assertIn("Dòng 6, cột B: không có “Nguyễn Văn Cươn” trong lớp.", told[1])
        self.assertIn("Gần nhất: Nguyễn Văn Cường", told[1])
        self.assertEqual(len(told), 2)
        self.assertContains(page, 'value="muộn"')
        self.assertEqual(Attendance.objects.count(), 0)
        data = {"shown": page.context["shown"]}
        for item in page.context["rows"]:
            data |= {name: text for name, text, wrong, _ in item["cells"] if not wrong}
        self.client.post(self.url("attendance"), data)
        found = Attendance.objects.values_list("enrolment__official__full_name", "mark")
        self.assertCountEqual(found, [("Lò Văn An", "present"), ("Lò Văn An", "excused")])

    def test_no_column_of_marks_and_no_name_is_lost_unseen(self):
        person = make_official(self.commune, full_name="Công Thị Hà")
        make_enrolment(person, self.the_class)
        sheet = upload(
            ["TRƯỜNG CHÍNH TRỊ"],
            ["TT", "Họ và tên", "02/03/2026", "31/02/2026", "Buổi 9", "05/03/2026"],
            [1, "Công Thị Hà", "x", "x", "x", None],
            [2, "Lò Văn An", "x"],
            [None, "Cộng: 2 người"],
        )
        page = self.client.post(self.url("attendance_upload"), sheet)
        told = [str(problem) for problem in page.context["problems"]]
        self.assertEqual([one[:14] for one in told], ["Dòng 2, cột D:", "Dòng 2, cột E:"])
        read = [
            item["row"].official.full_name for item in page.context["rows"] if item["cells"][0][1]
        ]
        self.assertEqual(read, ["Lò Văn An", "Công Thị Hà"])

    def test_the_template_comes_back_as_it_was_filled(self):
        Attendance.objects.create(session=self.session, enrolment=self.rows[1], mark="absent")
        data = self.client.get(self.url("attendance_template")).content
        book = load_workbook(BytesIO(data))
        book.active["E2"] = "x"
        out = BytesIO()
        book.save(out)
        file = {"file": SimpleUploadedFile("a.xlsx", out.getvalue())}
        page = self.client.post(self.url("attendance_upload"), file)
        self.assertEqual(page.context["problems"], [])
        texts = sorted(item["cells"][0][1] for item in page.context["rows"])
        self.assertEqual(texts, ["", "v", "x"])

    def test_a_file_without_names_is_refused_with_the_cure(self):
        page = self.client.post(self.url("attendance_upload"), upload(["a", "b"], [1, 2]))
        self.assertContains(page, "Không thấy cột “Họ và tên”")


class ResultPageTests(ClassPagesTestCase):
    def send(self, **more):
        page = self.client.get(self.url("results"))
        return self.client.post(self.url("results"), {"shown": page.context["shown"], **more})

    def typed(self, number, outcome, grade="", score=""):
        pk = self.rows[number].pk
        return {f"o-{pk}": outcome, f"g-{pk}": grade, f"s-{pk}": score}

    def test_results_are_saved_and_taken_back(self):
        self.send(**self.typed(0, "passed", "Giỏi", "8,5"), **self.typed(1, "failed"))
        self.assertEqual((self.row(0).grade, str(self.row(0).score)), ("Giỏi", "8.50"))
        self.assertEqual(self.figure(), 1)
        self.undo()
        self.assertEqual((self.figure(), self.row(1).outcome), (0, ""))

    def test_a_wrong_score_saves_nothing_and_loses_nothing(self):
        page = self.send(
            **self.typed(0, "passed", "Giỏi", "8,5"), **self.typed(1, "passed", "", "tám")
        )
        self.assertContains(page, "“tám” không phải là điểm", status_code=422)
        self.assertContains(page, 'value="8,5"', status_code=422)
        self.assertEqual(self.row(0).outcome, "")

    def test_everybody_passed_is_shown_before_it_is_saved(self):
        page = self.send(all="1", **self.typed(0, "failed"))
        told = sorted(item["typed"]["o"] for item in page.context["rows"])
        self.assertEqual(told, ["failed", "passed", "passed"])
        self.assertEqual(Enrolment.objects.filter(outcome="").count(), 3)

    def test_the_sheet_of_the_school_is_read_by_names_whatever_its_columns(self):
        sheet = upload(
            ["DANH SÁCH KẾT QUẢ"],
            ["TT", "Họ và", "Tên", "Điểm thi", "Xếp loại", "Ghi chú"],
            [1, "Lò Văn", "An", 8.5, "Giỏi", None],
            [2, "Vàng Thị", "Bình", 4, None, "thi lại"],
            [3, "Nguyễn Văn", "Cường", "vắng thi", None, None],
        )
        page = self.client.post(self.url("results_upload"), sheet)
        [problem] = page.context["problems"]
        self.assertIn("Dòng 5, cột D: “vắng thi” không phải là điểm", str(problem))
        told = {item["row"].pk: item["typed"] for item in page.context["rows"]}
        self.assertEqual(told[self.rows[0].pk], {"o": "passed", "g": "Giỏi", "s": "8,5"})
        self.assertEqual(told[self.rows[1].pk], {"o": "failed", "g": "", "s": "4"})
        self.assertEqual(Enrolment.objects.filter(outcome="").count(), 3)

    def test_sheets_in_old_fonts_are_read(self):
        rows = [["TT", "Hä vµ tªn", "KÕt qu¶"]]
        rows += [[1, "Lß V¨n An", "§¹t"], [2, "Vµng ThÞ B×nh", "Kh«ng ®¹t"]]
        page = self.client.post(self.url("results_upload"), upload(*rows))
        self.assertEqual(page.context["problems"], [])
        told = {item["row"].pk: item["typed"]["o"] for item in page.context["rows"]}
        self.assertEqual([told[row.pk] for row in self.rows], ["passed", "failed", ""])

    def test_two_of_one_name_are_told_apart_by_their_birth(self):
        for day in (date(1990, 1, 2), date(1991, 1, 2)):
            person = make_official(self.other, full_name="Vàng A Páo", birth_date=day)
            make_enrolment(person, self.the_class)
        rows = [["Họ và tên", "Ngày sinh", "Kết quả"], ["Vàng A Páo", "02/01/1991", "Đạt"]]
        page = self.client.post(self.url("results_upload"), upload(*rows))
        [found] = [i["row"] for i in page.context["rows"] if i["typed"]["o"] == "passed"]
        self.assertEqual(found.official.birth_date, date(1991, 1, 2))
        rows[1][1] = None
        page = self.client.post(self.url("results_upload"), upload(*rows))
        self.assertIn("nhiều người tên", str(page.context["problems"][0]))

    def test_the_template_comes_back_as_it_was_filled(self):
        self.put(PASSED)
        data = self.client.get(self.url("results_template")).content
        file = {"file": SimpleUploadedFile("a.xlsx", data)}
        page = self.client.post(self.url("results_upload"), file)
        self.assertEqual(page.context["problems"], [])
        told = {item["row"].pk: item["typed"]["o"] for item in page.context["rows"]}
        self.assertEqual([told[row.pk] for row in self.rows], ["passed", "", ""])

    def test_a_class_ends_when_marks_and_results_are_told(self):
        told = [problem.text for problem in problems_of(self.the_class, "end")]
        self.assertEqual(told, ["1 buổi chưa ghi điểm danh", "3 người chưa có kết quả"])
        for row in self.rows:
            Attendance.objects.create(session=self.session, enrolment=row, mark="present")
        self.put(PASSED, PASSED, PASSED)
        self.assertEqual(problems_of(self.the_class, "end"), [])
        make_session(self.the_class, self.the_class.ends_on + timedelta(days=1))
        told = [problem.text for problem in problems_of(self.the_class, "end")]
        self.assertIn("1 buổi sau ngày bế giảng", told[0])
        self.the_class.ends_on = today() + timedelta(days=1)
        self.assertIn("Chưa đến ngày bế giảng", next(iter(problems_of(self.the_class, "end"))).text)

    def test_of_a_session_to_come_only_who_is_excused_is_noted(self):
        later = make_session(self.the_class, today() + timedelta(days=1))
        places = {(later.pk, row.pk): mark for row, mark in zip(self.rows, "pe", strict=False)}
        words = {"p": "present", "e": "excused"}
        done = set_marks(
            self.the_class, {place: words[mark] for place, mark in places.items()}, by=self.staff
        )
        self.assertEqual(len(done.changed), 1)
        self.assertIn("chưa diễn ra", done.skipped[0][1])


class AccessTests(ClassPagesTestCase):
    def test_another_school_finds_nothing_of_this_class(self):
        unit = make_unit(name="Trường khác")
        make_institution(unit)
        self.client.force_login(make_account("school", unit=unit))
        for name, *more in [
            ("attendance",),
            ("attendance_upload",),
            ("attendance_template",),
            ("roll", self.session.pk),
            ("sign", self.session.pk),
            ("learner", self.rows[0].pk),
            ("results",),
            ("results_upload",),
            ("results_template",),
        ]:
            with self.subTest(page=name):
                self.assertEqual(self.client.get(self.url(name, *more)).status_code, 404)
        for name, *more in [("attendance",), ("results",), ("withdraw", self.rows[0].pk)]:
            self.assertEqual(self.client.post(self.url(name, *more), {}).status_code, 404)
