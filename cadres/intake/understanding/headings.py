"""What a heading may mean: candidates (field, detail, score) for a path of headings."""

import re
from functools import lru_cache
from typing import NamedTuple

from cadres.intake.parsing.genders import find_legend
from cadres.intake.parsing.levels import JOINT, LADDERS, rank_of, read_level
from cadres.intake.parsing.numbers import parse_rank_code
from cadres.intake.parsing.words import defence_group, find_ethnic_group, find_staff_kind
from cadres.intake.understanding import compounds, whose
from cadres.intake.understanding.vocabulary import (
    aliases,
    compact_aliases,
    firsts,
    initials,
    key,
    keys,
    parents,
    plain,
    spelled_out,
    uncounted,
)
from trainingplans.lib.text import fold, tidy

LONGEST = 90
# "Sinh" names the birth as a heading of its own; "Nơi sinh", "Học sinh" do not.
WHOLE = frozenset(("sinh",))


class Candidate(NamedTuple):
    """`detail`: the level, language… that a mark in this column means; None for a plain column."""

    field: str
    detail: str | None
    score: float


GENERIC = frozenset(
    map(
        key,
        ("Trình độ", "Bậc", "Cấp độ", "Mức", "Chứng chỉ", "Loại", "Cấp", "Level",
         "Văn bằng", "Bằng cấp", "Trình độ đào tạo", "Ghi rõ", "Tên", "Cao nhất", "Tiếng",
         "Hiện tại", "Trình độ cao nhất",
         "Tên chứng chỉ", "Loại chứng chỉ", "Trình độ (cấp)", "Đã qua", "Ngạch", "Chương trình",
         "Đối tượng", "Tên tiếng", "Ngôn ngữ", "Tên ngoại ngữ", "Nội dung"),
    )
)  # fmt: skip
MAJOR = frozenset(
    map(
        key,
        ("Chuyên ngành", "Ngành", "Tên ngành", "Ngành đào tạo", "Chuyên ngành đào tạo", "Major"),
    )
)
BARE_CODES = frozenset(("ma so", "ma", "code"))
CODE_LEAVES = BARE_CODES | {"ma ngach", "ma so ngach"}
UNSAID = GENERIC | BARE_CODES  # of these only the heading above says what they are
# Under "Chức vụ", beside "Chính quyền".
OTHER_POSTS = frozenset(("dang", "doan the", "dang doan the", "trong dang", "ve dang"))
DAY_PARTS = {
    "ngay": "birth_day",
    "thang": "birth_month",
    "day": "birth_day",
    "month": "birth_month",
}
ADMITTED = frozenset(
    (
        "du bi",
        "ngay vao",
        "ket nap",
        "ngay du bi",
        "ngay ket nap",
        "vao dang",
        "ngay vao dang du bi",
        "ngay thang nam",
        "ngay",
    )
)
OFFICIAL = frozenset(("chinh thuc", "ngay chinh thuc", "ngay vao dang chinh thuc"))
# A column of a matrix for all that has no column of its own; its cells say what.
OTHER = "…"
OTHERS = re.compile(r"^(?:dan toc |tieng |ngoai ngu |trinh do )?(?:khac|other|others)\b")
GIVEN = frozenset(("ten", "ten goi", "given name", "first name"))
CAREER = frozenset(("cdnn", "chuc danh nghe nghiep", "hang chuc danh nghe nghiep"))
# "Chức vụ đang đảm nhiệm" is nothing of the party, which folds to the same word.
DOING = re.compile(r"\b(?:hiện )?đang\b", re.I)
# "Đ.vị", "T.học", "Đ/viên": two words, the first by its letter.
SHORTENED = re.compile(r"\b(\w)\s?[./]\s?(\w{2,})")
# "LLCT: Cao cấp": a heading and one below it.
IN_ONE = re.compile(r"(\S.*?)\s*[:>–-]\s*(\S.*)")
# "Chức vụ/Position": the same in two words.
TWO_NAMES = re.compile(r"\s*/\s*|\s+-\s+")
# "Tiếng Jrai", "Biết tiếng Mông": a column for one language.
LANGUAGE = re.compile(r"^(?:biết\s+|cc\s+|chứng chỉ\s+)?(?:tiếng|tieng|ngôn ngữ)\s+(\S.*)$", re.I)
SPEECH = re.compile(r"\bti[ếe]ng\b")
BESIDE_DEGREES = frozenset(
    ("ethnic_languages", "foreign_language", "it_level", "political_level", "state_level")
)
# Both in one cell, as old forms have it.
NAME_AND_BIRTH = re.compile(r"ho (?:va )?ten (?:va )?(?:(?:ngay|thang|nam) )+sinh$")
MALE = frozenset(("nam", "male", "m"))
FEMALE = frozenset(("nu", "female", "f"))


