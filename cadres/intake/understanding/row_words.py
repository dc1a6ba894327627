"""Words by which rows of a table that are no people are known: sums, notes, signatures, hints."""

import re

TOTAL = re.compile(
    r"\W*(?:(?:tổng|tong)(?:\s+(?:cộng|cong|số|so|hợp|hop))?|(?:cộng|cong)|grand total|"
    r"sub-?total|total|sum|(?:tỷ|tỉ|ty|ti)\s+(?:lệ|le)|(?:bình quân|binh quan|trong đó|trong do))"
    r"(?=$|[\s:.,;(=+\d\-–%])",
    re.IGNORECASE,
)
# "Công ty", "công chức" without their tone are no sums; nor is a title.
NOT_TOTAL = re.compile(
    r"\W*(?:cong (?:ty|chuc|an|doan|tac|trinh|nghiep|dong|hoa|nghe|thuong)|tong (?:hop|cuc|"
    r"cong ty|thanh tra)|tong bien)\b",
    re.I,
)
NOTE = re.compile(
    r"^(?:\(?\*+\)?|ghi chu\b|luu y\b|\(?danh sach (?:nay|gom|co|tren)|an dinh|"
    r"\(?tong so .* nguoi\)|note\b|"
    r"chu thich|\(\d+\)\s+\D|nguon:|giai thich|remark|bang chu|so tien bang chu|"
    r"\(?danh sach.*\bnguoi\b)"
)
SIGNATURE = re.compile(
    r"^(?:\(?ky\b|(?:nguoi |can bo )?lap (?:bieu|bang|danh sach|ds)\b|"
    r"nguoi (?:lap|kiem tra|duyet)\b|nguoi tong hop|nguoi ghi|can bo lap|thu truong|tm\b\.?|t/m|"
    r"kt\b\.|tl\b\.|tuq\b|q\b\.|xac nhan|"
    r"noi nhan|chu tich$|pho chu tich$|giam doc$|pho giam doc$|truong phong$|"
    r"pho truong phong$|truong ban$|"
    r"chanh van phong$|\(?dong dau|lanh dao|nguoi bao cao|ke toan truong|hieu truong$|"
    r"bi thu$|thu ky$|"
    r"prepared by|approved by|signature|head of|director$|\(sign|"
    r".{0,40}\bngay\s*[\d.…]{0,4}\s*thang\s*[\d.…]{0,4}\s*nam)"
)
# What a template says under its headings of how to fill them in.
HINT = re.compile(
    r"\(?(?:(?:khong )?bat buoc|dd\s?[/.-]\s?mm\s?[/.-]\s?yyyy|ngay/thang/nam|nam ?/ ?nu|"
    r"chon|nhap|ghi ro|"
    r"danh dau x?|\d{1,2} (?:chu )?so|text|required|optional)\b[^,]*$"
)
# In the place of a name: a post without anybody, or how a template is to be filled in.
NOBODY = re.compile(
    r"\(?(?:(?:(?:đang|còn|hiện|tạm|chức danh|vị trí)\s+)*(?:khuyết|trống|bỏ trống)"
    r"|(?:chưa|chờ)\s+(?:có|bố trí|kiện toàn|bầu|tuyển|bổ nhiệm|phân công)"
    r"(?:\s+(?:người|nhân sự|ai|thay thế|bổ sung))*|(?:ví dụ|vd)\b.*|.*\((?:ví dụ|vd|mẫu)\)"
    r"|(?:đang|chờ|chưa)\s+tuyển(?:\s+dụng)?|(?:còn\s+)?thiếu(?:\s+\d.*)?)[\s.)]*",
    re.I,
)

# In the place of a name: a line of a table of figures, "Đại học | 9 | 4".
LEVEL = re.compile(
    r"trình độ\b.*|(?:trên |sau )?(?:sơ cấp|trung cấp|cao đẳng|đại học|thạc s[iĩỹ]|tiến s[iĩỹ]|"
    r"cao cấp|cử nhân|chuyên viên(?: chính| cao cấp)?|cán sự|chưa qua đào tạo)(?: trở lên)?",
    re.I,
)


def is_total(text):
    """Whether a text begins a row of sums."""
    return bool(TOTAL.match(text)) and not NOT_TOTAL.match(text)
