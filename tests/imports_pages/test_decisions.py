"""What a person decides on the preview: cells, columns, fields, doubles, people gone."""

from datetime import date
from io import BytesIO

from openpyxl import Workbook

from cadres.models import (
    ImportBatch,
    ImportRow,
    MatchDecision,
    Official,
    Posting,
    SenderMapping,
    Standing,
)
from tests.factories import make_official, make_posting, make_qualification, make_unit
from tests.imports_pages.base import PageTestCase, row, workbook


class CellTests(PageTestCase):
    def setUp(self):
        super().setUp()
        make_unit(name="Xã Một")

    def test_a_faulty_cell_is_mended_in_place_and_the_row_is_taken(self):
        batch = self.send_rows(row(1, "", unit="Xã Một"))
        self.assertContains(self.get("batch", batch), 'name="sua-0-2-B"')
        page = self.post("choose", batch, **{"sua-0-2-B": "Lò Thị Mới", "fix": "sua-0-2-B"})
        self.assertContains(page, "Áp dụng 1 dòng")
        batch.refresh_from_db()
        self.assertEqual(batch.edits, [["Sheet", 2, "B", "Lò Thị Mới"]])
        self.post("apply", batch)
        self.assertTrue(Official.objects.filter(full_name="Lò Thị Mới").exists())

    def test_a_mended_cell_can_be_given_back(self):
        batch = self.send_rows(row(1, "", unit="Xã Một"))
        self.post("choose", batch, **{"sua-0-2-B": "Lò Thị Mới", "fix": "sua-0-2-B"})
        self.post("choose", batch, **{"bo-sua": "sua-0-2-B"})
        batch.refresh_from_db()
        self.assertEqual(batch.edits, [])
        self.assertEqual(batch.counts["reject"], 1)

    def test_what_was_typed_in_another_cell_is_not_lost(self):
        batch = self.send_rows(row(1, "", unit="Xã Một"), row(2, "", unit="Xã Một"))
        fields = {"sua-0-2-B": "Lò Thị Hai", "sua-0-3-B": "Lò Thị Ba", "fix": "sua-0-2-B"}
        self.post("choose", batch, **fields)
        batch.refresh_from_db()
        self.assertEqual(len(batch.edits), 2)

    def test_the_values_shown_first_are_not_taken_for_typed_ones(self):
        batch = self.send_rows(row(1, "Lò Văn Một", "30/02/1980", unit="Xã Một"))
        page = self.get("batch", batch)  # of a day that never was, the year is offered
        self.assertContains(page, 'value="1980"')
        self.assertContains(page, "Dùng giá trị này")
        self.post("choose", batch, **{"sua-0-2-C": "1980"})
        batch.refresh_from_db()
        self.assertEqual(batch.edits, [])

    def test_a_cell_typed_before_applying_is_shown_once_more(self):
        batch = self.send_rows(row(1, "Lò Văn Một", "30/02/1980", unit="Xã Một"))
        page = self.post("apply", batch, **{"sua-0-2-C": "02/1980"})
        self.assertContains(page, "Xem lại số dòng sẽ ghi rồi bấm Áp dụng lần nữa")
        self.assertEqual(Official.objects.count(), 0)
        self.post("apply", batch)
        self.assertEqual(Official.objects.get().birth.iso, "1980-02")

    def test_without_a_value_to_offer_the_button_only_saves_the_cell(self):
        batch = self.send_rows(row(1, "Lò Văn Một", "không nhớ", unit="Xã Một"))
        page = self.get("batch", batch)
        self.assertContains(page, "Lưu ô này")
        self.assertNotContains(page, "Dùng giá trị này")

    def test_a_place_outside_the_file_is_ignored(self):
        batch = self.send_rows(row(1, "Lò Văn Một", unit="Xã Một"))
        outside = dict.fromkeys(["sua-0-9999999-B", "sua-0-2-XFD", "sua-0-0-B"], "x")
        strange = {"cot-0-XFE": "phone", "cot-0-7": "phone", "cot-0-B": "khong_co"}
        place = {"cot-9-B": "phone", "muc-7-2-position": "keep"}
        self.post("choose", batch, **place, **outside, **strange)
        batch.refresh_from_db()
        self.assertEqual((batch.edits, batch.mapping), ([], {}))


