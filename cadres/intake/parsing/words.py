"""Names, ethnic groups, languages, staff kinds, yes and no."""

import re
from functools import cache, lru_cache

from cadres.intake.parsing.outcome import NOTHING, Outcome, is_empty
from cadres.intake.reference import load_csv, load_json
from trainingplans.lib.text import fold, tidy

APOSTROPHES = "'’‘ʼ`´"
PART = re.compile(rf"[^{APOSTROPHES}.\-]+|[{APOSTROPHES}.\-]")
TRAILING = re.compile(r"[\s*()\d.,;:]*[*.,;:][\s*]*$|\s*\(\*+\)\s*$")
# "(bí danh: Sơn)", "(tức Hà)", "(nữ)": not part of the name.
SECOND_NAME = re.compile(r"(?<=\w)\s*\([^()]*\)?\s*$")
LIST_NUMBER = re.compile(r"^\d{1,4}(?:\s*[.)/-]\s*(?=\D)|\s+(?=[^\W\d_]{2}))")
# What is said of somebody behind the name: "Lò Văn An - nghỉ hưu".
REMARK = re.compile(r"(?<=\w)\s+[-–]\s+[a-zà-ỹđ].*$")
# A capital too many, by a shift key held too long; "HLinh", "YBé" are written so on purpose.
TWO_CAPITALS = re.compile(
    r"(?:N[GH]|T[RH]|[PC]H|[BCDĐGHKLMNPQRSTVX][ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĨŨƠƯẠ-Ỹ])[a-zà-ỹđ]+"
)
COMRADE = re.compile(r"^(?:đ/c|đ\.c|đc|đồng chí|đ/chí)[.:]?\s+", re.I)
# "ThS. Lò Văn An", "BS.CKI Vi Thị Hoa": with the point, as "Y" and "Tô" begin names too.
TITLE = re.compile(
    r"^(?:(?:gs|pgs|ts|ths|bs|bs\s?cki{1,2}|bs\s?ck[12]|cki{1,2}|ds|cn|ks|đd|lg)\s*\.\s*)+"
    r"(?:ck[i12]{1,2}\s+)?(?=\w{2,}\s)",
    re.I,
)
HONORIFIC = re.compile(r"^(?:ông|bà)[.:]?\s+", re.I)


# "Bà" alone: there is a family Ông.
LADY = re.compile(r"^bà[.:]?\s+(?=\S+\s+\S)", re.I)


def _capital(letter):
    upper = letter.upper()
    return upper if len(upper) == 1 else letter


def _proper_word(word):
    if any(c.islower() for c in word) and any(c.isupper() for c in word):
        # Mixed on purpose (Niê, H'Linh); only a slip of the first letters is mended.
        if TWO_CAPITALS.fullmatch(word):
            return word.capitalize()
        return _capital(word[0]) + word[1:] if word[0].islower() and word[1:].islower() else word
    parts = PART.findall(word)
    return "".join(_capital(p[0]) + p[1:].lower() for p in parts)


@lru_cache(maxsize=100_000)
def proper_name(text):
    """NGUYỄN VĂN AN -> Nguyễn Văn An, H'LINH MLÔ -> H'Linh Mlô; tone placement as typed."""
    text = SECOND_NAME.sub("", REMARK.sub("", tidy(text))).strip(' .,;:*-–_"')
    text = LIST_NUMBER.sub("", TRAILING.sub("", text))
    text = TITLE.sub("", LADY.sub("", COMRADE.sub("", text))).strip()
    letters = [c for c in text if c.isalpha()]
    if sum(c.isupper() for c in letters) > 0.8 * len(letters) and len(letters) > 3:
        # Nearly all capitals: a letter left small by a font without capitals follows the rest.
        text = text.upper()
    return " ".join(map(_proper_word, text.split()))


def without_honorific(text):
    """Ông, Bà taken off; only for columns where nearly everybody has one."""
    return HONORIFIC.sub("", text)


