"""`import_history`: rows of the past become lượt, by the contract."""

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext

from cadres.models import AuditEvent, Change, Qualification
from courses.models import Category, Commitment, Enrolment
from courses.results import awaiting_review
from tests.factories import (
    make_account,
    make_class,
    make_course,
    make_enrolment,
    make_official,
    make_posting,
    make_unit,
)
from tests.history.base import HistoryTestCase, row
from tests.imports.base import run, undo_import


class ReadingTests(HistoryTestCase):
    def test_a_row_has_the_values_of_the_contract(self):
        status, found = self.import_([row()])
        self.assertEqual((status, found["counts"]["create"], found["batch"]), (0, 1, None))
        [entry] = found["rows"]
        self.assertEqual(
            entry["values"],
            {
                "full_name": "Lò Văn An",
                "birth_date": "1980-03-07",
                "personal_id": "011080000011",
                "unit": "Xã Bản Một",
                "course": "Bồi dưỡng quản lý nhà nước ngạch chuyên viên",
                "category": "BD.QLNN.CV",
                "form": "boi_duong",
                "from": "2015-03-01",
                "to": "2015-03-15",
                "hours": 80,
                "institution": "Trường Chính trị tỉnh",
                "result": "Khá",
                "certificate_no": "123/CC",
            },
        )
        self.assertEqual((entry["action"], entry["official"]), ("create", self.an.pk))
        self.assertEqual(Enrolment.objects.count(), 0)

    def test_other_layouts_say_the_same(self):
        layouts = [
            (["STT", "Họ tên", "Năm sinh", "Đơn vị", "Lớp bồi dưỡng", "Thời gian học"],
             [1, "Lò Văn An", 1980, "Xã Bản Một", "Tiếng Mông", "từ 01/3 đến 15/3/2015"],
             {"from": "2015-03-01", "to": "2015-03-15", "category": "BD.TDT"}),
            (["TT", "Họ và tên", "Ngày sinh", "Cơ quan, đơn vị", "Chuyên đề", "Năm", "Số ngày"],
             [1, "Lò Văn An", "7/3/1980", "Xã Bản Một", "Văn thư, lưu trữ", 2015, 5],
             {"to": "2015", "hours": 40, "category": "BD.VTVL.VTLT"}),
            (["TT", "Họ và tên", "Ngày sinh", "Đơn vị", "Nội dung đào tạo", "Loại hình",
              "Năm tốt nghiệp", "Xếp loại"],
             [1, "Lò Văn An", "7/3/1980", "Xã Bản Một", "Đại học Luật", "Đào tạo", "6/2015",
              "Giỏi"],
             {"to": "2015-06", "form": "dao_tao", "category": "DT.CM.DH", "result": "Giỏi"}),
        ]  # fmt: skip
        for headings, cells, expected in layouts:
            with self.subTest(headings=headings):
                _, found = self.import_([cells], headings=headings)
                values = found["rows"][0]["values"]
                self.assertEqual({key: values.get(key) for key in expected}, expected)
                self.assertEqual(found["rows"][0]["official"], self.an.pk)

    def test_the_course_and_the_year_may_stand_in_the_title(self):
        headings = ["TT", "Họ và tên", "Ngày sinh", "Đơn vị", "Kết quả"]
        title = "DANH SÁCH HỌC VIÊN LỚP BỒI DƯỠNG KIẾN THỨC DÂN TỘC NĂM 2014"
        cells = [1, "Lò Văn An", "07/03/1980", "Xã Bản Một", "Đạt"]
        _, found = self.import_([cells], headings=headings, title=title)
        values = found["rows"][0]["values"]
        self.assertEqual(
            (values["course"], values["to"], values["category"]),
            ("Bồi dưỡng kiến thức dân tộc năm 2014", "2014", "BD.DTOC"),
        )

    def test_the_form_of_the_file_wins_over_the_content_s(self):
        self.apply([row(course="Đại học Luật", form="Bồi dưỡng")])
        found = self.turns()
        self.assertEqual((found["dao_tao"]["turns"], found["boi_duong"]["turns"]), (0, 1))

    def test_a_course_of_no_known_content_is_kept_with_one_warning(self):
        rows = [row(n, course="Khóa lạ", to=f"{n}/03/2015", **{"from": ""}) for n in (1, 2)]
        status, found = self.import_(rows, "--apply")
        self.assertEqual((status, found["counts"]["create"]), (0, 2))
        self.assertEqual([r["values"]["category"] for r in found["rows"]], [None, None])
        codes = [issue["code"] for issue in found["issues"]]
        self.assertEqual(codes.count("unknown_course"), 1)
        self.assertEqual(self.turns("--by", "category")["rows"][0]["key"], None)

    def test_a_course_of_the_catalogue_is_recognised_by_its_name(self):
        course = make_course(name="Khóa lạ", category=Category.objects.get(code="BD.HDND"))
        self.apply([row(course="KHÓA LẠ", form="")])
        enrolment = Enrolment.objects.get()
        self.assertEqual((enrolment.course, enrolment.category.code), (course, "BD.HDND"))

    def test_faults_name_the_cell_and_reject_only_what_cannot_be_kept(self):
        rows = [
            row(1, course=""),
            row(2, to="30/02/2015"),
            row(3, to="01/01/2015"),
            row(4, to="01/01/2099", **{"from": ""}),
            row(5, form="Lạ"),
            row(6, hours="nhiều"),
        ]
        status, found = self.import_(rows)
        self.assertEqual(status, 1)
        said = {(i["row"], i["column"], i["code"], i["severity"]) for i in found["issues"]}
        self.assertLessEqual(
            {
                (2, None, "no_course", "error"),
                (3, "I", "impossible_date", "warning"),
                (4, "I", "ends_before_start", "error"),
                (5, "I", "absurd_date", "warning"),
                (6, "G", "unknown_form", "warning"),
                (7, "J", "unknown_hours", "warning"),
            },
            said,
        )
        counts = found["counts"]
        self.assertEqual((counts["reject"], counts["data_rows"]), (2, 6))

    def test_a_file_without_people_is_refused(self):
        status, documents, err = run("import_history", self.file([], headings=["A", "B"]))
        self.assertEqual((status, documents[0]["error"]["code"]), (2, "no_people"))
        self.assertTrue(err)


