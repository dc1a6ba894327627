"""Units and staff kinds told outside the cells: letterhead, title, lines, groups, sheet names."""

import re
from functools import lru_cache

from cadres.intake.parsing.words import VILLAGE, find_staff_kind
from trainingplans.lib.text import fold, tidy, unit_name

PLACES = r"xa|phuong|thi tran|dac khu|huyen|quan|thi xa|thanh pho|tp|tinh|tt"
BODIES = (
    r"so|chi cuc|cuc|trung tam|truong|van phong|thanh tra|benh vien|cong an|hoi|lien doan|"
    r"dang uy|dang bo|huyen uy|tinh uy|thanh uy|mttq|uy ban mttq|uy ban mat tran|bao|dai|tram|"
    r"kho bac|"
    r"toa an|vien|vien kiem sat|hdnd|bqldd|quy|thu vien|bao tang|doan|lien hiep|lien minh|"
    r"ban quan ly|ban|phong|khoi|to|bo phan|tinh doan|ttytdb|bhxh|trung tam y te|ttyt|ttgdtx"
)
UNIT = re.compile(rf"^(?:(?:ubnd|uy ban nhan dan)(?:\s|$)|(?:{PLACES}|{BODIES})[\s.]+\S)")
DEPARTMENT = re.compile(
    r"^(?:(?:van phong|thanh tra) so|phong|ban(?! quan ly| dan toc)|khoi|to|bo phan|van phong hdnd|"
    r"van phong dang uy|"
    r"doan|hoi|mttq|uy ban mttq|uy ban mat tran|dang uy|hdnd|doan the|"
    r"trung tam phuc vu hanh chinh cong)\b"
)
# Bodies of people inside a unit, as lists of quy hoạch are grouped by.
NO_UNIT = re.compile(r"^ban (?:chap hanh|thuong vu|lanh dao|giam doc|giam hieu|can su)\b")
# Inside the list of a commune these group its people; whose they are is told elsewhere.
NAMELESS = frozenset(("ubnd", "uy ban nhan dan", "van phong", "dang uy", "hdnd", "khoi dang"))
# "Cơ quan quản lý CBCC: …", "Tên đơn vị báo cáo: …"
LABEL_WORDS = (
    r"(?:tên\s+)?(?:cơ quan|đơn vị|unit|organi[sz]ation|agency)"
    r"(?:[\s,/]+(?:cơ quan|đơn vị|quản lý|sử dụng|công tác|báo cáo|lập|lập biểu|thực hiện|gửi|"
    r"đăng ký|đề nghị|kê khai|cử|cbcc(?:vc)?|cán bộ|công chức|viên chức))*"
)
LABEL = re.compile(rf"^{LABEL_WORDS}\s*[:：]\s*(\S.*)$", re.I)
LABEL_ALONE = re.compile(rf"^{LABEL_WORDS}\s*[:：]?$", re.I)
# "Xã: Thượng Hà", the kind of place before its name.
PLACE_LABEL = re.compile(r"^((?:ubnd\s+)?(?:xã|phường|thị trấn|đặc khu))\s*[:：]\s*(\S.*)$", re.I)
# What may follow a unit's name on its line: its list, or the same in English.
AFTER_NAME = re.compile(
    r"\s*(?:[:\-–|]\s*(?:danh sách|biểu|tổng hợp|trích ngang|ds\b)|"
    r"/\s*(?=[a-z\s'’]*$)(?:[a-z'’]+\s+){0,3}(?:department|committee|office|centre|center|"
    r"school|commune|ward|board)\b).*$",
    re.I,
)
# "UBND xã A - Cán bộ", "Xã A (công chức)": a unit and the kind of its people on one line.
PARTS = re.compile(r"\s*[-–:(,]\s*")
# "(Thuộc UBND xã A quản lý)" under a title; who is "thuộc Tỉnh ủy quản lý" works elsewhere.
OWNED = re.compile(r"^\(?(?:thuộc|của)\s+(\S.*?)(?:\s+(?:quản lý|sử dụng))?\s*\)?$", re.I)
RULED = re.compile(r"^(?:tinh uy|huyen uy|thanh uy|quan uy|thi uy|dien|ban)\b")
MEASURE = re.compile(r"^(?:đơn vị tính|đvt|đơn vị\s*:\s*(?:người|đồng|triệu|1\.?000))", re.I)
TITLE = re.compile(
    r"^(?:danh sach|bieu|bang|tong hop|thong ke|ket qua|ke hoach|phu luc|list of|list|"
    r"bao cao|mau|dang ky|so lieu|phuong an|de an|quy hoach|trich ngang|nhan su|ho so)\b"
)
TITLE_UNIT = re.compile(rf"\b(?:ubnd\s+)?(?:{PLACES})\s+\S")
# "Đảng ủy - HĐND - UBND xã A": the committee stands for the unit.
TOGETHER = re.compile(
    r"^(?:(?:đảng ủy|đảng uỷ|đảng bộ|hđnd|hội đồng nhân dân|ubmttq(?: việt nam)?|mttq)"
    r"\s*(?:[-–,;&+/]|và)\s*)+"
    r"(?=(?:ubnd|ủy ban nhân dân|uỷ ban nhân dân)\s)",
    re.I,
)
# "Đảng ủy - HĐND - UBND - UBMTTQ xã A": all of them are the commune's.
ALL_TOGETHER = re.compile(
    r"^(?:(?:đảng ủy|đảng uỷ|đảng bộ|hđnd|hội đồng nhân dân|ubnd|ủy ban nhân dân|"
    r"(?:ub)?mttq(?: việt nam)?)"
    r"\s*(?:[-–,;&+/]|và)\s*)+(?:hđnd|hội đồng nhân dân|(?:ub)?mttq(?: việt nam)?)\s+"
    r"(?=(?:xã|phường|thị trấn|đặc khu)\s)",
    re.I,
)
# From here on a letter names whom it is for.
ADDRESSED = re.compile(r"^kinh gui\b")
MOTTO = re.compile(
    r"^(?:cong hoa xa hoi|doc lap|\(?kem theo|so\s*:|ngay |.*\bngay\s.{0,6}thang\b|"
    r"\(?tinh den|\(?co mat)"
)
TRAILING_COUNT = re.compile(
    r"\s*\((?=[^()]*\d)[^()]*\b(?:người|đ/c|đồng chí|biên chế|cbcc(?:vc)?)\b[^()]*\)\s*:?\s*$|"
    r"\s*[:(\-–]?\s*\(?\s*\d+\s*(?:người|đ/c|đồng chí|cán bộ|cb|cc)?\s*\)?\s*$|\s*:\s*$",
    re.I,
)
SHORT_PLACE = re.compile(r"^(?:x|p|tt)\.\s*[^\W\d]", re.I)
COMMUNE = re.compile(r"^(?:ubnd )?(?:xa|phuong|thi tran|dac khu)\b")
# A bare number after these is of the name: "Phòng Công chứng số 1", "Phường 5".
OF_NAME = re.compile(r"\b(?:số|so|phường|phuong|quận|quan|khu vực|khu vuc)\s+\d+$", re.I)
# "xã A, huyện B, tỉnh C": where a commune lies.
ABOVE = re.compile(r"\s*[,-]\s*(?:huyện|tỉnh|thành phố|thị xã|quận|tp)[\s.].*$", re.I)
# What a title says of its people behind the unit: "xã Mường So đăng ký bồi dưỡng".
BEHIND = re.compile(
    r"\s+(?:\(|(?:quản lý|sử dụng|đăng ký|đề nghị|đề xuất|dự kiến|dự tuyển|dự thi|dự tập huấn|"
    r"dự lớp|cử đi|cử tham gia|nghỉ hưu|thôi việc|chưa đạt|chưa qua|đã qua|đạt chuẩn|"
    r"hiện(?: có| nay| đang)?|thời điểm|bồi dưỡng|đào tạo|đi học|tinh giản|thuộc diện|"
    r"nhận|nâng|xét|bổ nhiệm|kê khai|phục vụ|trước|giữ chức)(?=\s|$)).*$",
    re.I,
)
ENCLOSED = re.compile(r"^\(?kèm theo\b.{3,120}\bcủa\s+(.{3,80}?)\)?$", re.I)
COMMITTEE = re.compile(r"^(?:bch|ban chấp hành)\s+", re.I)
# With tone marks, these words alone begin a unit's name: "Quận", not "Quản"; "Trường", not
# "Trưởng".
FIRST_WORDS = frozenset(
    ("xã", "phường", "thị", "đặc", "huyện", "quận", "thành", "tỉnh", "sở", "cục", "văn", "bệnh",
     "công", "hội", "liên", "đảng", "ủy", "uỷ", "báo", "bảo", "đài", "trạm", "kho", "tòa", "toà",
     "viện", "hđnd", "bqldđ", "quỹ", "thư", "đoàn", "phòng", "khối", "tổ", "bộ",
     "trường")
)  # fmt: skip
# No unit's name is longer.
LONGEST = 200
NUMBERED = re.compile(
    r"^\s*(?:[*+•\-–]\s*(?=\D)|\(?(?:[IVXLC]+|\d{1,3}|[A-Za-zĐđ])(?:[.\-](?:[IVXLC]+|\d{1,2})(?!\w))*"
    r"\s*[.)/\-:]\s*|(?:phần|mục)\s+(?:[IVXLC]+|\d+|[A-Z])\s*[.:\-]\s*)",
    re.I,
)
ORDER = re.compile(r"\s*(?:([IVX]+)|(\d{1,3})|([A-ZĐ])|([a-zđ]))\s*[.)/:\-]")
ORDERS = ("roman", "digit", "upper", "lower")
LOWER = {"XÃ": "xã", "PHƯỜNG": "phường", "HUYỆN": "huyện", "TỈNH": "tỉnh", "TRẤN": "trấn",
         "THỊ": "thị",
         "THÀNH": "thành", "PHỐ": "phố", "QUẬN": "quận", "ĐẶC": "đặc", "KHU": "khu"}  # fmt: skip
