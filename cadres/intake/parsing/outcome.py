"""What a parser gives back: a value, or why there is none."""

from dataclasses import dataclass


@dataclass(slots=True)
class Outcome:
    """`value` None = not told; `code` names the warning; `more` {other field: its value}."""

    value: object = None
    code: str = ""
    suggestion: str = ""
    more: dict | None = None


NOTHING = Outcome()
EMPTY = frozenset(("", "-", "--", "---", "–", "—", "_", ".", "..", "...", "…", "/", "?", "\\",
                   "N/A", "n/a", "NULL", "null", "(null)"))  # fmt: skip


def is_empty(text):
    """Blank, or a stroke that stands for blank."""
    return text in EMPTY


DITTOS = frozenset(
    (
        "nt",
        "n/t",
        "n.t",
        "như trên",
        "nhu tren",
        '"',
        "''",
        "“",
        "”",
        "″",
        "〃",
        "´´",
        "’’",
        ",,",
        "ditto",
        "-//-",
        "//",
    )
)


QUOTES = "\"'“”″`"


def is_ditto(text):
    """nt, -nt-, " and the like: as the cell above."""
    text = text.strip()
    if text[:1].isdigit() or not 0 < len(text) < 14:
        return False
    bare = " ".join(text.split()).strip(" -–—.()").lower()
    return bare in DITTOS or bare[:1] in QUOTES and bare.strip(QUOTES + " -.") in DITTOS
