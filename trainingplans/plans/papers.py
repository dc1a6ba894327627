"""The papers of a plan: as Word from templates, the appendix and the quotas as Excel."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from cadres.models import Unit
from trainingplans.lib import papers
from trainingplans.lib.dates import show
from trainingplans.lib.money import write_money
from trainingplans.lib.numbers import MILLION, format_number
from trainingplans.lib.sheets import append, bytes_of, new_book, new_sheet
from trainingplans.plans.items import items_with_all
from trainingplans.plans.lookups import Lookups
from trainingplans.plans.names import UnitNames
from trainingplans.plans.planpages import sums_by_source, sums_by_unit
from trainingplans.plans.quotasheet import quota_sheet
from trainingplans.plans.totals import totals_of

DATA = Path(__file__).parent / "data"
NO_NUMBER, NO_PROPOSAL_NUMBER = "……/KH-UBND", "……/TTr"
PROPOSER = "Sở Nội vụ"
SAMPLE_TEXT = "Dòng thử mẫu"


@dataclass(frozen=True)
class Paper:
    """A paper: its template's file, words, and what a template of it must print."""

    code: str
    label: str
    template: str
    needs: tuple  # of "muc", "suat"


PAPERS = {
    paper.code: paper
    for paper in [
        Paper("ke-hoach", "Kế hoạch và phụ lục", "ke_hoach", ("muc",)),
        Paper("to-trinh", "Tờ trình", "to_trinh", ()),
        Paper("bang-suat", "Bảng phân bổ suất học", "bang_suat", ("suat",)),
    ]
}
NEEDED = {"muc": "bảng nội dung (muc, dong.noi_dung)", "suat": "bảng suất (suat, dong.don_vi)"}


def word_file(paper, plan, account):
    """The Word file of a paper for a plan, as bytes."""
    values = values_of(plan, account)
    if paper.code == "to-trinh":
        values |= _proposing(plan)
    return papers.fill(template_of(paper), values)


def template_of(paper):
    """The office's own template, or the one that the portal brings."""
    own = papers.replaced(paper.template)
    return own if own is not None else (DATA / f"{paper.template}.docx").read_bytes()


def check_template(paper, upload):
    """The bytes of a template that this paper can be filled with; ValidationError otherwise."""
    needed = {f"{SAMPLE_TEXT} {need}": NEEDED[need] for need in paper.needs}
    return papers.check_template(upload, SAMPLE, needed)


def values_of(plan, account):
    """What the places of the templates stand for."""
    items = list(items_with_all(plan))
    totals, lookups, names = totals_of(items), Lookups(), UnitNames()
    sheet = quota_sheet(plan, account)
    return {
        **_head(plan),
        "ten": plan.title,
        "ky_in": _period(plan).upper(),
        "can_cu": _lines(plan.bases, ends=";"),
        "muc_dich": _lines(plan.purpose),
        "ly_do": plan.change_reason,
        "tu_ngay": show(plan.starts_on),
        "den_ngay": show(plan.ends_on),
        "so_muc": format_number(len(items)),
        "muc_tieu": list(dict.fromkeys(str(t) for item in items for t in item.targets.all())),
        "muc": [_item(item, lookups) for item in items],
        "tong_lop": format_number(totals.classes),
        "tong_nguoi": format_number(totals.learners),
        "tong_kinh_phi": write_money(totals.amount),
        "tong_nguon": _by_source(totals.by_source, lookups),
        "moi_nguoi": _about(totals.per_learner),
        "theo_nguon": _sums(sums_by_source(totals, lookups)),
        "theo_don_vi": _sums(row for row in sums_by_unit(items, totals, names) if row["amount"]),
        "suat": _seats(sheet),
        "tong_suat": format_number(sheet["total"]),
        "du_phong_chu": _reserve(items),
    }