@lru_cache(maxsize=5_000)
def direct(text):
    """Candidates from the words of one heading alone, the best first."""
    if not text or len(text) > LONGEST:
        return ()
    found = {}
    for form, trust in zip(keys(text), (1.0, 0.97, 0.97, 0.97), strict=False):
        for rank, field in enumerate(_named(form)):
            found[field] = max(found.get(field, 0), trust - 0.03 * rank)
    if not found and (bare := DOING.sub(" ", text)) != text:
        return direct(tidy(bare))
    if not found and (full := _words_in_full(fold(text))):
        found = dict.fromkeys(_named(key(full))[:1], 0.95)
    # Words inside a heading that is known as a whole say nothing: "tính" of "Giới tính" is no tỉnh.
    for form in () if found else keys(text):
        for field, score in _contained(form):
            found[field] = max(found.get(field, 0), score)
    if not found and (match := SHORTENED.match(fold(text))):
        sure = 0.95 if match.end() == len(text) else 0.9  # "Đ/vị", "Đ/vị công tác"
        found = {field: sure for field in [initials().get(match.groups())] if field}
    if (not found or max(found.values()) < 0.9) and (field := _in_two_names(plain(text))):
        found[field] = 0.93
    for field, score in _spelled_out(text):
        found[field] = max(found.get(field, 0), score)
    if (BESIDE_DEGREES & found.keys() or SPEECH.search(text.lower())) and "chuyen mon" not in key(
        text
    ):
        found.pop("professional_level", None)  # "Trình độ tiếng Mông" is nobody's profession
    if NAME_AND_BIRTH.match(key(text)) or compounds.fields_of(text):
        found["full_name"] = 0.95
    if text.strip(" .:").upper() == "DT" and "phone" in found:
        found = {"ethnic_group": 0.95, "phone": 0.9}  # "ĐT" is the telephone
    if find_legend(text):
        found["gender"] = 1.0
    found = whose.of_today(text, found)
    ordered = sorted(found.items(), key=lambda item: -item[1])
    return tuple(Candidate(field, None, score) for field, score in ordered)


def _words_in_full(folded):
    """ "Q.lý N.nước", "Đ/vị công tác" with all its shortened words in full, or None."""
    if not SHORTENED.search(folded):
        return None
    return SHORTENED.sub(lambda m: " ".join((firsts().get(m.groups(), m[1]), m[2])), folded)


def _in_two_names(text):
    """The field of a heading in two languages or words, where none of them says another."""
    parts = TWO_NAMES.split(text)
    if len(parts) != 2:
        return None
    named = [next(iter(_named(key(part))), None) for part in parts]
    return named[0] if named[0] and named[1] in (named[0], None) else None


def _named(form):
    return aliases().get(form) or compact_aliases().get(form.replace(" ", ""), ())


def _spelled_out(text):
    """What a heading means with its short words in full; "CV chính" stays a level."""
    form = spelled_out(key(text))
    levels = (read_level(text, field) for field in LADDERS)
    if not form or any(code and not rest for code, rest in levels):
        return
    for field in _named(form)[:1]:
        yield field, 0.9
    for field, score in _contained(form):
        yield field, 0.95 * score


def _contained(form):
    """Known phrases inside a longer heading; the more of it they cover the better."""
    words = form.split()
    if not 1 < len(words) < 16:
        return
    known = []  # of "họ và tên …" the words "họ và" say nothing more
    for size in range(len(words) - 1, 0, -1):
        for start in range(len(words) - size + 1):
            phrase = " ".join(words[start : start + size])
            if size == 1 and (len(phrase) < 4 and phrase != "sdt" or phrase in WHOLE):
                continue
            if any(first <= start and start + size <= end for first, end in known):
                continue
            for field in aliases().get(phrase, ())[:1]:
                known.append((start, start + size))
                early = 0.08 if start == 0 else 0
                score = min(0.5 + 0.35 * size / len(words) + early, 0.92)
                # "Họ và tên giáo viên": whatever they are called behind it.
                is_name = field == "full_name" and start == 0 and size > 1
                yield field, max(score, 0.88) if is_name else score