class GroupTests(PageTestCase):
    def test_a_unit_named_once_for_many_rows_is_mended_once(self):
        make_unit(name="Xã Một")
        rows = [
            ["I", "Xã Một Nhầm Tên", None],
            [1, "Lò Văn Một", "1985"],
            [2, "Lò Văn Hai", "1986"],
        ]
        self.send(("ds.xlsx", workbook(rows, headings=["TT", "Họ và tên", "Ngày sinh"])))
        batch = ImportBatch.objects.get()
        page = self.get("batch", batch)
        self.assertContains(page, "2 dòng bên dưới bị từ chối")
        self.post("choose", batch, **{"sua-0-2-B": "Xã Một", "fix": "sua-0-2-B"})
        batch.refresh_from_db()
        self.assertEqual((batch.counts["create"], batch.counts["reject"]), (2, 0))


class ColumnTests(PageTestCase):
    HEADINGS = ["TT", "Họ và tên", "Ngày sinh", "Đơn vị", "Cột lạ"]

    def send_strange(self, name):
        rows = [[1, "Lò Văn Một", "1985", "Xã Một", "Trưởng bản"]]
        self.send((name, workbook(rows, headings=self.HEADINGS)))
        return ImportBatch.objects.latest("pk")

    def test_a_choice_counts_for_all_tables_and_sheets_of_the_same_headings(self):
        make_unit(name="Xã Một")
        book = Workbook()
        for sheet in (book.active, book.create_sheet("Hai")):
            for name in ("Lò Văn Một", "Lò Văn Hai"):
                sheet.append(self.HEADINGS)
                sheet.append([1, f"{name} {sheet.title}", "1985", "Xã Một", "Trưởng bản"])
                sheet.append([])
        stream = BytesIO()
        book.save(stream)
        self.send(("1.xlsx", stream.getvalue()))
        batch = ImportBatch.objects.get()
        self.assertContains(self.get("batch", batch), 'name="cot-0-E"')
        self.post("choose", batch, **{"cot-0-E": "position", "luu": "cot"})
        self.assertEqual(self.positions(batch), ["Trưởng bản"] * 4)
        self.send(("2.xlsx", stream.getvalue()))
        self.assertEqual(self.positions(ImportBatch.objects.latest("pk")), ["Trưởng bản"] * 4)

    def positions(self, batch):
        return [row.values.get("position") for row in ImportRow.objects.filter(batch=batch)]

    def test_a_column_is_mapped_by_hand_and_remembered_for_the_sender(self):
        make_unit(name="Xã Một")
        batch = self.send_strange("1.xlsx")
        page = self.post("choose", batch, **{"cot-0-E": "position", "luu": "cot"})
        self.assertContains(page, "Đã lưu cách hiểu 1 cột và đọc lại tệp.")
        self.assertEqual(ImportRow.objects.get(batch=batch).values["position"], "Trưởng bản")
        self.assertEqual(SenderMapping.objects.get().mapping, {"E": "position"})
        again = self.send_strange("2.xlsx")
        self.assertEqual(ImportRow.objects.get(batch=again).values["position"], "Trưởng bản")

    def test_columns_left_as_they_were_are_no_choice(self):
        make_unit(name="Xã Một")
        batch = self.send_strange("1.xlsx")
        shown = {"cot-0-A": "index", "cot-0-B": "full_name", "cot-0-C": "birth_date"}
        self.post("choose", batch, **shown, **{"cot-0-D": "unit", "cot-0-E": ""})
        batch.refresh_from_db()
        self.assertEqual(batch.mapping, {})
        self.assertEqual(SenderMapping.objects.count(), 0)


