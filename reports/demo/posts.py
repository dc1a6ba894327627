"""Posts in the order in which a place fills them, today and before the reorganisation."""

import re
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain, cycle, islice, zip_longest

from cadres.catalogues import DATA, read_csv
from cadres.choices import StaffKind

CHIEF, DEPUTY, HEAD, STAFF, VILLAGE = range(5)  # standing of a post, high to low
AGES = {CHIEF: (39, 60), DEPUTY: (35, 60), HEAD: (31, 58), STAFF: (23, 60), VILLAGE: (27, 66)}
CHIEFS = ("Bí thư Đảng ủy", "Chủ tịch UBND", "Chủ tịch HĐND", "Chủ tịch Ủy ban MTTQ")
CONCURRENT = {"Bí thư Đảng ủy": "Chủ tịch HĐND", "Chủ tịch UBND": "Phó Bí thư Đảng ủy"}
TEACHERS = [
    ("Giáo viên tiểu học", "V.07.03.29"),
    ("Giáo viên mầm non", "V.07.02.26"),
    ("Giáo viên THCS", "V.07.04.32"),
]


@dataclass(frozen=True)
class Post:
    """A position: its words, kind of staff, standing, code of rank or title if it has its own."""

    position: str
    staff_kind: str
    standing: int
    rank_code: str = ""


@cache
def _titles(period):
    """The rows of commune_positions.csv of a period."""
    return [row for row in read_csv(DATA / "commune_positions.csv") if row["period"] == period]


def _plain(title):
    """A title without what stands in brackets."""
    return re.sub(r"\s*\([^)]*\)", "", title)


@cache
def commune_posts(is_ward, count):
    """The first `count` posts of a commune of today."""
    leaders = [
        Post(_plain(row["title"]), StaffKind.CB, CHIEF if _is_chief(row["title"]) else DEPUTY)
        for row in _titles("tu_2025")
        if row["group"] == "lanh_dao" and "kiêm" not in row["title"]
    ]
    leaders = [post for post in leaders if post.position not in CONCURRENT.values()]
    leaders.insert(6, Post("Phó Chủ tịch UBND", StaffKind.CB, DEPUTY))
    heads, deputies, staff = _office_posts(is_ward)
    mixed = zip_longest(_most_wanted(leaders), [*heads, *deputies])
    first = [post for post in chain.from_iterable(mixed) if post]
    return list(islice(chain(first, _rest(staff)), count))


def _is_chief(title):
    return title.startswith(CHIEFS)


def _most_wanted(leaders):
    """The posts that even the smallest place fills come first."""
    return sorted(leaders, key=lambda post: post.standing)


def _office_posts(is_ward):
    """(heads, deputies, staff) of the offices; wards have another economic office."""
    other = "Phòng Kinh tế (xã" if is_ward else "Phòng Kinh tế, Hạ tầng"
    heads, deputies, staff = [], [], []
    for row in _titles("tu_2025"):
        if row["group"] != "co_quan_chuyen_mon" or row["unit"].startswith(other):
            continue
        title, office = row["title"], _plain(row["unit"])
        if title == "Công chức chuyên môn":
            staff.append(Post(f"Công chức {office}", StaffKind.CC, STAFF))
            continue
        post = Post(_joined(title, office), StaffKind.CC, HEAD)
        (deputies if title.startswith("Phó") else heads).append(post)
    return heads, deputies, staff


def _joined(title, office):
    """ "Trưởng phòng" of "Phòng Kinh tế" is "Trưởng phòng Kinh tế"."""
    for word in ("phòng", "Văn phòng"):
        if title.endswith(word) and office.lower().startswith(word.lower()):
            return f"{title} {office[len(word) :].strip()}"
    return f"{title} {office}"


def _rest(staff):
    """Endless further posts: office staff, village people, and in large places teachers."""
    village = [
        Post(
            _plain(row["title"]).split(" / ")[0].replace("thôn/tổ dân phố", "thôn"), "KCTT", VILLAGE
        )
        for row in _titles("ca_hai")
    ]
    teachers = [Post(title, StaffKind.VC, STAFF, code) for title, code in TEACHERS]
    yield from islice(cycle(staff), 2)
    office, homes, school = cycle(staff), cycle(village), cycle(teachers)
    for number in range(10_000):
        yield from islice(office, 3)
        yield next(homes)
        if number >= 3:
            yield from islice(school, 3)


@cache
def old_commune_posts(is_ward):
    """({kind: [posts]}) of a commune before 01/7/2025."""
    groups = {"can_bo": StaffKind.CB, "cong_chuc": StaffKind.CC, "khong_chuyen_trach": "KCTX"}
    found = {kind: [] for kind in groups.values()}
    for row in _titles("truoc_2025"):
        title = row["title"]
        of_other = "(xã)" in title if is_ward else "(phường" in title
        if of_other or title.startswith("Trưởng Công an"):
            continue
        kind = groups[row["group"]]
        standing = STAFF if kind != StaffKind.CB else CHIEF if _is_chief(title) else DEPUTY
        found[kind].append(Post(_plain(title), kind, standing))
    return found


