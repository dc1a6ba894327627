"""`import_roster --json` to the letter: several files, refusals, arguments, encodings, mending."""

import csv
import io
import json
import unicodedata
from datetime import date

import openpyxl

from cadres.models import ImportBatch, Official, Posting, Standing, Unit
from tests.factories import make_account, make_unit
from tests.imports.base import ROSTERS, run, truth, units_of, workbook
from tests.proofs.base import ProofCase
from tests.proofs.rosters import HEADINGS, csv_of, people, promoted, xlsx_of

COUNTS = {"data_rows", "create", "update", "unchanged", "reject", "other_rows"}
NOTHING_IN_IT = workbook([["Ngô", 12], ["Lúa", 30]], headings=["Cây trồng", "Tấn"])


def delimited(listed, mark):
    out = io.StringIO()
    rows = csv.writer(out, delimiter=mark, lineterminator="\r\n")
    rows.writerow(HEADINGS.values())
    rows.writerows([one[key] for key in HEADINGS] for one in listed)
    return out.getvalue()


class DocumentTests(ProofCase):
    def one_line(self, errors):
        self.assertEqual(len(errors.strip().splitlines()), 1, errors)
        self.assertNotIn("Traceback", errors)
        return errors

    def test_several_files_of_which_one_cannot_be_read(self):
        files = [
            self.roster(people(range(3)), "mot.xlsx"),
            self.write(b"%PDF-1.7", "hai.xlsx"),
            self.folder / "khong-co.xlsx",
            self.roster(people(range(3, 5)), "ba.xlsx"),
        ]
        status, documents, errors = run("import_roster", *files, "--apply")
        self.assertEqual(status, 1)
        self.assertEqual([d["file"] for d in documents], [str(path) for path in files])
        self.assertEqual([set(d) for d in documents[1:3]], [{"file", "error"}] * 2)
        self.assertEqual(documents[1]["error"]["code"], "wrong_type")
        self.assertIn("PDF", documents[1]["error"]["message"])
        self.assertEqual(len(errors.strip().splitlines()), 2)
        self.assertEqual(
            (documents[0]["counts"]["create"], documents[3]["counts"]["create"]), (3, 2)
        )
        self.assertEqual(Official.objects.count(), 5)
        self.assertEqual(len({documents[0]["batch"], documents[3]["batch"]}), 2)

    def test_files_of_one_call_know_each_other(self):
        same = [self.roster(people(range(3)), name) for name in ("mot.xlsx", "hai.xlsx")]
        status, documents, _ = run("import_roster", *same, "--apply")
        self.assertEqual((status, documents[1]["counts"]["unchanged"]), (0, 3))

    def test_no_people_ends_with_2_and_writes_nothing(self):
        path = self.write(NOTHING_IN_IT)
        status, documents, errors = run("import_roster", path, "--apply")
        self.assertEqual((status, documents[0]["error"]["code"]), (2, "no_people"))
        self.assertEqual(documents[0]["file"], str(path))
        self.one_line(errors)
        self.assertEqual(ImportBatch.objects.count(), 0)

    def test_all_files_unreadable_ends_with_2(self):
        files = [self.write(b"", "a.xlsx"), self.write(b"<html>", "b.xls")]
        status, documents, errors = run("import_roster", *files)
        self.assertEqual((status, len(documents), len(errors.strip().splitlines())), (2, 2, 2))

    def test_wrong_arguments_end_with_2_and_one_line(self):
        path = self.roster(people(range(2)))
        make_unit(name="Xã Trùng")
        make_unit(name="Xã Trùng")
        cases = [
            (["--unit", "Xã Không Có"], "Xã Không Có"),
            (["--unit", "Xã Trùng"], "Xã Trùng"),
            (["--on", "31/12/2025"], "31/12/2025"),
            (["--on", "2025-02-30"], "2025-02-30"),
            (["--mapping", self.folder / "khong-co.json"], "khong-co.json"),
            (["--mapping", self.write(b"[1]", "sai.json")], "sai.json"),
            (["--mapping", self.write(b"{", "hong.json")], "hong.json"),
            (["--by", "khong-ai"], "khong-ai"),
        ]
        for options, named in cases:
            with self.subTest(options=options):
                status, _, errors = run("import_roster", path, *options, "--apply")
                self.assertEqual(status, 2)
                self.assertIn(named, self.one_line(errors))
        self.assertEqual((Official.objects.count(), ImportBatch.objects.count()), (0, 0))

    def test_unit_by_code_or_name_whatever_its_case(self):
        listed = [{**one, "unit": ""} for one in people(range(2))]
        path = self.roster(listed)
        unit = self.units[3]
        for text in (unit.code, unit.name, unit.name.upper(), f"UBND {unit.name.lower()}"):
            answer = self.send(path, "--unit", text, "--rows")
            self.assertEqual({row["unit"] for row in answer["rows"]}, {unit.name}, text)

    def test_without_any_unit_every_row_is_rejected(self):
        listed = [{**one, "unit": ""} for one in people(range(2))]
        status, documents, _ = run("import_roster", self.roster(listed), "--apply")
        self.assertEqual((status, documents[0]["counts"]["reject"]), (1, 2))
        self.assertEqual(Official.objects.count(), 0)

    def test_rows_only_when_asked_for(self):
        path = self.roster(people(range(2)))
        self.assertNotIn("rows", self.send(path))
        answer = self.send(path, "--rows", "--apply")
        self.assertEqual([row["row"] for row in answer["rows"]], [2, 3])
        ids = set(Official.objects.values_list("pk", flat=True))
        self.assertEqual({row["official"] for row in answer["rows"]}, ids)

    def test_a_mapping_wins_over_what_was_recognised(self):
        path = self.roster(people(range(4)))
        letters = dict(zip(HEADINGS, "ABCDEFGHIJ", strict=True))
        wish = {"Sheet": {letters["position"]: "note", letters["theory"]: None}}
        mapping = self.write(json.dumps(wish).encode(), "m.json")
        answer = self.send(path, "--mapping", mapping, "--rows", "--apply")
        for row, one in zip(answer["rows"], people(range(4)), strict=True):
            self.assertEqual(row["values"]["note"], one["position"])
            self.assertFalse({"position", "political_level"} & row["values"].keys())
        batch = ImportBatch.objects.get(pk=answer["batch"])
        self.assertEqual(batch.mapping, wish)

    def test_a_mapping_to_no_field_or_no_sheet_is_refused_by_name(self):
        path = self.roster(people(range(2)))
        for wish, named in (
            ({"Sheet": {"B": "khong_co"}}, "khong_co"),
            ({"Trang khác": {"B": "note"}}, "Trang khác"),
            ({"Sheet": {"7": "note"}}, "7"),
        ):
            with self.subTest(wish=wish):
                mapping = self.write(json.dumps(wish).encode(), "m.json")
                status, _, errors = run("import_roster", path, "--mapping", mapping, "--apply")
                self.assertEqual(status, 2)
                self.assertIn(named, self.one_line(errors))

    def test_each_of_several_files_takes_the_mapping_of_its_own_sheets(self):
        listed = people(range(4))
        first, second = self.roster(listed[:2], "a.xlsx"), self.write(csv_of(listed[2:]), "b.csv")
        letter = dict(zip(HEADINGS, "ABCDEFGHIJ", strict=True))["position"]
        wish = {"Sheet": {letter: "note"}}
        mapping = self.write(json.dumps(wish).encode(), "m.json")
        options = ("--mapping", mapping, "--rows", "--apply")
        status, documents, errors = run("import_roster", first, second, *options)
        self.assertEqual(status, 0, errors)
        told = [document["rows"][0]["values"].get("note") for document in documents]
        self.assertEqual(told, [listed[0]["position"], None])
        kept = ImportBatch.objects.order_by("id").values_list("mapping", flat=True)
        self.assertEqual(list(kept), [wish, {}])

    def test_a_sheet_of_the_mapping_that_no_file_has_is_named(self):
        first, second = (self.roster(people([n]), f"{n}.xlsx") for n in range(2))
        mapping = self.write(json.dumps({"Trang khác": {"B": "note"}}).encode(), "m.json")
        status, documents, errors = run("import_roster", first, second, "--mapping", mapping)
        self.assertEqual((status, len(documents)), (1, 2))
        self.assertIn("Trang khác", self.one_line(errors))

    def test_a_past_day_fills_in_the_past(self):
        listed = people(range(20))
        self.apply(listed, "--on", "2020-01-01")
        self.assertEqual(set(Posting.objects.values_list("valid_from", flat=True)), {_day(2020)})
        self.apply([promoted(one) for one in listed], "--on", "2025-01-01")
        older = [{**one, "position": "Tập sự"} for one in listed]
        self.assertEqual(self.apply(older, "--on", "2015-01-01")["counts"]["update"], 20)
        for year, wanted in ((2015, older), (2020, listed), (2025, map(promoted, listed))):
            found = dict(
                Standing.objects.at(_day(year)).values_list("official__personal_id", "position")
            )
            self.assertEqual(found, {one["number"]: one["position"] for one in wanted}, year)

    def test_the_absent_are_listed_or_ended(self):
        listed = people(range(30))
        self.apply(listed, "--on", "2024-01-01")
        gone = {
            one["number"]
            for one in listed
            if one["number"].endswith("3") and not one["number"].endswith("000003")
        }
        rest = [one for one in listed if one["number"] not in gone]
        kept = self.apply(rest, "--on", "2025-01-01", name="b.xlsx")
        self.assertEqual(len(kept["absent"]), len(gone))
        self.assertEqual(self.in_service(_day(2025)), {one["number"] for one in listed})
        ended = self.send(
            self.folder / "b.xlsx", "--on", "2025-01-01", "--absent", "end", "--apply"
        )
        self.assertEqual({set(p) >= {"official", "name", "unit"} for p in ended["absent"]}, {True})
        self.assertEqual(self.in_service(_day(2025)), {one["number"] for one in rest})
        self.assertEqual(self.in_service(_day(2024)), {one["number"] for one in listed})

    def in_service(self, day):
        rows = Standing.objects.at(day).filter(in_service=True)
        return set(rows.values_list("official__personal_id", flat=True))

    def test_a_clerk_imports_into_the_own_unit_only(self):
        make_account("clerk", unit=self.units[0], username="daumoi")
        path = self.roster(people(range(20)))
        status, documents, _ = run("import_roster", path, "--by", "daumoi", "--apply")
        self.assertEqual((status, documents[0]["counts"]["create"]), (1, 2))
        told = [i for i in documents[0]["issues"] if i["code"] == "foreign_unit"]
        self.assertEqual(len(told), 18)
        self.assertTrue(all("Xã" in issue["message"] for issue in told))
        units = set(Posting.objects.values_list("unit", flat=True))
        self.assertEqual(units, {self.units[0].pk})
        status, _, errors = run("import_roster", path, "--by", "daumoi", "--unit", "Xã Hai")
        self.assertEqual(status, 2)
        self.assertIn("Xã Hai", self.one_line(errors))


