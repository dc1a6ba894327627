"""Of whom and of when a heading speaks: of the person today, of before, of a wish, of kin.

Each word stands here with its accents, and without where it then can mean nothing else.
"""

import re

from cadres.intake.parsing.levels import LADDERS

# "Đơn vị trước sắp xếp", "Chức vụ cũ": not what the row says of today.
PAST = re.compile(
    r"\b(?:trước|truoc|cũ|(?<=cccd |cmnd )cu|nguyên|lần đầu|đầu tiên|former|previous)\b"
)
# "Ngạch đề nghị", "Trình độ đăng ký học": what somebody asks for.
WANTED = re.compile(
    r"\b(?:đề nghị|đề xuất|dự thi|dự xét|dự kiến|đăng ký|nhu cầu|cần (?:học|đào tạo|bồi dưỡng)|"
    r"de nghi|de xuat|du thi|du xet|du kien|dang ky|nhu cau)\b"
)
REACHED = frozenset(
    (
        *LADDERS,
        "professional_major",
        "rank_code",
        "rank_name",
        "position",
        "it_level",
        "foreign_language",
    )
)
OF_TODAY = frozenset(("unit", "department", "position", "job", "staff_kind"))
HELD = OF_TODAY | {"rank_code", "rank_name"}
# "Đơn vị tiếp nhận", "Nguyện vọng công tác": where somebody goes or wants to go.
TO_COME = re.compile(
    r"\b(?:tiếp nhận|chuyển đến|điều động đến|nguyện vọng|mong muốn|"
    r"tiep nhan|chuyen den|nguyen vong|mong muon)\b"
)
# What somebody is yet to learn, over columns named like those of what they have.
NEEDED = re.compile(
    r"\b(?:nhu cầu|đề nghị|đề xuất|dự kiến|nhu cau|de nghi|de xuat|du kien|"
    r"dang ky (?:hoc|di hoc|dao tao|boi duong|tham gia|lop|khoa|nam)|^dang ky$|"
    r"đăng ký (?:học|đi học|đào tạo|bồi dưỡng|tham gia|lớp|khóa|khoá|năm)|^đăng ký$|"
    r"(?:lớp|nội dung|khóa|khoá|chương trình) đăng ký)\b"
)
LEARNT = frozenset(
    (*LADDERS, "professional_major", "it_level", "foreign_language", "ethnic_languages",
     "defence_group")
)  # fmt: skip
# What is planned for somebody tells only where nothing tells what they are.
MEANT = frozenset(("unit", "position", "rank_code", "rank_name"))
# "Họ và tên vợ (chồng)": somebody else than the person of the row.
RELATIVE = re.compile(
    r"\b(?:vợ|chồng|con|bố(?! trí)|mẹ|cha|thân nhân|người thân|người phụ thuộc|người liên hệ|"
    r"người giới thiệu|người (?:kiểm tra|duyệt|lập|ký|nhận|bảo lãnh|thay thế|hướng dẫn)|"
    r"chủ tài khoản|vo \(?chong|than nhan|nguoi than|nguoi phu thuoc|nguoi lien he|"
    r"spouse|father|mother|children|next of kin|emergency contact)\b"
)
# "Nơi sinh" over "Xã | Tỉnh": where somebody is from or lives, not where they work.
LIVES = re.compile(
    r"\b(?:nơi sinh|sinh quán|khai sinh|quê|nguyên quán|nơi ở|chỗ ở|thường trú|tạm trú|cư trú|"
    r"hộ khẩu|trú quán|noi sinh|sinh quan|que quan|nguyen quan|noi o|cho o|thuong tru|tam tru|"
    r"cu tru|ho khau|place of birth|home ?town|residence)\b"
)
# "Năm bổ nhiệm ngạch", "Thời gian học QLNN": when it was, not what it is.
WHEN = re.compile(
    r"^(?:ngày|năm|tháng|thời gian|thời điểm|từ (?:ngày|tháng|năm)|ngay|thoi gian|thoi diem)\s"
)
WORKPLACES = frozenset(("unit", "department"))


def of_today(text, found):
    """{field: score} of a heading, with what is not of the person today under names of its own."""
    text = text.lower()
    if PAST.search(text):
        if "personal_id" in found:
            found["personal_id"] *= 0.75  # "Số CMND cũ", where no newer one is told
        found = {"-before" if field in HELD else field: s for field, s in found.items()}
    if RELATIVE.search(text):
        found = {"-relative": 0.9} if found else {}
    if LIVES.search(text):
        found = {"-place" if field in WORKPLACES else field: s for field, s in found.items()}
    if WHEN.match(text) and not any(f.startswith(("birth_", "party_")) for f in found):
        found = {"-date": 0.9} if found else {}
    if TO_COME.search(text):
        found = {f: 0.6 * s if f in OF_TODAY else s for f, s in found.items()}
    if WANTED.search(text):
        found = {"-course" if field in REACHED else field: s for field, s in found.items()}
    return found


def under(above, candidate):
    """The parts of a candidate that the headings above its column change."""
    field, _, score = candidate
    above = [parent.lower() for parent in above]
    if any(map(RELATIVE.search, above)):
        return {"field": "-relative", "detail": None}
    if field in OF_TODAY and any(map(PAST.search, above)):
        return {"field": "-before", "detail": None}
    if field in WORKPLACES and any(map(LIVES.search, above)):
        return {"field": "-place", "detail": None}
    if not any(map(NEEDED.search, above)):
        return {}
    if field in LEARNT:
        return {"field": "-course", "detail": None}
    return {"score": 0.6 * score} if field in MEANT else {}