class MatchingTests(HistoryTestCase):
    def official_of(self, **told):
        return self.import_([row(**told)])[1]["rows"][0]["official"]

    def test_the_number_wins(self):
        self.assertEqual(self.official_of(name="Lo Van An", birth="", unit=""), self.an.pk)

    def test_name_unit_and_a_birth_that_fits(self):
        told = {"name": "Vi Thị Bình", "id": "", "unit": "Xã Ái Hai"}
        self.assertEqual(self.official_of(birth="02/09/1985", **told), self.binh.pk)
        self.assertEqual(self.official_of(birth="02/09/1986", **told), None)

    def test_who_moved_since_is_found_by_the_whole_day_of_birth(self):
        told = {"id": "", "unit": "UBND huyện Cũ"}
        self.assertEqual(self.official_of(birth="07/03/1980", **told), self.an.pk)
        self.assertEqual(self.official_of(birth="1980", **told), None)

    def test_several_of_one_name_are_a_question_that_names_them(self):
        twin = make_official(self.one, full_name="Lò Văn An", birth_date="1980-05-05")
        status, found = self.import_([row(id="", birth="1980")])
        self.assertEqual((status, found["counts"]["reject"]), (1, 1))
        [issue] = [i for i in found["issues"] if i["severity"] == "error"]
        self.assertEqual(issue["code"], "doubtful_match")
        self.assertIn("05/05/1980", issue["message"])
        self.assertEqual(set(found["rows"][0]["candidates"]), {self.an.pk, twin.pk})

    def test_who_is_not_found_is_refused_with_the_nearest_name(self):
        _, found = self.import_([row(name="Lò Văn Ân", id="", birth="1999")])
        [issue] = [i for i in found["issues"] if i["severity"] == "error"]
        self.assertEqual(issue["code"], "unknown_person")
        self.assertIn("gần nhất: Lò Văn An, sinh 07/03/1980", issue["message"])

    def test_a_clerk_reaches_the_own_people_only(self):
        clerk = make_account("clerk", unit=self.two)
        _, found = self.import_([row(), row(2, unit="", id="")], "--by", clerk.username)
        self.assertEqual(found["counts"]["reject"], 2)
        self.assertEqual([r["official"] for r in found["rows"]], [None, None])
        self.assertNotIn("1980", "".join(i["message"] for i in found["issues"]))


