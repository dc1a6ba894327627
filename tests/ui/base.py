"""The shared look, rendered without a view: templates as text."""

import re
from pathlib import Path

from django.template.backends.django import DjangoTemplates
from django.test import RequestFactory

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
NBSP = "\u00a0"
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
