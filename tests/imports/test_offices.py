"""A part of a unit that the tree knows by its very name: its people are there, else in the unit."""

from cadres.intake import batches
from cadres.models import Account
from tests.factories import make_unit
from tests.imports.base import ImportTestCase, workbook
from trainingplans.lib.dates import today

HEAD = ["TT", "Họ và tên", "Năm sinh", "Chức vụ"]
ONE = [1, "Nguyễn Thị Dân", "1979", "Kế toán"]
TWO = [2, "Trần Văn Chứng", "1983", "Công chứng viên"]
OFFICE = "Phòng Công chứng số 1"


class OfficeTests(ImportTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.province = make_unit(name="UBND tỉnh Lai Châu", kind="province")
        cls.head = make_unit(name="Sở Tư pháp", kind="department", under=cls.province)

    def units(self, rows, title="SỞ TƯ PHÁP", name="ds.xlsx", **options):
        """{name of the person: (unit, unit as "rows" tell it)} of a preview."""
        data = workbook(rows[1:], headings=rows[0], title=title)
        system = Account.objects.system()
        parsed = batches.parse(data, name)
        outcome = batches.look(data, parsed, by=system, on=today(), **options)
        return {
            case.row.values["full_name"]: (case.unit and case.unit.name, case.row.values["unit"])
            for case in outcome.cases
        }

    def groups(self, office=OFFICE):
        return [HEAD, ["I", "Văn phòng Sở"], ONE, ["II", office], TWO]

    def test_an_organisation_of_its_own_is_a_unit_where_the_tree_knows_it(self):
        parts = {"Nguyễn Thị Dân": ("Sở Tư pháp", "Sở Tư pháp")}
        self.assertEqual(
            self.units(self.groups()), parts | {"Trần Văn Chứng": ("Sở Tư pháp", "Sở Tư pháp")}
        )
        make_unit(name=OFFICE, kind="public_service", under=self.head)
        known = parts | {"Trần Văn Chứng": (OFFICE, OFFICE)}
        self.assertEqual(self.units(self.groups()), known)
        other = self.units(self.groups("Phòng công chứng số 1 (1 người)"))
        self.assertEqual(other["Trần Văn Chứng"][0], OFFICE)

    def test_a_column_of_offices_tells_it_too(self):
        make_unit(name=OFFICE, kind="public_service", under=self.head)
        rows = [[*HEAD, "Phòng, ban"], [*ONE, "Phòng Hành chính"], [*TWO, OFFICE]]
        self.assertEqual(
            self.units(rows),
            {"Nguyễn Thị Dân": ("Sở Tư pháp", "Sở Tư pháp"), "Trần Văn Chứng": (OFFICE, OFFICE)},
        )

    def test_a_unit_column_that_names_only_a_part_means_the_unit_of_the_list(self):
        rows = [[*HEAD, "Phòng, đơn vị"], [*ONE, "Văn phòng Sở"], [*TWO, "Phòng Kinh tế xã Nà Sản"]]
        found = self.units(rows)
        self.assertEqual(found["Nguyễn Thị Dân"], ("Sở Tư pháp", "Sở Tư pháp"))
        self.assertIsNone(found["Trần Văn Chứng"][0])  # of a place that nobody knows

    def test_a_party_organisation_of_an_agency_is_that_agency(self):
        rows = [[*HEAD, "Đơn vị"], [*ONE, "Đảng bộ Sở Tư pháp"], [*TWO, "Chi bộ Sở Tư pháp"]]
        told = self.units(rows, title="DANH SÁCH ĐẢNG VIÊN")
        self.assertEqual({unit for unit, _ in told.values()}, {"Sở Tư pháp"})

    def test_a_title_that_goes_on_behind_the_name_of_its_unit(self):
        rows = [HEAD, ONE]
        told = self.units(rows, title="DANH SÁCH CÔNG CHỨC SỞ TƯ PHÁP ĂN TRƯA TẠI CƠ QUAN")
        self.assertEqual(told["Nguyễn Thị Dân"][0], "Sở Tư pháp")

    def test_a_unit_beside_the_one_that_sends_the_list(self):
        make_unit(name="Ban Tiếp công dân tỉnh", kind="department", under=self.province)
        told = self.units(self.groups("Ban Tiếp công dân tỉnh"))
        self.assertEqual(told["Trần Văn Chứng"][0], "Ban Tiếp công dân tỉnh")

    def test_the_office_of_that_name_of_another_commune_is_not_meant(self):
        one = make_unit(name="Xã Một", under=self.province)
        make_unit(name="Phòng Kinh tế", kind="department", under=one)
        two = make_unit(name="Xã Hai", under=self.province)
        rows = self.groups("Phòng Kinh tế")
        for title, unit in (("UBND XÃ MỘT", "Phòng Kinh tế"), ("UBND XÃ HAI", "Xã Hai")):
            self.assertEqual(self.units(rows, title)["Trần Văn Chứng"][0], unit)
        make_unit(name="Phòng Kinh tế", kind="department", under=two)
        path = self.units(rows, "UBND XÃ HAI")["Trần Văn Chứng"]
        self.assertEqual(path, ("Phòng Kinh tế", "Phòng Kinh tế"))

    def test_a_group_inside_which_another_unit_stands_is_no_part_of_it(self):
        make_unit(name=OFFICE, kind="public_service", under=self.head)
        make_unit(name="Sở Y tế", kind="department", under=self.province)
        rows = [HEAD, ["A", OFFICE], TWO, ["B", "Sở Y tế"], ONE]
        told = self.units(rows)
        self.assertEqual(told["Trần Văn Chứng"][0], OFFICE)
        self.assertEqual(told["Nguyễn Thị Dân"][0], "Sở Y tế")
