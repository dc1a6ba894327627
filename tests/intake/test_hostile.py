"""Spreadsheet threats: each file is made here and refused by name, or read whole."""

# ruff: noqa: E501 - rows of sheets are easier to read unbroken

import io
import resource
import socket
import struct
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

pytestmark = pytest.mark.no_database

HEAD = ["STT", "Họ và tên", "Ngày sinh", "Chức vụ", "Đơn vị", "Số CCCD"]
PERSON = [1, "Lê Văn An", "1/2/1980", "Kế toán", "Xã Tam Quang", "040080001234"]
GOOD = build.xlsx({"Sheet1": [HEAD, PERSON]})
SHEET = "xl/worksheets/sheet1.xml"


def refused(data, within=10):
    """(code, message) of the refusal."""
    start = time.monotonic()
    with pytest.raises(IntakeError) as caught:
        read_roster(data, "../../etc/passwd.xls")
    assert time.monotonic() - start < within
    return caught.value.code, caught.value.message


def rewrite(data, changes=None, extra=None):
    """The zip with members changed by functions of their bytes, and members added."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, changes[name](content) if changes and name in changes else content)
        for name, content in (extra or {}).items():
            new.writestr(name, content)
    return out.getvalue()


def with_rows(xml, head=b""):
    """The good workbook with this XML for its rows."""
    sheet = (
        b'<?xml version="1.0" encoding="UTF-8"?>' + head + b'<worksheet xmlns="http://schemas.openxml'
        b'formats.org/spreadsheetml/2006/main"><dimension ref="A1:A1"/><sheetData>'
        + xml.encode() + b"</sheetData></worksheet>"
    )  # fmt: skip
    return rewrite(GOOD, {SHEET: lambda _: sheet})


def cells(row, values, number=True, letters="ABCDEFGHIJ"):
    """One row of inline strings."""
    inside = "".join(
        f'<c r="{c}{row}" t="inlineStr"><is><t>{v}</t></is></c>'
        for c, v in zip(letters, values, strict=False)
    )
    attribute = f' r="{row}"' if number else ""
    return f"<row{attribute}>{inside}</row>"


# S1: bombs


def test_bomb_of_zeros():
    bomb = rewrite(GOOD, extra={"xl/media/a.xml": b" " * (300 << 20)})
    assert len(bomb) < 2 << 20
    code, message = refused(bomb)
    assert code == "zip_bomb" and "nén" in message


def test_sizes_that_lie():
    data = bytearray(rewrite(GOOD, extra={"xl/big.xml": b"0" * (1 << 20)}))
    at = data.rindex(b"xl/big.xml") - 46
    struct.pack_into("<I", data, at + 24, 10)
    assert refused(bytes(data))[0] in ("damaged", "zip_bomb")


def test_too_many_members():
    assert (
        refused(rewrite(GOOD, extra={f"a{i}": b"" for i in range(limits.MEMBERS)}))[0] == "zip_bomb"
    )


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_only_deflate(method):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as old, zipfile.ZipFile(out, "w", method) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    assert refused(out.getvalue())[0] == "zip_bomb"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_double_names():
    out = io.BytesIO(GOOD)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(SHEET, "<worksheet/>")
    assert refused(out.getvalue())[0] == "damaged"


def test_members_that_overlap():
    """Two entries of the list point at the same bytes: what is unpacked would be counted twice."""
    data = bytearray(rewrite(GOOD, extra={"xl/a.xml": b"x" * 5000, "xl/b.xml": b"x" * 5000}))
    first, second = (
        data.index(name, data.index(b"PK\x01\x02")) for name in (b"xl/a.xml", b"xl/b.xml")
    )
    data[second - 4 : second] = data[first - 4 : first]  # where the member begins
    assert refused(bytes(data))[0] == "zip_bomb"


# S2: declarations


def test_a_declaration_makes_nobody_call():
    """An address in the file is not asked: a listener on this machine hears nothing."""
    with socket.create_server(("127.0.0.1", 0)) as ear:
        ear.settimeout(0.5)
        port = ear.getsockname()[1]
        head = f'<!DOCTYPE x SYSTEM "http://127.0.0.1:{port}/x.dtd">'.encode()
        assert refused(with_rows(cells(1, HEAD), head))[0] == "dtd"
        with pytest.raises(TimeoutError):
            ear.accept()


@pytest.mark.parametrize(
    "head",
    [
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>',
        b'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">',
        b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>',
        b"<!--" + b"x" * 70_000 + b'--><!DOCTYPE x [<!ENTITY a "b">]>',
    ],
)
def test_any_declaration_is_refused(head):
    assert refused(with_rows(cells(1, HEAD), head))[0] == "dtd"


def test_declaration_in_another_encoding():
    text = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY a "b">]><worksheet/>'
    assert refused(rewrite(GOOD, {SHEET: lambda _: text.encode("utf-16")}))[0] == "dtd"


def test_a_declaration_in_any_part_is_refused():
    """Also where nothing would be read from: styles, texts, relations, the list of types."""
    declared = b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'

    def change(content):
        head, mark, rest = content.rpartition(b"?>")
        return head + mark + declared + rest

    for data in (GOOD, build.ods([HEAD, PERSON])):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [n for n in archive.namelist() if n.endswith((".xml", ".rels"))]
        assert len(parts) > 1
        for part in parts:
            assert refused(rewrite(data, {part: change}))[0] == "dtd", part


def test_an_inclusion_includes_nothing(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("Bí mật")
    include = (
        '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" parse="text" '
        f'href="{secret.as_uri()}"/>'
    )
    row = cells(2, PERSON).replace("Kế toán", f"Kế {include}toán")
    roster = read_roster(with_rows(cells(1, HEAD) + row))
    assert "Bí mật" not in repr(roster)


# S3: dimension, order, numbers


def test_false_dimension_loses_nothing():
    rows = "".join(
        cells(r, [r, f"Lê Văn {chr(64 + r)}", "1/2/1980", "Kế toán", "Xã X"]) for r in range(2, 9)
    )
    roster = read_roster(with_rows(cells(1, HEAD) + rows))
    assert [r.row for r in roster.rows] == list(range(2, 9))


def test_rows_out_of_order_and_without_numbers():
    rows = [
        cells(3, PERSON),
        cells(1, HEAD),
        cells(2, [2, "Lê Thị Bình", "3/4/1985", "Văn thư", "Xã X"]),
    ]
    roster = read_roster(with_rows("".join(rows)))
    assert {r.row: r.values["full_name"] for r in roster.rows} == {2: "Lê Thị Bình", 3: "Lê Văn An"}
    plain = "".join(
        "<row>" + "".join(f'<c t="inlineStr"><is><t>{v}</t></is></c>' for v in line) + "</row>"
        for line in (HEAD, PERSON)
    )
    roster = read_roster(with_rows(plain))
    assert [(r.row, r.values["full_name"]) for r in roster.rows] == [(2, "Lê Văn An")]


def test_strict_open_xml_is_read():
    strict = {b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
              b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": b"http://purl.oclc.org/ooxml/officeDocument/relationships"}  # fmt: skip

    def change(content):
        for old, new in strict.items():
            content = content.replace(old, new)
        return content

    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        names = [n for n in archive.namelist() if n.endswith((".xml", ".rels"))]
    roster = read_roster(rewrite(GOOD, dict.fromkeys(names, change)))
    assert [r.values["full_name"] for r in roster.rows] == ["Lê Văn An"]


def test_prefixed_tags_comments_and_cdata():
    def change(content):
        for tag in (
            b"worksheet",
            b"sheetData",
            b"row",
            b"c ",
            b"v>",
            b"sheetViews",
            b"cols",
            b"c>",
        ):
            content = content.replace(b"<" + tag, b"<x:" + tag).replace(b"</" + tag, b"</x:" + tag)
        return content.replace(b"xmlns=", b"xmlns:x=").replace(
            b"<x:row", b"<!-- <c r='A9'/> --><x:row", 1
        )

    roster = read_roster(rewrite(GOOD, {SHEET: change}))
    assert [r.values["full_name"] for r in roster.rows] == ["Lê Văn An"]


# S4, S13: size


def test_a_million_styled_empty_rows():
    empty = "".join(f'<row r="{r}" s="1" customFormat="1"/>' for r in range(3, 1_048_577))
    data = with_rows(cells(1, HEAD) + cells(2, PERSON) + empty)
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    assert len(read_roster(data).rows) == 1
    # Processor time: the machine may be busy with other things.
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before < 8


@pytest.mark.parametrize("place", ["XFD1048576", "A1048576", "XFD2"])
def test_sparse_giants_are_refused_by_name(place):
    number = "".join(c for c in place if c.isdigit())
    far = f'<row r="{number}"><c r="{place}"><v>1</v></c></row>'
    start = cells(1, HEAD) if number == "2" else cells(1, HEAD) + cells(2, PERSON)
    code, message = refused(with_rows(start + far))
    assert code == "too_large" and place in message


def test_a_giant_cell():
    text = "x" * (10 << 20)
    code, message = refused(with_rows(cells(1, HEAD) + cells(2, [1, text])))
    assert code == "too_large" and "32.767" in message


def test_too_many_sheets():
    data = build.xlsx({f"S{i}": [["x"]] for i in range(limits.SHEETS + 1)})
    code, message = refused(data, 30)
    assert code == "too_large" and "300" in message


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
