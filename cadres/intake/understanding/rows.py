"""What each row of a table is, and the unit and staff kind that group rows give to those below."""

import re
from dataclasses import dataclass, field
from itertools import islice, takewhile

from cadres.intake.parsing.words import VILLAGES, part_time_level
from cadres.intake.understanding.blocks import NAME_WORD, is_index_row
from cadres.intake.understanding.contexts import (
    is_commune,
    is_department,
    is_unit,
    kind_in_line,
    strip_number,
    unit_and_kind,
    unit_in_line,
)
from cadres.intake.understanding.row_words import HINT, LEVEL, NOBODY, NOTE, SIGNATURE, is_total
from cadres.intake.understanding.shapes import looks_like_name
from cadres.intake.understanding.vocabulary import key
from trainingplans.lib.text import fold, tidy

EXAMPLES = frozenset(("vd", "vi du", "mau", "e g", "example"))
# With its tone: "Bàn Văn A" is a person.
VILLAGE = re.compile(rf"(?:{VILLAGES})\s+\S", re.I)
MARK = re.compile(
    r"^\s*\(?((?:[IVXLC]+|\d{1,3}|[A-Za-zĐđ])(?:[.\-](?:[IVXLC]+|\d{1,2}|[a-zđ])(?!\w))*)\s*[.)/:\-]"
)
COMPOUND = re.compile(r"(?:[IVXLC]+|[A-Z])(?:[.\-]\d{1,2})+")
ROMAN = re.compile(r"^[IVXLC]+$")
EDGE = " .)/(-:"
# Headings over the numbers of the rows.
NUMBERING = frozenset(("tt", "stt", "so tt", "so thu tu"))
MANY = 3  # more facts of a person than these say nothing more
FILLED = 4  # cells of a numbered row from which on it is no heading of others


def _somebody(name, facts, numbered):
    """Whether what reads like "Cộng" or "Tổng" is the name of a person."""
    return bool(facts) and (looks_like_name(name) or numbered and len(facts) > 1)


@dataclass
class Group:
    """A group row still in force."""

    style: str
    label: str
    unit: str | None
    kind: str | None
    department: bool = False
    level: str | None = None


def _opens_by_name(bare):
    """Whether the words of a row, without its number, name a unit, a part of it or a staff kind."""
    told = unit_in_line(bare) or kind_in_line(bare) or unit_and_kind(bare)[0]
    return bool(told) or is_department(bare)


@dataclass
class Found:
    """A data row with what the group rows above it told."""

    row: int
    unit: str | None
    kind: str | None
    department: bool = False
    # Part-time people of communes or of villages, where the list parts them.
    level: str | None = None
    # The part of the unit that a group inside it names.
    part: str | None = None
    # Further rows of the same person, as one degree a line.
    more: list[int] = field(default_factory=list)


