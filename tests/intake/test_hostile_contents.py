"""Spreadsheet threats in other kinds of file, in members and cells, and to the child process."""

# ruff: noqa: E501 - rows of sheets are easier to read unbroken

import io
import time
import zipfile
import zlib

import pytest

from cadres.intake.reading import limits
from cadres.intake.reading.running import read_workbook
from cadres.intake.reading.sniff import does_something
from cadres.intake.roster import read_roster
from cadres.intake.types import IntakeError
from tests.intake import build
from tests.intake.hostile import GOOD, HEAD, PERSON, cells, refused, rewrite, with_rows

pytestmark = pytest.mark.no_database


# S5: other kinds of file


@pytest.mark.parametrize(
    "data, code, word",
    [
        (b"", "empty_file", "rỗng"),
        (b"\x00" * 500, "empty_file", "rỗng"),
        (b"%PDF-1.7 ...", "wrong_type", "PDF"),
        (b"MZ\x90\x00" + b"\x00" * 100, "wrong_type", "chương trình"),
        (b"<html><body><table><tr><td>a</td></tr></table>", "html_file", "HTML"),
        (b"\xef\xbb\xbf\r\n<!DOCTYPE html><html>", "html_file", "HTML"),
        ("\ufeff<html>".encode("utf-16-le"), "html_file", "HTML"),
        (b'<?xml version="1.0"?><Workbook/>', "xml_file", "XML"),
        (b"{\\rtf1 abc}", "wrong_type", "RTF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "password", "mật khẩu"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "WordDocument".encode("utf-16-le"), "wrong_type", "Word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "Workbook".encode("utf-16-le"), "damaged", "hỏng"),
        (GOOD[: len(GOOD) // 2], "damaged", "hỏng"),
        (b"\x00\x01\x02\x03" * 100, "wrong_type", "nhị phân"),
        (b"xin chao, day la van ban", "no_people", "họ và tên"),
    ],
)  # fmt: skip
def test_other_files_are_named(data, code, word):
    found, message = refused(data)
    assert found == code and word in message


def test_an_encrypted_open_document_needs_its_password():
    locked = b"<manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>"
    end = b"</manifest:manifest>"
    data = build.ods([HEAD, PERSON])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        has = "META-INF/manifest.xml" in archive.namelist()
    manifest = (
        b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    )
    part = "META-INF/manifest.xml"
    if has:
        data = rewrite(data, {part: lambda c: c.replace(end, locked)})
    else:
        data = rewrite(data, extra={part: manifest + locked})
    code, message = refused(data)
    assert code == "password" and "mật khẩu" in message


def test_archives_that_are_no_workbook():
    def archive(names):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as new:
            for name in names:
                new.writestr(name, "x")
        return out.getvalue()

    assert "Word" in refused(archive(["[Content_Types].xml", "word/document.xml"]))[1]
    assert "PowerPoint" in refused(archive(["ppt/presentation.xml"]))[1]
    assert "tệp nén" in refused(archive(["readme.txt"]))[1]


def test_xlsx_named_xls_is_read():
    assert len(read_roster(GOOD, "ds.xls").rows) == 1


# S6, S7


def test_macros_are_not_run_and_macro_sheets_not_read():
    types = {
        "[Content_Types].xml": lambda c: c.replace(
            b"spreadsheetml.sheet.main+xml", b"x.macroEnabled.main+xml"
        )
    }
    book = read_workbook(rewrite(GOOD, types, {"xl/vbaProject.bin": b"\xd0\xcf"}))
    assert book.kind == "xlsm" and len(book.sheets) == 1


def test_what_does_something_is_told_from_cells_alone():
    name = "_VBA_PROJECT_CUR".encode("utf-16-le")
    old = build.xls([HEAD, PERSON])
    macro_sheet = b"\x85\0\x0f\0" + b"\0" * 4 + b"\0\x01" + b"\x06\0Macro1"
    assert does_something(rewrite(GOOD, extra={"xl/vbaProject.bin": b""}))
    assert does_something(rewrite(GOOD, extra={"xl/macrosheets/sheet1.xml": b""}))
    assert does_something(old + name) and does_something(old + macro_sheet)
    assert not any(map(does_something, (GOOD, old, b"a;b", b"")))


def test_member_names_are_never_paths(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    data = rewrite(GOOD, extra={"../../evil.txt": b"x", "/abs.txt": b"x", "C:\\x.txt": b"x"})
    assert len(read_roster(data, "../../../x/\x00y.xlsx").rows) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_member_that_is_a_link_is_not_followed(tmp_path):
    secret = tmp_path / "secret.xml"
    secret.write_text("Bí mật")
    out = io.BytesIO(GOOD)
    with zipfile.ZipFile(out, "a") as archive:
        link = zipfile.ZipInfo("xl/media/link.xml")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        archive.writestr(link, str(secret))
    roster = read_roster(out.getvalue())
    assert len(roster.rows) == 1 and "Bí mật" not in repr(roster)


# S9 to S12


def test_formula_without_a_value_and_errors_are_told():
    row = (
        '<row r="2"><c r="A2"><v>1</v></c><c r="B2" t="inlineStr"><is><t>Lê Văn An</t></is></c>'
        '<c r="C2"><f>TODAY()</f></c><c r="D2" t="e"><v>#N/A</v></c><c r="E2" t="inlineStr"><is><t>Xã X</t></is></c>'
        '<c r="F2" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
    )
    roster = read_roster(with_rows(cells(1, HEAD) + row))
    assert roster.rows[0].values == {"full_name": "Lê Văn An", "unit": "Xã X"}
    told = {(i.column, i.code, i.value) for i in roster.issues}
    assert told == {
        ("C", "formula", "formula"),
        ("D", "error_cell", "#N/A"),
        ("F", "error_cell", "#DIV/0!"),
    }


def test_an_empty_result_is_none_unless_it_is_a_text():
    row = (
        '<row r="2"><c r="A2"><v>1</v></c><c r="B2" t="inlineStr"><is><t>Lê Văn An</t></is></c>'
        '<c r="C2"><f>A2</f><v></v></c><c r="D2" t="str"><f>""</f><v></v></c></row>'
    )
    roster = read_roster(with_rows(cells(1, HEAD) + row))
    assert [(i.column, i.code) for i in roster.issues] == [("C", "formula")]


def test_control_characters_and_overrides_are_told():
    row = cells(2, [1, "Lê\u202e Văn\u200b An", "1/2/1980", "Kế_x0000_ toán", "Xã X"])
    roster = read_roster(with_rows(cells(1, HEAD) + row))
    assert roster.rows[0].values["full_name"] == "Lê Văn An"
    assert roster.rows[0].values["position"] == "Kế toán"
    assert {i.column for i in roster.issues if i.code == "control_characters"} == {"B", "D"}


@pytest.mark.parametrize(
    "typed, value, code",
    [
        (40080001234, "040080001234", None),
        ("4.0080001234E10", None, "wrong_personal_id"),
        ("'040080001234", "040080001234", None),
        (987654321, None, "cmnd_number"),
        ("04008000123", None, "wrong_personal_id"),  # zeros go all together, or none of them
        ("0400800012345", None, "wrong_personal_id"),
        (99980001234, None, "wrong_personal_id"),
    ],
)
def test_identity_numbers_as_numbers(typed, value, code):
    roster = read_roster(build.xlsx({"S": [HEAD, [*PERSON[:2], None, *PERSON[3:5], typed]]}))
    assert roster.rows[0].values.get("personal_id") == value
    assert code is None or code in {i.code for i in roster.issues}


def test_days_that_are_none():
    def style(book):
        sheet = book.active
        for row, number in ((2, 60), (3, -5), (4, 29221), (5, 1e300)):
            sheet.cell(row, 3).value = number
            sheet.cell(row, 3).number_format = "dd/mm/yyyy"

    rows = [HEAD, *([n, f"Lê Văn {w}", None, "Kế toán", "Xã X"] for n, w in enumerate("ABCD", 1))]
    roster = read_roster(build.xlsx({"S": rows}, edit=style))
    assert [r.values.get("birth_date") for r in roster.rows] == [None, None, "1980-01-01", None]
    assert sorted(i.row for i in roster.issues if i.field == "birth_date") == [2, 3, 5]


def test_a_day_that_is_no_number_spoils_only_its_own_cell():
    rows = "".join(
        cells(r, [r, f"Lê Văn {w}", "", "Kế toán", "Xã X"]) for r, w in ((2, "A"), (3, "B"))
    )
    for text in ("NaN", "INF", "-1E400", "abc"):
        empty = '<c r="C2" t="inlineStr"><is><t></t></is></c>'
        roster = read_roster(
            with_rows(cells(1, HEAD) + rows.replace(empty, f'<c r="C2" s="1"><v>{text}</v></c>'))
        )
        assert [r.values["full_name"] for r in roster.rows] == ["Lê Văn A", "Lê Văn B"], text
        assert "birth_date" not in roster.rows[0].values, text
        assert [i.row for i in roster.issues if i.field == "birth_date"] == [2], text


def test_real_nuls_in_a_text_file_are_refused_by_name():
    text = "STT;Họ và tên;Ngày sinh;Đơn vị\n1;Lê\0 Văn An;1980;Xã X\n"
    code, message = refused(text.encode())
    assert code == "wrong_type" and "nhị phân" in message


# The child


def test_a_crash_in_the_child_is_a_message(monkeypatch):
    monkeypatch.setattr("cadres.intake.reading.running.START", "import os; os.abort()")
    assert refused(GOOD)[0] == "out_of_memory"


def test_a_hang_in_the_child_is_a_message(monkeypatch):
    monkeypatch.setattr("cadres.intake.reading.running.START", "import time; time.sleep(60)")
    monkeypatch.setattr(limits, "WALL_SECONDS", 1)
    assert refused(GOOD)[0] == "timeout"


def test_rubbish_from_the_child_is_a_message(monkeypatch):
    monkeypatch.setattr("cadres.intake.reading.running.START", "print('x')")
    assert refused(GOOD)[0] == "damaged"


@pytest.mark.parametrize("data", [GOOD, build.xls([HEAD, PERSON]), build.ods([HEAD, PERSON])])
def test_random_damage_is_read_or_refused(data):
    import random

    chance = random.Random(20261010)
    for _ in range(12):
        broken = bytearray(data)
        for _ in range(chance.choice((1, 5, 60))):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        try:
            read_roster(bytes(broken))
        except IntakeError as error:
            assert error.message
    assert zlib.crc32(data)


NASTY = ["@" * 9000, "1" * 32_000, "()" * 16_000, " - " * 10_000 + "x", "a" + " " * 32_000 + "b", "x/" * 16_000,
         "(" * 32_000, "..1" * 10_000, "1 " * 16_000, "ngày " * 6_000, "Đại học - " * 3_000, "=" * 32_000, "tổng " * 6_000]  # fmt: skip


@pytest.mark.parametrize("text", NASTY)
def test_long_cells_do_not_slow_the_reading(text):
    from cadres.intake.roster import rows_from
    from cadres.intake.types import Sheet, Workbook

    head = ["TT", "Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc", "Số CCCD", "Đơn vị", "Chức vụ", "Loại",
            "Mã ngạch", "Đảng viên", "Ngày vào Đảng", "Văn hóa", "Chuyên môn", "LLCT", "QLNN", "Tiếng DTTS",
            "QPAN", "Quy hoạch", "Điện thoại", "Email", "Ghi chú"]  # fmt: skip
    rows = [
        [text],
        head,
        [1, "Lê Văn An", *[text] * 20],
        [2, *[text] * 21],
        [text],
        [None, text],
        ["I", text],
    ]
    start = time.process_time()
    roster = rows_from(Workbook("xlsx", 1900, [Sheet("S", rows=rows)]))
    assert time.process_time() - start < 3
    assert roster.rows[0].values["full_name"] == "Lê Văn An"
