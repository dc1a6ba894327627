"""The unit and staff kind that a title or the name of a sheet tells."""

import pytest

from cadres.intake.understanding.contexts import unit_in_title
from tests.intake import build
from tests.intake.reading import read
from tests.intake.test_units_told import LIST

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    "title",
    [
        "DANH SÁCH CÁN BỘ XÃ MƯỜNG SO ĐĂNG KÝ BỒI DƯỠNG NĂM 2027",
        "DANH SÁCH CÁN BỘ XÃ MƯỜNG SO NGHỈ HƯU",
        "DANH SÁCH CÁN BỘ XÃ MƯỜNG SO CỬ ĐI HỌC",
        "DANH SÁCH CÁN BỘ XÃ MƯỜNG SO ĐỀ NGHỊ NÂNG LƯƠNG",
        "DANH SÁCH CÔNG CHỨC XÃ MƯỜNG SO CHƯA ĐẠT CHUẨN",
        "DANH SÁCH CÔNG CHỨC XÃ MƯỜNG SO HIỆN CÓ",
        "DANH SÁCH CÔNG CHỨC XÃ MƯỜNG SO (THỜI ĐIỂM 01/10/2026)",
    ],
)
def test_what_a_title_says_of_the_people_is_not_of_the_units_name(title):
    assert unit_in_title(title) == "Xã Mường So"


@pytest.mark.parametrize(
    ("name", "unit", "kind"),
    [
        ("01_Xã Mường So", "Xã Mường So", None),
        ("DS xã Mường So", "xã Mường So", None),
        ("Cán bộ xã Mường So", "xã Mường So", "CB"),
        ("Công chức", None, "CC"),
        ("Văn hóa - Xã hội", None, None),
    ],
)
def test_the_name_of_a_sheet_may_hold_its_list_and_its_unit(name, unit, kind):
    [first, *_] = read(build.xlsx({name: LIST})).rows
    assert (first.values.get("unit"), first.values.get("staff_kind")) == (unit, kind)