@dataclass
class Classifier:
    """Reads the rows of one table from the top."""

    grid: list
    merges: object
    index_column: int | None
    name_columns: list[int]
    person_columns: list[int]
    header_keys: dict[int, str]
    kinds: dict[int, str] = field(default_factory=dict)
    people: list[Found] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    # How many people there were when the last group opened; 0 where a page ended with that row.
    opened: int = -1
    # Whether each person has a second line, with headings of its own.
    is_doubled: bool = False
    signed: bool = False
    is_foreign: bool = False

    def read(self, first, last):
        """Classifies rows first..last."""
        for row in range(first, last + 1):
            if self._continues(row):
                self.people[-1].more.append(row)
                self.kinds[row] = "more"
                continue
            plain = row > first + 1 and self._is_plain(row)
            self.kinds[row] = "data" if plain else self._kind(row, first)
            if self.kinds[row] == "data":
                self.people.append(self._person(row))

    def _person(self, row):
        unit = next((g for g in reversed(self.groups) if g.unit and not g.department), None)
        part = next((g for g in reversed(self.groups) if g.unit and g.department), None)
        kind = next((g.kind for g in reversed(self.groups) if g.kind), None)
        best = unit or part
        level = next((g.level for g in reversed(self.groups) if g.level), None)
        is_inside = part and (not unit or self.groups.index(part) > self.groups.index(unit))
        return Found(
            row,
            best.unit if best else None,
            kind,
            best is part and part is not None,
            level,
            part.unit if is_inside else None,
        )

    def _continues(self, row):
        """Whether the cell of the name is merged down from a person: a second line of the same."""
        if self.is_doubled and self._is_second(row):
            return True
        merge = self.merges.at(row, self.name_columns[0])
        first = merge and merge[0] < row and merge[1] == merge[3]
        return bool(first) and any(found.row == merge[0] for found in self.people[-1:])

    def _is_second(self, row):
        texts = self._texts(row)
        if not texts or self.kinds.get(row - 1) != "data" or self.index_column in texts:
            return False
        leading = self._leading(texts)
        return not any(is_total(t) or SIGNATURE.match(fold(t)) for t in leading)

    def _texts(self, row):
        return {c: bare for c, t in enumerate(self.grid[row - 1], 1) if t and (bare := t.strip())}

    def _is_plain(self, row):
        """Whether a row is a person beyond doubt: most are, and need no closer look."""
        line = self.grid[row - 1]
        if self.kinds.get(row - 1) == "header" or len(line) < max(self.name_columns):
            return False
        leading = [text for text in line[: max(self.name_columns)] if text]
        name = line[self.name_columns[0] - 1].strip()
        if (
            not name
            or NOBODY.fullmatch(name)
            or LEVEL.fullmatch(name)
            or NAME_WORD.search(name.lower())
            or any(map(is_total, leading))
        ):
            return False
        if (index := self.index_column) and (
            len(line) < index or not line[index - 1].strip(EDGE).isdigit()
        ):
            return False
        return self._has_facts(line)

    def _has_facts(self, line):
        """Whether two cells at least tell of a person."""
        number, width = 0, len(line)
        for c in self.person_columns:
            text = line[c - 1] if c <= width else ""
            if text and not text.isspace() and not text.strip().replace(".", "").isdigit():
                number += 1
                if number == 2:
                    return True
        return False

    def _kind(self, row, first):
        texts = self._texts(row)
        if not texts:
            return "blank"
        if self._repeats_header(texts):
            self.is_foreign = False
            return "header"
        if key(texts.get(self.index_column, "")) in NUMBERING:
            self.is_foreign = True  # a table of figures under the list
            return "header"
        if row <= first + 1 or self.kinds.get(row - 1) == "header":
            if self._is_index(row, texts):
                return "index"
            if sum(bool(HINT.match(fold(text))) for text in texts.values()) >= max(
                2, len(texts) / 2
            ):
                return "header"
        return self._kind_of_texts(row, texts)

    def _is_index(self, row, texts):
        name = [texts.get(c, "") for c in self.name_columns]
        return is_index_row(texts.values()) and not any(len(n) > 7 for n in name)

    def _repeats_header(self, texts):
        name = self.name_columns[0]
        text = texts.get(name, "")
        if len(text) > 60 or (text and not NAME_WORD.search(text.lower())):
            return False
        same = sum(key(t) == self.header_keys.get(c) for c, t in texts.items())
        return same >= 3 and same >= 0.6 * len(texts)

    def _kind_of_texts(self, row, texts):
        leading = self._leading(texts)
        name = " ".join(texts[c] for c in self.name_columns if c in texts)
        facts = list(islice(self._facts(texts), MANY))
        numbered = texts.get(self.index_column, "").strip(EDGE).isdigit()
        numbers_group = self._group_number(texts) and not (facts and looks_like_name(name))
        if NOBODY.fullmatch(name) or key(texts.get(self.index_column, "")) in EXAMPLES:
            return "note"
        if LEVEL.fullmatch(name) and (not numbered or len(facts) < 2):
            return "note"
        if any(is_total(t) and not _somebody(t, facts, numbered) for t in leading):
            return "total"
        if name and len(facts) >= 2 and not self._wide(row, texts) and not numbers_group:
            return "data"
        if (
            not self._has_person(name, facts, numbered, texts)
            or self._wide(row, texts)
            or numbers_group
            or (self.is_foreign and not facts)
        ):
            return self._other(row, texts, leading, facts, numbered)
        return self._late(row, texts, leading, facts, numbered, name)

    def _facts(self, texts):
        """The columns that tell of a person; numbers alone are counts."""
        for c in self.person_columns:
            if c in texts and not texts[c].replace(".", "").isdigit():
                yield c

    def _late(self, row, texts, leading, facts, numbered, name):
        """A thin row: a person, unless it stands in the signatures."""
        signs = not numbered and (
            self.signed
            or len(texts) == 1
            and self._is_listed(name)
            or len(facts) < 2
            and self._is_apart(row)
            and (not looks_like_name(name) or any(SIGNATURE.match(fold(texts[c])) for c in facts))
        )
        if signs or any(SIGNATURE.match(fold(t)) for t in leading):
            self.signed = True
            return "signature"
        if NOTE.match(fold(leading[0])) and len(texts) < 3:
            return "note"
        if not facts and (is_unit(strip_number(name)) or kind_in_line(name) or VILLAGE.match(name)):
            self._open_group(texts, name)
            return "group"
        return "data"

    def _is_apart(self, row):
        """Whether a blank row parts this one from people who are all numbered."""
        if self.kinds.get(row - 1) != "blank" or not self.people or not self.index_column:
            return False
        line = self.grid[self.people[-1].row - 1]
        return len(line) >= self.index_column and line[self.index_column - 1].strip(EDGE).isdigit()

    def _is_listed(self, name):
        """Whether somebody of the table is called so: who signs it stands there once more."""
        (column, *more) = self.name_columns
        wanted = fold(name)
        return not more and any(
            fold(self.grid[found.row - 1][column - 1]) == wanted for found in self.people
        )

    def _has_person(self, name, facts, numbered, texts):
        if name:
            return bool(facts) or numbered or looks_like_name(name)
        # The name was forgotten: "3 | | 1990 | Xã A | Kế toán" is no group of xã A.
        enough = 2 if len(texts) < FILLED else 1
        return len(facts) >= 3 or (len(facts) >= enough and numbered)

    def _leading(self, texts):
        stop = max(self.name_columns, default=1)
        texts = texts.items()  # in the order of the columns
        return [t for c, t in takewhile(lambda cell: cell[0] <= stop, texts)] or [
            t for c, t in islice(texts, 1)
        ]

    def _wide(self, row, texts):
        """The first text is merged over the name and beyond: no person is written so."""
        column = next(iter(texts))
        merge = self.merges.at(row, column)
        return bool(merge) and merge[1] <= column and merge[3] - merge[1] >= 3 and len(texts) <= 2

    def _group_number(self, texts):
        mark = texts.get(self.index_column, "").strip(EDGE)
        return (
            bool(mark)
            and bool(
                ROMAN.match(mark) or COMPOUND.fullmatch(mark) or len(mark) == 1 and mark.isalpha()
            )
            and len(texts) < 8
        )

    def _other(self, row, texts, leading, facts, numbered):
        if any(SIGNATURE.match(fold(t)) for t in [*leading, *list(texts.values())[:2]]):
            self.signed = True
            return "signature"
        starred = leading[0].startswith("*") and _opens_by_name(strip_number(leading[0]))
        if NOTE.match(fold(leading[0])) and not starred:
            return "note"
        if self.signed and not numbered:
            return "signature"
        label = self._label(texts)
        if len(facts) <= 1 and label and self._opens(row, texts, label):
            self._open_group(texts, label)
            return "group"
        return "data" if len(facts) >= 3 else "note"

    def _label(self, texts):
        """The words of a group row, without the number in a column of its own."""
        words = [t for c, t in texts.items() if c != self.index_column or len(t) > 6]
        words = [t for t in words if any(ch.isalpha() for ch in t)]
        return words[0] if words else ""

    def _opens(self, row, texts, label):
        bare = strip_number(label)
        if self._group_number(texts) or _opens_by_name(bare):
            return True
        return strip_number(label) != tidy(label) and len(texts) <= 2 and len(label) < 90

    def _style(self, texts, label):
        mark = (
            texts.get(self.index_column, "").strip(EDGE)
            if label != texts.get(self.index_column)
            else ""
        )
        if not mark:
            match = MARK.match(label)
            mark = match[1] if match else ""
        if depth := len(re.findall(r"\w[.\-](?=\w)", mark)):
            return f"level {depth + 1}", mark  # "I.1", "2.3"
        if not mark:
            return ("kind" if kind_in_line(label) else "unit"), ""
        if mark.isdigit():
            return "digit", mark
        if ROMAN.match(mark) and not self._follows_letter(mark):
            return "roman", mark
        return ("upper" if mark.isupper() else "lower"), mark

    def _follows_letter(self, mark):
        last = next((g for g in reversed(self.groups) if g.style == "upper"), None)
        return (
            len(mark) == 1
            and last is not None
            and len(last.label) == 1
            and ord(mark) == ord(last.label) + 1
        )

    def _open_group(self, texts, label):
        style, mark = self._style(texts, label)
        bare = strip_number(label)
        unit, kind = unit_and_kind(bare)
        kind = kind or kind_in_line(bare)
        unit = unit or (None if kind else unit_in_line(bare))
        styles = [g.style for g in self.groups]
        if style in styles:
            at = styles.index(style)
            inside = kind and not unit and self.groups[-1].unit and self.opened == len(self.people)
            # "Cán bộ" right under "IV. Xã A" is of that unit, whatever stood under the one before.
            self.groups = [*self.groups[:at], *(self.groups[at + 1 :] if inside else ())]
        if unit and is_commune(unit):  # no commune is inside another, however both are numbered
            self.groups = list(
                takewhile(lambda g: not (g.unit and is_commune(g.unit)), self.groups)
            )
        self.opened = len(self.people)
        self.groups.append(
            Group(
                style, mark, unit, kind, bool(unit) and is_department(bare), part_time_level(bare)
            )
        )