TWO_WORDS = frozenset(
    ("dang uy", "dang bo", "huyen uy", "tinh uy", "thanh uy", "chi cuc", "trung tam", "van phong",
     "thanh tra", "benh vien", "lien doan", "kho bac", "toa an", "thu vien", "bao tang",
     "lien minh", "cong an", "bo phan", "uy ban")
)  # fmt: skip
ACRONYMS = frozenset(
    ("UBND", "HĐND", "MTTQ", "LHPN", "CCB", "TNCS", "TTYT", "THCS", "THPT", "TH", "GDTX", "BHXH")
)
# Words of a title that no longer belong to a unit's name: "xã Nậm Kè năm 2026".
AFTER_UNIT = frozenset(
    (
        "năm",
        "đến",
        "đang",
        "tham",
        "tháng",
        "quý",
        "giai",
        "nhiệm",
        "có",
        "tính",
        "theo",
        "được",
        "sau",
    )
)
# What stands before "xã hội", which is no commune: "Văn hóa - Xã hội", "Bảo hiểm xã hội".
SOCIAL = frozenset(("-", "–", "VÀ", "HIỂM"))
VOWELS = frozenset("aeiouy")


def strip_number(text):
    """ "II. UBND xã A (12 người)" -> "UBND xã A"."""
    if len(text) > LONGEST:
        return text
    text = ALL_TOGETHER.sub("", TOGETHER.sub("", NUMBERED.sub("", tidy(text))))
    name = unit_name(text)
    bare = name if OF_NAME.search(name) else TRAILING_COUNT.sub("", name)
    return bare.strip(" .:;-–") or text


