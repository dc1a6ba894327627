"""From an empty plan to the approved one and its class, through the roles, by keyboard; axe."""

import pytest

from cadres.models import Account
from tests.factories import make_account, make_category, make_course, make_official, make_unit
from trainingplans.lib.dates import show, today
from trainingplans.plans.catalogues import load_plan_catalogues
from trainingplans.plans.models import Plan, Quota

pytestmark = pytest.mark.browser


@pytest.fixture
def province(transactional_db):
    """A department, two communes with people, two contents, the accounts of the roles."""
    load_plan_catalogues()
    for code, name in (("BD.TDT", "Tiếng dân tộc thiểu số"), ("BD.VTVL.VTLT", "Văn thư, lưu trữ")):
        make_category(code, name=name)
    make_course(make_category("BD.TDT"), name="Tiếng Mông cơ bản")
    top = make_unit("T", name="UBND tỉnh Mẫu", kind="province")
    department = make_unit("SNV", name="Sở Nội vụ", kind="department", under=top)
    for name, people in (("Xã Bắc", 3), ("Xã Nam", 2)):
        commune = make_unit(name=name, under=top)
        for _ in range(people):
            make_official(commune)
        make_account("clerk", unit=commune, username=f"daumoi-{people}")
    make_account("staff", unit=department, username="chuyenvien")
    make_account("leader", unit=department, username="lanhdao")


PASTED = "STT\tNội dung\tNhóm\tSố lớp\tSố học viên\tTrung ương\tĐịa phương\n" + "\n".join(
    ["1\tTiếng Mông\tBD.TDT\t1\t4\t2.000\t", "2\tVăn thư\tBD.VTVL.VTLT\t3\t279\t\t310,5"]
)


def seen(guest, path):
    """Open a path, look at it with axe and for sideways scrolling."""
    assert guest.open(path) == 200, path
    guest.settle()
    assert guest.axe() == [], path
    assert guest.fits(), path


def make_draft(guest):
    """The staff makes the plan and pastes its rows; the plan."""
    guest.log_in("chuyenvien")
    guest.open("/ke-hoach/them/")
    guest.page.fill("input[name=title]", "Kế hoạch năm 2027")
    guest.page.fill("input[name=starts_on]", "01/01/2027")
    guest.page.fill("input[name=ends_on]", "31/12/2027")
    guest.page.press("input[name=ends_on]", "Enter")
    guest.page.wait_for_selector("h1:has-text('Kế hoạch năm 2027')")
    plan = Plan.objects.get()
    guest.open(f"/ke-hoach/{plan.pk}/dan/")
    guest.page.fill("textarea[name=rows]", PASTED)
    guest.page.click("button:has-text('Xem trước')")
    guest.page.click("button:has-text('Thêm 2 dòng')")
    guest.page.wait_for_selector("text=Đã thêm 2 dòng")
    return plan


def share_seats(guest, plan):
    item = plan.items.get(code="1")
    guest.open(f"/ke-hoach/{plan.pk}/muc/{item.pk}/suat/")
    guest.page.click("button:has-text('Lấy đề xuất 4 suất')")
    guest.page.wait_for_selector("text=phân 4 suất")
    return item


@pytest.mark.parametrize("scripts", [True, False], ids=["script", "no-script"])
def test_from_an_empty_plan_to_the_approved_one(visitor, province, scripts):
    staff = visitor("desk", scripts=scripts)
    plan = make_draft(staff)
    item = share_seats(staff, plan)
    assert sorted(Quota.objects.values_list("unit__name", "seats")) == [
        ("Xã Bắc", 2),
        ("Xã Nam", 2),
    ]
    edit_by_keyboard(staff, plan, item, scripts)
    move(staff, plan, "submit", "Trình phê duyệt")
    leader = visitor("phone", scripts=scripts)
    leader.log_in("lanhdao")
    leader.open(f"/ke-hoach/{plan.pk}/chuyen/approve/")
    leader.page.fill("input[name=number]", "67/KH-UBND")
    leader.page.fill("input[name=on]", show(today()))
    leader.page.fill("input[name=signer]", "Lò Văn An")
    leader.page.click("main button:has-text('Phê duyệt kế hoạch')")
    leader.page.wait_for_selector("text=Phê duyệt theo 67/KH-UBND")
    plan.refresh_from_db()
    assert (plan.state, plan.number) == ("approved", "67/KH-UBND")
    open_class(staff, plan, item)
    clerk = visitor("phone", scripts=scripts)
    clerk.log_in("daumoi-3")
    assert clerk.open(f"/ke-hoach/{plan.pk}/suat/") == 200
    assert clerk.page.locator("tbody tr").count() == 1
    assert staff.faults + leader.faults + clerk.faults == []


def edit_by_keyboard(guest, plan, item, scripts):
    """Change a cell of the grid with the keyboard alone; the sums follow."""
    guest.open(f"/ke-hoach/{plan.pk}/")
    cell = f"#d{item.pk}-classes"
    guest.page.focus(cell)
    guest.page.keyboard.press("Control+A")
    guest.page.keyboard.type("2")
    guest.page.keyboard.press("Tab" if scripts else "Enter")
    if scripts:
        guest.page.wait_for_selector(f"#d{item.pk}-luu >> text=Đã lưu")
        assert guest.page.evaluate("document.activeElement.name") == "learners"
    guest.page.wait_for_selector("#cong-ke-hoach td:nth-of-type(1):has-text('5')")
    item.refresh_from_db()
    assert item.classes == 2


def move(guest, plan, code, label):
    guest.open(f"/ke-hoach/{plan.pk}/chuyen/{code}/")
    guest.page.click(f"main button:has-text('{label}')")
    guest.page.wait_for_selector(f"text={label}: đã xong")


def open_class(guest, plan, item):
    guest.open(f"/ke-hoach/{plan.pk}/muc/{item.pk}/mo-lop/")
    guest.page.fill("input[name=starts_on]", "01/03/2027")
    guest.page.fill("input[name=ends_on]", "12/03/2027")
    guest.page.click("main button:has-text('Mở lớp')")
    guest.page.wait_for_selector("text=Đã mở Tiếng Mông")
    made = item.planned_classes.get().training_class
    assert sum(made.seats.values_list("seats", flat=True)) == 2


@pytest.mark.no_database
@pytest.mark.parametrize("size", ["desk", "phone"])
def test_pages_are_accessible_and_fit(visitor, province, size):
    guest = visitor(size)
    plan = make_draft(guest)
    item = share_seats(guest, plan)
    one = f"/ke-hoach/{plan.pk}/"
    pages = ["", "sua/", "dan/", "lay-tu/", "suat/", "thay-doi/", "don-vi/", "van-ban/"]
    pages += ["chuyen/submit/", "muc/them/", f"muc/{item.pk}/", f"muc/{item.pk}/suat/"]
    for path in [*(one + page for page in pages), "/ke-hoach/", "/ke-hoach/mau/"]:
        seen(guest, path)
    move(guest, plan, "submit", "Trình phê duyệt")
    for path in (one, f"{one}muc/{item.pk}/"):
        seen(guest, path)
    leader = visitor(size)
    leader.log_in("lanhdao")
    seen(leader, f"{one}chuyen/approve/")
    assert Account.objects.filter(username="lanhdao").exists()
