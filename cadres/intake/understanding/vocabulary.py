"""What headings are called: field -> phrases. Compared without case, tone and punctuation."""

import re
from functools import cache

from cadres.intake.reference import load_json
from trainingplans.lib.text import fold, tidy

# Names in header_aliases.json -> our fields. A dash in front: known, but not imported.
FROM_FILE = {
    "tt": "index",
    "ho_ten": "full_name",
    "ho_dem": "family_name",
    "ten": "given_name",
    "ngay_sinh": "birth_date",
    "gioi_tinh": "gender",
    "dan_toc": "ethnic_group",
    "ton_giao": "-religion",
    "noi_sinh": "-birth_place",
    "que_quan": "-home",
    "cccd": "personal_id",
    "dien_thoai": "phone",
    "email": "email",
    "chuc_vu": "position",
    "vi_tri_viec_lam": "job",
    "don_vi": "unit",
    "phong": "department",
    "loai_can_bo": "staff_kind",
    "ngach": "rank_name",
    "ma_ngach": "rank_code",
    "bac": "-step",
    "he_so": "-coefficient",
    "trinh_do_chuyen_mon": "professional_level",
    "chuyen_nganh": "professional_major",
    "truong_dao_tao": "-school",
    "he_dao_tao": "-form",
    "ly_luan_chinh_tri": "political_level",
    "quan_ly_nha_nuoc": "state_level",
    "tin_hoc": "it_level",
    "ngoai_ngu": "foreign_language",
    "tieng_dan_toc": "ethnic_languages",
    "qpan": "defence_group",
    "dang_vien": "party_member",
    "quy_hoach": "in_planning",
    "trinh_do_van_hoa": "education",
    "khoa_hoc": "-course",
    "ket_qua": "-result",
    "so_chung_chi": "-certificate",
    "nguon_kinh_phi": "-funding",
    "so_quyet_dinh": "-decision",
    "ghi_chu": "note",
}
WORDS = load_json("roster_words.json")
# Of header_aliases.json: left to the shape of the column, or to a field of its own in WORDS.
DROPPED = frozenset(WORDS["left_to_shape"])
# Short words inside longer headings: "ĐV công tác", "TĐ CM".
SHORT = {key: fold(full) for key, full in WORDS["short_words"].items()}
# "Lí luận" as "lý luận": i and y are written for each other after these letters.
ONE_SOUND = re.compile(r"\b([klmst])i\b")
T_DO = re.compile(r"\bt do\b")  # "T.độ"
PUNCTUATION = re.compile(r"[^\w&#]+|_", re.UNICODE)
CAMEL = re.compile(r"(?<=[a-zà-ỹ])(?=[A-ZĐ])")
PARENTHESES = re.compile(r"\([^)]*\)|\[[^\]]*\]")
# "1) Họ và tên", "16.2- Trình độ chuyên môn", "(3) Dân tộc": what forms and questionnaires count.
COUNTED = re.compile(
    r"^(?:\(?\d{1,2}(?:\.\d{1,2})?\s*[.):/\-–]+\s*|\d{1,2}\.\d{1,2}\s+|[a-h]\)\s*)(?=[^\W\d_])"
)
STARRED = re.compile(r"(?<=\S)\s*(?:\(\s*\*+\s*\)|\*+)\s*$")
# "Họ và tên của anh/chị", "Xin cho biết ngày sinh": a questionnaire speaks to whom it asks.
ASKED = re.compile(
    r"\b(?:của )?(?:anh\s?[/,(]?\s?ch[iị]\b\)?|ông\s?[/,]?\s?bà|ong\s?[/,]\s?ba|"
    r"thầy\s?[/,]?\s?cô|thay\s?[/,]\s?co|quý vị|quy vi|bạn|đồng chí|đ/c)\b",
    re.I,
)
# What is left of the question: "vui lòng ghi …", "đã là … chưa", "đang công tác tại … nào".
REQUEST = re.compile(
    r"^(?:(?:xin|vui long|de nghi|moi|hay)\s+)*(?:cho biet|nhap|dien|ghi|chon|cung cap|khai)\s+"
    r"(?:(?:ro|day du|chinh xac)\s+)*"
)
PREDICATE = re.compile(
    r"^(?:(?:hien|hien nay|hien tai|co phai|da|dang|hien dang)\s+)*(?:(?:la nguoi|la|thuoc|"
    r"(?:cong tac|lam viec|sinh hoat)(?: tai| o)?)\s+)?"
)
ASKING = re.compile(r"(?:\s+(?:la gi|gi|nao|chua|khong|day du))+$")