def proper_unit(text):
    """UBND XÃ NÀ BỦNG -> UBND xã Nà Bủng; other writings as typed."""
    text = re.sub(r"^ủy ban nhân dân|^uỷ ban nhân dân", "UBND", tidy(text), flags=re.I)
    if not text.isupper() or len(text) < 6:
        return text
    words, place = text.split(), bool(re.match(rf"^(?:ubnd\s+)?(?:{PLACES})\b", fold(text)))
    names, out = words[0] == "TRƯỜNG", []
    # Words after which the name begins: "Sở Nội vụ", "Trung tâm Y tế".
    kind = 2 if fold(" ".join(words[:2])) in TWO_WORDS else 1
    for n, word in enumerate(words):
        if word in ACRONYMS or len(word) > 1 and VOWELS.isdisjoint(fold(word)):
            out.append(word)
        elif word == "XÃ" and words[n - 1] in SOCIAL and words[n + 1 : n + 2] == ["HỘI"]:
            out.append("Xã" if words[n - 1] in "-–" else "xã")
        elif word == "HỘI" and words[n - 1] == "XÃ" and words[n - 2] in SOCIAL:
            out.append("hội")
        elif 0 < len(out) < kind:
            out.append(word.lower())
        elif word in LOWER and (
            not out
            or len(out) == kind
            and not place  # "Xã Phố Bảng" is no thành phố
            or out[-1] == "UBND"
            or out[-1].lower() in ("thị", "thành", "đặc")
        ):
            out.append(LOWER[word])
            names = True
        else:
            out.append(word.capitalize() if place or names or len(out) <= kind else word.lower())
            names = names or word in LOWER
    joined = " ".join(out)
    return joined[0].upper() + joined[1:]


