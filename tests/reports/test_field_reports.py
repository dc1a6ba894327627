"""The figures of the field reports, out of rosters and lists that were imported."""

import json
import tempfile
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

from django.core.management import call_command
from django.test import TestCase

from cadres.catalogues import load_people_catalogues
from courses.catalogues import load_course_catalogues
from tests.factories import make_language, make_trait, make_unit
from tests.history.base import HEADINGS as HISTORY
from tests.history.lists import make_people
from tests.imports.base import import_roster, run, workbook
from trainingplans.plans.models import Target

COMMUNE_PEOPLE = {"all": [{"staff_kind": ["CB", "CC"]}, {"unit_kind": ["commune"]}]}
THEORY, DEGREE = {"has": "political_theory"}, {"has": "professional"}


def at_least(ladder, level):
    return {"level_at_least": {"ladder": ladder, "level": level}}


def spread(*parts):
    """["ThS"] * 81 + … of (how many, value)."""
    return [value for number, value in parts for _ in range(number)]


class FieldReport(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_people_catalogues()
        load_course_catalogues()

    def imported(self, headings, rows, on):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "ds.xlsx"
            path.write_bytes(workbook(rows, headings=headings))
            status, answer = import_roster(path, "--on", on, "--absent", "end", "--apply")
        self.assertEqual((status, answer["counts"]["reject"]), (0, 0), answer["issues"][:3])
        return answer["counts"]

    def answer(self, command, *arguments):
        out = StringIO()
        call_command(command, *arguments, "--json", stdout=out)
        return json.loads(out.getvalue())

    def target(self, code, attained, threshold=80, population=COMMUNE_PEOPLE):
        return Target.objects.create(
            code=code,
            name=code,
            attained=attained,
            threshold=threshold,
            population=population,
            due=date(2026, 12, 31),
        )

    def percents(self, on):
        found = self.answer("attainment", "--on", on)["targets"]
        return {target["code"]: target["percent"] for target in found}


class ReportDTests(FieldReport):
    """TP. Thái Nguyên, 2022: 636 people of 32 communes, the 31 others not lost."""

    HEADINGS = [
        "STT",
        "Họ và tên",
        "Ngày sinh",
        "Giới tính",
        "Đơn vị",
        "Loại",
        "Chức vụ",
        "Đảng viên",
        "Trình độ chuyên môn",
        "Lý luận chính trị",
    ]

    def rows(self):
        kinds = spread((356, "CB"), (280, "CC"))
        levels = spread((81, "Thạc sĩ"), (456, "Đại học"), (14, "Cao đẳng"), (54, "Trung cấp"))
        theory = spread((22, "Cao cấp"), (466, "Trung cấp"))
        for n in range(636):
            yield [
                n + 1,
                f"Nguyễn Văn {chr(65 + n % 26)}{chr(97 + n // 26)}",
                f"{n % 28 + 1:02d}/{n % 12 + 1:02d}/{1965 + n % 30}",
                "Nữ" if n < 284 else "Nam",
                f"Xã Số {n % 32 + 1}",
                kinds[n],
                "Chuyên môn",
                "x" if n < 565 else "",
                levels[(n * 5) % 636] if (n * 5) % 636 < len(levels) else "",
                theory[(n * 7) % 636] if (n * 7) % 636 < len(theory) else "",
            ]

    def test_the_structure_is_exact(self):
        for number in range(1, 33):
            make_unit(name=f"Xã Số {number}")
        counts = self.imported(self.HEADINGS, self.rows(), "2022-03-16")
        self.assertEqual(counts["create"], 636)
        found = self.answer("structure", "--on", "2022-03-16")
        self.assertEqual((found["total"], found["women"], found["party_members"]), (636, 284, 565))
        self.assertEqual(found["by_staff_kind"], {"CB": 356, "CC": 280, "unknown": 0})
        levels = {"THS": 81, "DH": 456, "CD": 14, "TC": 54, "unknown": 31}
        self.assertEqual(found["by_professional_level"], levels)
        self.assertEqual(
            found["by_political_level"], {"CC": 22, "TC": 466, "unknown": 636 - 22 - 466}
        )
        self.assertEqual(len(found["by_unit"]), 33)  # and the unknown
        self.target("party", {"party_member": True})
        self.target("university", at_least("professional", "DH"))
        percents = self.percents("2022-03-16")
        self.assertEqual(percents, {"party": 88.84, "university": 84.43})  # 88,8 %, 84,4 %


class ReportCTests(FieldReport):
    """Bình Trung: 74 % without political theory, 53 % without training; five years later 15, 20."""

    HEADINGS = ["Họ và tên", "Ngày sinh", "Đơn vị", "Loại", "Chuyên môn", "Lý luận chính trị"]

    def rows(self, without_theory, without_training):
        for n in range(100):
            yield [
                f"Hoàng Văn {chr(65 + n % 26)}{chr(97 + n // 26)}",
                f"{n % 28 + 1:02d}/01/{1970 + n % 20}",
                "Xã Bình Trung",
                "CC",
                "Chưa qua đào tạo" if n < without_training else "Trung cấp",
                "Chưa qua đào tạo" if n < without_theory else "Sơ cấp",
            ]

    def test_one_commune_at_two_dates(self):
        make_unit(name="Xã Bình Trung")
        self.target("no_theory", {"not": THEORY})
        self.target("no_training", {"not": DEGREE})
        self.imported(self.HEADINGS, self.rows(74, 53), "2011-12-31")
        self.imported(self.HEADINGS, self.rows(15, 20), "2016-06-30")
        self.assertEqual(self.percents("2011-12-31"), {"no_theory": 74, "no_training": 53})
        self.assertEqual(self.percents("2016-06-30"), {"no_theory": 15, "no_training": 20})
        days = ("--from", "2011-12-31", "--to", "2016-06-30")
        [step] = self.answer("bridge", "--target", "no_theory", *days)["steps"]
        self.assertEqual((step["attained"], len(step["people"])), (-59, 59))


class ReportBTests(FieldReport):
    """Nậm Pồ, one year: turns by content, with the distinct people beside them."""

    # (lượt, title as the list writes it, its content, how many people share them)
    PARTS = [
        (56, "Trung cấp lý luận chính trị", "DT.CT.TC", 56),
        (89, "Bồi dưỡng quản lý nhà nước ngạch chuyên viên", "BD.QLNN.CV", 89),
        (538, "Văn thư, lưu trữ", "BD.VTVL.VTLT", 538),
        (876, "Kỹ năng chuyên ngành theo vị trí việc làm", "BD.VTVL", 600),
        (198, "Bồi dưỡng theo tiêu chuẩn chức danh nghề nghiệp", "BD.CDNN", 198),
    ]

    def test_turns_by_content(self):
        people = make_people(600, [make_unit(name="Xã Nậm Pồ")])
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "ds.xlsx"
            path.write_bytes(workbook(self.rows(people), headings=HISTORY))
            status, [found], _ = run("import_history", path, "--apply")
        self.assertEqual((status, found["counts"]["create"]), (0, 1757))
        whole = self.answer(
            "turns", "--from", "2023-01-01", "--to", "2023-12-31", "--by", "category"
        )
        self.assertEqual((whole["turns"], whole["people"]), (1757, 600))
        by_content = {row["key"]: (row["turns"], row["people"]) for row in whole["rows"]}
        self.assertEqual(
            by_content, {code: (turns, people) for turns, _title, code, people in self.PARTS}
        )
        self.assertEqual((whole["dao_tao"]["turns"], whole["boi_duong"]["turns"]), (56, 1701))

    def rows(self, people):
        for number, title, code, among in self.PARTS:
            form = "Đào tạo" if code.startswith("DT") else "Bồi dưỡng"
            for turn in range(number):
                person, day = people[turn % among], date(2023, 5 + turn // among, 2)
                told = [person.full_name, person.birth_date, person.personal_id, "Xã Nậm Pồ"]
                ends = day + timedelta(days=4)
                yield [1, *told, title, form, day, ends, 40, "", "", ""]


class ReportETests(FieldReport):
    """Đắk Nông, to 2020: the four kinds of targets of QĐ 124, met and missed exactly."""

    HEADINGS = [
        "Họ và tên",
        "Ngày sinh",
        "Dân tộc",
        "Đơn vị",
        "Loại",
        "Chuyên môn",
        "Lý luận chính trị",
        "Tiếng dân tộc",
    ]

    def test_targets_by_rule(self):
        unit = make_unit(name="Xã Đắk Ha")
        make_trait(unit)
        make_language(unit, "Mạ")
        civil, cadres = (
            {"all": [{"staff_kind": [kind]}, {"unit_kind": ["commune"]}]} for kind in ("CC", "CB")
        )
        kinh = {"all": [{"ethnic_group": ["Kinh"]}, {"unit_trait": "minority_area"}]}
        self.target("chuyen_mon", at_least("professional", "TC"), 95, civil)
        self.target("llct", at_least("political_theory", "TC"), 85, cadres)
        self.target("tieng", {"speaks_language_of_unit": True}, 85, kinh)
        rows = []
        for n in range(40):
            is_civil, is_kinh = n < 20, n % 2 == 0
            trained = "Trung cấp" if n != 0 else "Sơ cấp"
            rows.append(
                [
                    f"Điểu Văn {chr(65 + n % 26)}{chr(97 + n // 26)}",
                    f"{n % 28 + 1:02d}/01/1980",
                    "Kinh" if is_kinh else "Mạ",
                    "Xã Đắk Ha",
                    "CC" if is_civil else "CB",
                    trained,
                    "Trung cấp" if n < 36 else "Sơ cấp",
                    "Mạ" if n < 34 else "",
                ]
            )
        self.imported(self.HEADINGS, rows, "2020-06-30")
        found = self.answer("attainment", "--on", "2020-06-30")["targets"]
        figures = {t["code"]: (t["attained"], t["population"], t["met"]) for t in found}
        self.assertEqual(
            figures,
            {"chuyen_mon": (19, 20, True), "llct": (16, 20, False), "tieng": (17, 20, True)},
        )


class ReportATests(FieldReport):
    """Thái Nguyên, 2024: three records classes for 279 people count 279 turns of 279 people."""

    def test_three_classes(self):
        people = make_people(279, [make_unit(name="Xã Định Hóa"), make_unit(name="Xã Phú Lương")])
        places = {p.pk: ("Xã Định Hóa", "Xã Phú Lương")[n % 2] for n, p in enumerate(people)}
        rows = []
        for n, person in enumerate(people):
            day = date(2024, 4 + n % 3, 8)
            told = [person.full_name, person.birth_date, person.personal_id, places[person.pk]]
            days = [day, day + timedelta(days=2), 24]
            rows.append([n + 1, *told, "Văn thư, lưu trữ", "Bồi dưỡng", *days, "", "", ""])
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "ds.xlsx"
            path.write_bytes(workbook(rows, headings=HISTORY))
            status, _, _ = run("import_history", path, "--apply")
        self.assertEqual(status, 0)
        year = ("--from", "2024-01-01", "--to", "2024-12-31")
        found = self.answer("turns", *year, "--by", "unit")
        self.assertEqual((found["turns"], found["people"]), (279, 279))
        self.assertEqual(sum(row["turns"] for row in found["rows"]), 279)
        quarter = self.answer("turns", "--from", "2024-04-01", "--to", "2024-04-30")
        self.assertEqual(quarter["turns"], 93)