def _day(year):
    return date(year, 1, 1)


class EncodingTests(ProofCase):
    ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1258")

    def test_every_encoding_and_mark_gives_the_same_people(self):
        listed = people(range(12))
        wanted = [one["name"] for one in listed]
        for encoding in self.ENCODINGS:
            for mark in ",;\t":
                data = _encode(delimited(listed, mark), encoding)
                with self.subTest(encoding=encoding, mark=mark):
                    answer = self.send(self.write(data, "ds.csv"), "--rows")
                    self.assertEqual(answer["kind"], "csv")
                    self.assertEqual([row["values"]["full_name"] for row in answer["rows"]], wanted)
                    values = answer["rows"][0]["values"]
                    self.assertEqual(values["personal_id"], listed[0]["number"])
                    self.assertEqual(values["position"], listed[0]["position"])


def _encode(text, encoding):
    if encoding != "cp1258":
        return text.encode(encoding)
    # windows-1258 has letters with hats and horns, and tones as marks of their own.
    pieces = []
    for letter in text:
        for form in (letter, *_split(letter)):
            try:
                pieces.append(form.encode("cp1258"))
                break
            except UnicodeEncodeError:
                continue
        else:
            raise AssertionError(f"{letter!r}: {unicodedata.name(letter)}")
    return b"".join(pieces)


