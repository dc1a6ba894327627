"""Chromium for tests: Debian's, driven by Playwright; every page is watched for faults."""

import os
from pathlib import Path

import axe_playwright_python
import pytest
from django.conf import settings
from django.test import Client
from playwright import sync_api

from cadres.models import Account
from tests.conftest import missing
from tests.factories import PASSWORD

# Playwright keeps an event loop; Django would refuse the database beside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SIZES = {"phone": {"width": 390, "height": 844}, "desk": {"width": 1280, "height": 800}}
PATIENCE = 60_000  # milliseconds


@pytest.fixture(scope="session")
def chromium():
    path = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    if not os.path.exists(path):
        missing("Chromium")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=FLAGS, chromium_sandbox=os.geteuid() != 0
        )
        yield browser
        browser.close()


class Visitor:
    """A person at a browser: logs in, opens pages; `faults` are what no page may cause.

    A page is used when it has loaded with its scripts, as by a person who reads before acting;
    nothing waits by the clock, and each wait may take as long as a busy machine needs.
    """

    def __init__(self, chromium, address, size, scripts):
        self.address = address
        self.context = chromium.new_context(
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            viewport=SIZES[size],
            java_script_enabled=scripts,
            accept_downloads=True,
        )
        self.page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.faults = []
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.faults.append(f"lỗi: {error}"))
        self.page.on("request", self._request)

    def _console(self, message):
        # A page that answers 403 or 404 on purpose is logged by the browser as an error.
        if message.type == "error" and "the server responded with a status of" not in message.text:
            self.faults.append(f"console: {message.text}")

    def _request(self, request):
        if not request.url.startswith((self.address, "data:", "about:", "blob:")):
            self.faults.append(f"ra ngoài: {request.url}")

    def open(self, path):
        """Open a path of the portal; the answer's status."""
        return self.page.goto(self.address + path).status

    def sign_in(self, username):
        """Log in by the form."""
        self.open("/dang-nhap/")
        self.page.fill("input[name=username]", username)
        self.page.fill("input[name=password]", PASSWORD)
        self.go("main button[type=submit]")

    def log_in(self, username):
        """Be logged in already: the cookie of a session, where the form is not the matter."""
        client = Client()
        client.force_login(Account.objects.get(username=username))
        name = settings.SESSION_COOKIE_NAME
        value = client.cookies[name].value
        self.context.add_cookies([{"name": name, "value": value, "url": self.address}])

    def go(self, selector):
        """Click what leads to another page, and wait until that has loaded."""
        with self.page.expect_navigation(wait_until="load"):
            self.page.click(selector)

    def told(self, text, within="main"):
        """Wait until the page says so, and is loaded: what comes next may need its scripts."""
        self.page.wait_for_selector(f"{within}:has-text('{text}')")
        self.page.wait_for_load_state("load")

    def settle(self):
        """Wait for what the page fetches by itself when it opens."""
        self.page.wait_for_load_state("load")
        self.page.wait_for_selector(".htmx-request", state="detached")

    def axe(self):
        """The violations of WCAG 2.2 AA on the page, one line each."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE)
        options = {"runOnly": RULES, "resultTypes": ["violations"]}
        found = self.page.evaluate("options => axe.run(options)", options)
        return [
            f"{v['id']}: {node['html'][:160]}" for v in found["violations"] for node in v["nodes"]
        ]

    def look(self, path):
        """Open a path; on a phone and at a desk axe finds nothing, and nothing is cut off."""
        assert self.open(path) == 200, path
        self.settle()
        for name, size in SIZES.items():
            self.page.set_viewport_size(size)
            assert self.axe() == [], (path, name)
            assert self.fits(), (path, name)

    def fits(self):
        """Whether the page needs no sideways scrolling."""
        script = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        return self.page.evaluate(script)


@pytest.fixture
def visitor(chromium, live_server, transactional_db):
    """Makes visitors: visitor(size="desk"|"phone", scripts=True)."""
    made = []

    def make(size="desk", scripts=True):
        made.append(Visitor(chromium, live_server.url, size, scripts))
        return made[-1]

    yield make
    for one in made:
        one.context.close()
    assert [fault for one in made for fault in one.faults] == []
