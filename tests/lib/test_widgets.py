"""The quick select writes what Django's own select means."""

from html.parser import HTMLParser

import pytest
from django import forms
from django.test import SimpleTestCase

from trainingplans.lib.widgets import QuickSelect

pytestmark = pytest.mark.no_database

CHOICES = [("", "Tất cả"), ("a", "A & <b>"), ("Nhóm “1”", [("1", "Một"), (2, "Hai")])]


class Reader(HTMLParser):
    """The elements of a select, classes and blanks aside."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, sorted(a for a in attrs if a[0] != "class")))

    def handle_data(self, data):
        if data.strip():
            self.found.append(data.strip())


class QuickSelectTests(SimpleTestCase):
    def test_names_values_groups_and_choice_are_those_of_djangos_select(self):
        for value in ("", None, "a", 2, "2", "<x>"):
            with self.subTest(value=value):
                told = [
                    Reader(kind(choices=CHOICES).render("f", value, {"id": "id_f"})).found
                    for kind in (forms.Select, QuickSelect)
                ]
                self.assertEqual(told[0], told[1])

    def test_texts_are_escaped(self):
        html = QuickSelect(choices=CHOICES).render("f", "a")
        self.assertIn("A &amp; &lt;b&gt;", html)
        self.assertNotIn("<b>", html)

    def test_a_class_of_the_page_is_added_to_that_of_selects(self):
        html = QuickSelect(attrs={"class": "w-date"}, choices=CHOICES).render("f", "")
        self.assertIn('class="form-select w-date"', html)
