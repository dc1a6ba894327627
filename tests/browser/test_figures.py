"""Pages of figures in Chromium: accessible, no sideways scrolling, with and without script."""

import pytest

from cadres.models import Account
from tests.factories import make_account, make_level, make_unit
from tests.reports_pages.base import LADDERS, make_leader, make_target
from trainingplans.plans.models import Programme, Target

pytestmark = [pytest.mark.browser, pytest.mark.no_database]
PAGES = {
    "lanhdao": ["/tong-quan/", "/tong-quan/don-vi/", "/muc-tieu/", "/muc-tieu/llct/"],
    "chuyenvien": [
        "/viec-can-lam/",
        "/muc-tieu/llct/don-vi/",
        "/muc-tieu/them/",
        "/chuong-trinh/",
        "/chuong-trinh/them/",
        "/chuong-trinh/danh-muc/",
        "/tim/?q=lo",
        "/tro-giup/",
        "/tro-giup/vai-tro/",
        "/tro-giup/dieu-kien/",
        "/tro-giup/so-lieu/",
    ],
}


@pytest.fixture
def province(transactional_db):
    """Two communes of leaders, a target with a legal basis, two accounts."""
    for ladder, codes in LADDERS.items():
        for rank, code in enumerate(codes):
            make_level(ladder, code, rank)
    top = make_unit("T", name="UBND tỉnh Thái Nguyên", kind="province")
    for name, levels in (("Xã Bắc", ["TC", "SC", None]), ("Phường Nam", ["TC", "CC"])):
        unit = make_unit(name=name, under=top)
        for number, level in enumerate(levels):
            make_leader(unit, level, f"Lò Thị Mẫu {number}")
    programme = Programme.objects.create(title="Đề án 146", number="146/QĐ-TTg")
    make_target(name="Lý luận chính trị từ trung cấp trở lên", programme=programme)
    make_target("trong", population={"in_unit": ["T"]}, threshold=50)
    make_account("staff", username="chuyenvien")
    make_account("leader", username="lanhdao")
    assert Account.objects.filter(username="lanhdao").exists()


@pytest.mark.parametrize("username", PAGES)
def test_pages_are_accessible_and_fit(visitor, province, username):
    guest = visitor("phone")
    guest.log_in(username)
    edit = [f"/muc-tieu/{pk}/sua/" for pk in Target.objects.values_list("pk", flat=True)]
    for path in PAGES[username] + (edit if username == "chuyenvien" else []):
        guest.look(path)


def test_the_heat_table_arrives_after_the_totals(visitor, province):
    guest = visitor()
    guest.log_in("lanhdao")
    guest.open("/tong-quan/")
    guest.page.wait_for_selector("#bang-don-vi table.heat")
    assert "Xã Bắc" in guest.page.inner_text("#bang-don-vi")


def test_without_script_every_figure_still_leads_to_its_names(visitor, province):
    guest = visitor("phone", scripts=False)
    guest.log_in("lanhdao")
    guest.open("/tong-quan/")
    guest.go("text=Mở bảng đơn vị")
    guest.go("td.h-far a >> nth=0")
    assert guest.page.inner_text("#nguoi h2").strip().endswith("chưa đạt")


def test_typing_counts_at_once(visitor, province):
    guest = visitor()
    guest.log_in("chuyenvien")
    guest.open(f"/muc-tieu/{Target.objects.get(code='llct').pk}/sua/")
    guest.page.wait_for_selector("text=Đang tính trên 5 người, 3 đạt")
    guest.page.click("button[value='drop:attained-0']")
    guest.page.wait_for_selector("text=5 đạt")
    guest.page.select_option("#attained-new", "has")
    guest.page.click("button[value='add:attained']")
    guest.page.wait_for_selector("select[name='attained-0-v']")
    guest.page.select_option("select[name='attained-0-v']", "political_theory")
    guest.page.wait_for_selector("text=Đang tính trên 5 người, 4 đạt")
    guest.page.click("button[value='save']")
    guest.page.wait_for_selector("text=Đã lưu mục tiêu")
    assert Target.objects.get(code="llct").attained == {"has": "political_theory"}


def test_a_rule_is_composed_without_script(visitor, province):
    guest = visitor(scripts=False)
    guest.log_in("chuyenvien")
    guest.open("/muc-tieu/them/")
    guest.page.fill("#id_name", "Nữ lãnh đạo")
    guest.page.fill("#id_threshold", "30")
    guest.page.fill("#id_due", "31/12/2028")
    guest.page.select_option("#population-new", "leadership")
    guest.go("button[value='add:population']")
    guest.page.select_option("select[name='population-0-v']", "1")
    guest.page.select_option("#attained-new", "gender")
    guest.go("button[value='add:attained']")
    guest.page.select_option("select[name='attained-0-v']", "nu")
    guest.go("button[value='save']")
    assert Target.objects.get(name="Nữ lãnh đạo").population == {"leadership": True}
