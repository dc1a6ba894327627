"""Reports B, C and E of the field as journeys from an empty plan to the approved one, through the
roles; by keyboard, without script and on a phone; axe."""

import pytest

from cadres.models import Account
from courses.catalogues import load_settings
from tests.factories import make_account, make_category, make_course, make_official, make_unit
from trainingplans.lib.dates import show, today
from trainingplans.plans.catalogues import load_plan_catalogues
from trainingplans.plans.models import Plan, Quota

pytestmark = pytest.mark.browser


@pytest.fixture
def province(transactional_db):
    """A department, two communes with people, six districts, contents, the accounts of the roles.

    Of the five people of the communes three are women.
    """
    load_plan_catalogues()
    load_settings()
    for code, name in (("BD.TDT", "Tiếng dân tộc thiểu số"), ("BD.VTVL.VTLT", "Văn thư, lưu trữ")):
        make_category(code, name=name)
    make_course(make_category("BD.TDT"), name="Tiếng Mông cơ bản")
    top = make_unit("T", name="UBND tỉnh Mẫu", kind="province")
    department = make_unit("SNV", name="Sở Nội vụ", kind="department", under=top)
    for name, people in (("Xã Bắc", 3), ("Xã Nam", 2)):
        commune = make_unit(name=name, under=top)
        for number in range(people):
            make_official(commune, gender="nam" if number == 1 else "nu")
        make_account("clerk", unit=commune, username=f"daumoi-{people}")
        make_account("unit_leader", unit=commune, username=f"lanhdaoxa-{people}")
    for number in range(1, 7):
        make_unit(name=f"Huyện {number}", kind="district", under=top)
    make_account("staff", unit=department, username="chuyenvien")
    make_account("leader", unit=department, username="lanhdao")
    make_account("province_leader", unit=top, username="lanhdaotinh")


HEADINGS = "STT\tNội dung\tNhóm\tSố lớp\tSố học viên\tTrung ương\tĐịa phương\n"
PASTED = HEADINGS + "\n".join(
    ["1\tTiếng Mông\tBD.TDT\t1\t4\t2.000\t", "2\tVăn thư\tBD.VTVL.VTLT\t3\t279\t\t310,5"]
)
# 4.400 triệu for 1.300 learners; 2.000 triệu to six districts for six classes of 297 people.
REPORT_E = "STT\tNội dung\tSố lớp\tSố học viên\tĐơn vị chủ trì\tTrung ương\tĐịa phương\n"
REPORT_E += "\n".join(
    [
        "1\tQuản lý nhà nước\t10\t500\tSở Nội vụ\t\t1.700",
        "2\tQuốc phòng và an ninh\t8\t450\tSở Nội vụ\t\t1.300",
        "3\tTin học văn phòng\t7\t350\tSở Nội vụ\t\t1.400",
        *(f"{3 + n}\tTiếng M'Nông\t1\t50\tHuyện {n}\t333\t" for n in range(1, 4)),
        *(f"{3 + n}\tTiếng M'Nông\t1\t49\tHuyện {n}\t{333 + n // 5}\t" for n in range(4, 7)),
    ]
)


def make_plan(guest, title, years=("2027", "2027")):
    """A plan from its form; the choices of the page beside these stay as they are."""
    guest.open("/ke-hoach/them/")
    guest.page.fill("input[name=title]", title)
    guest.page.fill("input[name=starts_on]", f"01/01/{years[0]}")
    guest.page.fill("input[name=ends_on]", f"31/12/{years[1]}")
    for box in guest.page.locator("input[name=programmes]").all():
        box.check()
    guest.page.press("input[name=ends_on]", "Enter")
    guest.page.wait_for_selector(f"h1:has-text('{title}')")
    return Plan.objects.get(title=title)


def paste(guest, plan, rows, count):
    guest.open(f"/ke-hoach/{plan.pk}/dan/")
    guest.page.fill("textarea[name=rows]", rows)
    guest.go("button:has-text('Xem trước')")
    guest.page.click(f"button:has-text('Thêm {count} dòng')")
    guest.page.wait_for_selector(f"text=Đã thêm {count} dòng")


def make_draft(guest):
    """The staff makes the plan and pastes its rows; the plan."""
    guest.log_in("chuyenvien")
    plan = make_plan(guest, "Kế hoạch năm 2027")
    paste(guest, plan, PASTED, 2)
    return plan


def share_seats(guest, plan):
    item = plan.items.get(code="1")
    guest.open(f"/ke-hoach/{plan.pk}/muc/{item.pk}/suat/")
    guest.page.click("button:has-text('Lấy đề xuất 4 suất')")
    guest.page.wait_for_selector("text=phân 4 suất")
    return item