def _level(leaf, field):
    """The level that a mark under a heading surely means: of "CN, CC" the lower one."""
    first, *others = JOINT.split(tidy(leaf))
    code, rest = read_level(re.sub(r"\(.*?\)", "", first), field)
    if not code or len(rest) >= 25:
        return None
    also = [read_level(other, field) for other in others]
    codes = [code, *(code for code, rest in also if code and not rest)]
    return min(codes, key=lambda code: rank_of(code, field))


def _school_grade(leaf):
    return (
        tidy(leaf)
        if re.fullmatch(r"\d{1,2}/\d{1,2}|thpt|thcs|th|pttt|ptth", key(leaf).replace(" ", "/"))
        else None
    )


# "Chuyên viên và tương đương", "CVC (hoặc TĐ)"
ALIKE = re.compile(r"\s*[(,]?\s*(?:(?:và|hoặc)\s+)?(?:tương đương|tđ)\s*\)?\s*$", re.I)


def _rank(leaf):
    """The code of the rank that a mark under a heading means: "CVC", "Cán sự và tương đương"."""
    return parse_rank_code(None, ALIKE.sub("", tidy(leaf))).value


DETAILS = {
    "rank_code": _rank,
    "professional_level": lambda leaf: _level(leaf, "professional_level"),
    "political_level": lambda leaf: _level(leaf, "political_level"),
    "state_level": lambda leaf: _level(leaf, "state_level"),
    "staff_kind": find_staff_kind,
    "ethnic_languages": lambda leaf: find_ethnic_group(re.sub(r"^tiếng\s+", "", leaf, flags=re.I)),
    "ethnic_group": find_ethnic_group,
    "defence_group": defence_group,
    "education": _school_grade,
    "it_level": tidy,
    "foreign_language": tidy,
}


def _in_context(leaf, field, no_accents):
    """What a leaf means under a parent that names a field."""
    form = key(leaf)
    if field == "birth_date":
        return _birth_part(leaf, form, no_accents)
    if field == "full_name":  # "Họ | Đệm | Tên" under "Họ và tên"
        return ("given_name" if form in GIVEN else None), None
    if field == "in_planning":  # a post that somebody is planned for
        return (None, None) if form in GENERIC or direct(leaf) else (field, tidy(leaf))
    if field == "gender":
        return "gender_male" if form in MALE else "gender_female" if form in FEMALE else None, None
    if field in ("party_member", "party_joined"):
        return "party_joined" if form in ADMITTED else "-date" if form in OFFICIAL else None, None
    if field in ("rank_code", "rank_name"):
        if rank := _rank(leaf):
            return "rank_code", rank
        return (
            "rank_code" if form in CODE_LEAVES else "rank_name" if form == "ten" else None
        ), None
    if field in ("professional_level", "professional_major") and form in MAJOR:
        return "professional_major", None
    if field in DETAILS and OTHERS.match(form):
        return field, OTHER
    detail = DETAILS.get(field, lambda leaf: None)(leaf)
    if detail and (form not in GENERIC or field == "defence_group"):
        return field, detail
    if form in GENERIC:
        return field, None
    return None, None


def _birth_part(leaf, form, no_accents):
    if form in FEMALE:
        return "birth_female", None
    if form == "nam":
        year = tidy(leaf).casefold() == "năm"
        return ("birth_year" if year else "birth_male"), None
    return DAY_PARTS.get(form), None


def _birth_of_gender(leaf):
    """ "Năm sinh (Nữ)", "Nữ sinh năm" as one heading: the field of that column, or None."""
    words = [word for word in re.findall(r"\w+", tidy(leaf).casefold()) if word != "của"]
    for gender, rest in ((words[-1:], words[:-1]), (words[:1], words[1:])):
        # "năm" (year) is not "nam" (man): compared as it is written.
        if rest and "birth_date" in _named(key(" ".join(rest)))[:1]:
            if gender[0] in ("nữ", *FEMALE):
                return "birth_female"
            if gender[0] in MALE:
                return "birth_male"
    return None