# Nothing in the catalogues is longer.
LONGEST = 150
WORDS = load_json("roster_words.json")
MORE_GROUPS = WORDS["ethnic_groups"]
ETHNIC_NOISE = re.compile(r"^(?:dan toc|d toc|dtoc|dt|nguoi|tieng|chu)\s+")
LETTERS = re.compile(r"[^\w]+", re.UNICODE)


def _bare(text):
    return LETTERS.sub("", tidy(text).casefold())


@cache
def _groups():
    """(exact key -> name, folded key -> name); official names before aliases, doubles left out."""
    exact, folded, doubtful = {}, {}, set()
    rows = [row for row in load_csv("ethnic_groups.csv") if row["code"] != "55"]
    for row in rows:
        exact[_bare(row["name"])] = row["name"]
        folded[fold(_bare(row["name"]))] = row["name"]
    taken = set(exact), set(folded)
    for row in rows:
        for alias in row["aliases"].split(";"):
            for table, name, official in (
                (exact, _bare(alias), taken[0]),
                (folded, fold(_bare(alias)), taken[1]),
            ):
                if not name or name in official:
                    continue
                if table.setdefault(name, row["name"]) != row["name"]:
                    doubtful.add(name)
    branches = {f"H{more}": name for more, name in MORE_GROUPS.items() if more.startswith("Mông ")}
    for more, name in (MORE_GROUPS | branches).items():
        exact.setdefault(_bare(more), name)
        folded.setdefault(fold(_bare(more)), name)
    for table in (exact, folded):
        for name in doubtful - set(map(_bare, MORE_GROUPS)):
            if name not in taken[0] | taken[1]:
                table.pop(name, None)
    return exact, folded


@cache
def _plain_groups():
    """Official names without their accents: "Tay" is Tày, though Thái are also called so."""
    rows = load_csv("ethnic_groups.csv")
    return {fold(_bare(row["name"])): row["name"] for row in rows if row["code"] != "55"}


@lru_cache(maxsize=5_000)
def find_ethnic_group(text):
    """The official name, or None."""
    if len(text) > LONGEST:
        return None
    text = tidy(text).strip(" .,;:*")
    exact, folded = _groups()
    for attempt in (text, re.sub(r"\(.*?\)", "", text)):
        while True:
            bare = _bare(attempt)
            if found := _plain_groups().get(bare) or exact.get(bare):
                return found
            if (found := folded.get(fold(bare))) and (fold(bare) == bare or len(bare) > 3):
                return found
            match = ETHNIC_NOISE.match(fold(attempt))
            if not match:
                break
            attempt = " ".join(attempt.split()[len(match.group().split()) :])
    return None


def ethnic_group_of(text):
    """The group of a cell that may say more: "Mông, không" of "Dân tộc, tôn giáo"."""
    if name := find_ethnic_group(text):
        return name
    first, *more = BESIDE_GROUP.split(text) if len(text) < LONGEST else [text]
    return find_ethnic_group(first) if more and not any(map(find_ethnic_group, more)) else None


def parse_ethnic_group(value, text, **_):
    """Official name in ethnic_groups.csv."""
    if is_empty(text):
        return NOTHING
    name = ethnic_group_of(text)
    return Outcome(name) if name else Outcome(code="unknown_ethnic_group")


BESIDE_GROUP = re.compile(r"\s*[,;/\n(]\s*|\s+[-–]\s+")
LANGUAGE_JOINT = re.compile(r"\s*(?:[,;/+&\n]|\s[-–]\s|\bvà\b|\bvới\b)\s*", re.I)
LANGUAGE_NOISE = re.compile(
    r"^(?:chứng chỉ|cc|có|biết|nghe nói|nói|giao tiếp|học|được|thạo|thành thạo|"
    r"thông thạo|tiếng|chữ|bồi dưỡng|mẹ đẻ\W*|"
    r"có chứng chỉ|sử dụng|đọc|viết)\s+",
    re.I,
)