def sounds_otherwise(word):
    """Whether tone marks make the first word of a unit's name another one: quản lý, trưởng thôn."""
    word = word.strip(",.:").lower()
    return not word.isascii() and word not in FIRST_WORDS


def order(text):
    """Of what order the number before a line is: "roman" "digit" "upper" "lower", or None."""
    match = ORDER.match(text)
    return ORDERS[match.lastindex - 1] if match else None


@lru_cache(maxsize=20_000)
def unit_in_line(text):
    """The unit that a line of its own names ("Đơn vị: xã A", "I. UBND xã A"), or None."""
    text = tidy(text)
    if len(text) > LONGEST or MEASURE.match(text):
        return None
    if told := labelled(NUMBERED.sub("", text)):
        return proper_unit(strip_number(told))
    bare = AFTER_NAME.sub("", strip_number(text))
    if match := OWNED.match(bare):
        return None if RULED.match(fold(match[1])) else unit_in_line(match[1])
    return proper_unit(bare) if is_unit(bare) else None


def labelled(text):
    """The words behind "Đơn vị: …" or "Xã: …" that name the unit, or None."""
    if len(text) > LONGEST:
        return None
    if match := LABEL.match(text):
        return match[1]
    if match := PLACE_LABEL.match(text):
        return f"{match[1]} {match[2]}"
    return None


def line_texts(row):
    """The filled texts of a row; "Đơn vị:" | "UBND xã A" in two cells are one text."""
    texts = [tidy(t) for t in row if t.strip()]
    if len(texts) == 2 and LABEL_ALONE.match(texts[0]) and is_unit(texts[1]):
        return [f"{texts[0].strip(' :：')}: {texts[1]}"]
    return texts


def unit_and_kind(text):
    """(unit, staff kind) of a line that names both, as "UBND xã A - Cán bộ"; else (None, None)."""
    if len(text) > LONGEST:
        return None, None
    bare = strip_number(text)
    for match in PARTS.finditer(bare):
        one, other = bare[: match.start()], bare[match.end() :].rstrip(" )")
        for name, rest in ((one, other), (other, one)):
            if TITLE.match(fold(rest)):
                continue  # what a title says of its people is no kind
            if is_unit(name) and (kind := find_staff_kind(rest)):
                return proper_unit(name), kind
    return None, None


def is_unit(text):
    """Whether a short text names a unit: "Xã Nà Bủng", "UBND xã …", "Sở Nội vụ"."""
    folded = fold(text)
    if not UNIT.match(folded) or len(text.split()) > 14 or len(text) > 90:
        return False
    if sounds_otherwise(text.split()[0]) or NO_UNIT.match(folded) or folded in NAMELESS:
        return False
    if find_staff_kind(text):  # "Viên chức" is no "Viện …"
        return False
    match = re.match(rf"^(?:ubnd |uy ban nhan dan )?(?:{PLACES})[\s.]+", folded)
    if match and len(folded.split()) == len(text.split()):
        name = text.split()[len(match.group().split()) :]
        # "xã, phường", "cấp xã" and other common nouns are no names.
        return bool(name) and (name[0][0].isupper() or name[0][0].isdigit())
    return True


def without_place(unit):
    """ "UBND xã A, tỉnh B" -> "UBND xã A": where the commune lies is no part of its name."""
    return ABOVE.sub("", unit) if unit and is_commune(unit) else unit