def _split(letter):
    """The letter without its tone, then the tone."""
    parts = unicodedata.normalize("NFD", letter)
    for tone in "\u0300\u0301\u0303\u0309\u0323":
        if tone in parts:
            yield unicodedata.normalize("NFC", parts.replace(tone, "")) + tone


class AnnotatedTests(ProofCase):
    def faulty(self):
        listed = people(range(4))
        listed[1] = {**listed[1], "unit": "Xã Không Có"}
        listed[2] = {**listed[2], "birth": "30/02/1980"}
        listed[3] = {**listed[3], "name": ""}
        return listed

    def test_the_faulty_file_comes_back_marked_and_goes_on_when_corrected(self):
        path, marked = self.roster(self.faulty()), self.folder / "danh-dau.xlsx"
        status, documents, _ = run("import_roster", path, "--annotated", marked, "--apply")
        self.assertEqual((status, documents[0]["counts"]["reject"]), (1, 2))
        self.assertEqual(Official.objects.count(), 2)
        book = openpyxl.load_workbook(marked)
        sheet = book.active
        column = len(HEADINGS) + 1
        notes = {row: sheet.cell(row, column).value for row in range(2, 6)}
        self.assertIsNone(notes[2])
        self.assertIn("Xã Không Có", notes[3])
        self.assertIn("30/02/1980", notes[4])
        self.assertIn("F3", notes[3])
        self.assertTrue(sheet["F3"].fill.fgColor.rgb.startswith("FFF4"))
        good = people(range(4))
        sheet["F3"], sheet["B4"], sheet["A5"] = good[1]["unit"], good[2]["birth"], good[3]["name"]
        book.save(marked)
        status, documents, _ = run("import_roster", marked, "--apply", "--annotated", marked)
        counts = documents[0]["counts"]
        self.assertEqual(status, 0)
        self.assertEqual(
            (counts["create"], counts["update"], counts["unchanged"], counts["reject"]),
            (2, 1, 1, 0),
        )
        self.assertEqual(Official.objects.count(), 4)
        sheet = openpyxl.load_workbook(marked).active
        self.assertEqual([sheet.cell(row, column).value for row in range(2, 6)], [None] * 4)

    def test_every_sample_can_be_marked_and_read_again(self):
        for stem, name in (
            ("04", "04_ds_can_bo_xa_2009.xls"),
            ("06", "06_moi_xa_mot_sheet.xlsx"),
            ("07", "07_hai_bang_mot_trang.ods"),
            ("08", "08_xuat_tu_phan_mem.csv"),
        ):
            with self.subTest(stem=stem):
                units_of(name)
                marked = self.folder / f"{stem}.xlsx"
                _, before, _ = run("import_roster", ROSTERS / name, "--annotated", marked, "--rows")
                _, after, _ = run("import_roster", marked, "--rows")
                self.assertEqual(
                    [_person(row) for row in after[0]["rows"]],
                    [_person(row) for row in before[0]["rows"]],
                )

    def test_hostile_texts_stay_texts_in_the_marked_file(self):
        listed = [
            {**one, "position": text} for one, text in zip(people(range(5)), HOSTILE, strict=True)
        ]
        for name, data in (("a.xlsx", xlsx_of([])), ("a.csv", b"")):
            data = data and _typed(listed) or delimited(listed, ";").encode()
            marked = self.folder / "m.xlsx"
            self.write(data, name)
            run("import_roster", self.folder / name, "--annotated", marked)
            book = openpyxl.load_workbook(marked)
            cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
            self.assertFalse([c.coordinate for c in cells if c.data_type == "f"])
            found = [c for c in cells if c.value in HOSTILE]
            self.assertEqual(len(found), len(HOSTILE), name)
            self.assertTrue(all(c.data_type == "s" for c in found))
            self.assertTrue(all(c.quotePrefix for c in found), name)

    def test_a_place_that_cannot_be_written_is_said_before_anything_is_done(self):
        path = self.roster(people(range(2)))
        status, _, errors = run(
            "import_roster", path, "--apply", "--annotated", self.folder / "khong" / "co.xlsx"
        )
        self.assertEqual(status, 2)
        self.assertIn("co.xlsx", errors)
        self.assertEqual(Official.objects.count(), 0)