# Of "Nghe, nói được tiếng Thái" the first word names no language.
SPEAKING = frozenset(("nghe", "noi", "nghe noi", "doc", "viet", "giao tiep"))


def _language(text):
    text = tidy(text)
    while True:
        if name := find_ethnic_group(text):
            return name
        if not (match := LANGUAGE_NOISE.match(text)):
            break
        text = text[match.end() :]
    words = text.split()
    for count in range(min(len(words) - 1, 4), 0, -1):
        if name := find_ethnic_group(" ".join(words[:count])):
            return name
    return None


def parse_languages(value, text, **_):
    """Official group names in the order told, each once."""
    if is_empty(text) or says_no(text):
        return NOTHING
    parts = [p for p in LANGUAGE_JOINT.split(text) if p and fold(p) not in SPEAKING]
    found = [_language(part) for part in parts]
    if len(parts) > 1 and not all(found) and (name := find_ethnic_group(text)):
        found = [name]
    pair = [_language(part) for part in text.split("-")] if found == [None] else ()
    if len(pair) > 1 and all(pair):  # "Tày-Nùng", though "Ê-đê" is one
        found = pair
    known = list(dict.fromkeys(filter(None, found)))
    return Outcome(known or None, code="" if all(found) and found else "unknown_language")


def parse_defence(value, text, **_):
    """1 to 4."""
    if is_empty(text) or says_no(text):
        return NOTHING
    group = defence_group(text)
    return Outcome(group) if group else Outcome(code="unknown_level")


DEFENCE = re.compile(
    r"(?:.*\b(?:doi tuong|d\.tuong|nhom|group|loai|dt|object)\s*\.?:?-?\s*|dt)?([1-4]|iv|i{1,3})\.?"
)


# "Đối tượng 4 (2019)", "ĐT3/2020", but not the month of "4/2020".
IN_YEAR = re.compile(
    r"(?:\s*[(,]|\s+nam|(?<=[a-z]\d)\s*[/-]|(?<=\s\d)\s*[/-])[\s.]*(?:nam\s*)?\d{4}\)?$"
)


def defence_group(text):
    """The group that a text names, or None."""
    match = DEFENCE.fullmatch(IN_YEAR.sub("", fold(text)).strip(" ()."))
    if not match:
        return None
    return {"i": "1", "ii": "2", "iii": "3", "iv": "4"}.get(match[1], match[1])


GENDERS = {
    "nam": "nam", "nu": "nu", "n": "nu", "male": "nam", "female": "nu", "m": "nam", "f": "nu",
    "gai": "nu", "trai": "nam", "ong": "nam", "ba": "nu", "man": "nam", "woman": "nu",
    "nam gioi": "nam", "anh": "nam", "chi": "nu",
    "nu gioi": "nu", "mr": "nam", "ms": "nu", "mrs": "nu",
}  # fmt: skip


def parse_gender(value, text, **_):
    """nam or nu."""
    if is_empty(text):
        return NOTHING
    folded = fold(text).strip(" .()")
    found = GENDERS.get(folded) or GENDERS.get(folded.split("/")[0].strip())  # "Nam/Male"
    return Outcome(found) if found else Outcome(code="unknown_gender")


MARKS = frozenset(map(fold, load_json("header_aliases.json")["_x_marks"])) | frozenset(
    (
        "√",
        "☑",
        "☒",
        "■",
        "●",
        "•",
        "+",
        "*",
        "o",
        "ü",
        "yes",
        "y",
        "true",
        "dung",
        "xx",
        "(x)",
        "x.",
        "c",
    )
)
NO = frozenset(["khong", "no", "n", "false", "0", "chua", "ko", "k", "none", "sai"]) | {
    "khong co", "chua co", "chua qua", "khong phai", "chua vao", "not", "quan chung", "ngoai dang",
    "chua vao dang", "chua ket nap", "khong phai dang vien", "chua la dang vien",
}  # fmt: skip
YES = frozenset(
    (
        "dang vien",
        "dv",
        "da",
        "du bi",
        "chinh thuc",
        "dang vien chinh thuc",
        "dang vien du bi",
        "member",
        "da vao",
        "roi",
        "ct",
        "db",
        "da la dang vien",
        "phai",
    )
)


