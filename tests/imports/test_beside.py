"""Two lists beside each other in the answer of the command: rows of the sheet that the file has."""

import tempfile
from pathlib import Path

from tests.factories import make_unit
from tests.imports.base import ImportTestCase, import_roster, workbook

HEAD = ["TT", "Họ và tên", "Năm sinh", "Chức vụ"]
ONE, TWO = [1, "Nguyễn Thị Dân", "1979", "Kế toán"], [1, "Trần Văn Chứng", "1983", "Văn thư"]


class BesideTests(ImportTestCase):
    def test_rows_name_the_sheet_of_the_file_and_beside_it_the_part(self):
        make_unit("X1", name="Xã Na Sang")
        data = workbook([[*ONE, None, *TWO]], headings=[*HEAD, None, *HEAD])
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "hai bang.xlsx"
            path.write_bytes(data)
            status, answer = import_roster(path, "--unit", "X1", "--rows")
        self.assertEqual(status, 0)
        self.assertEqual(
            [
                (row["sheet"], row.get("part"), row["row"], row["values"]["full_name"])
                for row in answer["rows"]
            ],
            [
                ("Sheet", "Sheet", 2, "Nguyễn Thị Dân"),
                ("Sheet", "Sheet (bảng 2)", 2, "Trần Văn Chứng"),
            ],
        )
        self.assertEqual((answer["counts"]["data_rows"], answer["counts"]["other_rows"]), (2, 1))