def _head(plan):
    """Who issues the paper, its number and date; DỰ THẢO until both are there."""
    number = plan.approved_number or plan.number
    final = bool(number and plan.approved_on)
    place = plan.unit.name if plan.unit_id else province()
    issuer = place if plan.unit_id else f"UBND {place}"
    return {
        "du_thao": "" if final else "DỰ THẢO",
        "so": number or NO_NUMBER,
        "ngay_ky": papers.day_in_words(plan.approved_on),
        "noi_ky": place.removeprefix("UBND ").removeprefix("Tỉnh ").removeprefix("tỉnh "),
        "co_quan_cap_tren": f"UBND {province()}".upper() if plan.unit_id else "",
        "co_quan": issuer.upper(),
        "co_quan_thuong": issuer,
        "kinh_gui": "Lãnh đạo Sở Nội vụ" if plan.unit_id else f"Chủ tịch UBND {province()}",
        "chuc_danh_in": "THỦ TRƯỞNG ĐƠN VỊ" if plan.unit_id else "TM. ỦY BAN NHÂN DÂN",
        "nguoi_ky": plan.signer,
    }


def _proposing(plan):
    """Who proposes a plan: the department that drafted it, not the office that issues it. The
    proposal has a number and date of its own, which the portal does not keep."""
    told = {"so": NO_PROPOSAL_NUMBER, "ngay_ky": papers.day_in_words(None), "nguoi_ky": ""}
    if plan.unit_id:
        return {**told, "du_thao": "DỰ THẢO", "kinh_gui": f"Lãnh đạo {plan.unit.name}"}
    return {
        **told,
        "du_thao": "DỰ THẢO",
        "co_quan_cap_tren": f"UBND {province()}".upper(),
        "co_quan": PROPOSER.upper(),
        "co_quan_thuong": PROPOSER,
        "chuc_danh_in": "GIÁM ĐỐC",
    }


def province():
    """The name of the province: the top of the tree of units, else what the settings say."""
    top = Unit.objects.filter(parent=None, kind="province").order_by("pk").first()
    if top is None:
        return settings.PORTAL_OFFICE.removeprefix("Sở Nội vụ ") or "tỉnh"
    name = top.name.removeprefix("UBND ").strip()
    return name[:1].lower() + name[1:] if name.startswith("Tỉnh") else name


def _period(plan):
    first, last = plan.starts_on.year, plan.ends_on.year
    return f"năm {first}" if first == last else f"giai đoạn {first}–{last}"