def candidates(path, no_accents=False):
    """All candidates for a column whose headings are `path`, outermost first."""
    path = _unfolded([uncounted(heading) for heading in path])
    leaf, above = path[-1], path[:-1]
    found = {}

    def add(candidate):
        place = (candidate.field, candidate.detail)
        if place not in found or found[place].score < candidate.score:
            found[place] = candidate

    if key(leaf) in OTHER_POSTS and above and _names_post(above[-1]):
        return [Candidate("-post", None, 1.0)]
    year = tidy(leaf).casefold() == "năm"  # without its accent it would be a man
    for candidate in direct(leaf):
        if not (year and candidate.field == "gender_male"):
            add(candidate)
    if field := _birth_of_gender(leaf):
        add(Candidate(field, None, 1.05))
    if language := _language(path):
        add(Candidate("ethnic_languages", language, 1.0))
    for parent in reversed(above):
        own = dict(found)
        _add_context(add, leaf, parent, no_accents)
        if key(leaf) in UNSAID and (told := found.keys() - own):
            # "Trình độ" under "Tiếng dân tộc" is nobody's profession.
            return sorted((found[place] for place in told), key=lambda c: -c.score)
        if any(c.score >= 1.05 for c in found.values()):
            break
    if key(leaf) in BARE_CODES and any(c.field.startswith("-") for p in above for c in direct(p)):
        found.pop(("staff_code", None), None)  # "Mã số" of a rank that somebody asks for
    if above:
        for candidate in direct(" ".join(path)):
            add(candidate._replace(score=candidate.score - 0.05))
    if not any(c.detail for c in found.values()):
        _add_levels(add, leaf, loose=not above or key(above[-1]) in parents())
    told = [c._replace(**whose.under(above, c)) for c in found.values()]
    return sorted(told, key=lambda c: -c.score)


def _names_post(heading):
    return [c.field for c in direct(heading)[:1]] == ["position"]


def _language(path):
    """The one language of ethnic groups that a column is for, or None."""
    *above, leaf = path
    if match := LANGUAGE.match(tidy(leaf)):
        return find_ethnic_group(match[1])
    match = LANGUAGE.match(tidy(above[-1])) if above and key(leaf) in GENERIC else None
    return find_ethnic_group(match[1]) if match else None


def _unfolded(path):
    """ "LLCT: Cao cấp" in one cell is a heading with one below it."""
    if len(path) > 1 or not (match := IN_ONE.match(path[0])):
        return path
    fields = [c.field for c in direct(match[1])[:1] if c.score >= 0.9]
    if fields and fields[0] in LADDERS and _level(match[2], fields[0]):
        return [match[1], match[2]]
    return path


def _add_context(add, leaf, parent, no_accents):
    if key(leaf) == "ngach" and "boi duong" in key(parent):
        add(Candidate("state_level", None, 1.06))  # the one somebody was trained for
    if key(leaf) in CODE_LEAVES and key(parent) in CAREER:  # else a code of the person
        add(Candidate("rank_code", None, 1.06))
    for rank, candidate in enumerate(direct(parent)):
        ladder = candidate.field in LADDERS and _level(leaf, candidate.field)
        if not ladder and (candidate.score < 0.7 or rank > 1):
            continue
        field, detail = _in_context(leaf, candidate.field, no_accents)
        if field and field.startswith("-") and not candidate.field.startswith("party"):
            # "Ngạch" under "Lương" is the rank.
            field = None if direct(leaf) else field
        if field:
            add(Candidate(field, detail, 0.08 + candidate.score))


def _add_levels(add, leaf, loose):
    """Levels without a parent that says of what; runs of columns settle it later."""
    if not loose:
        return
    for field in LADDERS:
        if code := _level(leaf, field):
            add(Candidate(field, code, 0.55))
    if kind := find_staff_kind(leaf):
        add(Candidate("staff_kind", kind, 0.6))


@lru_cache(maxsize=20_000)
def is_heading(text):
    """How surely a single cell is a heading: 0..1."""
    text = tidy(text)
    best = direct(text)
    if len(_unfolded([text])) > 1:
        return 0.9
    if best:
        return best[0].score
    return 0.9 if key(text) in parents() else 0.0