class DifferenceTests(PageTestCase):
    def setUp(self):
        super().setUp()
        self.unit = make_unit(name="Xã Một")
        self.official = make_official(
            self.unit, full_name="Lò Văn Một", personal_id="011085000001", position="Công chức"
        )

    def send_change(self, position="Chủ tịch", **more):
        told = row(1, "Lò Văn Một", unit="Xã Một", personal_id="011085000001", position=position)
        return self.send_rows(told, **more)

    def test_old_and_new_value_stand_side_by_side(self):
        page = self.get("batch", self.send_change())
        self.assertContains(page, "<del>Công chức</del>")
        self.assertContains(page, "<ins>Chủ tịch</ins>")

    def test_one_field_is_kept_and_the_others_are_written(self):
        batch = self.send_change()
        self.post("choose", batch, **{"muc-0-2-position": "keep", "luu": "muc"})
        page = self.get("batch", batch)
        self.assertContains(page, 'id="muc-0-2-position-cu" value="keep" checked')
        self.post("apply", batch)
        self.official.refresh_from_db()
        self.assertEqual(self.official.birth.iso, "1985-03-12")
        self.assertEqual(Posting.objects.get().position, "Công chức")

    def test_the_result_tells_what_was_changed_of_whom(self):
        batch = self.send_change()
        self.assertContains(self.get("batch", batch), f"{batch.sha256}. Áp dụng đúng tệp này.")
        page = self.post("apply", batch)
        self.assertContains(page, "1 người; giá trị trước khi nhập → giá trị trong tệp")
        self.assertContains(page, f'<a href="/can-bo/{self.official.pk}/">')
        self.assertContains(page, "<del>Công chức</del>")
        self.assertContains(page, "<ins>Chủ tịch</ins>")
        self.assertNotContains(self.post("undo", batch), "giá trị trong tệp")

    def test_a_choice_made_with_the_apply_button_counts(self):
        batch = self.send_change()
        page = self.post("apply", batch, **{"muc-0-2-position": "keep"})
        self.assertEqual(Posting.objects.get().position, "Công chức")
        self.assertContains(page, "1 người; giá trị trước khi nhập")  # the day of birth
        self.assertNotContains(page, "<ins>Chủ tịch</ins>")
        batch.refresh_from_db()
        self.assertEqual(batch.state, "applied")

    def test_a_whole_column_is_kept_and_taken_again(self):
        batch = self.send_change()
        self.post("choose", batch, **{"theo-cot": "keep:position"})
        batch.refresh_from_db()
        self.assertNotIn("position", ImportRow.objects.get(batch=batch).changed)
        self.post("choose", batch, **{"theo-cot": "take:position"})
        self.assertIn("position", ImportRow.objects.get(batch=batch).changed)

    def test_a_verified_level_is_kept_unless_somebody_takes_the_new_one(self):
        make_qualification(self.official, "political_theory", "SC", verified=True)
        told = [1, "Lò Văn Một", "12/03/1985", "011085000001", "Xã Một", "Trung cấp"]
        headings = ["TT", "Họ và tên", "Ngày sinh", "Số CCCD", "Đơn vị", "Lý luận chính trị"]
        self.send(("ds.xlsx", workbook([told], headings=headings)))
        batch = ImportBatch.objects.get()
        page = self.get("batch", batch)
        self.assertContains(page, 'id="muc-0-2-political_level-cu" value="keep" checked')
        self.assertContains(page, "đã xác minh")
        self.post("choose", batch, **{"muc-0-2-political_level": "take"})
        self.assertIn("political_level", ImportRow.objects.get(batch=batch).changed)


