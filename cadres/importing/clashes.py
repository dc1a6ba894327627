"""Two people wrote different texts into one cell of a preview: the first stays until one decides.

Kept in the choices of the batch by the place "sheet!row!letter": `cells`, who wrote which cell with
which version of the batch; `clashes`, what somebody else wrote there on a page that was older.
"""

import re
from dataclasses import dataclass

from django.utils import timezone

from cadres.intake.keeping import file_sheet

DECIDE = re.compile(r"^(take|keep):(.+)$")
LONGEST = 60  # letters of a text that a sentence shows


def key_of(place):
    """The place (sheet, row, letter) as JSON can hold it."""
    return "!".join(map(str, place))


@dataclass
class Settled:
    """What becomes of the cells of a posted form; places are (sheet, row, letter) of the file."""

    written: dict  # {place: text}
    gone: list  # places whose text is taken back
    met: dict  # {place: text} that met a newer text of another page, and waits
    decided: set  # keys of the clashes that are over


def settle(batch, cells, taken_back, posted, version):
    """The Settled of cells {place: text} typed and places taken back on a page of this version.

    `version`: as text; without one nothing is newer.
    """
    edits = {(sheet, row, letter): text for sheet, row, letter, text in batch.edits}
    known = batch.choices.get("cells", {})
    seen = int(version) if version and version.isdecimal() else batch.version

    def is_newer(place):
        return place in edits and known.get(key_of(place), {}).get("version", 0) > seen

    met = {p: text for p, text in cells.items() if is_newer(p) and edits[p] != text}
    written = {p: text for p, text in cells.items() if p not in met}
    way, key = _decision(batch, posted)
    if way == "take":
        written[place_of(key)] = batch.choices["clashes"][key]["text"]
    gone = [place for place in taken_back if not is_newer(place)]
    return Settled(written, gone, met, {key} if way else set())


def _decision(batch, posted):
    """("take" or "keep", key) of the clash whose button was pressed; ("", "") without one."""
    pressed = DECIDE.match(posted.get("hai-y", ""))
    known = pressed and pressed[2] in batch.choices.get("clashes", {})
    return pressed.groups() if known else ("", "")


def place_of(key):
    """(sheet, row, letter) of a key; a sheet's name may hold the mark between them."""
    sheet, row, letter = key.rsplit("!", 2)
    return sheet, int(row), letter


def noted(choices, settled, *, by, version):
    """The choices with who wrote which cell, and the clashes that are still open."""
    gone, written = {*map(key_of, settled.gone)}, {*map(key_of, settled.written)}
    mark = {"by": str(by), "at": f"{timezone.localtime():%H:%M %d/%m/%Y}"}
    over = gone | written | settled.decided
    cells = {key: told for key, told in choices.get("cells", {}).items() if key not in gone}
    cells |= {key: mark | {"version": version} for key in written}
    open_ones = {key: told for key, told in choices.get("clashes", {}).items() if key not in over}
    open_ones |= {key_of(place): mark | {"text": text} for place, text in settled.met.items()}
    rest = {name: told for name, told in choices.items() if name not in ("cells", "clashes")}
    kept = {"cells": cells, "clashes": open_ones}
    return rest | {name: told for name, told in kept.items() if told}


def problem(batch, met):
    """What to tell who wrote later; "" where nothing met."""
    if not met:
        return ""
    words = [_sentence(batch, place, text) for place, text in met.items()]
    return " ".join([*words, "Chọn một trong hai ở ngay dưới."])


def _sentence(batch, place, text):
    _, row, letter = place
    who = batch.choices["cells"][key_of(place)]
    first = _texts(batch)[key_of(place)]
    return (
        f"Dòng {row}, cột {letter}: {who['by']} vừa ghi {_quoted(first)} lúc {who['at'][:5]}, "
        f"nên chưa lưu {_quoted(text)} của bạn."
    )


def context(batch, sheets):
    """[{place, first, first_by, second, second_by, key}]: the clashes that wait for a decision."""
    texts, files = _texts(batch), {file_sheet(sheet) for sheet in sheets}
    found = []
    for key, clash in batch.choices.get("clashes", {}).items():
        sheet, row, letter = place_of(key)
        where = f"{sheet}, dòng {row}, cột {letter}" if len(files) > 1 else ""
        found.append(
            {
                "key": key,
                "place": where or f"Dòng {row}, cột {letter}",
                "first": _quoted(texts.get(key, "")),
                "first_by": batch.choices.get("cells", {}).get(key, {}),
                "second": _quoted(clash["text"]),
                "second_by": clash,
            }
        )
    return found


def _texts(batch):
    return {key_of(place): text for *place, text in batch.edits}


def _quoted(text):
    if not text:
        return "(để trống)"
    return f"“{text[:LONGEST]}…”" if len(text) > LONGEST else f"“{text}”"
