"""Rules that every template and static file keeps; read from the files, nothing is rendered."""

import re
from pathlib import Path

import lucide
import pytest

pytestmark = pytest.mark.no_database

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
PARTS = sorted((ROOT / "templates" / "parts").glob("*.html"))
STATIC = ROOT / "static"
LONGEST = 120
ENGLISH = set(
    """submit cancel save delete remove search login logout password username error errors
page next previous home loading yes no edit add export import upload download apply confirm
settings profile dashboard close open back view details list name date total required""".split()  # noqa: SIM905
)
ATTRIBUTES = r"(?:aria-label|placeholder|title|alt)=\"([^\"]*)\""


def named(paths):
    """Parameters of a test, one per file, named by the path inside the project."""
    return [pytest.param(path, id=str(path.relative_to(ROOT))) for path in paths]


def without_tags(text):
    """The template without {# #}, {% %} and {{ }}."""
    text = re.sub(r"{% comment %}.*?{% endcomment %}", " ", text, flags=re.S)
    return re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}", " ", text, flags=re.S)


def visible(text):
    """The words that a reader or a screen reader meets."""
    text = without_tags(text)
    words = re.findall(ATTRIBUTES, text)
    text = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", text, flags=re.S)
    return " ".join([re.sub(r"<[^>]*>", " ", text), *words])


def broken_rules(text):
    """The rules of the content policy that a template breaks."""
    rules = {
        "style attribute": r"\sstyle\s*=",
        "style element": r"<style\b",
        "inline script": r"<script\b(?![^>]*\bsrc=)",
        "event handler": r"<[^>]*\s(?:on[a-z]+|hx-on[\w:.-]*)\s*=",
        "javascript address": r"javascript:|[\"']js:",
        "outside address": r"(?:src|href|action|srcset|data)\s*=\s*[\"']?\s*(?:https?:)?//",
    }
    return [name for name, pattern in rules.items() if re.search(pattern, text, re.I)]


@pytest.mark.parametrize("path", named(TEMPLATES))
def test_keeps_the_content_policy(path):
    assert broken_rules(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "text",
    [
        '<p style="color:red">',
        "<script>go()</script>",
        '<a onclick="go()">',
        '<a hx-on:click="go()">',
        '<img src="https://example.org/a.png">',
        '<link href="//cdn.example.org/a.css">',
        '<a href="javascript:go()">',
    ],
)
def test_policy_check_sees_what_is_forbidden(text):
    assert broken_rules(text)


@pytest.mark.parametrize("path", named(PARTS))
def test_part_says_its_context_first(path):
    assert path.read_text(encoding="utf-8").startswith("{# context:")


@pytest.mark.parametrize("path", named(p for p in TEMPLATES if p.name != "gallery.html"))
def test_template_is_short(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("path", named(TEMPLATES))
def test_words_are_vietnamese(path):
    words = re.findall(r"[\w-]+", visible(path.read_text(encoding="utf-8")).lower())
    assert sorted(set(words) & ENGLISH) == []


@pytest.mark.parametrize("path", named(TEMPLATES))
def test_tone_is_calm(path):
    text = visible(path.read_text(encoding="utf-8"))
    assert "!" not in text
    assert "vui lòng" not in text.lower()


@pytest.mark.parametrize("path", named(p for p in TEMPLATES if "forms" not in p.parts))
def test_keys_in_attributes_are_plain(path):
    """{{ row.pk }} prints 1.234 for 1234; in an address or a value that is another key."""
    text = path.read_text(encoding="utf-8")
    attribute = r'\b(?:value|id|for|name|href|action|hx-[a-z]+|data-[a-z-]+)="[^"]*'
    assert re.findall(attribute + r"{{\s*[\w.]*\b(?:pk|id|year)\s*}}", text) == []


@pytest.mark.parametrize("path", named(TEMPLATES))
def test_icons_and_files_exist(path):
    text = path.read_text(encoding="utf-8")
    for name in re.findall(r'{% icon "([^"]+)"', text):
        lucide._load_icon(name)
    for name in re.findall(r"{% static ['\"]([^'\"]+)", text):
        assert (STATIC / name).is_file(), name
    for name in re.findall(r"{% include \"([^\"]+)\"", text):
        if not name.startswith("django/"):
            assert (ROOT / "templates" / name).is_file(), name


@pytest.mark.parametrize("path", named(sorted(STATIC.rglob("*.css"))))
def test_style_sheets_name_only_own_files(path):
    text = path.read_text(encoding="utf-8")
    assert "@import" not in text
    assert "sourceMappingURL" not in text
    for address in re.findall(r"url\(\s*[\"']?([^\"')]+)", text):
        if not address.startswith(("data:", "#")):
            assert (path.parent / address).resolve().is_file(), address


@pytest.mark.parametrize("path", named(sorted((STATIC / "css").glob("*.css"))))
def test_paper_is_laid_out_as_a_desk_not_as_a_phone(path):
    """A4 is narrower than the narrowest desk, so that rules for small windows are for screens."""
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"@media \((?:max|min)-width: (?:4[78]|37)[^)]*\)", text) == []


@pytest.mark.parametrize("path", named(sorted(STATIC.rglob("*.js"))))
def test_scripts_name_no_map(path):
    assert "sourceMappingURL" not in path.read_text(encoding="utf-8")


def test_own_script_needs_no_evaluation():
    text = (STATIC / "js" / "portal.js").read_text(encoding="utf-8")
    assert not re.search(r"\beval\(|new Function|\.style\b|setAttribute\(.style", text)


def test_licences_stand_beside_what_they_cover():
    names = {path.name for path in STATIC.rglob("LICENSE-*")}
    assert names == {
        f"LICENSE-{name}.txt" for name in ("bootstrap", "be-vietnam-pro", "inter", "lucide", "htmx")
    }