class DoubtTests(PageTestCase):
    def setUp(self):
        super().setUp()
        self.unit = make_unit(name="Xã Một")
        self.first = make_official(self.unit, full_name="Lò Văn Đôi")
        self.second = make_official(self.unit, full_name="Lò Văn Đôi")
        self.batch = self.send_rows(row(1, "Lò Văn Đôi", unit="Xã Một"))

    def test_both_are_shown_and_a_person_decides_which_it_is(self):
        page = self.get("batch", self.batch)
        self.assertContains(page, "1 dòng có thể là người đã có")
        self.assertContains(page, '<a href="#trung-nguoi">Chọn người ở dưới</a>')
        self.assertNotContains(page, 'name="sua-0-2-B"')  # typing the same name would mend nothing
        self.post("choose", self.batch, **{"nguoi-0-2": str(self.first.pk), "luu": "nguoi"})
        self.batch.refresh_from_db()
        self.assertEqual(self.batch.counts["update"], 1)
        self.post("apply", self.batch)
        self.first.refresh_from_db()
        self.assertEqual(self.first.birth.iso, "1985-03-12")

    def test_somebody_new_is_added_and_the_question_is_not_asked_again(self):
        self.post("choose", self.batch, **{"nguoi-0-2": "new"})
        self.post("apply", self.batch)
        self.assertEqual(Official.objects.filter(full_name="Lò Văn Đôi").count(), 3)
        self.assertLessEqual(MatchDecision.objects.filter(same=True).count(), 1)

    def test_what_was_chosen_can_be_chosen_anew(self):
        self.post("choose", self.batch, **{"nguoi-0-2": str(self.first.pk)})
        chosen = f'value="{self.first.pk}" checked'
        self.assertContains(self.get("batch", self.batch), chosen)
        self.post("choose", self.batch, **{"nguoi-0-2": "new"})
        self.batch.refresh_from_db()
        self.assertEqual(self.batch.counts["create"], 1)


class NamesakeTests(PageTestCase):
    """Somebody new of the very name of a person of the unit who is not on the list."""

    def setUp(self):
        super().setUp()
        self.unit = make_unit(name="Xã Một")
        birth = {"birth_date": date(1989, 8, 4), "birth_precision": "day"}
        self.known = make_official(self.unit, full_name="Phạm Thị Chi", **birth)

    def test_both_are_shown_and_may_be_said_to_be_one(self):
        batch = self.send_rows(row(1, "Phạm Thị Chi", "04/08/1990", "UBND Xã Một"))
        page = self.get("batch", batch)
        self.assertContains(page, "1 dòng thêm mới trùng họ tên với người đang có ở cùng đơn vị")
        self.assertContains(page, "Dòng 2: Phạm Thị Chi")
        self.assertContains(page, "04/08/1989 <span")  # the other side, told to differ
        page = self.post("choose", batch, **{"nguoi-0-2": str(self.known.pk)})
        self.assertContains(page, "0 thêm mới, 1 cập nhật")
        self.assertNotContains(page, "dòng thêm mới trùng họ tên")
        self.post("apply", batch)
        self.assertEqual(Official.objects.get().birth.iso, "1990-08-04")

    def test_said_to_be_somebody_else_or_not_answered_they_are_added(self):
        batch = self.send_rows(row(1, "Phạm Thị Chi", "04/08/1990", "Xã Một"))
        page = self.post("choose", batch, **{"nguoi-0-2": "new"})
        self.assertNotContains(page, "dòng thêm mới trùng họ tên")
        self.post("apply", batch)
        self.assertEqual(Official.objects.count(), 2)

    def test_namesakes_of_another_unit_ask_nothing(self):
        make_unit(name="Xã Hai")
        batch = self.send_rows(
            row(1, "Phạm Thị Chi", "04/08/1990", "Xã Hai"), row(2, "Vàng A Dơ", unit="Xã Một")
        )
        self.assertNotContains(self.get("batch", batch), "có thể là người đã có")