HOSTILE = ["=1+1", "+84", "-cmd", "@SUM(A1)", "\uff1d1+1"]


def _typed(listed):
    """A workbook whose hostile cells are typed as texts."""
    book = openpyxl.load_workbook(io.BytesIO(xlsx_of([{**one, "position": ""} for one in listed])))
    for row, one in enumerate(listed, 2):
        cell = book.active.cell(row, list(HEADINGS).index("position") + 1)
        cell.value, cell.data_type = one["position"], "s"
        cell.quotePrefix = True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _person(row):
    return row["sheet"] or "Danh sách", row["row"], row["values"], row["action"]


class SampleTests(ProofCase):
    def test_the_counts_of_every_sample_add_up(self):
        for path in sorted(ROSTERS.glob("*.truth.json")):
            stem = path.name.removesuffix(".truth.json")
            sample = next(p for p in ROSTERS.glob(f"{stem}.*") if p != path)
            with self.subTest(stem=stem):
                _make_missing_units(sample.name)
                self.check_sample(sample, truth(stem))

    def check_sample(self, sample, told):
        status, documents, errors = run("import_roster", sample, "--rows", "--on", "2026-10-10")
        counts, rows = documents[0]["counts"], documents[0]["rows"]
        self.assertEqual(set(counts), COUNTS)
        parts = counts["create"] + counts["update"] + counts["unchanged"] + counts["reject"]
        self.assertEqual((parts, len(rows)), (told["data_rows"], told["data_rows"]))
        self.assertEqual(status, 1 if counts["reject"] else 0, errors)
        if "sample_step" not in told:
            self.assertEqual(_rejected(rows), _rejected(told["rows"]))


def _rejected(rows):
    return {(row["sheet"], row["row"]) for row in rows if row["action"] == "reject"}


def _make_missing_units(file_name):
    have = set(Unit.objects.values_list("name", flat=True))
    with (ROSTERS / "units.csv").open(encoding="utf-8") as lines:
        names = {row["unit"] for row in csv.DictReader(lines) if row["file"] == file_name}
    for name in sorted(names - have):
        make_unit(name=name)
