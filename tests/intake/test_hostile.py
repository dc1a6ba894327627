"""Spreadsheet threats in archives, XML and size: refused by name, or read whole."""

# ruff: noqa: E501 - rows of sheets are easier to read unbroken

import io
import resource
import socket
import struct
import zipfile

import pytest

from cadres.intake.reading import limits
from cadres.intake.roster import read_roster
from tests.intake import build
from tests.intake.hostile import GOOD, HEAD, PERSON, SHEET, cells, refused, rewrite, with_rows

pytestmark = pytest.mark.no_database


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