def _lines(text, ends=""):
    """The lines of a text; lines of bases end with a semicolon."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return [f"{line.rstrip(';.')}{ends}" if ends else line for line in lines]


def _item(item, lookups):
    by_source = {}
    for cost in item.costs.all():
        by_source[cost.source_id] = by_source.get(cost.source_id, 0) + cost.amount
    return {
        "ma": item.code,
        "noi_dung": item.title,
        "doi_tuong": item.audience_text,
        "so_lop": format_number(item.classes),
        "so_nguoi": format_number(item.learners),
        "thoi_gian": f"Quý {item.quarter}" if item.quarter else "",
        "chu_tri": str(item.lead_unit or ""),
        "noi_day": str(item.institution or item.institution_text),
        "nguon": _by_source(by_source, lookups),
        "kinh_phi": write_money(sum(by_source.values())),
    }


def _by_source(amounts, lookups):
    told = [
        f"{source.name.removeprefix('Ngân sách ').capitalize()}: {write_money(amounts[source.pk])}"
        for source in lookups.sources
        if amounts.get(source.pk)
    ]
    return "; ".join(told)


def _about(amount):
    return format_number(amount / MILLION) if amount else "0"


def _sums(rows):
    return [{"ten": row["name"], "so_tien": write_money(row["amount"])} for row in rows]


def _seats(sheet):
    return [
        {
            "stt": number,
            "don_vi": row["unit"].name,
            "chi_tiet": "; ".join(
                f"{item.title}: {format_number(seats)}"
                for item, seats in zip(sheet["items"], row["seats"], strict=True)
                if seats
            ),
            "so_suat": format_number(row["sum"]),
        }
        for number, row in enumerate(sheet["rows"], 1)
    ]


def _reserve(items):
    reserve = sum(item.reserve for item in items)
    return f"Dự phòng {format_number(reserve)} suất" if reserve else ""


# ---- Excel -------------------------------------------------------------------------------------

ITEM_HEADINGS = ["STT", "Nội dung", "Mã nội dung", "Đối tượng", "Số lớp", "Số học viên"]
ITEM_HEADINGS += ["Thời gian", "Đơn vị chủ trì", "Nơi đào tạo"]
ITEM_WIDTHS = [8, 46, 16, 30, 8, 12, 12, 26, 30]


def appendix_book(plan):
    """The appendix as a workbook, in the columns that the import of plan tables reads."""
    items, lookups = list(items_with_all(plan)), Lookups()
    used = {cost.source_id for item in items for cost in item.costs.all()}
    sources = [source for source in lookups.sources if source.pk in used]
    money = [f"Kinh phí {source.name.lower()} (đồng)" for source in sources]
    book = new_book()
    headings = [*ITEM_HEADINGS, *money, "Tổng kinh phí (đồng)", "Ghi chú"]
    widths = [*ITEM_WIDTHS, *([18] * len(money)), 18, 30]
    sheet = new_sheet(book, "Phụ lục", headings, widths)
    for item in items:
        append(sheet, _item_cells(item, sources))
    totals = totals_of(items)
    sums = [totals.by_source.get(source.pk, 0) for source in sources]
    blank = [None] * 3
    row = ["", "Tổng cộng", None, None, totals.classes, totals.learners, *blank, *sums]
    append(sheet, [*row, totals.amount])
    return bytes_of(book)


def _item_cells(item, sources):
    amounts = {}
    for cost in item.costs.all():
        amounts[cost.source_id] = amounts.get(cost.source_id, 0) + cost.amount
    return [
        item.code,
        item.title,
        item.category.code if item.category else None,
        item.audience_text,
        item.classes,
        item.learners,
        f"Quý {item.quarter}" if item.quarter else None,
        str(item.lead_unit or ""),
        str(item.institution or item.institution_text),
        *(amounts.get(source.pk, 0) for source in sources),
        sum(amounts.values()),
        item.note,
    ]


def quota_book(plan, account):
    """The quota sheet as a workbook: units down, items across, sums on both sides."""
    table = quota_sheet(plan, account)
    book = new_book()
    headings = ["STT", "Đơn vị", *(f"{i.code}. {i.title}" for i in table["items"]), "Cộng"]
    sheet = new_sheet(book, "Suất", headings, [6, 36, *([14] * len(table["items"])), 10])
    for number, row in enumerate(table["rows"], 1):
        append(sheet, [number, row["unit"].name, *row["seats"], row["sum"]])
    append(sheet, ["", "Cộng", *table["sums"], table["total"]])
    return bytes_of(book)


SAMPLE = {
    **dict.fromkeys(
        [
            "du_thao",
            "so",
            "ngay_ky",
            "noi_ky",
            "co_quan_cap_tren",
            "co_quan",
            "co_quan_thuong",
            "kinh_gui",
            "chuc_danh_in",
            "nguoi_ky",
            "ten",
            "ky_in",
            "ly_do",
            "tu_ngay",
            "den_ngay",
            "so_muc",
            "tong_lop",
            "tong_nguoi",
            "tong_kinh_phi",
            "tong_nguon",
            "moi_nguoi",
            "tong_suat",
            "du_phong_chu",
        ],
        "thử",
    ),
    "can_cu": ["Căn cứ thử;"],
    "muc_dich": ["Mục đích thử"],
    "muc_tieu": ["Mục tiêu thử"],
    "muc": [
        dict.fromkeys(
            [
                "ma",
                "doi_tuong",
                "so_lop",
                "so_nguoi",
                "thoi_gian",
                "chu_tri",
                "noi_day",
                "nguon",
                "kinh_phi",
            ],
            "thử",
        )
        | {"noi_dung": f"{SAMPLE_TEXT} muc"}
    ],
    "theo_nguon": [{"ten": "thử", "so_tien": "1"}],
    "theo_don_vi": [{"ten": "thử", "so_tien": "1"}],
    "suat": [{"stt": 1, "don_vi": f"{SAMPLE_TEXT} suat", "chi_tiet": "thử", "so_suat": "1"}],
}