OLD_DISTRICT = {
    StaffKind.CB: [
        Post("Phó Trưởng ban Tổ chức Huyện ủy", StaffKind.CC, HEAD),
        Post("Trưởng phòng Nội vụ", StaffKind.CC, HEAD),
        Post("Phó Chủ tịch HĐND huyện", StaffKind.CB, DEPUTY),
        Post("Phó Chủ nhiệm Ủy ban Kiểm tra Huyện ủy", StaffKind.CC, HEAD),
        Post("Trưởng phòng Tài chính - Kế hoạch", StaffKind.CC, HEAD),
    ],
    StaffKind.CC: [
        Post("Chuyên viên Phòng Nội vụ", StaffKind.CC, STAFF),
        Post("Chuyên viên Phòng Tư pháp", StaffKind.CC, STAFF),
        Post("Phó Trưởng phòng Văn hóa và Thông tin", StaffKind.CC, HEAD),
        Post("Chuyên viên Văn phòng HĐND và UBND huyện", StaffKind.CC, STAFF),
        Post("Chuyên viên Phòng Nông nghiệp và Môi trường", StaffKind.CC, STAFF),
    ],
}


def agency_posts(place, count):
    """The first `count` posts of a department, party office, mass organisation or service."""
    top, kind = _tops(place), "VC" if place.sort == "service" else "CC"
    posts = [
        Post(
            title, "CB" if place.sort in ("party", "mass") and standing == CHIEF else kind, standing
        )
        for title, standing in top
    ]
    heads = [Post(_head_of(office), kind, HEAD) for office in place.offices]
    deputies = [Post(f"Phó {post.position}", kind, HEAD) for post in heads]
    staff = cycle(_staff_of(place, kind))
    first = [posts[0], next(staff), *heads[:1], next(staff), *posts[1:], next(staff)]
    return list(islice(chain(first, heads[1:], islice(staff, 4), deputies, staff), count))


def _tops(place):
    """(title, standing) of those who lead the place: by its name, else by its sort."""
    for word, titles in _TOPS_BY_NAME.items():
        if place.unit.name.startswith(word):
            return list(zip(titles, (CHIEF, DEPUTY), strict=True))
    return _TOPS[place.staff or place.sort]


def _head_of(office):
    """What the head of an office is called."""
    for word, title in (("Phòng", "Trưởng phòng"), ("Văn phòng", "Chánh Văn phòng")):
        if office.startswith(word):
            return f"{title} {office[len(word) :].strip()}".strip()
    return f"Trưởng {office}"


def _staff_of(place, kind):
    """The posts without a title of a place."""
    if place.staff in _EXPERTS:
        return [Post(title, kind, STAFF, code) for title, code in _EXPERTS[place.staff]]
    word = "Viên chức" if kind == "VC" else "Chuyên viên"
    return [Post(f"{word} {office}", kind, STAFF) for office in place.offices]


_TOPS = {
    "department": [("Giám đốc", CHIEF), ("Phó Giám đốc", DEPUTY), ("Phó Giám đốc", DEPUTY)],
    "party": [("Trưởng ban", CHIEF), ("Phó Trưởng ban", DEPUTY)],
    "mass": [("Chủ tịch", CHIEF), ("Phó Chủ tịch", DEPUTY)],
    "center": [("Giám đốc", CHIEF), ("Phó Giám đốc", DEPUTY)],
    "school": [("Hiệu trưởng", CHIEF), ("Phó Hiệu trưởng", DEPUTY)],
    "hospital": [("Giám đốc", CHIEF), ("Phó Giám đốc", DEPUTY)],
}
_TOPS_BY_NAME = {
    "Văn phòng": ("Chánh Văn phòng", "Phó Chánh Văn phòng"),
    "Ủy ban Kiểm tra": ("Chủ nhiệm", "Phó Chủ nhiệm"),
    "Thanh tra": ("Chánh Thanh tra", "Phó Chánh Thanh tra"),
    "Ban Quản lý": ("Trưởng ban", "Phó Trưởng ban"),
    "Chi cục": ("Chi cục trưởng", "Phó Chi cục trưởng"),
    "Tỉnh đoàn": ("Bí thư", "Phó Bí thư"),
}
_EXPERTS = {
    "school": [("Giảng viên", ""), ("Giảng viên chính", "")],
    "hospital": [("Bác sĩ", "V.08.01.03"), ("Điều dưỡng", "V.08.05.12")],
}


def lower(post):
    """The post that somebody held before rising to this one."""
    if post.standing in (STAFF, VILLAGE):
        return post
    words = {StaffKind.CB: "Công chức Văn phòng - thống kê", "VC": "Viên chức"}
    return replace(
        post,
        position=words.get(post.staff_kind, "Chuyên viên"),
        staff_kind="VC" if post.staff_kind == "VC" else "CC",
        standing=STAFF,
    )
