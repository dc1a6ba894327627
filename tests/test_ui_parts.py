"""The shared look: figures in words, icons, form fields, parts, charts; rendered without a view."""

import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import pytest
from django import forms
from django.template import TemplateDoesNotExist
from django.template.backends.django import DjangoTemplates
from django.test import RequestFactory

from tests import gallery
from trainingplans.lib import charts, numbers
from trainingplans.templatetags import portal

pytestmark = pytest.mark.no_database

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
NBSP = "\u00a0"
VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "path", "rect", "line", "circle"}
ENGINE = DjangoTemplates(
    {
        "NAME": "parts",
        "DIRS": [TEMPLATES],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
)


def show(name, context=None, address="/"):
    """A template of the project as text, without the portal's context processor."""
    return ENGINE.get_template(name).render(context or {}, RequestFactory().get(address))


def text_of(html):
    """The words of a page, blanks joined."""
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


@pytest.fixture(scope="module")
def page():
    return show("parts/gallery.html", gallery.gallery_context(), "/x?sort=-hours&unit=1234&page=2")


# ---- numbers -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (0, None, "0"),
        (999, None, "999"),
        (1000, None, "1.000"),
        (1234567, None, "1.234.567"),
        (1234.5, None, "1.234,5"),
        (Decimal("36.50"), None, "36,5"),
        (Decimal("2.345"), None, "2,35"),
        (1180, 1, "1.180,0"),
        (0.05, 1, "0,1"),
        (-5, None, "−5"),
        (-0.04, 1, "0,0"),
        (None, None, "—"),
        ("", None, "—"),
    ],
)
def test_number(value, places, text):
    assert numbers.format_number(value, places) == text


@pytest.mark.parametrize(("value", "text"), [(61, "+61"), (-5, "−5"), (0, "0"), (None, "—")])
def test_signed(value, text):
    assert numbers.format_signed(value) == text


@pytest.mark.parametrize(
    ("value", "threshold", "text"),
    [
        (Fraction(79400, 970), 85, "81,9"),
        (Decimal("84.857"), 85, "84,9"),
        (94.996, 95, "94,9"),
        (94.996, None, "95,0"),
        (94.95, 95, "94,9"),
        (95, 95, "95,0"),
        (Decimal("87.46"), Decimal("87.5"), "87,4"),
        (Fraction(99996, 1000), 100, "99,9"),
        (0, 85, "0,0"),
        (100, 85, "100,0"),
    ],
)
def test_percent(value, threshold, text):
    assert numbers.format_percent(value, threshold) == f"{text}{NBSP}%"
    assert numbers.format_percent_figure(value, threshold) == text


def test_percent_of_nobody_is_a_dash():
    assert numbers.percent_of(0, 0) is None
    assert numbers.format_percent(None, 85) == "—"


