"""Levels as people write them -> code on a ladder, and the major left over."""

import re
from functools import cache, lru_cache

from cadres.intake.parsing import certificates
from cadres.intake.parsing.outcome import NOTHING, Outcome, is_empty
from cadres.intake.reference import load_json
from trainingplans.lib.text import fold, tidy

LADDERS = {
    "professional_level": "trinh_do_chuyen_mon",
    "political_level": "ly_luan_chinh_tri",
    "state_level": "quan_ly_nha_nuoc",
}
LONGEST = 300
MORE = load_json("roster_words.json")["levels"]
# Words that only surround a level.
FILLERS = {
    "professional_level": r"(?:trinh do|bang|tot nghiep|tn)\s*:?\s+",
    "political_level": r"(?:trinh do|td|bang|da hoc|da co|tuong duong|hoan chinh|llct|"
    r"ly luan chinh tri|lop|chung chi|da qua)\s+",
    "state_level": r"(?:trinh do|td|bang|da hoc|da co|tuong duong|qlnn|quan ly nha nuoc|"
    r"quan ly hanh chinh nha nuoc|qlhcnn|ngach|"
    r"boi duong|bd|chuong trinh|lop|chung chi|cc|theo tieu chuan|hang|da qua|kien thuc)\s+",
}
PIECE = re.compile(r"[^\s.,:;/()\-–_+&]+")
JOINT = re.compile(r"\s*(?:[;+&\n]|,|/|\bvà\b)\s*", re.IGNORECASE)
MAJOR_LEAD = re.compile(
    r"^(?:chuyên ngành|chuyên nghành|ngành|nghành|về|in|of|chuyên môn)\s*:?\s+", re.I
)
# How somebody studied is no subject: "Đại học (VLVH)".
FORM = re.compile(
    r"(?:he\s+)?(?:vlvh|vhvl|vua (?:lam vua hoc|hoc vua lam)|tai chuc|tu xa|chinh quy|cq|"
    r"lien thong|mo rong|chuyen tu|tap trung|khong tap trung)"
)
# The same behind the subject: "Luật - hệ tại chức", "Luật (VLVH)", "Kế toán, hệ từ xa".
FORM_BEHIND = re.compile(rf"\s*(?:\(\s*{FORM.pattern}\s*\)|[-–,;]\s*{FORM.pattern})$")
STUDYING = re.compile(r"\b(?:dang hoc|dang theo hoc|chua xong|dang dao tao|dang boi duong)\b")
# "Trung học phổ thông" is no profession, "trung học kế toán" is.
GENERAL = (["pho"], ["co"], ["pt"], ["cs"])
# "Điều dưỡng trung cấp": the level behind the subject, with nothing between; teachers of pupils
# and students have those of their schools in their subject.
LEVEL_LAST = re.compile(
    r"(.*\S)\s+((?:trung|sơ|cao) cấp|trung học|cao đẳng|đại học|(?:thạc|tiến) s[ĩỹ]|"
    r"(?-i:ĐH|CĐ|TC))$",
    re.I,
)
TEACHING = re.compile(r"\b(?:giao duc|giang vien|giao vien|day|bac)$")
# Several degrees, one a line.
LINES = re.compile(r"\s*\n\s*(?:[-–+•*]\s*)?")
# "ĐH Luật; Trung cấp LLCT" in one cell.
POLITICS = re.compile(r"\b(?:llct|ly luan|(?:tc|cc|sc)llct)\b")
STATE = re.compile(r"\b(?:qlnn|quan ly (?:hanh chinh )?nha nuoc|qlhcnn|ngach)\b")
# What else stands beside a degree: a list of certificates, one a line.
PARTED = re.compile(r"\s*[;\n]\s*(?:[-–+•*]\s*)?")
BULLET = re.compile(r"^\s*[-–+•*]\s*")
# These mean a level only when nothing else is in the cell.
ALONE = frozenset(
    (
        "khong",
        "ko",
        "k",
        "kh",
        "0",
        "chua",
        "no",
        "none",
        "chuaco",
        "khongco",
        "trunghoc",
        "high",
        "gs",
        "ma",
        "ba",
    )
)


def _compact(text):
    return "".join(PIECE.findall(fold(text)))


@cache
def names(field):
    """compact name -> (rank, code) on the ladder of that field."""
    found = {}
    items = load_json("levels.json")[LADDERS[field]]["items"]
    for item in items:
        texts = [*item.get("aliases", ()), item["name"], *MORE[field].get(item["code"], ())]
        for text in texts:
            if compact := _compact(text):
                found.setdefault(compact, (item["rank"], item["code"]))
    for item in items:
        found.setdefault(item["code"].lower(), (item["rank"], item["code"]))
    return found


def _match_start(text, field):
    """(rank, code, where the level ends) of the longest level that the text begins with."""
    known, pieces = names(field), list(PIECE.finditer(text))[:7]
    for count in range(len(pieces), 0, -1):
        compact = "".join(fold(p.group()) for p in pieces[:count])
        if compact not in known:
            continue
        following = [fold(piece.group()) for piece in pieces[count : count + 1]]
        alone = compact in ALONE and not (compact == "trunghoc" and following not in GENERAL)
        if not (alone and following):
            return *known[compact], pieces[count - 1].end()
    return None


