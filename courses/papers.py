"""Decisions as Word files: filled from a template that the office can replace."""

from pathlib import Path

from django.conf import settings

from cadres.choices import Gender
from cadres.models import Standing, Unit
from courses.eligibility import day_of
from courses.models import Form
from trainingplans.lib import papers
from trainingplans.lib.dates import show

DEFAULT = Path(__file__).parent / "data" / "quyet_dinh_cu_di_hoc.docx"
NAME = "quyet-dinh-cu-di-hoc"  # of the office's own template
BLANK = "……/QĐ-SNV"
BASES = "Căn cứ chức năng, nhiệm vụ, quyền hạn của cơ quan;\nXét đề nghị của các đơn vị"
SAMPLE_NAME = "Người Thử Mẫu"


def decision_file(decision):
    """The Word file of a decision with its list, as bytes."""
    return papers.fill(template_bytes(), values_of(decision))


def template_bytes():
    """The office's own template, or the one that the portal brings."""
    own = papers.replaced(NAME)
    return own if own is not None else DEFAULT.read_bytes()


def check_template(upload):
    """The bytes of a template that can be filled; ValidationError in Vietnamese otherwise."""
    needed = {SAMPLE_NAME: "bảng danh sách người được cử (nguoi.ten)"}
    return papers.check_template(upload, SAMPLE, needed)


def values_of(decision):
    """What the places of the template stand for."""
    training_class = decision.training_class
    people = list_of(decision)
    number = decision.number or BLANK
    title = decision.signer_title or "GIÁM ĐỐC"
    return {
        "du_thao": "DỰ THẢO" if decision.is_draft else "",
        "co_quan_cap_tren": f"UBND {province()}".upper(),
        "co_quan": settings.PORTAL_OFFICE.split(" tỉnh ")[0].upper(),
        "co_quan_thuong": settings.PORTAL_OFFICE,
        "so": number,
        "noi_ky": province().removeprefix("Tỉnh ").removeprefix("tỉnh "),
        "ngay_ky": papers.day_in_words(decision.date),
        "ngay_chu": papers.day_in_words(decision.date),
        "doi_tuong": "cán bộ, công chức, viên chức",
        "hinh_thuc": _form(training_class),
        "chuc_danh_in": title.upper(),
        "can_cu": [_base(line) for line in (decision.bases or BASES).splitlines() if line.strip()],
        "so_nguoi": len(people),
        "ten_lop": training_class.title,
        "noi_hoc": _place(training_class),
        "thoi_gian": _period(training_class),
        "co_so": training_class.institution.name if training_class.institution else "Các đơn vị",
        "nguoi_ky": decision.signer,
        "danh_sach": people,
    }


def province():
    """The name of the province: the top of the tree of units."""
    top = Unit.objects.filter(parent=None, kind="province").order_by("pk").first()
    return (top.name if top else "tỉnh").removeprefix("UBND ").strip()


def _form(training_class):
    return "đào tạo" if training_class.course.category.form == Form.DAO_TAO else "bồi dưỡng"


def _base(line):
    """A line of bases ends with a semicolon, as the form of documents has it."""
    return f"{line.strip().rstrip(';.')};"


def _place(training_class):
    if training_class.institution:
        return f" do {training_class.institution} tổ chức"
    return f" tại {training_class.place}" if training_class.place else ""


def _period(training_class):
    first, last = training_class.starts_on, training_class.ends_on
    if not first:
        return "thời gian theo thông báo của cơ sở đào tạo"
    return f"từ ngày {show(first)} đến ngày {show(last)}" if last else f"từ ngày {show(first)}"


def list_of(decision):
    """The rows of the list: units in order of their names, people by given name within."""
    rows = decision.nominations.select_related("official", "unit")
    rows = list(rows.order_by("unit__sort_key", "official__sort_key", "pk"))
    on = day_of(decision.training_class)
    posts = Standing.objects.at(on).filter(official__in=[row.official_id for row in rows])
    positions = dict(posts.values_list("official", "position"))
    return [
        {
            "stt": number,
            "ten": row.official.full_name,
            "sinh": row.official.birth.display if row.official.birth else "",
            "gioi_tinh": Gender(row.official.gender).label if row.official.gender else "",
            "chuc_vu": positions.get(row.official_id, ""),
            "don_vi": row.unit.name,
        }
        for number, row in enumerate(rows, 1)
    ]


SAMPLE = {
    **dict.fromkeys(
        [
            "du_thao",
            "co_quan_cap_tren",
            "co_quan",
            "co_quan_thuong",
            "so",
            "noi_ky",
            "ngay_ky",
            "ngay_chu",
            "doi_tuong",
            "hinh_thuc",
            "chuc_danh_in",
            "ten_lop",
            "noi_hoc",
            "thoi_gian",
            "co_so",
            "nguoi_ky",
        ],
        "mẫu",
    ),
    "can_cu": ["Căn cứ mẫu;"],
    "so_nguoi": 1,
    "danh_sach": [
        {
            "stt": 1,
            "ten": SAMPLE_NAME,
            "sinh": "1990",
            "gioi_tinh": "Nữ",
            "chuc_vu": "Chuyên viên",
            "don_vi": "Đơn vị mẫu",
        }
    ],
}