def key(text):
    """A heading as it is compared: "Số\nTT (*)" -> "so tt"."""
    words = " ".join(PUNCTUATION.sub(" ", fold(text)).split())
    return ONE_SOUND.sub(r"\1y", T_DO.sub("trinh do", words))


def uncounted(text):
    """A heading without its number in front and the star of a note behind."""
    return STARRED.sub("", COUNTED.sub("", text))


def plain(text):
    """A heading without its number and without the words that only ask for it.

    Folded where it is a question.
    """
    text = uncounted(text)
    bare = tidy(ASKED.sub(" ", text))
    if bare == text and "?" not in text and not REQUEST.match(fold(text)):
        return text
    said = REQUEST.sub("", ASKING.sub("", fold(bare).strip(" ?.,:")))
    return PREDICATE.sub("", said) or bare


def keys(text):
    """The forms of a heading to look up: whole, without what surrounds it, with CamelCase split."""
    text = uncounted(tidy(text))
    bare = PARENTHESES.sub(" ", text)
    forms = [key(text), key(bare), key(plain(bare))]
    if CAMEL.search(text) and " " not in text:
        forms.append(key(CAMEL.sub(" ", text)))
    return [form for form in dict.fromkeys(forms) if form]


def _phrases():
    for name, field in FROM_FILE.items():
        groups = load_json("header_aliases.json")[name]
        for phrase in groups["seen"] + groups["usual"]:
            if phrase not in DROPPED and ">" not in phrase:
                yield phrase, field
    for field, phrases in WORDS["headings"].items():
        for phrase in phrases:
            yield phrase, field


def spelled_out(form):
    """A heading's key with its short words written in full ("td cm"), or None without any."""
    words = form.split()
    full = [SHORT.get(word, word) for word in words]
    return " ".join(full) if len(words) > 1 and full != words else None


@cache
def aliases():
    """key -> fields it names, the surest first."""
    found = {}
    for phrase, field in _phrases():
        fields = found.setdefault(key(phrase), [])
        if field not in fields:
            fields.append(field)
    return found


@cache
def initials():
    """(first letter, second word) -> field of the headings of two words: "Đ.vị", "T.học"."""
    found = {}
    for alias, fields in aliases().items():
        words = alias.split()
        if len(words) == 2 and len(words[0]) > 1:
            found.setdefault((words[0][0], words[1]), set()).add(fields[0])
    return {place: named.pop() for place, named in found.items() if len(named) == 1}


@cache
def firsts():
    """(first letter, second word) -> first word of two in known headings: "Q.lý" is "quản lý"."""
    found = {}
    for alias in aliases():
        words = alias.split()
        for one, two in zip(words, words[1:], strict=False):
            if len(one) > 1:
                found.setdefault((one[0], two), set()).add(one)
    return {place: words.pop() for place, words in found.items() if len(words) == 1}


@cache
def compact_aliases():
    """The same without blanks, for HOVATEN and Ho_ten."""
    return {k.replace(" ", ""): v for k, v in aliases().items() if len(k) > 4}


@cache
def parents():
    """Keys of the headings that only gather others."""
    return frozenset(map(key, WORDS["parents"]))
