"""Files that cannot be imported: a clear message, exit status 2, nothing written."""

import io
import tempfile
import zipfile
from pathlib import Path

from openpyxl import load_workbook

from cadres.models import AuditEvent, Change, ImportBatch, Official
from tests.factories import make_unit
from tests.imports.base import ROSTERS, ImportTestCase, import_roster, run, units_of, workbook

# The first sector of an encrypted workbook: an OLE file with the streams of ECMA-376 encryption.
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
PEOPLE = [["Nguyễn Văn An", "07/03/1985", "Xã Một"], ["Lò Thị Bình", "1980", "Xã Lạ"]]
HEADINGS = ["Họ và tên", "Ngày sinh", "Đơn vị"]


def bomb():
    """A zip that unpacks to 400 MB of blanks."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as member:
            for _ in range(400):
                member.write(b" " * 1_000_000)
    return stream.getvalue()


def encrypted():
    """What the head of a workbook with a password looks like."""
    return OLE + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(4096)


class RefusalTests(ImportTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        make_unit(name="Xã Một")

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def file(self, name, data):
        path = self.folder / name
        path.write_bytes(data)
        return path

    def test_files_that_are_no_rosters(self):
        files = {
            "trang.pdf": b"%PDF-1.7\n" + bytes(100),
            "trong.xlsx": b"",
            "mat-khau.xlsx": encrypted(),
            "bom.xlsx": bomb(),
            "khong-nguoi.xlsx": workbook([[1, 2]], headings=["a", "b"]),
        }
        for name, data in files.items():
            with self.subTest(name=name):
                path = self.file(name, data)
                status, documents, complaint = run("import_roster", path, "--apply")
                self.assertEqual(status, 2)
                self.assertEqual(documents[0]["file"], str(path))
                self.assertTrue(documents[0]["error"]["code"])
                self.assertIn(documents[0]["error"]["message"], complaint)
                self.assertNotIn("Traceback", complaint)
        for model in (Official, ImportBatch, AuditEvent, Change):
            self.assertEqual(model.objects.count(), 0)

    def test_wrong_arguments(self):
        path = self.file("ds.xlsx", workbook(PEOPLE, headings=HEADINGS))
        for arguments in (
            ["--unit", "Xã Không Có"],
            ["--on", "2026-13-01"],
            ["--by", "nobody"],
            ["--mapping", self.folder / "none.json"],
        ):
            with self.subTest(arguments=arguments):
                status, documents, complaint = run("import_roster", path, "--apply", *arguments)
                self.assertEqual((status, documents), (2, []))
                self.assertEqual(len(complaint.strip().splitlines()), 1)

    def test_several_files_go_on_after_one_that_cannot_be_read(self):
        good = self.file("ds.xlsx", workbook(PEOPLE[:1], headings=HEADINGS))
        bad = self.file("hong.xlsx", b"hong")
        status, documents, _ = run("import_roster", bad, good, self.folder / "none.xlsx")
        self.assertEqual(status, 1)
        self.assertEqual(["error" in document for document in documents], [True, False, True])
        self.assertEqual(run("import_roster", bad, bad)[0], 2)

    def test_refused_rows_give_status_1_and_the_rest_is_written(self):
        path = self.file("ds.xlsx", workbook(PEOPLE, headings=HEADINGS))
        status, answer = import_roster(path, "--apply", "--rows")
        self.assertEqual(status, 1)
        self.assertEqual((answer["counts"]["create"], answer["counts"]["reject"]), (1, 1))
        self.assertEqual([row["action"] for row in answer["rows"]], ["create", "reject"])
        self.assertEqual(Official.objects.get().full_name, "Nguyễn Văn An")


class AnnotatedTests(ImportTestCase):
    """The sender's own workbook comes back marked; corrected, it goes on."""

    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        make_unit(name="Xã Một")

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def test_marked_corrected_and_sent_again(self):
        path, back = self.folder / "ds.xlsx", self.folder / "back.xlsx"
        path.write_bytes(workbook(PEOPLE, headings=HEADINGS, title="DANH SÁCH CÁN BỘ"))
        status, first = import_roster(path, "--apply", "--annotated", back)
        self.assertEqual((status, first["counts"]["create"]), (1, 1))
        sheet = load_workbook(back).active
        self.assertEqual(sheet["D2"].value, "Thông báo của cổng")
        self.assertIn("“Xã Lạ”", sheet["D4"].value)
        self.assertIn("“Xã Lạ”", sheet["C4"].comment.text)
        self.assertEqual(sheet["C4"].fill.fgColor.rgb, "FFF4C7C3")
        self.assertIsNone(sheet["D3"].value)
        book = load_workbook(back)
        book.active["C4"] = "Xã Một"
        book.save(back)
        again = self.folder / "again.xlsx"
        status, second = import_roster(back, "--apply", "--annotated", again)
        self.assertEqual(status, 0)
        self.assertEqual((second["counts"]["create"], second["counts"]["unchanged"]), (1, 1))
        self.assertEqual(second["counts"]["other_rows"], first["counts"]["other_rows"])
        sheet = load_workbook(again).active
        self.assertEqual((sheet["D2"].value, sheet["D4"].value), ("Thông báo của cổng", None))
        self.assertEqual(sheet.max_column, 4)

    def test_other_kinds_come_back_as_a_new_workbook(self):
        for name in ("08_xuat_tu_phan_mem.csv", "09_bang_tach_ho_ten.xls"):
            with self.subTest(name=name):
                units_of(name)
                back = self.folder / "back.xlsx"
                _, first = import_roster(ROSTERS / name, "--annotated", back)
                _, second = import_roster(back)
                self.assertEqual(second["kind"], "xlsx")
                for key in ("data_rows", "reject", "create"):
                    self.assertEqual(second["counts"][key], first["counts"][key], key)
                self.assertGreater(first["counts"]["create"], 30)