def test_percent_never_shows_an_unmet_threshold_as_met():
    for whole in (7, 970, 1999, 2000, 100_000):
        for threshold in (Fraction(175, 2), 80, 85, 95, 100):
            least = -(-threshold * whole // 100)  # people that meet it
            below = numbers.percent_of(int(least) - 1, whole)
            shown = numbers.format_percent_figure(below, threshold).replace(",", ".")
            assert Fraction(shown) < threshold
            met = numbers.format_percent_figure(numbers.percent_of(int(least), whole), threshold)
            assert Fraction(met.replace(",", ".")) >= threshold - Fraction(1, 20)


@pytest.mark.parametrize(
    ("dong", "text"),
    [
        (0, "0 đồng"),
        (950_000, "950.000 đồng"),
        (999_960_000, "1 tỷ"),
        (1_000_000, "1 triệu"),
        (612_500_000, "612,5 triệu"),
        (3_735_500_000, "3,74 tỷ"),
        (1_234_000_000_000, "1.234 tỷ"),
        (-612_500_000, "−612,5 triệu"),
        (None, "—"),
    ],
)
def test_money(dong, text):
    assert numbers.format_money(dong).replace(NBSP, " ") == text


@pytest.mark.parametrize(
    ("percent", "band"),
    [
        (64.99, "far"),
        (65, "below"),
        (75, "below"),
        (75.01, "near"),
        (Fraction(79999, 1000), "near"),
        (80, "met"),
        (84.99, "met"),
        (85, "over"),
        (None, "none"),
    ],
)
def test_attain_band_around_80(percent, band):
    assert numbers.attain_band(percent, 80) == band


# ---- tags --------------------------------------------------------------------------------------


def test_icon_is_hidden_from_screen_readers_and_takes_the_size_of_the_text():
    drawing = portal.icon("users")
    assert 'aria-hidden="true"' in drawing and 'class="icon"' in drawing
    assert "width=" not in drawing.split(">")[0]
    assert "<path" in drawing and portal.icon("") == ""


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (date(2026, 11, 2), "02/11/2026"),
        (date(987, 1, 2), "02/01/0987"),
        (SimpleNamespace(display="07/2019"), "07/2019"),
        (None, "—"),
    ],
)
def test_date(value, text):
    assert portal.date_vi(value) == text


def test_a_moment_is_told_by_its_day_in_vietnam():
    late = datetime(2026, 11, 25, 22, 30, tzinfo=UTC)  # half past five of the next morning there
    page = ENGINE.from_string("{% load portal %}{{ at|date_vi }}").render({"at": late})
    assert page == "26/11/2026"


@pytest.mark.parametrize(
    ("value", "text"),
    [(1234, "1234"), ("a", "a"), (None, ""), (Fraction(1, 3), "0.33"), (85.0, "85")],
)
def test_plain(value, text):
    assert portal.plain(value) == text


def test_minutes_are_rounded_up():
    assert portal.minutes(timedelta(seconds=61)) == 2


@pytest.mark.parametrize(
    ("address", "state", "next_sort"),
    [
        ("/x?unit=1&page=3", "ascending", "-name"),
        ("/x?sort=name", "ascending", "-name"),
        ("/x?sort=-name", "descending", "name"),
        ("/x?sort=unit", "", "name"),
    ],
)
def test_sort_link_turns_round_and_goes_to_the_first_page(address, state, next_sort):
    request = RequestFactory().get(address)
    heading = portal.sort_link({"request": request, "ordering": "name"}, "name", "Họ và tên")
    assert heading["state"] == state
    assert f"sort={next_sort}" in heading["href"]
    assert "page=" not in heading["href"]
    assert ("unit=1" in heading["href"]) == ("unit=1" in address)


def test_chips_say_conditions_in_words_and_lead_out_of_one():
    request = RequestFactory().get("/x?unit=1234&born=01/02/1990&page=4")
    chips = portal.chips_of({"request": request}, gallery.filter_form())
    assert [chip["label"] for chip in chips] == [
        "Đơn vị: Phường Mường Thanh",
        "Sinh từ ngày: 01/02/1990",
    ]
    assert chips[0]["url"] == "?born=01%2F02%2F1990"


def test_chips_of_flags_and_lists():
    class Conditions(forms.Form):
        women = forms.BooleanField(label="Nữ", required=False)
        known = forms.NullBooleanField(label="Đã xác minh", required=False)
        kinds = forms.MultipleChoiceField(label="Loại", choices=gallery.KINDS, required=False)

    form = Conditions({"known": "false", "kinds": ["CB", "VC"]})
    assert form.is_valid()
    chips = portal.chips_of({"request": RequestFactory().get("/")}, form)
    assert [c["label"] for c in chips] == ["Đã xác minh: không", "Loại: Cán bộ, Viên chức"]


def test_form_sections_keep_fields_that_no_section_names():
    class Forgetful(gallery.ClassForm):
        sections = [("Lớp", ["name", "no-such-field"])]

    first, rest = portal.form_sections(Forgetful())
    assert [field.name for field in first["fields"]] == ["name"]
    assert {"number", "seats"} <= {field.name for field in rest["fields"]}
    assert "version" not in {field.name for field in rest["fields"]}