def approve(leader, plan, number):
    """A leader goes from what waits for him to the plan and approves it."""
    leader.open("/viec-can-lam/")
    leader.go("main a:has-text('Phê duyệt')")
    leader.go("main a:has-text('Phê duyệt kế hoạch')")
    leader.page.fill("input[name=number]", number)
    leader.page.fill("input[name=on]", show(today()))
    leader.page.fill("input[name=signer]", "Lò Văn An")
    leader.page.click("main button:has-text('Phê duyệt kế hoạch')")
    leader.page.wait_for_selector(f"text=Phê duyệt theo {number}")
    plan.refresh_from_db()
    assert (plan.state, plan.number) == ("approved", number)


@pytest.mark.parametrize(
    "scripts",
    [True, pytest.param(False, marks=pytest.mark.no_database)],
    ids=["script", "no-script"],
)
def test_report_c_from_the_plan_over_seats_to_open_nominations(visitor, province, scripts):
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
    approve(leader, plan, "67/KH-UBND")
    run = open_class(staff, plan, item)
    clerk = visitor("phone", scripts=scripts)
    clerk.log_in("daumoi-3")
    assert clerk.open(f"/ke-hoach/{plan.pk}/suat/") == 200
    assert clerk.page.locator("tbody tr").count() == 1
    assert clerk.open(f"/lop/{run.pk}/de-cu/") == 404  # not called yet
    staff.page.click("main button:has-text('Mở chiêu sinh')")
    staff.page.wait_for_selector("text=đang chiêu sinh")
    assert clerk.open(f"/lop/{run.pk}/de-cu/") == 200
    assert clerk.page.locator("input[name=chon]").count() == 3
    assert "1 suất" in clerk.page.inner_text("main")


def tile(guest, label):
    return guest.page.locator(f".tile:has(:text-is('{label}')) .figure").inner_text()


def table(guest, heading):
    """{first cell: [other cells]} of the table in the section with this heading."""
    rows = guest.page.locator(f"section:has(h2:text-is('{heading}')) tbody tr").all()
    cells = [[cell.inner_text() for cell in row.locator("th, td").all()] for row in rows]
    return {first: rest for first, *rest in cells}


@pytest.mark.no_database
def test_report_e_money_to_the_department_and_to_six_districts(visitor, province):
    staff = visitor()
    staff.log_in("chuyenvien")
    plan = make_plan(staff, "Kế hoạch theo Quyết định 124")
    paste(staff, plan, REPORT_E, 9)
    move(staff, plan, "submit", "Trình phê duyệt")
    leader = visitor("phone")
    leader.log_in("lanhdao")
    approve(leader, plan, "124/KH-UBND")
    high = visitor()
    high.log_in("lanhdaotinh")
    high.look(f"/ke-hoach/{plan.pk}/")
    # 31 classes, 1.300 + 297 learners; 6.400.000.000 / 1.597 = 4.007.514 đồng each.
    assert [tile(high, label) for label in ("Lớp", "Kinh phí", "Mỗi người học")] == [
        "31",
        "6,4\u00a0tỷ",
        "4\u00a0triệu",
    ]
    assert tile(high, "Người học") == "1.597"
    assert table(high, "Kinh phí theo nguồn") == {
        "Ngân sách trung ương": ["2\u00a0tỷ"],
        "Ngân sách địa phương": ["4,4\u00a0tỷ"],
    }
    units = table(high, "Theo đơn vị")
    assert units.pop("Sở Nội vụ") == ["25", "1.300", "4,4\u00a0tỷ"]
    assert units.pop("Huyện 1") == ["1", "50", "333\u00a0triệu"]
    assert units.pop("Huyện 6") == ["1", "49", "334\u00a0triệu"]
    assert sorted(units) == ["Huyện 2", "Huyện 3", "Huyện 4", "Huyện 5"]


def test_report_b_unit_plans_stand_under_a_resolution(visitor, province):
    staff = visitor()
    staff.log_in("chuyenvien")
    staff.open("/chuong-trinh/them/")
    staff.page.select_option("select[name=kind]", "resolution")
    staff.page.fill("input[name=number]", "15-NQ/HU")
    staff.page.fill("input[name=title]", "Đào tạo, bồi dưỡng 2021 – 2025")
    staff.page.fill("input[name=starts_on]", "01/01/2021")
    staff.page.fill("input[name=ends_on]", "31/12/2025")
    staff.page.click("main button:has-text('Lưu chương trình')")
    staff.page.wait_for_selector("h1:has-text('Đào tạo, bồi dưỡng 2021 – 2025')")
    period = make_plan(staff, "Kế hoạch 2021–2025", ("2021", "2025"))
    rows = "1\tLý luận chính trị\tBD.TDT\t2\t56\t\t\n2\tQuản lý nhà nước\tBD.TDT\t3\t89\t\t"
    paste(staff, period, HEADINGS + rows, 2)
    move(staff, period, "submit", "Trình phê duyệt")
    leader = visitor("phone")
    leader.log_in("lanhdao")
    approve(leader, period, "20/KH-UBND")
    clerk = visitor("phone")
    clerk.log_in("daumoi-3")
    own = make_plan(clerk, "Kế hoạch của xã", ("2023", "2023"))
    paste(clerk, own, HEADINGS + "1\tKỹ năng theo vị trí việc làm\tBD.TDT\t1\t12\t\t5", 1)
    say_who_goes_first(clerk, own)
    move(clerk, own, "submit", "Trình phê duyệt")
    head = visitor("phone")
    head.log_in("lanhdaoxa-3")
    approve(head, own, "02/KH-UBND")
    staff.look(f"/ke-hoach/{period.pk}/don-vi/")
    rows = staff.page.locator("main tbody tr")
    cells = [cell.inner_text() for cell in rows.locator("th, td").all()]
    assert (cells[0], cells[2:5]) == ("Xã Bắc", ["1", "12", "5\u00a0triệu"])
    staff.open(f"/ke-hoach/{own.pk}/")
    assert "15-NQ/HU" in staff.page.inner_text("main")