class AbsentTests(PageTestCase):
    def test_each_person_gone_is_taken_as_chosen(self):
        unit = make_unit(name="Xã Một")
        stays = make_official(unit, full_name="Người Giữ")
        leaves = make_official(unit, full_name="Người Đi")
        batch = self.send_rows(row(1, "Lò Văn Một", unit="Xã Một"))
        self.assertContains(self.get("batch", batch), "2 người không còn trong danh sách")
        self.post(
            "apply", batch, **{f"vang-{leaves.pk}": "transferred", f"vang-{stays.pk}": "keep"}
        )
        self.assertEqual(Posting.objects.get(official=leaves).ended_by, "transferred")
        self.assertEqual(Posting.objects.get(official=stays).ended_by, "")
        self.assertFalse(
            Standing.objects.filter(official=leaves, in_service=True, valid_to__year=9999)
        )

    def test_people_gone_are_written_also_where_no_row_changes_and_told_afterwards(self):
        unit = make_unit(name="Xã Một")
        make_official(unit, full_name="Lò Văn Một", position="Công chức")
        gone = make_official(unit, full_name="Người Đi")
        batch = self.send_rows([1, "Lò Văn Một", None, None, None, None, "Xã Một", None])
        page = self.get("batch", batch)
        self.assertContains(page, "Không có gì để ghi")
        page = self.post("choose", batch, **{f"vang-{gone.pk}": "retired", "luu": "vang"})
        self.assertContains(page, "Sẽ ghi 1 người thôi vị trí")
        self.assertContains(page, ">Áp dụng cho 1 người</button>")
        page = self.post("apply", batch)
        self.assertContains(page, "1 người không còn trong danh sách đã thôi vị trí.")
        self.assertContains(page, "Nghỉ hưu")
        self.assertContains(self.get("undo", batch), "1 người không còn trong danh sách trở lại")
        self.post("undo", batch)
        self.assertEqual(Posting.objects.get(official=gone).ended_by, "")

    def test_a_choice_that_comes_to_nothing_says_why(self):
        unit = make_unit(name="Xã Một")
        gone = make_official(unit, full_name="Người Đi", since=date(2026, 6, 1))
        batch = self.send_rows(row(1, "Lò Văn Một", unit="Xã Một"))
        self.assertNotContains(self.get("batch", batch), "Chưa ghi được")
        page = self.post("choose", batch, **{f"vang-{gone.pk}": "retired"})
        self.assertContains(page, "Chưa ghi được: vị trí bắt đầu đúng ngày 01/06/2026.")

    def test_the_author_of_an_old_value_is_who_wrote_the_main_post(self):
        unit = make_unit(name="Xã Một")
        someone = make_official(unit, full_name="Lò Văn Một", position="Công chức")
        make_posting(someone, unit, position="Bí thư", is_main=False)
        self.account.full_name = "Trần Minh Nguyệt"
        self.account.save()
        self.post("apply", self.send_rows(row(1, "Lò Văn Một", unit="Xã Một", position="Văn thư")))
        batch = self.send_rows(row(1, "Lò Văn Một", unit="Xã Một", position="Chủ tịch"))
        self.assertContains(self.get("batch", batch), "(danh sách)")

    def test_somebody_with_two_posts_in_the_unit_is_one_person_with_one_choice(self):
        unit = make_unit(name="Xã Một")
        gone = make_official(unit, full_name="Người Đi", position="Chủ tịch")
        make_posting(gone, unit, position="Bí thư", is_main=False)
        batch = self.send_rows(row(1, "Lò Văn Một", unit="Xã Một"))
        page = self.get("batch", batch)
        self.assertContains(page, "1 người không còn trong danh sách")
        self.assertContains(page, f'name="vang-{gone.pk}"', 1)
        self.assertContains(page, "Chủ tịch")
        self.post("apply", batch, **{f"vang-{gone.pk}": "retired"})
        ended = Posting.objects.filter(official=gone).values_list("ended_by", flat=True)
        self.assertEqual(list(ended), ["retired", "retired"])

    def test_an_unknown_way_is_ignored(self):
        unit = make_unit(name="Xã Một")
        gone = make_official(unit, full_name="Người Đi")
        batch = self.send_rows(row(1, "Lò Văn Một", unit="Xã Một"))
        self.post("choose", batch, **{f"vang-{gone.pk}": "xoa"})
        batch.refresh_from_db()
        self.assertEqual(batch.choices.get("absent", {}), {})


class LostZeroTests(PageTestCase):
    def test_a_zero_put_back_before_a_personal_id_is_shown(self):
        make_unit(name="Xã Một")
        batch = self.send_rows(row(1, "Lò Văn Một", unit="Xã Một", personal_id="11085000001"))
        self.assertContains(self.get("batch", batch), "Thiếu số 0 ở đầu. Sẽ ghi 011085000001.")