class LượtTests(HistoryTestCase):
    def test_one_row_is_one_lượt_on_the_day_it_ended(self):
        self.apply([row(), row(2, to="20/03/2015"), row(3, course="Tin học cơ bản")])
        self.assertEqual(self.turns()["turns"], 3)
        self.assertEqual(self.turns(first="2015-03-16", last="2015-03-31")["turns"], 1)
        self.assertEqual(self.turns()["people"], 1)

    def test_a_year_ends_on_its_last_day_and_no_date_counts_nowhere(self):
        self.apply([row(to="2015", **{"from": ""}), row(2, to="", course="B", **{"from": ""})])
        self.assertEqual(self.turns(first="2015-12-31", last="2015-12-31")["turns"], 1)
        self.assertEqual(self.turns()["turns"], 1)

    def test_who_failed_or_left_is_no_lượt(self):
        results = ["Không đạt", "Trượt", "Bỏ học giữa chừng", "Chưa hoàn thành", "Đạt", "", "Khá"]
        self.apply([row(n, result=text, hours=n) for n, text in enumerate(results, 1)])
        self.assertEqual(self.turns()["turns"], 3)

    def test_the_snapshot_is_of_the_day_it_began(self):
        posting = self.an.postings.get()
        posting.valid_to = date(2015, 3, 10)
        posting.save()
        make_posting(self.an, self.two, since=date(2015, 3, 10), staff_kind="CB")
        self.apply([row(), row(2, to="20/03/2016", **{"from": ""})])
        kept = Enrolment.objects.order_by("ends_on").values_list("unit__code", "staff_kind")
        self.assertEqual(list(kept), [("X1", "CC"), ("X2", "CB")])
        self.assertEqual(Enrolment.objects.first().gender, "nam")

    def test_before_the_first_post_known_the_unit_of_the_list_counts(self):
        self.apply([row(unit="Xã Ái Hai", to="15/03/2005", **{"from": ""})])
        self.assertEqual(Enrolment.objects.get().unit, self.two)

    def test_identical_rows_are_unchanged_in_one_file_and_in_the_next(self):
        found = self.apply([row(), row(1)])
        self.assertEqual((found["counts"]["create"], found["counts"]["unchanged"]), (1, 1))
        again = self.apply([row()])
        self.assertEqual(again["counts"]["unchanged"], 1)
        self.assertEqual(self.turns()["turns"], 1)

    def test_a_list_that_says_more_of_the_same_lượt_completes_it(self):
        self.apply([row(certificate="", hours="")])
        found = self.apply([row()])
        self.assertEqual(found["counts"]["update"], 1)
        enrolment = Enrolment.objects.get()
        self.assertEqual((enrolment.certificate_text, enrolment.hours), ("123/CC", 80))
        undo_import(found["batch"])
        enrolment.refresh_from_db()
        self.assertEqual((enrolment.certificate_text, enrolment.hours), ("", None))

    def test_a_class_that_the_portal_ran_itself_is_not_counted_twice(self):
        title = "Bồi dưỡng quản lý nhà nước ngạch chuyên viên"
        run_ = make_class(title=title, starts=date(2015, 3, 1), ends=date(2015, 3, 15))
        make_enrolment(self.an, run_, completed=True, state="finished")
        self.assertEqual(self.apply([row()])["counts"]["unchanged"], 1)

    def test_writes_no_qualification(self):
        self.apply([row()])
        self.assertEqual(Qualification.objects.count(), 0)

    def test_takes_as_many_statements_for_many_rows_as_for_few(self):
        def statements(count):
            rows = [row(n, hours=n, to=f"{n}/03/{2010 + count}") for n in range(1, count + 1)]
            for line in rows:
                line[7] = ""
            with CaptureQueriesContext(connection) as queries:
                self.apply(rows)
            return len(queries)

        few, many = statements(2), statements(9)
        self.assertEqual(few, many)
        self.assertLessEqual(many, 25)


