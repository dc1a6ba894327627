"""Rosters of two years with their --on: in either order each day answers with its own file."""

import tempfile
from datetime import date
from pathlib import Path

from cadres.models import Posting, Standing
from tests.factories import make_unit
from tests.imports.base import ImportTestCase, import_roster, standings_on, workbook

HEADINGS = [
    "Họ và tên",
    "Ngày sinh",
    "Giới tính",
    "Dân tộc",
    "Đơn vị",
    "Chức vụ",
    "Đảng viên",
    "Ngày vào Đảng",
    "Trình độ chuyên môn",
    "Lý luận chính trị",
    "Tin học",
    "Tiếng dân tộc",
    "Quy hoạch",
]
UNITS = ["Xã Một", "Xã Hai"]
OLD = """
Nguyễn Văn An;07/03/1970;Nam;Kinh;Xã Một;Phó Chủ tịch;;;TC;SC;A;Tày;
Lò Thị Bình;1980;Nữ;Thái;Xã Một;Kế toán;x;01/02/2005;CĐ;Chưa;;;x
Trần Văn Cường;05/1965;Nam;Kinh;Xã Một;Chủ tịch;x;1990;ĐH;CC;;;
Vàng Thị Dung;12/12/1985;Nữ;Mông;Xã Hai;Văn thư;;;SC;SC;B;Mông, Thái;x
"""
NEW = """
Nguyễn Văn An;07/03/1970;Nam;Kinh;Xã Một;Chủ tịch;x;15/06/2013;ĐH;TC;B;Tày, Thái;x
Lò Thị Bình;20/05/1980;Nữ;Thái;Xã Một;Kế toán;x;01/02/2005;CĐ;TC;;;
Vàng Thị Dung;12/12/1985;Nữ;Mông;Xã Hai;Văn thư;x;;SC;SC;B;Mông;x
Hoàng Văn Em;01/01/1992;Nam;Tày;Xã Hai;Tư pháp;;;ĐH;Chưa;;;
"""
FILES = {
    day: [line.split(";") for line in text.split("\n") if line]
    for day, text in ((date(2011, 7, 1), OLD), (date(2016, 7, 1), NEW))
}
LEVELS = {"SC": 10, "TC": 20, "CC": 30, "Chưa": 0, "": None}
PROFESSIONAL = {"SC": 10, "TC": 20, "CĐ": 30, "ĐH": 40}
COMPUTING = {"A": 10, "B": 20, "": None}


def own(rows):
    """What a file says of its day: name -> what figures are made of."""
    said = {}
    for name, _, gender, group, unit, post, member, _, level, theory, it, tongues, planned in rows:
        said[name] = {
            "unit": unit,
            "position": post,
            "gender": {"Nam": "nam", "Nữ": "nu"}[gender],
            "group": group,
            "member": bool(member),
            "professional": PROFESSIONAL[level],
            "theory": LEVELS[theory],
            "computing": COMPUTING[it],
            "languages": set(tongues.split(", ")) if tongues else set(),
            "planned": bool(planned),
        }
    return said


def recorded(day):
    """The same from the records, as of a day."""
    return {
        name: {
            "unit": row.unit.name,
            "position": row.position,
            "gender": row.gender,
            "group": row.ethnic_group.name,
            "member": bool(row.party_member),
            "professional": row.lv_professional,
            "theory": row.lv_political_theory,
            "computing": row.lv_informatics,
            "languages": set(filter(None, row.languages.split(","))),
            "planned": row.in_planning,
        }
        for name, row in standings_on(day).items()
    }


class TwoYearsTests(ImportTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        for name in UNITS:
            make_unit(name=name)

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def send(self, day, *more):
        path = self.folder / f"{day}.xlsx"
        path.write_bytes(workbook(FILES[day], headings=HEADINGS))
        status, answer = import_roster(path, "--on", day, "--absent", "end", "--apply", *more)
        self.assertEqual(status, 0, answer)
        return answer

    def check(self):
        for day, rows in FILES.items():
            with self.subTest(day=day):
                self.assertEqual(recorded(day), own(rows))
        self.assertEqual(set(recorded(date(2014, 1, 1))), set(own(FILES[min(FILES)])))
        self.assertEqual(set(recorded(date(2026, 1, 1))), set(own(FILES[max(FILES)])))

    def test_in_the_order_of_time(self):
        for day in sorted(FILES):
            self.send(day)
        self.check()

    def test_the_later_one_first(self):
        self.send(max(FILES))
        answer = self.send(min(FILES))
        self.assertEqual(answer["counts"]["create"], 1)
        self.check()

    def send_all_twice(self, order):
        for day in order:
            self.send(day)
        rows = Standing.objects.count(), Posting.objects.count()
        for day in order:
            counts = self.send(day)["counts"]
            self.assertEqual(counts["unchanged"], counts["data_rows"], day)
        self.assertEqual((Standing.objects.count(), Posting.objects.count()), rows)

    def test_each_file_once_more_changes_nothing(self):
        self.send_all_twice(sorted(FILES))

    def test_each_file_once_more_changes_nothing_the_later_one_first(self):
        self.send_all_twice(sorted(FILES, reverse=True))
