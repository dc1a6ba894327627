"""Importing a roster as people do it: in Chromium, on a phone, without script, by keyboard."""

import pytest

from cadres.catalogues import load_people_catalogues
from cadres.models import Official, Posting, Standing
from tests.factories import PASSWORD, make_account, make_official, make_unit
from tests.imports_pages.base import HEADINGS, ROSTERS, row, workbook

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SAMPLE = "11_dak_nong_can_bo_cong_chuc_cap_xa.xlsx"


@pytest.fixture
def catalogues(transactional_db):
    load_people_catalogues()


@pytest.fixture
def communes(catalogues):
    """Two communes, each with a clerk; in the first somebody the roster will change."""
    units = [make_unit(name="Xã Một"), make_unit(name="Xã Hai")]
    for number, unit in enumerate(units, 1):
        make_account("clerk", unit=unit, username=f"daumoi{number}")
    make_official(units[0], full_name="Lò Thị Hiền", position="Công chức")
    return units


def roster(folder):
    """A file with somebody new, changed, faulty, nameless and of another commune."""
    rows = [
        row(1, "Lò Thị Hiền", "14/3/1991", "Xã Một", position="Phó Chủ tịch"),
        row(2, "Sùng Thị Mỷ", "30/02/1993", "Xã Một"),
        row(3, None, "1990", "Xã Một"),
        row(4, "Vàng A Dơ", "1986", "Xã Hai"),
    ]
    path = folder / "ds.xlsx"
    path.write_bytes(workbook(rows, headings=HEADINGS))
    return path


def upload(page, path, on="01/06/2026"):
    page.set_input_files("input[type=file]", str(path))
    page.fill("input[name=on]", on)
    page.click("text=Tải tệp lên để xem trước")
    page.wait_for_selector(".sticky-foot")
    page.wait_for_load_state("load")


def test_staff_import_a_province_and_take_it_back(visitor, catalogues):
    make_account("staff", username="chuyenvien")
    someone = visitor()
    someone.log_in("chuyenvien")
    assert someone.open("/nhap-danh-sach/") == 200
    assert someone.axe() == []
    upload(someone.page, ROSTERS / SAMPLE, on="31/12/2020")
    someone.page.click("text=Lấy đặc điểm của")
    someone.told("Sẽ ghi 700 dòng", ".sticky-foot")
    assert someone.axe() == []
    someone.page.click("text=Áp dụng 700 dòng")
    someone.told("Đã áp dụng 700 dòng", ".undo-bar")
    assert someone.axe() == []
    someone.go("text=Xem những người này")
    someone.told("700 người", "#ket-qua")
    assert Standing.objects.filter(in_service=True).count() >= 700
    someone.page.go_back()
    someone.page.click(".undo-bar >> text=Hoàn tác")
    someone.page.wait_for_selector("text=Đã đưa 700 người về như trước")
    assert Official.objects.count() == 0


def test_a_clerk_on_a_phone_mends_decides_and_sees_the_own_unit_only(visitor, communes, tmp_path):
    someone = visitor(size="phone")
    someone.log_in("daumoi1")
    someone.open("/nhap-danh-sach/")
    assert someone.fits()
    assert someone.axe() == []
    upload(someone.page, roster(tmp_path))
    page = someone.page
    address = page.url
    assert someone.fits()
    assert someone.axe() == []
    assert "Sẽ ghi 2 dòng" in page.inner_text(".sticky-foot")
    page.click("summary:has-text('(trống)')")
    page.fill("input[name=sua-0-4-B]", "Giàng A Chu")
    place = "() => document.querySelector('.sheet-wrap').getBoundingClientRect().y"
    before = page.evaluate(place)
    page.click("td:has(input[name=sua-0-4-B]) button")
    someone.told("Áp dụng 3 dòng", ".sticky-foot")
    assert abs(page.evaluate(place) - before) < 300  # the sheet is still in sight
    page.check("#muc-0-2-position-cu")
    page.click("text=Áp dụng 3 dòng")
    page.wait_for_selector(".undo-bar")
    page.wait_for_load_state("load")
    assert someone.fits()
    assert someone.axe() == []
    assert "“Xã Hai” không thuộc đơn vị" in page.inner_text("main")
    names = set(Official.objects.values_list("full_name", flat=True))
    assert names == {"Lò Thị Hiền", "Sùng Thị Mỷ", "Giàng A Chu"}
    assert Posting.objects.get(official__full_name="Lò Thị Hiền").position == "Công chức"
    other = visitor()
    other.log_in("daumoi2")
    assert other.open(address.removeprefix(someone.address)) == 404
    other.open("/nhap-danh-sach/")
    assert "ds.xlsx" not in other.page.inner_text("main")


@pytest.mark.no_database
def test_everything_works_without_script(visitor, communes, tmp_path):
    someone = visitor(scripts=False)
    someone.log_in("daumoi1")
    someone.open("/nhap-danh-sach/")
    upload(someone.page, roster(tmp_path))
    page = someone.page
    someone.go("text=Chỉ dòng cần xem")
    page.fill("input[name=sua-0-3-C]", "1993")
    someone.go("td:has(input[name=sua-0-3-C]) button")
    someone.told("1 ô đã sửa")
    assert "xem=can-xem" in page.url
    page.check("#muc-0-2-position-cu")
    someone.go("text=Lưu lựa chọn và tính lại")
    assert page.is_checked("#muc-0-2-position-cu")
    someone.go("text=Áp dụng 2 dòng")
    someone.told("Đã áp dụng 2 dòng", ".undo-bar")
    assert Official.objects.get(full_name="Sùng Thị Mỷ").birth.iso == "1993"
    someone.go(".undo-bar button")
    someone.told("Đã đưa 2 người về như trước")


