"""`load_units`: units from CSV, matched by code, else by name."""

import io
import json
import shutil
import tempfile
import threading
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cadres.loading_units import load_unit_rows
from cadres.models import Account, AuditEvent, Unit, UnitLanguage, UnitTrait
from cadres.unit_rows import read_units_csv
from tests.factories import make_account, make_unit
from tests.loading.base import HEADING, UnitsCase
from trainingplans.lib.commands import Refused
from trainingplans.lib.dates import EVER, FOREVER


class LoadUnitsTests(UnitsCase):
    def test_only_a_name_makes_a_unit_since_ever_with_a_code_and_a_guessed_kind(self):
        self.load(",Xã An Bình,,,,,,\n")
        unit = self.unit("Xã An Bình")
        self.assertEqual((unit.kind, unit.parent, unit.valid_from), ("commune", None, EVER))
        self.assertEqual((unit.valid_to, unit.path), (FOREVER, f"/{unit.pk}/"))
        self.assertTrue(unit.code)

    def test_the_second_time_nothing_changes_and_nothing_is_recorded(self):
        text = "T,Tỉnh Mẫu,,,,,,\n,Xã An Bình,,T,2025-07-01,,1,H'Mông;Tày\n,Xã Hai,,T,,,0,\n"
        self.load(text)
        before = [list(m.objects.values_list()) for m in (Unit, UnitTrait, UnitLanguage)]
        events = AuditEvent.objects.count()
        self.assertEqual(self.load(text).counts["unchanged"], 3)
        after = [list(m.objects.values_list()) for m in (Unit, UnitTrait, UnitLanguage)]
        self.assertEqual(after, before)
        self.assertEqual(AuditEvent.objects.count(), events)

    def test_one_load_leaves_one_event_and_one_row_of_history_a_unit(self):
        self.load("T,Tỉnh Mẫu,,,,,,\n,Xã An Bình,,T,,,,\n")
        event = AuditEvent.objects.get()
        self.assertEqual((event.act, event.by.username), ("units.load", "system"))
        self.assertEqual(event.detail["counts"]["create"], 2)
        child = self.unit("Xã An Bình")
        self.assertEqual(child.history.get().parent_id, self.unit("Tỉnh Mẫu").pk)
        self.assertEqual(child.history.get().history_user, Account.objects.system())

    def test_a_superior_may_stand_in_a_later_row_by_code_or_by_name(self):
        self.load(",Xã Một,,H1,,,,\n,Xã Hai,,ubnd huyện cao,,,,\nH1,Huyện Cao,,,,,,\n")
        district = self.unit("Huyện Cao")
        for name in ("Xã Một", "Xã Hai"):
            self.assertEqual(self.unit(name).parent, district)
            self.assertEqual(self.unit(name).path, f"{district.path}{self.unit(name).pk}/")

    def test_an_empty_cell_of_an_update_keeps_what_is_there(self):
        self.load("X1,Xã Một,commune,,2020-01-01,2030-01-01,1,Tày\n")
        self.load("X1,Xã Mới,,,,,,\n")
        unit = Unit.objects.get(code="X1")
        self.assertEqual((unit.name, unit.kind), ("Xã Mới", "commune"))
        self.assertEqual((unit.valid_from, unit.valid_to), (date(2020, 1, 1), date(2030, 1, 1)))
        self.assertEqual(self.languages("Xã Mới"), ["Tày"])
        self.assertTrue(self.is_minority_area("Xã Mới", date(2026, 1, 1)))

    def test_a_row_without_code_finds_the_unit_by_name_whatever_the_case_or_tone_place(self):
        unit = make_unit("X9", name="Xã Thuận Hoà")
        self.assertEqual(self.load(",UBND xã Thuận Hòa,,,,,,\n").counts["unchanged"], 1)
        unit.refresh_from_db()
        self.assertEqual((unit.name, Unit.objects.count()), ("Xã Thuận Hoà", 1))

    def test_a_code_told_later_is_taken_by_the_unit_that_came_without_one(self):
        self.load(",Xã Một,,,,,,\n")
        self.load("00123,Xã Một,,,,,,\n")
        self.assertEqual(Unit.objects.get().code, "00123")

    def test_namesakes_with_other_codes_are_other_units(self):
        text = "A,Xã Tân Lập,,,,,,\nB,Xã Tân Lập,,,,,,\n"
        self.assertEqual(self.load(text).counts["create"], 2)
        self.assertEqual(self.load(text).counts["unchanged"], 2)

    def test_namesakes_under_two_superiors_are_two_units_also_without_codes(self):
        text = (
            ",Huyện Một,,,,,,\n,Huyện Hai,,,,,,\n"
            ",Xã Tân Lập,,Huyện Một,,,,\n,Xã Tân Lập,,Huyện Hai,,,,\n"
        )
        self.assertEqual(self.load(text).counts["create"], 4)
        self.assertEqual(self.load(text).counts["unchanged"], 4)

    def test_a_namesake_that_cannot_be_told_apart_is_refused_with_the_codes(self):
        make_unit("A", name="Xã Tân Lập")
        make_unit("B", name="Xã Tân Lập")
        outcome = self.load(",Xã Tân Lập,,,,,1,\n")
        self.assertEqual(outcome.counts["reject"], 1)
        self.assertIn("A, B", outcome.problems[0].message)

    def test_a_moved_unit_takes_everything_below_along(self):
        self.load("A,Huyện A,,,,,,\nB,Huyện B,,A,,,,\nX,Xã X,,B,,,,\nC,Huyện C,,,,,,\n")
        self.load("B,Huyện B,,C,,,,\n")
        self.assertEqual(
            Unit.objects.get(code="X").path,
            "".join(f"/{Unit.objects.get(code=c).pk}" for c in "CBX") + "/",
        )