def say_who_goes_first(clerk, plan):
    """The clerk composes for whom the class is: women, or those in quy hoạch; 2 of 3 fit."""
    item = plan.items.get()
    clerk.open(f"/ke-hoach/{plan.pk}/muc/{item.pk}/")
    clerk.page.wait_for_selector("text=Đang tính trên 3 người")
    for place, kind in enumerate(("gender", "in_planning")):
        clerk.page.select_option("select[name=audience-new]", kind)
        clerk.page.click("button[value='add:audience']")
        clerk.page.wait_for_selector(f"[name=audience-{place}-v]")
    clerk.page.select_option("select[name=audience-join]", "any")
    clerk.page.select_option("select[name=audience-0-v]", "nu")
    clerk.page.select_option("select[name=audience-1-v]", "1")
    clerk.page.wait_for_selector("text=Đang tính trên 2 người")
    assert clerk.axe() == [] and clerk.fits()
    clerk.page.click("main .sticky-foot button:has-text('Lưu dòng')")
    clerk.page.wait_for_selector("text=Đã lưu mục 1")
    item.refresh_from_db()
    assert item.audience == {"any": [{"gender": "nu"}, {"in_planning": True}]}


def edit_by_keyboard(guest, plan, item, scripts):
    """Change a cell of the grid with the keyboard alone; the sums follow."""
    guest.open(f"/ke-hoach/{plan.pk}/")
    cell = f"#d{item.pk}-classes"
    guest.page.focus(cell)
    guest.page.keyboard.press("Control+A")
    guest.page.keyboard.type("2")
    guest.page.keyboard.press("Enter")  # without script it sends the row
    if scripts:
        guest.page.wait_for_selector(f"#d{item.pk}-luu >> text=Đã lưu")
        below = plan.items.get(code="2")
        stands_on(guest, f"d{below.pk}-classes")
        guest.page.keyboard.press("Shift+Enter")
        guest.page.keyboard.press("Tab")
        stands_on(guest, f"d{item.pk}-learners")
    guest.page.wait_for_selector("#cong-ke-hoach td:nth-of-type(1):has-text('5')")
    item.refresh_from_db()
    assert item.classes == 2


def stands_on(guest, field):
    """Wait until the keyboard stands on the field with this id."""
    guest.page.wait_for_function("id => document.activeElement.id === id", arg=field)


def move(guest, plan, code, label):
    guest.open(f"/ke-hoach/{plan.pk}/chuyen/{code}/")
    guest.page.click(f"main button:has-text('{label}')")
    guest.page.wait_for_selector(f"text={label}: đã xong")


def open_class(guest, plan, item):
    guest.open(f"/ke-hoach/{plan.pk}/muc/{item.pk}/mo-lop/")
    guest.page.fill("input[name=starts_on]", "01/03/2027")
    guest.page.fill("input[name=ends_on]", "12/03/2027")
    guest.page.fill("input[name=nominations_due]", "15/02/2027")
    guest.page.click("main button:has-text('Mở lớp')")
    guest.page.wait_for_selector("text=Đã mở Tiếng Mông")
    made = item.planned_classes.get().training_class
    assert sum(made.seats.values_list("seats", flat=True)) == 2
    return made


@pytest.mark.no_database
def test_pages_are_accessible_and_fit(visitor, province):
    guest = visitor("phone")
    plan = make_draft(guest)
    item = share_seats(guest, plan)
    one = f"/ke-hoach/{plan.pk}/"
    pages = ["", "sua/", "dan/", "lay-tu/", "suat/", "thay-doi/", "don-vi/", "van-ban/"]
    pages += ["chuyen/submit/", "muc/them/", f"muc/{item.pk}/", f"muc/{item.pk}/suat/"]
    for path in [*(one + page for page in pages), "/ke-hoach/", "/ke-hoach/mau/"]:
        guest.look(path)
    move(guest, plan, "submit", "Trình phê duyệt")
    for path in (one, f"{one}muc/{item.pk}/"):
        guest.look(path)
    leader = visitor("phone")
    leader.log_in("lanhdao")
    leader.look(f"{one}chuyen/approve/")
    assert Account.objects.filter(username="lanhdao").exists()