# ---- form fields -------------------------------------------------------------------------------


def group(name, form=None):
    return str((form or gallery.wrong_form())[name].as_field_group())


def test_field_with_an_error_names_it_for_screen_readers():
    html = group("ends")
    assert "has-error" in html and 'aria-invalid="true"' in html
    assert 'aria-describedby="id_ends_error"' in html and 'id="id_ends_error"' in html
    assert "Trước ngày khai giảng 03/11/2026. Chọn ngày sau đó." in html
    assert 'value="02/11/2026"' in html


def test_field_with_help_names_it():
    html = group("number", gallery.ClassForm())
    assert 'aria-describedby="id_number_helptext"' in html
    assert '<label for="id_number">' in html and "has-error" not in html


def test_optional_field_says_so_and_required_does_not():
    assert "(không bắt buộc)" in group("note")
    assert "(không bắt buộc)" not in group("number")


def test_date_field_shows_how_to_write_a_day():
    html = group("starts", gallery.ClassForm())
    assert 'placeholder="dd/mm/yyyy"' in html and 'inputmode="numeric"' in html
    assert 'type="text"' in html and "form-control w-date" in html


def test_choices_become_a_group_with_a_legend():
    html = group("kinds")
    assert "<fieldset" in html and "<legend" in html and 'aria-describedby="id_kinds_error"' in html
    assert html.count("form-check-input") == 3 and "form-control" not in html


def test_hidden_field_is_plain():
    html = str(gallery.ClassForm(initial={"version": 1234})["version"])
    assert "form-control" not in html and 'value="1234"' in html


def test_widget_keeps_a_class_of_its_own_once():
    html = str(forms.TextInput({"class": "w-code"}).render("code", "x"))
    assert html.count("class=") == 1 and "form-control w-code" in html


def test_error_summary_links_to_every_place():
    html = show("parts/_error_summary.html", {"form": gallery.wrong_form()})
    assert "Chưa lưu được: 4 chỗ cần sửa" in text_of(html)
    assert re.findall(r'href="#([^"]+)"', html) == [
        "id_name",
        "id_ends",
        "id_kinds_0",
        "id_staff_kind_0",
    ]
    assert text_of(show("parts/_error_summary.html", {"form": gallery.ClassForm()})) == ""


def test_error_summary_of_several_forms():
    both = [gallery.wrong_form(), gallery.UploadForm({}, {})]
    assert "5 chỗ cần sửa" in show("parts/_error_summary.html", {"forms": both})


# ---- parts -------------------------------------------------------------------------------------


