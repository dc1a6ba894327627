"""Form fields, and what says that a form is wrong."""

import re

import pytest
from django import forms

from tests import gallery
from tests.ui.base import show, text_of

pytestmark = pytest.mark.no_database


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