class AreasOfUnitsTests(UnitsCase):
    def test_languages_are_known_by_names_and_aliases_names_first(self):
        self.load(',Xã Một,,,,,,"M\'Nông; h’mông ;Thổ"\n')
        self.assertEqual(self.languages("Xã Một"), ["Mnông", "Mông", "Thổ"])

    def test_an_area_without_a_date_holds_since_ever(self):
        self.load(",Xã Một,,,,,1,Tày\n")
        self.assertTrue(self.is_minority_area("Xã Một", date(1990, 1, 1)))
        self.assertEqual(self.languages("Xã Một", date(1990, 1, 1)), ["Tày"])

    def test_a_change_on_a_day_closes_the_old_row_and_opens_the_new_one(self):
        self.load("X,Xã Một,,,,,1,Tày;Mông\n")
        self.load("X,Xã Một,,,2022-01-01,,0,Tày;Nùng\n")
        self.assertTrue(self.is_minority_area("Xã Một", date(2021, 12, 31)))
        self.assertFalse(self.is_minority_area("Xã Một", date(2022, 1, 1)))
        self.assertEqual(self.languages("Xã Một", date(2021, 12, 31)), ["Mông", "Tày"])
        self.assertEqual(self.languages("Xã Một", date(2022, 1, 1)), ["Nùng", "Tày"])

    def test_a_day_before_the_known_start_brings_the_start_forward(self):
        self.load("X,Xã Một,,,2022-01-01,,1,Tày\n")
        self.load("X,Xã Một,,,2020-01-01,,1,Tày\n")
        self.assertEqual(UnitTrait.objects.get().valid_from, date(2020, 1, 1))
        self.assertEqual(UnitLanguage.objects.get().valid_from, date(2020, 1, 1))

    def test_without_a_date_an_area_that_holds_now_stays_as_it_is(self):
        self.load("X,Xã Một,,,2022-01-01,,1,Tày\n")
        self.assertEqual(self.load("X,Xã Một,,,,,1,Tày\n").counts["unchanged"], 1)
        self.assertEqual(UnitTrait.objects.get().valid_from, date(2022, 1, 1))