@lru_cache(maxsize=5_000)
def is_mark(text):
    """x, X, ✓, 1, có…"""
    return fold(text).strip() in MARKS


@lru_cache(maxsize=5_000)
def says_no(text):
    """không, chưa, no…"""
    return fold(text).strip(" .") in NO


@lru_cache(maxsize=5_000)
def says_unknown(text):
    """chưa rõ, không rõ…: neither yes nor no, and no blank either."""
    return fold(text).strip(" .") in ("chua ro", "khong ro", "unknown", "n/a")


@lru_cache(maxsize=5_000)
def yes_or_no(text):
    """True, False, or None where the text is neither."""
    folded = fold(text).strip(" .")
    if folded in NO:
        return False
    return True if folded in MARKS or folded in YES else None


# What villages and the like are called.
VILLAGES = (
    "thôn|bon|buôn|bản|ấp|khóm|làng|tổ dân phố|tdp|khu phố|khối phố|xóm|phum|sóc|tiểu khu|"
    "khu dân cư|tổ dân cư"
)
VILLAGES_FOLDED = fold(VILLAGES)
VILLAGE = re.compile(rf"\b(?:{VILLAGES_FOLDED})\b")
KIND_NOISE = re.compile(
    r"^(?:doi ngu|danh sach|khoi|la|nhom|doi tuong|bien che)\s+|\s*\(.*?\)\s*$|\s*[:.;]\s*$"
)

# "Công chức phường, thị trấn", "Viên chức cấp xã".
KIND_PLACES = re.compile(
    r"\s+(?:cap\s+)?(?:xa|phuong|thi tran|dac khu|huyen|tinh)"
    r"(?:\s*(?:[,/&-]|va)\s*(?:xa|phuong|thi tran|dac khu))*$"
)


PART_TIME = re.compile(
    r"(?:o )?(?:cap )?(?:((?:xa|phuong|thi tran|dac khu)(?: (?:xa|phuong|thi tran|dac khu))*)"
    rf"|(?:(?:{VILLAGES_FOLDED}|to|va)(?: |$))+)"
)


@cache
def _kinds():
    return {
        " ".join(LETTERS.sub(" ", fold(name)).split()): code
        for code, names in WORDS["staff_kinds"].items()
        for name in names
    }


@lru_cache(maxsize=5_000)
def find_staff_kind(text):
    """CB CC VC KCTX KCTT of a text that names only that, or None."""
    if len(text) > LONGEST:
        return None
    folded = fold(text)
    for attempt in (
        folded,
        KIND_NOISE.sub("", folded),
        KIND_NOISE.sub("", KIND_NOISE.sub("", folded)),
        KIND_PLACES.sub("", KIND_NOISE.sub("", folded)),
    ):
        plain = " ".join(LETTERS.sub(" ", attempt).split())
        if code := _kinds().get(plain):
            return code
    if "khong chuyen trach" in folded or re.search(r"\b(?:nhd|hd|cb|nguoi hd)?kct\b", folded):
        return "KCTT" if VILLAGE.search(folded) else "KCTX"
    return None


def part_time_level(text):
    """KCTX or KCTT of a line inside a list of part-time people: "I. Cấp xã", "II. Thôn, bản"."""
    folded = " ".join(LETTERS.sub(" ", fold(text)).split())
    if match := PART_TIME.fullmatch(folded):
        return "KCTX" if match[1] else "KCTT"
    return None


def parse_staff_kind(value, text, **_):
    """CB CC VC KCTX KCTT."""
    if is_empty(text):
        return NOTHING
    code = find_staff_kind(text)
    return Outcome(code) if code else Outcome(code="unknown_staff_kind")