def _strip_fillers(text, field):
    pattern = re.compile(FILLERS[field])
    while match := pattern.match(fold(text) + " "):
        words = match.group().split()
        rest = " ".join(text.split()[len(words) :])
        if not rest or len(fold(text).split()) != len(text.split()):
            break
        text = rest
    return text


def _rest(text):
    text = text.strip(" .,:;-–/()+&_\t")
    while match := MAJOR_LEAD.match(text):
        text = text[match.end() :].strip(" .,:;-–/()")
    text = tidy(text + ")" if text.count("(") > text.count(")") else text)
    folded = fold(text)
    if len(folded) == len(text) and (behind := FORM_BEHIND.search(folded)):
        text = text[: behind.start()]
    return "" if FORM.fullmatch(folded) else text


def _one(text, field):
    """((rank, code), rest) of one piece of text, or None."""
    text = _strip_fillers(text, field)
    found = _match_start(text, field)
    if not found:
        return _at_end(text, field)
    rank, code, end = found
    rest = text[end:]
    deeper = _match_start(_strip_fillers(rest, field), field)
    if deeper and deeper[0] > rank:
        rank, code = deeper[:2]
        rest = _strip_fillers(rest, field)[deeper[2] :]
    return (rank, code), _rest(rest)


def _at_end(text, field):
    """ "Luật (ĐH)", "Kinh tế - Thạc sĩ"."""
    match = re.search(r"^(.*\S)\s*[(\-–,:;/]\s*([^()\-–,:;/]+?)\)?$", text)
    if not match:
        match = LEVEL_LAST.match(text)
        if not match or TEACHING.search(fold(match[1])):
            return None
    found = _match_start(match[2], field)
    if not found or _rest(match[2][found[2] :]):
        return None
    return found[:2], _rest(match[1])


@lru_cache(maxsize=20_000)
def read_level(text, field):
    """(code, rest) of a text; (None, text) where no level is in it. The highest of several wins."""
    lines = tidy(LINES.sub("; ", text)) if "\n" in text else ""
    text = tidy(text).strip(" .,;:-–'\"")
    if len(text) > LONGEST:
        return None, text
    if match := STUDYING.search(fold(text)):
        return _before_study(text, match.start(), field)
    whole = names(field).get(_compact(text))
    if whole:
        return whole[1], ""
    best = _one(text, field)
    parts = [p for p in JOINT.split(lines or text) if p]
    if len(parts) > 1:
        found = [hit for part in parts if (hit := _one(part, field))]
        higher = max(found, key=lambda hit: hit[0][0], default=None)
        if higher and (not best or higher[0][0] > best[0][0] or len(found) > 1):
            best = higher
    return (best[0][1], best[1]) if best else (None, text)


def _before_study(text, start, field):
    """What somebody has who is studying for more: "Trung cấp (đang học ĐH)"."""
    had = text[:start].strip(" .,:;-–/(") if len(fold(text)) == len(text) else ""
    if not had:
        # "Đang học ThS; ĐH Kinh tế"
        rest = [part for part in JOINT.split(text) if not STUDYING.search(fold(part))]
        told = read_level("; ".join(rest), field) if rest else (None, "")
        return told if told[0] else (None, "")
    return read_level(had, field)


def _degrees_alone(text):
    """A text without the parts that say of other levels and certificates, and what these say."""
    folded = fold(text)
    if not (POLITICS.search(folded) or STATE.search(folded) or PARTED.search(text)):
        return text, {}
    parting = PARTED if PARTED.search(text.strip()) else JOINT
    other, more = [], {}
    for part in filter(None, parting.split(BULLET.sub("", text))):
        field, said = _of_another(part)
        if not said:
            other.append(part)
        elif field in LADDERS and more.get(field, said) != said:
            return text, {}  # two levels of one ladder: to be asked
        elif field in more and field not in LADDERS:
            more[field] = f"{more[field]}, {said}"
        else:
            more[field] = said
    return ("; ".join(other) if more else text), more


def _of_another(part):
    """(field, its value) of a part of a cell that tells no degree; (None, None) for a degree."""
    folded = fold(part)
    if POLITICS.search(folded):
        return "political_level", read_level(part, "political_level")[0]
    if _one(tidy(part), "professional_level"):
        return None, None  # "ĐH Quản lý nhà nước", "Trung cấp Tin học"
    if STATE.search(folded) and (code := read_level(part, "state_level")[0]):
        return "state_level", code
    field = certificates.field_of(part)
    return (field, tidy(part)) if field in ("it_level", "foreign_language") else (None, None)


def parse_professional(value, text, **_):
    """Level, and the major and what else the cell tells as `more`."""
    if is_empty(text):
        return NOTHING
    text, more = _degrees_alone(text)
    if not text:
        return Outcome(more=more)
    code, rest = read_level(text, "professional_level")
    if rest and code and code != "CDT":
        more["professional_major"] = rest
    return Outcome(code, more=more) if code else Outcome(code="unknown_level")


def _ladder(field):
    def parse(value, text, **_):
        if is_empty(text):
            return NOTHING
        code, _ = read_level(text, field)
        return Outcome(code) if code else Outcome(code="unknown_level")

    return parse


parse_political = _ladder("political_level")
parse_state = _ladder("state_level")


def rank_of(code, field):
    """Where a code stands on its ladder."""
    items = load_json("levels.json")[LADDERS[field]]["items"]
    return next(item["rank"] for item in items if item["code"] == code)
