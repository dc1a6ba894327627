"""The page of all shared parts in all states."""

import pytest

from tests import gallery
from tests.ui.base import show


@pytest.fixture(scope="module")
def page():
    return show("parts/gallery.html", gallery.gallery_context(), "/x?sort=-hours&unit=1234&page=2")