class UndoTests(HistoryTestCase):
    def test_takes_everything_back_and_says_so(self):
        found = self.apply(
            [row(), row(2, name="Vi Thị Bình", id="", birth="1985", unit="Xã Ái Hai")]
        )
        self.assertEqual(Change.objects.filter(batch=found["batch"]).count(), 2)
        answer = undo_import(found["batch"])
        self.assertEqual(
            answer, {"batch": found["batch"], "reversed": 2, "kept": [], "refused": []}
        )
        self.assertEqual((Enrolment.objects.count(), self.turns()["turns"]), (0, 0))
        acts = AuditEvent.objects.filter(batch=found["batch"]).order_by("id")
        self.assertEqual([event.act for event in acts], ["history.apply", "history.undo"])
        self.assertEqual(Enrolment.history.filter(history_type="-").count(), 2)
        self.assertEqual(self.apply([row()])["counts"]["create"], 1)

    def test_keeps_what_was_edited_and_refuses_what_something_hangs_on(self):
        found = self.apply([row(n, course=f"Tin học {n}") for n in (1, 2, 3)])
        first, second, _ = Enrolment.objects.order_by("id")
        Enrolment.objects.filter(pk=first.pk).update(hours=8)
        Commitment.objects.create(enrolment=second, starts_on="2015-04-01", ends_on="2020-04-01")
        answer = undo_import(found["batch"])
        self.assertEqual(answer["reversed"], 1)
        self.assertEqual(
            [(one["name"], one["why"]) for one in answer["kept"]],
            [("Lò Văn An", "Đã sửa sau lần nhập: số tiết.")],
        )
        self.assertEqual(
            [(one["official"], one["why"]) for one in answer["refused"]],
            [(self.an.pk, "Đã có trong: cam kết phục vụ.")],
        )

    def test_a_roster_cannot_take_back_people_who_have_learnt_something_since(self):
        make_unit(name="Xã Mới")
        path = self.file(
            [[1, "Hà Văn Cường", "01/01/1990", "Xã Mới"]],
            headings=["TT", "Họ và tên", "Ngày sinh", "Đơn vị"],
        )
        roster = run("import_roster", path, "--apply")[1][0]["batch"]
        self.apply([row(name="Hà Văn Cường", id="", birth="01/01/1990", unit="Xã Mới")])
        answer = undo_import(roster)
        self.assertEqual(
            [(one["name"], one["why"]) for one in answer["refused"]],
            [("Hà Văn Cường", "Đã có trong: lượt học.")],
        )
        self.assertEqual(self.turns()["turns"], 1)


class LevelOfAContentTests(HistoryTestCase):
    def test_a_title_that_only_tells_a_content_still_proposes_its_level_and_writes_none(self):
        row = [1, "Lò Văn An", "07/03/1980", "011080000011", "Xã Bản Một", "Lớp BD QLNN ngạch CV"]
        self.apply([[*row, "BD", "01/03/2023", "15/06/2023", 320, "Trường CT tỉnh", "Khá", ""]])
        staff = make_account("staff")
        self.assertEqual([one.official for one in awaiting_review(staff)], [self.an])
        self.assertEqual(Qualification.objects.filter(ladder="state_management").count(), 0)