class ProblemsTests(UnitsCase):
    def test_all_problems_come_at_once_with_line_and_column(self):
        found = self.problems(
            ",,,,,,,\n"  # blank: no row
            "X1,,,,,,,\n"
            ",Xã Hai,làng,Huyện Không Có,32/13/2020,2020,2,Klingon;Kinh\n"
            ",Xã Ba,,Huyện Không Có,,,,\n"
        )
        self.assertEqual(
            found,
            [
                (3, "name"),
                (4, "kind"),
                (4, "valid_from"),
                (4, "valid_to"),
                (4, "minority_area"),
                (4, "languages"),
                (4, "languages"),
                (5, "parent"),
            ],
        )

    def test_good_rows_are_written_beside_rejected_ones(self):
        outcome = self.load(",Xã Một,,,,,,\n,Xã Hai,,,,,,Klingon\n")
        self.assertEqual((outcome.counts["create"], outcome.counts["reject"]), (1, 1))
        self.assertIn("Klingon", outcome.problems[0].message)
        self.assertEqual(list(Unit.objects.values_list("name", flat=True)), ["Xã Một"])

    def test_an_alias_of_two_groups_is_asked_back(self):
        self.assertIn("Nùng, Tày", self.load(",Xã Một,,,,,,Cùng\n").problems[0].message)

    def test_superiors_in_a_circle_are_refused_and_what_hangs_on_them(self):
        outcome = self.load(",A,,B,,,,\n,B,,C,,,,\n,C,,A,,,,\n,D,,C,,,,\n,E,,E,,,,\n,F,,,,,,\n")
        self.assertEqual(outcome.actions, ["reject"] * 5 + ["create"])
        self.assertIn("A → B → C → A", outcome.problems[0].message)

    def test_a_known_unit_cannot_be_put_below_itself(self):
        self.load("A,Huyện A,,,,,,\nB,Xã B,,A,,,,\n")
        self.assertEqual(self.problems("A,Huyện A,,B,,,,\n"), [(2, "parent")])
        self.assertIsNone(Unit.objects.get(code="A").parent)

    def test_a_tree_without_end_is_refused(self):
        rows = "".join(f"C{i},Cấp {i},,{f'C{i - 1}' if i else ''},,,,\n" for i in range(20))
        outcome = self.load(rows)
        self.assertEqual(outcome.actions, ["create"] * 15 + ["reject"] * 5)

    def test_a_period_must_end_after_it_begins(self):
        self.assertEqual(self.problems(",Xã Một,,,2025-07-01,2025-07-01,,\n"), [(2, "valid_to")])

    def test_two_rows_about_one_unit_differ_or_are_one(self):
        text = "X,Xã Một,,,,,1,\nX,Xã Một,,,,,1,\nX,Xã Một,,,,,0,\n"
        self.assertEqual(self.load(text).actions, ["create", "unchanged", "reject"])

    def test_more_cells_than_headings_is_a_problem(self):
        self.assertEqual(self.problems(",Xã Một,,,,,1,Tày,Nùng\n"), [(2, "")])


class ReadingTests(UnitsCase):
    def names(self, data):
        return [row.name for row in read_units_csv(data)[0]]

    def test_semicolons_tabs_and_byte_order_marks_are_read(self):
        text = 'name;languages\nXã Một;"Tày;Nùng"\n'
        for data in (
            text.encode(),
            text.encode("utf-8-sig"),
            text.encode("utf-16"),
            text.replace(";", "\t").encode(),
            text.replace("\n", "\r\n").encode(),
            b"sep=;\n" + text.encode(),
        ):
            with self.subTest(data=data[:12]):
                self.assertEqual(self.names(data), ["Xã Một"])

    def test_headings_in_capitals_and_unknown_columns(self):
        rows, unknown = read_units_csv("Code,NAME,ghi chú\nX,Xã Một,a\n".encode())
        self.assertEqual((rows[0].code, rows[0].name, unknown), ("X", "Xã Một", ["ghi chú"]))

    def test_what_is_no_table_of_units_is_refused(self):
        for data in (
            b"",
            b"\n\n",
            b"ma,ten\n1,2\n",
            b"name,name\na,b\n",
            b"PK\x03\x04rest",
            "name\nXã\n".encode("utf-16-le"),
            b"name\n\xff\xfe\xfa\n",
            b'name\n"open\n',
        ):
            with self.subTest(data=data), self.assertRaises(Refused):
                read_units_csv(data)

    def test_lines_are_those_of_the_file_also_after_a_cell_with_a_line_break(self):
        rows, _ = read_units_csv('name,kind\n"Xã\nMột",\n\nXã Hai,làng\n'.encode())
        self.assertEqual(rows[1].problems[0].line, 5)