def sender(text):
    """The commune whose letter a list is enclosed in: "(Kèm theo Công văn … của UBND xã A)"."""
    match = ENCLOSED.match(tidy(text))
    unit = match and unit_in_line(match[1])
    return without_place(unit) if unit and is_commune(unit) else None


def is_commune(unit):
    """Whether a unit is a commune by its name."""
    return bool(COMMUNE.match(fold(unit)))


@lru_cache(maxsize=20_000)
def is_department(text):
    """A part of a unit: "Phòng Kinh tế", "Khối Đảng"."""
    return bool(DEPARTMENT.match(fold(text))) and not re.match(
        r"^(?:phong)\s+(?:giao duc|noi vu)\b.*\bhuyen\b", fold(text)
    )


def kind_in_line(text):
    """Staff kind of a line or group that names only that."""
    return find_staff_kind(strip_number(text))


def is_of_villages(text):
    """Whether a title says of people outside the payroll that they serve villages, not communes."""
    folded = fold(text)
    return (
        "khong chuyen trach" in folded
        and bool(VILLAGE.search(folded))
        and not re.search(r"\b(?:cap|o) (?:xa|phuong)\b", folded)
    )


def named_unit(text):
    """The unit of a cell without its list number; "X. Phù Yên" is a xã, not the tenth."""
    bare = unit_name(text)
    return tidy(text) if SHORT_PLACE.match(text.lstrip()) and not is_unit(bare) else bare


def letterhead(lines, grid_rows):
    """(unit, source) from the rows above the first table; grid_rows are their texts."""
    agency, previous = None, ""
    heads = [next(filter(str.strip, row), "") for row in grid_rows]
    for line in filter(str.strip, "\n".join(heads).split("\n")):
        first, folded = _head(line)
        if TITLE.match(folded) or ADDRESSED.match(folded):
            break
        if previous in ("ubnd", "uy ban nhan dan") and not MOTTO.match(folded):
            first = f"UBND {first}"
        told = _agency(first)
        if told and not (agency and is_department(told) and COMMUNE.match(fold(agency))):
            agency = told  # not "Phòng Kinh tế" of the commune
        previous = folded
    return agency


@lru_cache(maxsize=20_000)
def _head(text):
    """A line tidied and folded; every table of a sheet asks for the same lines again."""
    return tidy(text), fold(text)


@lru_cache(maxsize=20_000)
def _agency(line):
    """The agency that a line of a letterhead names, or None; the province is above all of them."""
    if MOTTO.match(fold(line)) or labelled(line):
        return None
    if fold(line).endswith(" viet nam"):
        return None  # "Hội Nông dân Việt Nam" is above all of its bodies
    unit = unit_in_line(COMMITTEE.sub("", line))
    return None if unit and re.match(r"^(?:ubnd )?tinh\b", fold(unit)) else unit


def _is_one(candidate):
    """Whether a name with commas is that of one Sở: "Sở Văn hóa, Thể thao và Du lịch"."""
    first, *more = candidate.split(", ")
    return not more or fold(first).startswith("so ") and not any(map(UNIT.match, map(fold, more)))


def unit_in_title(text):
    """ "DANH SÁCH CÁN BỘ XÃ EA WER" -> "Xã Ea Wer"; None where no name follows."""
    text = tidy(text)
    folded = fold(text)
    if not TITLE.match(folded) or len(folded.split()) != len(text.split()):
        return None
    after = AFTER_UNIT if not text.isascii() else frozenset(map(fold, AFTER_UNIT))
    for match in re.finditer(
        rf"(?:^|\s)((?:(?:ubnd|dang uy)\s+)?(?:{PLACES}|so|chi cuc|trung tam|truong)\s+)", folded
    ):
        if folded[: match.start(1)].endswith("cap "):
            continue  # "cán bộ cấp xã huyện A": a kind of commune, no name
        start = len(folded[: match.start(1)].split())
        words = text.split()[start:]
        words = words[
            : next(
                (i for i, w in enumerate(words) if w.casefold().strip(",") in after),
                len(words),
            )
        ]
        named = BEHIND.sub("", ABOVE.sub("", " ".join(words)).strip(" ,.;:()"))
        candidate = proper_unit(named)
        if is_unit(candidate) and len(named.split()) < 12:
            return candidate if _is_one(candidate) else None
    return None
