"""Parts that pages share, and the page that shows them all."""

import re
from collections import Counter
from datetime import timedelta
from fractions import Fraction
from html.parser import HTMLParser

import pytest
from django.template import TemplateDoesNotExist

from tests import gallery
from tests.ui.base import ENGINE, NBSP, TEMPLATES, show, text_of

pytestmark = pytest.mark.no_database

VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "path", "rect", "line", "circle"}


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


def test_a_printed_page_of_a_list_says_which_part_it_is():
    css = (TEMPLATES.parent / "static" / "css" / "portal.css").read_text(encoding="utf-8")
    hidden = next(line for line in css.splitlines() if ".topbar" in line and "!important" in line)
    selectors = hidden.partition("{")[0].strip().split(", ")
    assert ".pager ul" in selectors
    assert ".pager" not in selectors
