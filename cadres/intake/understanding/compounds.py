"""Several facts in one cell, one a line: "Lò Văn An / Sinh: 12/3/1980 / Dân tộc Thái"."""

import re

from cadres.intake.parsing import dates
from cadres.intake.parsing.outcome import is_empty
from cadres.intake.parsing.words import ethnic_group_of
from cadres.intake.understanding.contexts import named_unit
from cadres.intake.understanding.vocabulary import aliases, key

# Words between the parts of a heading that say nothing themselves.
JOINING = frozenset(("va", "ghi", "ro"))
LONGEST_PHRASE = 8
PARTING = re.compile(r"\s*[\n;]\s*")
LOOSE = re.compile(r"\s*[\n;,]\s*")
# "Sinh: 12/3/1980"; the fuller words for it are headings of their own.
BORN = re.compile(r"^(?:sinh|sn|ns)\b[\s:]*(?:ngày|năm)?[\s:]*(?=\d)", re.I)
# "Hộ sinh" is a post, though "họ" heads families.
PARTS_OF_NAME = frozenset(("family_name", "given_name", "middle_name"))
BIRTHS = frozenset(("birth_date", "birth_year"))


def fields_of(heading):
    """The fields of a heading that is several, as "Họ và tên, ngày sinh, dân tộc", else ()."""
    words = key(heading).split()
    if len(words) > 24:
        return ()
    found, start = [], 0
    while start < len(words):
        for size in range(min(LONGEST_PHRASE, len(words) - start), 0, -1):
            if named := aliases().get(" ".join(words[start : start + size])):
                found.append(named[0])
                start += size
                break
        else:
            if words[start] not in JOINING:
                return ()
            start += 1
    return tuple(found) if len(found) > 1 and found[0] == "full_name" else ()


def says_several(texts):
    """Whether most cells of a column do tell as much as its heading."""
    many = sum(len(LOOSE.split(text)) > 1 for text in texts)
    return many >= 0.6 * len(texts) > 0


def pieces(text):
    """The facts of a cell."""
    parts = PARTING.split(text.strip())
    return parts if len(parts) > 1 else LOOSE.split(text.strip())


def read(reader, found, column, fields):
    """Takes what the lines of a cell tell beside the name, by their own words or by their order."""
    _, text = reader.get(found, column)
    parts = [part.strip(" .-–+•*") for part in pieces(text)]
    for place, part in enumerate(parts[1:], 1):
        field, words = _labelled(part)
        if not field:
            in_order = fields[place] if len(parts) == len(fields) else None
            field = in_order or _by_shape(part)
        if field and not field.startswith("-") and words and not is_empty(words):
            _take(reader, found, column, field, words)


def _labelled(part):
    """(field, the rest) of a line that begins with the name of a field, else (None, the line)."""
    if match := BORN.match(part):
        return "birth_date", part[match.end() :]
    head, colon, rest = part.partition(":")
    if colon and (named := aliases().get(key(head))):
        rest = rest.strip()
        is_group = named[0] == "phone" and ethnic_group_of(rest)  # "DT: Thái" is no telephone
        return "ethnic_group" if is_group else named[0], rest
    words = part.split()
    for size in range(min(4, len(words) - 1), 0, -1):
        named = aliases().get(key(" ".join(words[:size])))
        if named and named[0] not in PARTS_OF_NAME:
            return named[0], " ".join(words[size:])
    return None, part


def _by_shape(part):
    if re.fullmatch(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|(?:19|20)\d{2}", part):
        return "birth_date"
    return "ethnic_group" if ethnic_group_of(part) else None


def _take(reader, found, column, field, words):
    if field in BIRTHS:
        outcome = dates.parse_date(words, words, reader.today)
        reader.take_date(found, "birth_date", outcome, column, words)
    elif field == "unit":
        found.take("unit", named_unit(words), column)
    elif (parse := reader.parsers.get(field)) and field not in reader.by_name:
        outcome = parse(words, words)
        if outcome.code:
            found.warn(outcome.code, column, words, outcome.suggestion, field)
        elif outcome.value is not None:
            found.take(field, outcome.value, column)