class Tree(HTMLParser):
    """Collects ids, what refers to them, and tags that do not close."""

    def __init__(self, html):
        super().__init__()
        self.ids, self.targets, self.open, self.wrong = [], set(), [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if "id" in attrs:
            self.ids.append(attrs["id"])
        for name in ("for", "aria-labelledby", "aria-describedby"):
            self.targets |= set((attrs.get(name) or "").split())
        if (attrs.get("href") or "").startswith("#"):
            self.targets |= {attrs["href"][1:]} - {""}
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        pass

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append((tag, self.getpos()))


def test_gallery_is_well_formed(page):
    tree = Tree(page)
    assert tree.wrong == [] and tree.open == []
    assert [name for name, n in Counter(tree.ids).items() if n > 1] == []
    assert tree.targets - set(tree.ids) == set()


def test_gallery_shows_every_part():
    seen, todo = set(), ["parts/gallery.html", "registration/login.html"]
    while todo:
        name = todo.pop()
        if name not in seen:
            seen.add(name)
            text = (TEMPLATES / name).read_text(encoding="utf-8")
            todo += re.findall(r'(?:include|extends) "((?:parts/)?[\w.]+html)"', text)
    forms_use = {"parts/_field_error.html", "parts/_sort_heading.html"}  # by a widget, by a tag
    assert {
        f"parts/{path.name}" for path in (TEMPLATES / "parts").glob("*.html")
    } <= seen | forms_use


def test_no_figure_of_the_gallery_is_localised_inside_an_attribute(page):
    attributes = re.findall(r'\s(?:width|x1|cx|value|max|colspan|id|for)="([^"]*)"', page)
    assert len(attributes) > 100
    assert [a for a in attributes if re.fullmatch(r"\d+,\d+%?|\d\.\d{3}", a)] == ["1.200"]


def test_attain_bar_is_clamped_and_says_its_figures():
    html = show("parts/_attain.html", {"percent": 120.5, "threshold": 85, "forecast": None})
    assert 'width="100%"' in html and "is-short" not in html
    assert f"120,5{NBSP}%, ngưỡng 85{NBSP}%" in html
    short = show("parts/_attain.html", {"percent": Fraction(94996, 1000), "threshold": 95})
    assert "is-short" in short and f"94,9{NBSP}%" in short


def test_attain_bar_without_a_threshold_has_no_line():
    html = show("parts/_attain.html", {"percent": 60, "small": True})
    assert "attain-line" not in html and "is-short" not in html and "ngưỡng" not in html
    assert f'aria-label="60,0{NBSP}%"' in html and 'width="60%"' in html


def test_heat_cell_says_missing_met_and_nobody(page):
    words = text_of(show("parts/_heat.html", {"heat": gallery.HEAT}))
    assert "94,9 thiếu 4" in words and "90,5 ✓ đạt" in words
    assert "không có ai thuộc đối tượng" in words and "1.149" in words


def test_target_row_does_not_call_nobody_met():
    html = show("parts/_target_row.html", {"row": gallery.TARGETS[-1]})
    assert "Đã đạt" not in html and "không có ai thuộc đối tượng" in html


def test_pagination_keeps_the_address_and_counts_in_words(page):
    context = {"page": gallery.gallery_context()["pages"], "noun": "người"}
    html = show("parts/_pagination.html", context, "/x?unit=5&page=134")
    assert "1.597–1.608 trong 3.214 người" in html
    assert 'href="?unit=5&amp;page=135"' in html and html.count('aria-current="page"') == 1
    empty = show("parts/_pagination.html", {"page": gallery.gallery_context()["no_pages"]})
    assert "<ul" not in empty


def test_filters_keep_the_sort_and_fold_rare_conditions(page):
    html = show("parts/_filters.html", {"form": gallery.filter_form()}, "/x?sort=-hours")
    assert 'name="sort" value="-hours"' in html
    assert html.index("Trình độ") < html.index("Thêm điều kiện") < html.index("Sinh từ ngày")


def test_messages_and_undo_are_escaped():
    html = show("parts/_notice.html", {"kind": "error", "text": "<b>x</b>"})
    assert "&lt;b&gt;" in html and 'role="alert"' in html
    assert "&lt;b&gt;" in show("parts/_undo_bar.html", {"undo": {"text": "<b>x</b>"}})


def test_conflict_offers_both_values_and_keeps_what_was_typed(page):
    html = show("parts/_conflict.html", {"conflict": gallery.CONFLICT})
    assert html.count('name="keep-position"') == 2 and html.count(" checked") == 1
    assert 'name="unit" value="1234"' in html and 'name="version" value="1235"' in html
    assert "Hoàng Anh Dũng, 09:38 20/11/2026" in html


def test_sheet_shows_row_numbers_and_faulty_cells_with_an_input():
    html = show("parts/_sheet.html", {"sheet": gallery.SHEET})
    assert '<th scope="row">1014</th>' in html
    assert html.count('class="cell-bad"') == 1 and "(trống)" in html
    assert 'name="fix-1011-C" value="1993"' in html and 'name="fix" value="fix-1014-B"' in html


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "413", "429", "500"])
def test_error_page_needs_no_context(name):
    words = text_of(ENGINE.get_template(f"{name}.html").render({}))
    assert "Cổng đào tạo cán bộ" in words and f"Mã {name[:3]}" in words


