"""BM01, BM02/BNV: number and quality of officials by unit on a day (TT 11/2012/TT-BNV)."""

from cadres.models import Rank
from cadres.rules import DIMENSIONS, RuleContext, matching
from reports.official.filled import Fact, Filled, Line
from reports.official.grid import Cell, from_tree, layouts
from trainingplans.lib.dates import add_years

ABOVE, COMMUNES = "bm01", "bm02"
LAYOUT = "BM02_BNV_chat_luong"
COMMUNE = {"unit_kind": ["commune"]}
RULES = {
    ABOVE: {"all": [{"staff_kind": ["CC"]}, {"not": COMMUNE}]},
    COMMUNES: {"all": [{"staff_kind": ["CB", "CC"]}, COMMUNE]},
}
# What the portal does not record stays blank: posts granted, religion, which foreign language.
BLANK = {"1", "6", "24", "25", "26", "27"}
COLUMNS = [None if str(n) in BLANK else str(n) for n in range(1, 39)]
ALL = "cong"
RANKS = {"CVCC": "7", "CVC": "8", "CV": "9", "CS": "10", "NV": "11"}
LEVELS = {
    "professional": {"TS": "12", "THS": "13", "DH": "14", "CD": "15", "TC": "16", "SC": "17"},
    "political_theory": {"CN": "18", "CC": "19", "TC": "20", "SC": "21"},
    "state_management": {"CVCC": "29", "CVC": "30", "CV": "31"},
}
AGES = {"<=30": "32", "31-40": "33", "41-50": "34", "51-60": "35"}
AGE_COLUMNS = {*AGES.values(), "38"}
# The headings over the columns, by their numbers; each says again what stands before its texts.
HEADINGS = [
    *(0, 1, 2),
    ("Trong đó", "", [3, 4, 5, 6]),
    ("Chia theo ngạch", "", [7, 8, 9, 10, 11]),
    ("Trình độ chuyên môn", "", [12, 13, 14, 15, 16, 17]),
    ("Lý luận chính trị", "LLCT ", [18, 19, 20, 21]),
    ("Tin học", "Tin học ", [22, 23]),
    (
        "Ngoại ngữ",
        "",
        [
            ("Tiếng Anh", "Tiếng Anh ", [24, 25]),
            ("Ngoại ngữ khác", "Ngoại ngữ khác ", [26, 27]),
        ],
    ),
    28,
    ("Quản lý nhà nước", "QLNN ", [29, 30, 31]),
    ("Chia theo độ tuổi", "", [32, 33, 34, ("51-60", "51-60 ", [35, 36, 37]), 38]),
]
FIELDS = [
    "official_id",
    "official__full_name",
    "unit_id",
    "unit__name",
    "position",
    "gender",
    "party_member",
    "ethnic_group_id",
    "rank_code",
    "lv_professional",
    "lv_political_theory",
    "lv_state_management",
    "lv_informatics",
    "lv_ethnic_language",
    "birth_first",
    "birth_last",
    "retires_last",
    "by_age",
]


def header():
    """The original grid of four rows: headings over headings, then the numbers of the columns."""
    layout = layouts()[LAYOUT]
    texts = [told.split(" ", 1) for told in layout["columns"]]
    high = layout["header_depth"] - 1
    numbers = [Cell(number, high, place) for place, (number, _text) in enumerate(texts)]
    tree = list(_tree(HEADINGS, "", [text for _number, text in texts]))
    return [*from_tree(tree, high), *numbers]


def _tree(headings, said, texts):
    for node in headings:
        if isinstance(node, int):
            yield texts[node].removeprefix(said)
        else:
            heading, again, below = node
            yield heading, list(_tree(below, again, texts))


def fill_of(code):
    """The function that fills BM01 or BM02."""

    def fill(asked):
        context = RuleContext(asked.last)
        facts = _people(RULES[code], asked, context)
        units = {row["unit_id"]: row["unit__name"] for row in facts}
        order = sorted(units, key=lambda pk: context.units[pk].sort_key)
        lines = [Line(str(pk), (units[pk],)) for pk in order]
        filled = Filled([*lines, Line(ALL, ("Cộng",), strong=True)], COLUMNS)
        groups = dict(Rank.objects.values_list("code", "equivalent_group"))
        ageless = 0
        for row in facts:
            fact = Fact(
                row["official_id"],
                row["official_id"],
                row["official__full_name"],
                row["unit__name"],
                row["position"],
            )
            columns = columns_of(row, context, groups)
            ageless += not AGE_COLUMNS.intersection(columns)
            filled.add(fact, [str(row["unit_id"]), ALL], columns)
        filled.notes = [
            "Cổng không ghi biên chế được giao, tôn giáo và ngoại ngữ nào; các cột đó để trống.",
            "Người chưa rõ ngạch hoặc trình độ không nằm ở cột nào của phần đó, vẫn ở cột 2.",
        ]
        if ageless:
            filled.notes.append(
                f"{ageless} người chưa rõ ngày sinh, hoặc trên 60 tuổi mà chưa quá tuổi nghỉ hưu,"
                " không nằm ở cột tuổi nào, vẫn ở cột 2."
            )
        return filled

    return fill


def _people(rule, asked, context):
    rows = matching(rule, on=asked.last, units=asked.people_units, context=context)
    return list(rows.annotate(by_age=DIMENSIONS["age"].value(context)).values(*FIELDS))


def columns_of(row, context, groups):
    """The columns under which a person counts."""
    found = ["2"]
    found += ["3"] if row["gender"] == "nu" else []
    found += ["4"] if row["party_member"] else []
    minority = DIMENSIONS["ethnic_minority"].key(row["ethnic_group_id"], context)
    found += ["5"] if minority == "yes" else []
    found += [RANKS[group]] if (group := groups.get(row["rank_code"])) in RANKS else []
    for ladder, columns in LEVELS.items():
        code = DIMENSIONS[ladder].key(row[f"lv_{ladder}"], context)
        found += [columns[code]] if code in columns else []
    found += _informatics(row, context)
    found += ["28"] if (row["lv_ethnic_language"] or 0) > 0 else []
    return found + _ages(row, context)


def _informatics(row, context):
    value = row["lv_informatics"] or 0
    if value <= 0:
        return []
    return ["22" if DIMENSIONS["informatics"].key(value, context) == "TC+" else "23"]


def _ages(row, context):
    found = [AGES[row["by_age"]]] if row["by_age"] in AGES else []
    low, high = {"nu": (51, 55), "nam": (56, 60)}.get(row["gender"], (None, None))
    if low and row["birth_first"] and _between(row, low, high, context.on):
        found.append({"nu": "36", "nam": "37"}[row["gender"]])
    if row["retires_last"] and row["retires_last"] <= context.on:
        found.append("38")
    return found


def _between(row, low, high, on):
    """Whether the person surely is `low` to `high` years old."""
    return add_years(row["birth_last"], low) <= on < add_years(row["birth_first"], high + 1)