@pytest.mark.no_database
def test_the_preview_is_reached_by_keyboard(visitor, communes, tmp_path):
    someone = visitor()
    someone.log_in("daumoi1")
    someone.open("/nhap-danh-sach/")
    upload(someone.page, roster(tmp_path))
    page, met = someone.page, set()
    page.evaluate("document.querySelector('main').focus()")
    for _ in range(80):
        page.keyboard.press("Tab")
        met.add(page.evaluate("document.activeElement.name || document.activeElement.innerText"))
    assert {"cot-0-B", "muc-0-2-position", "fix", "Áp dụng 2 dòng"} <= met
    assert page.input_value("input[name=sua-0-3-C]") == "1993"  # offered for the day that never was
    page.press("input[name=sua-0-3-C]", "Enter")
    someone.told("Đã lưu 1 ô đã sửa")
    page.focus("text=Áp dụng 2 dòng")
    page.keyboard.press("Enter")
    page.wait_for_selector(".undo-bar")
    assert Official.objects.get(full_name="Sùng Thị Mỷ").birth.iso == "1993"


@pytest.mark.no_database
def test_a_pressed_button_is_under_way_and_then_itself_again(visitor, communes, tmp_path):
    someone = visitor()
    someone.log_in("daumoi1")
    someone.open("/nhap-danh-sach/")
    page = someone.page
    held = """() => { window.form = document.querySelector("form[data-once]");
        window.button = form.querySelector("[type=submit]"); window.sent = 0;
        document.addEventListener("submit", (event) => {
            sent += !event.defaultPrevented; event.preventDefault(); });
        button.click(); button.click(); return [sent, button.ariaBusy]; }"""
    assert page.evaluate(held) == [1, "true"]  # pressed twice, sent once
    restored = """() => { window.dispatchEvent(new PageTransitionEvent("pageshow"));
        const free = button.ariaBusy; button.click(); return [free, sent]; }"""
    assert page.evaluate(restored) == [None, 2]  # back from the browser's cache it can be pressed
    someone.open("/nhap-danh-sach/")
    upload(page, roster(tmp_path))
    page.click("summary:has-text('Đổi ngày')")
    page.fill("#ngay-danh-sach", "02/06/2026")
    someone.go("text=Đổi ngày và tính lại")
    someone.told("Đã lưu ngày của danh sách là 02/06/2026", "#thong-bao")
    page.evaluate("""() => document.addEventListener("htmx:beforeSend", (event) => {
        window.busy = event.detail.requestConfig.triggeringEvent.submitter.ariaBusy; })""")
    with page.expect_response("**/lua-chon/"):
        page.click("text=Lưu và đọc lại theo cột đã chọn")
    page.wait_for_selector(".is-busy", state="detached")
    assert page.evaluate("() => window.busy") == "true"
    page.wait_for_selector("button[value=cot]:focus")  # the keyboard goes on where it was
    assert page.locator("#thong-bao .notice").count() == 0  # told of the act before
    page.fill("input[name=sua-0-3-C]", "1993")
    page.press("button[value=sua-0-3-C]", "Enter")
    page.wait_for_selector("#trang-tinh:focus")  # that button is gone


@pytest.mark.no_database
def test_a_session_that_ends_in_the_middle_loses_nothing_typed(visitor, communes, tmp_path):
    someone = visitor()
    someone.log_in("daumoi1")
    someone.open("/nhap-danh-sach/")
    upload(someone.page, roster(tmp_path))
    page = someone.page
    page.click("summary:has-text('(trống)')")
    page.fill("input[name=sua-0-4-B]", "Giàng A Chu")
    someone.context.clear_cookies(name="sessionid")
    page.click("td:has(input[name=sua-0-4-B]) button")
    someone.told("Phiên làm việc đã hết, chưa lưu được")
    with someone.context.expect_page() as opened:
        page.click("text=Đăng nhập ở thẻ mới")
    tab = opened.value
    tab.fill("input[name=username]", "daumoi1")
    tab.fill("input[name=password]", PASSWORD)
    with tab.expect_navigation():
        tab.click("main button[type=submit]")
    page.click("td:has(input[name=sua-0-4-B]) button")
    someone.told("Biểu mẫu vừa được làm mới")
    assert page.input_value("input[name=sua-0-4-B]") == "Giàng A Chu"
    page.click("td:has(input[name=sua-0-4-B]) button")
    someone.told("Áp dụng 3 dòng", ".sticky-foot")
    assert page.locator("[data-part-failed]").count() == 0
    # htmx tells the console of the two answers that refused, on purpose.
    told = [fault for fault in someone.faults if "Response Status Error Code 40" in fault]
    assert len(told) == 2
    someone.faults = [fault for fault in someone.faults if fault not in told]