def test_lockout_says_how_long():
    context = {"username": "a", "failure_limit": 10, "cooloff_timedelta": timedelta(minutes=15)}
    words = text_of(show("429.html", context))
    assert "nhập sai mật khẩu 10 lần" in words and "Thử lại sau 15 phút" in words


def test_navigation_marks_the_page_and_counts_work():
    group_ = {
        "title": "Con người",
        "items": [
            {"url": "/a/", "label": "Đơn vị", "icon": "building-2", "active": True, "badge": 1234}
        ],
    }
    html = show("parts/_navigation.html", {"navigation": [group_]})
    assert 'aria-current="page"' in html and "1.234" in html and "nav-group" in html


def test_missing_template_is_an_error():
    with pytest.raises(TemplateDoesNotExist):
        show("parts/_no_such_part.html")


# ---- charts ------------------------------------------------------------------------------------


def test_bridge_bars_hang_together():
    drawing = charts.bridge(gallery.BRIDGE)
    bars = drawing["wide"]["bars"]
    assert [bar["value"] for bar in bars] == ["754", "+61", "+14", "−5", "−19", "−9", "−2", "794"]
    for bar, after in zip(bars, bars[1:], strict=False):
        top, foot = float(after["y"]), float(after["y"]) + float(after["height"])
        joint = float(bar["joint"]["y"])
        assert min(abs(joint - top), abs(joint - foot)) < 1.1
    assert bars[-1]["joint"] is False
    assert 0 < drawing["floor"] < 754
    scale = float(bars[1]["height"]) / 61
    assert abs(float(bars[0]["height"]) / scale - (754 - drawing["floor"])) < 1


def test_bridge_of_small_numbers_starts_at_zero():
    steps = [
        {"label": "Đầu kỳ", "value": 0, "is_total": True},
        {"label": "Mới đạt", "value": 3, "is_total": False},
        {"label": "Đến", "value": 3, "is_total": True},
    ]
    assert charts.bridge(steps)["floor"] == 0


def test_trend_stays_inside_the_drawing():
    drawings = charts.trend(gallery.POINTS, 85, gallery.FORECAST)
    for drawing in drawings.values():
        for dot in [*drawing["dots"], drawing["last"], drawing["ahead"]]:
            assert 38 <= float(dot["x"]) <= drawing["right"]
            assert 16 <= float(dot["y"]) <= 220
    assert [tick["text"] for tick in drawings["narrow"]["ticks"]] == [
        "2021",
        "2023",
        "2025",
        "2027",
    ]
    assert drawings["wide"]["last"]["value"] == "81,9"


def test_trend_rises_when_figures_rise():
    dots = charts.trend(gallery.POINTS, None)["wide"]["dots"]
    heights = [float(dot["y"]) for dot in dots]
    assert heights == sorted(heights, reverse=True)


def test_trend_needs_two_days():
    assert charts.trend([(date(2026, 1, 1), 50)]) is None


def test_trend_of_full_attainment_stays_at_100():
    drawing = charts.trend([(date(2026, 1, 1), 100), (date(2026, 3, 1), 100)], 100)["wide"]
    assert max(line["value"] for line in drawing["grid"]) == 100
    assert len(drawing["ticks"]) == 2


def test_a_printed_page_of_a_list_says_which_part_it_is():
    css = (TEMPLATES.parent / "static" / "css" / "portal.css").read_text(encoding="utf-8")
    hidden = next(line for line in css.splitlines() if ".topbar" in line and "!important" in line)
    selectors = hidden.partition("{")[0].strip().split(", ")
    assert ".pager ul" in selectors
    assert ".pager" not in selectors
