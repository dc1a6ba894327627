"""What a title of the past is about, by the words that offices write."""

import pytest

from courses.history.mapping import by_phrases

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Bồi dưỡng kiến thức QP-AN đối tượng 4", "BD.QPAN.4"),
        ("Lớp BD QLNN ngạch CV", "BD.QLNN.CV"),
        ("Bồi dưỡng ngạch chuyên viên chính khóa 5", "BD.QLNN.CVC"),
        ("BD lãnh đạo, quản lý cấp sở", "BD.LD.SO"),
        ("TCLLCT-HC hệ tại chức", "DT.CT.TC"),
        ("Bồi dưỡng đại học số", None),
        ("CCHC", "BD.VTVL.CCHC"),
        ("Tiếng DTTS (Thái)", "BD.TDT"),
        ("Giao lưu bóng chuyền", None),
    ],
)
def test_a_title_names_its_content(title, code):
    assert by_phrases(title) == code
