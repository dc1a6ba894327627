"""Rows written alike are read by a plan: the same values as cell by cell, from any sheet's XML."""

import io
import zipfile
from unittest.mock import patch
from xml.sax.saxutils import escape

from hypothesis import given, settings
from hypothesis import strategies as st

from cadres.intake.reading import quick
from cadres.intake.reading.ooxml import read_ooxml
from cadres.intake.reading.plans import Plans
from cadres.intake.types import column_letter

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
# Styles 0 to 3: as it is, a day, zeros in front shown, as it is.
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="170" formatCode="000000"/>'
    '</numFmts><cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/>'
    '<xf numFmtId="0"/></cellXfs></styleSheet>'
)
SHARED = ["Họ & tên", "Xã Mường So", "", " hai  dấu cách ", "5 < 6", "dòng\nmới", "_x000D_ đuôi"]
TEXTS = st.sampled_from(["Đại học", "a > b", "x", "01.003", "A & B", "dòng\nhai", "13", " "])
NUMBERS = st.sampled_from(["1", "29000", "13.5", "1E3", "-4", "019180000001", "1e400", "không"])


def cell(kind, style, value):
    """The XML of a cell after its reference, of one way of writing it."""
    shown = f' s="{style}"' if style else ""
    if kind == "s":
        return f'{shown} t="s"><v>{value}</v></c>'
    if kind == "inline":
        return f'{shown} t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    if kind == "str":
        return f'{shown} t="str"><v>{escape(value)}</v></c>'
    if kind == "formula":
        return f"{shown}><f>A1+1</f><v>{value}</v></c>"
    if kind == "error":
        return f'{shown} t="e"><v>#N/A</v></c>'
    if kind == "bool":
        return f'{shown} t="b"><v>1</v></c>'
    if kind == "number":
        return f"{shown}><v>{value}</v></c>"
    return f"{shown}/>" if kind == "blank" else f"{shown}></c>"


def _cells(numbers):
    styles = st.integers(0, 3)
    return st.one_of(
        st.tuples(st.just("s"), styles, st.integers(0, len(SHARED) - 1)),
        st.tuples(st.sampled_from(["inline", "str"]), styles, TEXTS),
        st.tuples(st.just("number"), styles, numbers),
        st.tuples(st.just("formula"), styles, st.sampled_from(["7", ""])),
        st.tuples(st.sampled_from(["error", "bool", "blank", "closed"]), styles, st.none()),
    )


def sheet_of(rows):
    """The XML of a sheet of {row number: {column: (kind, style, value)}}."""
    lines = []
    for number, cells in rows.items():
        inside = "".join(
            f'<c r="{column_letter(column)}{number}"{cell(*told)}' for column, told in cells.items()
        )
        lines.append(f'<row r="{number}" spans="1:9">{inside}</row>')
    return f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(lines)}</sheetData></worksheet>'


def workbook(sheet):
    """The bytes of a workbook around the XML of its one sheet."""
    texts = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in SHARED)
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        'content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{REL}/'
        'officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{REL}"><sheets><sheet name="DS" '
        'sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">'
        f'<Relationship Id="r1" Type="{REL}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{REL}/styles" Target="styles.xml"/>'
        f'<Relationship Id="r3" Type="{REL}/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>",
        "xl/styles.xml": STYLES,
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{texts}</sst>',
        "xl/worksheets/sheet1.xml": sheet,
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return stream.getvalue()


def by_cells(data):
    """The sheet as the patient reader understands it."""
    with patch.object(quick.QuickReader, "read", side_effect=quick.NotPlain):
        return read_ooxml(io.BytesIO(data), "xlsx").sheets[0]


def by_plans(data):
    """(the sheet as it is read, how many of its rows were read by plans)."""
    plain, line = [], Plans.line

    def counted(self, number, xml):
        found = line(self, number, xml)
        plain.append(found is not None)
        return found

    with patch.object(Plans, "line", counted):
        return read_ooxml(io.BytesIO(data), "xlsx").sheets[0], sum(plain)


def without_ends(rows):
    """Rows without the empty cells at their ends, and without empty rows at the end."""
    cut = []
    for row in rows:
        row = list(row)
        while row and row[-1] is None:
            row.pop()
        cut.append(row)
    while cut and not cut[-1]:
        cut.pop()
    return cut


FORM = st.dictionaries(st.integers(1, 9), _cells(NUMBERS), max_size=7)


@settings(max_examples=120, deadline=None)
@given(st.lists(FORM, min_size=1, max_size=4), st.integers(1, 30), st.integers(1, 3), st.data())
def test_a_plan_reads_what_is_read_cell_by_cell(forms, first, step, data):
    rows, number = {}, first
    for _ in range(12):
        form = data.draw(st.sampled_from(forms))
        rows[number] = dict(sorted(form.items()))
        number += step
    book = workbook(sheet_of(rows))
    patient, (found, _) = by_cells(book), by_plans(book)
    assert without_ends(found.rows) == without_ends(patient.rows)
    assert (found.errors, found.fonts) == (patient.errors, patient.fonts)


def test_rows_written_alike_share_one_plan():
    """Rows 13 and 213 end like the style's number 3: no digit of a style is taken for a row's."""
    rows = {
        number: {1: ("number", 0, str(number)), 2: ("s", 3, 1), 4: ("number", 1, "29000")}
        for number in range(3, 300)
    }
    found, planned = by_plans(workbook(sheet_of(rows)))
    assert planned == 295  # but rows 3 and 4, whose numbers may be those of styles
    assert {tuple(map(str, row[1:])) for row in found.rows[2:]} == {
        ("Xã Mường So", "None", "1979-05-25")
    }
    assert [row[0] for row in found.rows[2:]] == list(range(3, 300))


def test_a_text_that_is_not_among_the_shared_ones_is_damage():
    rows = {number: {1: ("s", 0, 99 if number == 40 else 1)} for number in range(5, 50)}
    book = workbook(sheet_of(rows))
    with patch.object(quick.QuickReader, "read", side_effect=quick.NotPlain):
        message = _refusal(book)
    assert message == _refusal(book)
    assert "hỏng" in message


def _refusal(book):
    try:
        read_ooxml(io.BytesIO(book), "xlsx")
    except Exception as error:  # noqa: BLE001 - whatever it is, its message is compared
        return str(error)
    return ""
