"""What tests of hostile files share: a good workbook, and how it is spoiled."""

import io
import time
import zipfile

import pytest

from cadres.intake.roster import read_roster
from cadres.intake.types import IntakeError
from tests.intake import build

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
