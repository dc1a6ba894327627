"""The parts of an Open XML workbook beside its sheets: list of sheets, styles, shared texts."""

import posixpath
from dataclasses import dataclass, field

from cadres.intake.reading import limits
from cadres.intake.reading.legacy_fonts import is_legacy
from cadres.intake.reading.refusals import too_large
from cadres.intake.reading.serials import is_date_format, shown_part
from cadres.intake.reading.xmlstream import local, parse, plain_attributes, unescape

NOT_SHEETS = ("chartsheet", "dialogsheet", "macrosheet", "xlmacrosheet", "xlintlmacrosheet")


@dataclass
class SheetPart:
    """A sheet as the workbook lists it."""

    name: str
    hidden: bool
    path: str


@dataclass
class Styles:
    """Per cell style: does it show a date, its legacy font, how many zeros it pads to."""

    dates: list[bool] = field(default_factory=list)
    fonts: list[str] = field(default_factory=list)
    zeros: list[int] = field(default_factory=list)
    # How much of a day it shows (serials.shown_part).
    parts: list[str] = field(default_factory=list)
    # Whether a number in that style is a date or keeps zeros in front.
    special: list[bool] = field(default_factory=list)


def _members(archive):
    return {n.lower().lstrip("/"): n for n in archive.namelist()}


def open_part(archive, path):
    """A stream of the part, or None where there is no such part."""
    name = _members(archive).get(path.lower().lstrip("/").replace("\\", "/"))
    return archive.open(name) if name else None


def relations(archive, part):
    """id -> (type, path) of a part's relations."""
    folder, name = posixpath.split(part)
    stream = open_part(archive, posixpath.join(folder, "_rels", name + ".rels"))
    found = {}

    def start(tag, attributes):
        if local(tag) == "Relationship":
            target = attributes.get("Target", "")
            path = target if target.startswith("/") else posixpath.join(folder, target)
            kind = attributes.get("Type", "").rpartition("/")[2]
            found[attributes.get("Id")] = (kind, posixpath.normpath(path).lstrip("/"))

    if stream:
        parse(stream, start)
    return found


def workbook_path(archive):
    """Where the workbook part is."""
    for kind, path in relations(archive, "").values():
        if kind == "officeDocument":
            return path
    return "xl/workbook.xml"


def read_workbook_part(archive, path):
    """(date system, [SheetPart])."""
    known = relations(archive, path)
    system, sheets = [1900], []

    def start(tag, attributes):
        tag = local(tag)
        if tag == "workbookPr" and attributes.get("date1904", "0").lower() in ("1", "true", "on"):
            system[0] = 1904
        elif tag == "sheet":
            plain = plain_attributes(attributes)
            kind, target = known.get(plain.get("id"), ("", ""))
            if target and kind.lower() not in NOT_SHEETS:
                hidden = plain.get("state", "visible").lower() != "visible"
                sheets.append(SheetPart(plain.get("name", ""), hidden, target))

    parse(open_part(archive, path), start)
    return system[0], sheets


class _StyleReader:
    def __init__(self):
        self.path, self.fonts, self.formats, self.styles = [], [], {}, Styles()

    def start(self, tag, attributes):
        tag = local(tag)
        parent = self.path[-1] if self.path else ""
        self.path.append(tag)
        if tag == "font" and parent == "fonts":
            self.fonts.append("")
        elif tag in ("name", "rFont") and parent == "font" and self.fonts:
            self.fonts[-1] = attributes.get("val", "")
        elif tag == "numFmt" and parent == "numFmts":
            self.formats[attributes.get("numFmtId")] = attributes.get("formatCode", "")
        elif tag == "xf" and parent == "cellXfs":
            self._style(attributes)

    def end(self, _tag):
        self.path.pop()

    def _style(self, attributes):
        number = attributes.get("numFmtId", "0")
        code = self.formats.get(number)
        self.styles.dates.append(is_date_format(int(number), code))
        self.styles.parts.append(shown_part(int(number), code) if self.styles.dates[-1] else "")
        zeros = len(code) if code and len(code) > 1 and not code.strip("0") else 0
        self.styles.zeros.append(zeros)
        self.styles.special.append(self.styles.dates[-1] or zeros > 0)
        font = int(attributes.get("fontId", "0"))
        name = self.fonts[font] if font < len(self.fonts) else ""
        self.styles.fonts.append(name if is_legacy(name) else "")


def read_styles(archive, path):
    """What the cell styles tell of dates and fonts."""
    reader = _StyleReader()
    if stream := open_part(archive, path):
        parse(stream, reader.start, reader.end)
    return reader.styles


class RichText:
    """Collects the text of a shared or inline string, and the legacy font of its runs."""

    def __init__(self):
        self.reset()

    def reset(self):
        self.pieces, self.font, self.inside, self.phonetic = [], "", False, False

    def start(self, tag, attributes):
        if tag == "t":
            self.inside = not self.phonetic
        elif tag == "rPh":
            self.phonetic = True
        elif tag == "rFont" and not self.font and is_legacy(attributes.get("val", "")):
            self.font = attributes["val"]

    def end(self, tag):
        if tag == "t":
            self.inside = False
        elif tag == "rPh":
            self.phonetic = False

    def text(self, data):
        if self.inside:
            self.pieces.append(data)

    def value(self):
        return unescape("".join(self.pieces))


def read_shared(archive, path):
    """(texts, {index: legacy font of its runs})."""
    texts, fonts, rich = [], {}, RichText()

    def start(tag, attributes):
        tag = local(tag)
        if tag == "si":
            rich.reset()
        else:
            rich.start(tag, attributes)

    def end(tag):
        tag = local(tag)
        if tag != "si":
            return rich.end(tag)
        if rich.font:
            fonts[len(texts)] = rich.font
        if len(text := rich.value()) > limits.TEXT:
            raise too_large("Số ký tự của một ô", limits.TEXT)
        texts.append(text)

    if stream := open_part(archive, path):
        parse(stream, start, end, rich.text)
    return texts, fonts