class CommandTests(UnitsCase):
    def run_it(self, text, *options):
        """(exit status, standard output, standard error)."""
        folder = tempfile.mkdtemp(prefix="units-")
        self.addCleanup(shutil.rmtree, folder)
        path = Path(folder, "đơn vị.csv")
        if text is not None:
            path.write_text(text)
        out, err = io.StringIO(), io.StringIO()
        try:
            call_command("load_units", str(path), *options, stdout=out, stderr=err)
        except SystemExit as end:
            return end.code, out.getvalue(), err.getvalue()
        return 0, out.getvalue(), err.getvalue()

    def test_exit_status_0_1_and_2(self):
        self.assertEqual(self.run_it("name\nXã Một\n")[0], 0)
        self.assertEqual(self.run_it("name,minority_area\nXã Hai,3\n")[0], 1)
        self.assertEqual(self.run_it("tên\nXã Ba\n")[0], 2)
        self.assertEqual(self.run_it(None)[0], 2)

    def test_problems_go_to_standard_error_with_their_line(self):
        _, out, err = self.run_it("name,minority_area\nXã Hai,3\n")
        self.assertEqual(err.strip(), "Dòng 2, cột minority_area: “3” không phải là 0 hoặc 1.")
        self.assertIn("1 dòng bị từ chối", out)

    def test_json_is_one_document_also_for_a_file_that_cannot_be_read(self):
        _, out, _ = self.run_it("name,minority_area\nXã Một,\nXã Hai,3\n", "--json")
        answer = json.loads(out)
        self.assertEqual(answer["counts"]["create"], 1)
        self.assertEqual(answer["problems"][0]["line"], 3)
        _, out, _ = self.run_it("x\n1\n", "--json")
        self.assertEqual(json.loads(out)["error"]["code"], "unreadable")

    def test_the_account_needs_the_right_and_signs_the_act(self):
        make_account("clerk", username="daumoi", unit=make_unit())
        make_account("admin", username="quantri")
        self.assertEqual(self.run_it("name\nXã Một\n", "--by", "daumoi")[0], 2)
        self.assertEqual(self.run_it("name\nXã Một\n", "--by", "khong-co")[0], 2)
        self.assertFalse(Unit.objects.filter(name="Xã Một").exists())
        self.assertEqual(self.run_it("name\nXã Một\n", "--by", "quantri")[0], 0)
        self.assertEqual(AuditEvent.objects.get().by.username, "quantri")


class ManyUnitsTests(UnitsCase):
    def queries(self, text):
        with CaptureQueriesContext(
            connection,
        ) as seen:
            self.load(text)
        return len(seen)

    def test_takes_no_more_queries_for_more_rows(self):
        few = "".join(f",Xã A{i},,,,,1,Tày\n" for i in range(5))
        more = "".join(f",Xã B{i},,,,,1,Tày\n" for i in range(45))
        self.queries(",Xã Không,,,,,1,Tày\n")
        self.assertEqual(self.queries(few), self.queries(more))

    @pytest.mark.proof
    def test_thousands_of_units_take_seconds(self):
        rows = "".join(f"X{i},Xã {i},,{'X0' if i else ''},,,1,Tày\n" for i in range(4001))
        self.assertLess(self.queries(rows), 700)
        self.assertEqual(Unit.objects.count(), 4001)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_loads_at_once_make_each_unit_once():
    by = Account.objects.system()
    rows = "".join(f",Xã {number},,,,,,\n" for number in range(200))
    outcomes = []

    def load():
        told, _ = read_units_csv((HEADING + rows).encode())
        outcomes.append(load_unit_rows(told, by=by, label="units.csv").counts["create"])
        connection.close()

    threads = [threading.Thread(target=load) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [0, 0, 200]
    assert Unit.objects.count() == 200
