"""What tests of lists of the past share: files made, commands run, the turns counted."""

import json
import tempfile
from io import StringIO
from pathlib import Path

from django.core.management import call_command
from django.test import TestCase

from cadres.catalogues import load_people_catalogues
from courses.catalogues import load_course_catalogues
from tests.factories import make_official, make_unit
from tests.imports.base import run, workbook

HEADINGS = [
    "TT",
    "Họ và tên",
    "Ngày sinh",
    "Số CCCD",
    "Đơn vị công tác",
    "Tên khóa đào tạo, bồi dưỡng",
    "Hình thức",
    "Từ ngày",
    "Đến ngày",
    "Số tiết",
    "Nơi đào tạo",
    "Kết quả",
    "Số chứng chỉ",
]


class HistoryTestCase(TestCase):
    """A commune with two people, known since 2010."""

    @classmethod
    def setUpTestData(cls):
        load_people_catalogues()
        load_course_catalogues()
        cls.top = make_unit("T", name="UBND tỉnh Mẫu", kind="province")
        cls.one = make_unit("X1", name="Xã Bản Một", under=cls.top)
        cls.two = make_unit("X2", name="Xã Ái Hai", under=cls.top)
        since = {"since": "2010-01-01"}
        cls.an = make_official(
            cls.one,
            full_name="Lò Văn An",
            birth_date="1980-03-07",
            personal_id="011080000011",
            gender="nam",
            **since,
        )
        cls.binh = make_official(
            cls.two,
            full_name="Vi Thị Bình",
            birth_date="1985-01-01",
            birth_precision="year",
            **since,
        )

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def file(self, rows, *, headings=HEADINGS, title=None, name="qua-dao-tao.xlsx"):
        """The path of a workbook with these rows."""
        path = Path(self.folder.name) / name
        path.write_bytes(workbook(rows, headings=headings, title=title))
        return path

    def import_(self, rows, *arguments, **options):
        """(exit status, document) of import_history with --rows."""
        path = self.file(rows, **options)
        status, documents, _ = run("import_history", path, "--rows", *arguments)
        return status, documents[0]

    def apply(self, rows, **options):
        return self.import_(rows, "--apply", **options)[1]

    def turns(self, *arguments, first="2000-01-01", last="2025-12-31"):
        """The document of `turns`."""
        out = StringIO()
        call_command("turns", "--from", first, "--to", last, "--json", *arguments, stdout=out)
        return json.loads(out.getvalue())


def row(number=1, **told):
    """A row under HEADINGS: An's course of state management, unless told otherwise."""
    values = {
        "name": "Lò Văn An",
        "birth": "07/03/1980",
        "id": "011080000011",
        "unit": "Xã Bản Một",
        "course": "Bồi dưỡng quản lý nhà nước ngạch chuyên viên",
        "form": "Bồi dưỡng",
        "from": "01/03/2015",
        "to": "15/03/2015",
        "hours": 80,
        "school": "Trường Chính trị tỉnh",
        "result": "Khá",
        "certificate": "123/CC",
    }
    assert set(told) <= set(values), told
    return [number, *(values | told).values()]
