"""The office's own plan table: rows of cells, pasted or out of a workbook, into items."""

import re
from dataclasses import dataclass, field

from trainingplans.lib.money import parse_money
from trainingplans.lib.numbers import format_number
from trainingplans.lib.text import fold, tidy

# Column → words of which one begins (or is) its heading, folded; the first that fits wins.
HEADINGS = [
    ("category", ("nhom", "ma noi dung", "loai hinh")),
    ("code", ("stt", "tt", "so tt", "so thu tu", "ma muc", "ma")),
    ("classes", ("so lop", "lop")),
    ("learners", ("so hoc vien", "so nguoi", "so luong", "hoc vien", "nguoi hoc", "si so")),
    ("quarter", ("thoi gian", "quy", "thang", "du kien")),
    ("lead_unit", ("don vi chu tri", "chu tri", "co quan chu tri", "don vi thuc hien")),
    ("institution", ("noi dao tao", "noi day", "co so dao tao", "dia diem", "don vi phoi hop")),
    ("audience", ("doi tuong", "thanh phan")),
    ("note", ("ghi chu",)),
    ("title", ("noi dung", "ten lop", "ten khoa", "chuong trinh", "lop dao tao", "ten chuyen de")),
]
MONEY_WORDS = ("kinh phi", "du toan", "nguon", "ngan sach", "tong kinh phi", "thanh tien")
SOURCE_NAMES = {"trung uong", "tw", "nstw", "ns tw", "ns trung uong"}
SOURCE_NAMES |= {"dia phuong", "dp", "nsdp", "ns dp", "ns dia phuong"}
SOURCE_WORDS = [
    ("NSTW", ("trung uong", "tw", "nstw")),
    ("NSDP", ("dia phuong", "dp", "nsdp", "tinh")),
    ("DONVI", ("don vi", "thu su nghiep")),
    ("TAITRO", ("tai tro", "vien tro")),
    ("NGUOIHOC", ("nguoi hoc", "hoc vien dong")),
]
TOTAL_NAMES = ("tong", "cong")
DEFAULT = ["code", "title", "classes", "learners", "quarter", "lead_unit", "institution"]
DEFAULT += ["money:NSTW", "money:NSDP"]
SUM_ROW = re.compile(r"^(?:tong cong|tong so|tong|cong)\b")
GROUP = re.compile(r"^(?:[IVXLC]+|[A-Z])[.)]?$")
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
THOUSAND_DONG = ("nghin dong", "1.000 dong", "1000 dong", "ngan dong")
_QUARTER, _AND = r"(?:iv|iii|ii|i|[1-4])", r"\s*(?:-|,|/|va|den)\s*(?:quy\s*)?"
ONE_QUARTER = re.compile(rf"\b{_QUARTER}\b")
BARE_QUARTERS = re.compile(rf"({_QUARTER}(?:{_AND}{_QUARTER})*)")
QUARTERS = re.compile(rf"\bquy\s*({_QUARTER}\b(?:{_AND}{_QUARTER}\b)*)")
_MONTH = r"(1[0-2]|0?[1-9])\b"
MONTHS = re.compile(rf"\b(?:thang|t)\s*{_MONTH}(?:\s*(?:-|,|va|den)\s*(?:thang|t)?\s*{_MONTH})?")
DEEPEST_HEADING = 40
SUM = "money:sum"
LONGEST_TEXT, MOST = 300, 10_000_000
NUMBER = re.compile(r"^\d{1,3}(?:[.,\s]\d{3})+$|^\d+$")


@dataclass
class Column:
    """A column: what it means and its heading."""

    means: str  # a name of HEADINGS, "money:CODE" or ""
    heading: str = ""


@dataclass
class Line:
    """A row of the table: `kind` is data, group, sum or other."""

    number: int
    cells: list
    kind: str = "data"
    values: dict = field(default_factory=dict)
    costs: dict = field(default_factory=dict)  # {source code: đồng}
    faults: dict = field(default_factory=dict)  # {column: why}
    notes: dict = field(default_factory=dict)  # {column: what was made of it}

    @property
    def good(self):
        return self.kind == "data" and not self.faults


@dataclass
class Table:
    """The table as understood."""

    columns: list
    lines: list
    heading_rows: list = field(default_factory=list)
    money_unit: str = "trieu"
    scale: int = 1  # of money in thousands

    def of_kind(self, *kinds):
        return [line for line in self.lines if line.kind in kinds]


def rows_of_text(text):
    """Rows of cells of tab-separated lines; empty lines stay, so that numbers are Excel's."""
    return [[tidy(cell) for cell in line.split("\t")] for line in text.splitlines()]


def text_of_rows(rows):
    """The opposite: lines of tab-separated cells."""
    return "\n".join("\t".join(" ".join(str(cell).split()) for cell in row) for row in rows)


def rows_of_sheet(sheet):
    """Rows of texts of a sheet that was read; a merged heading stands in each of its columns."""
    rows = [[_text(value) for value in row] for row in sheet.rows]
    for top, left, _bottom, right in sheet.merges:
        if top <= min(len(rows), DEEPEST_HEADING) and left <= len(rows[top - 1]):
            row = rows[top - 1]
            row += [""] * (right - len(row))
            row[left - 1 : right] = [row[left - 1]] * (right - left + 1)
    return rows


def _text(value):
    if value is None:
        return ""
    if isinstance(value, float):
        # 612.5 as a Vietnamese office types it; 6.0 is 6
        return str(int(value)) if value.is_integer() else repr(value).replace(".", ",")
    return tidy(str(value))


def understand(rows, lookups, *, money_unit="trieu"):
    """The Table of rows of cells."""
    columns, first = _columns(rows)
    told = " ".join(fold(cell) for row in rows[: first + 1] for cell in row)
    table = Table(columns, [], rows[:first], *_money_size(told, money_unit))
    group = ""
    for number, cells in enumerate(rows[first:], first + 1):
        if not any(cells) or _is_index(cells):
            continue
        line = Line(number, cells)
        line.kind = _kind(line, columns)
        if line.kind == "group":
            group = cells[0].strip(".)") if GROUP.match(cells[0]) else ""
        if line.kind == "data":
            _read(line, table, lookups)
            if group and line.values.get("code"):
                line.values["code"] = f"{group}.{line.values['code']}"
        table.lines.append(line)
    return table


def _money_size(told, money_unit):
    if any(words in told for words in THOUSAND_DONG):
        return "dong", 1000
    for unit, words in (("trieu", "trieu dong"), ("ty", "ty dong"), ("dong", "dong")):
        if words in told:
            return unit, 1
    return money_unit, 1


def _columns(rows):
    """(columns, number of rows up to the first of data)."""
    for place, row in enumerate(rows[:DEEPEST_HEADING]):
        means = [_meaning(cell) for cell in row]
        if "title" in means and len(set(means) - {""}) >= 3:
            return _with_sources(rows, place, row, means)
    return [Column(name) for name in DEFAULT], 0


def _meaning(cell):
    words = fold(cell)
    if words in SOURCE_NAMES or any(words.startswith(start) for start in MONEY_WORDS):
        return "money"
    for name, starts in HEADINGS:
        if any(words == start or words.startswith(f"{start} ") for start in starts):
            return name
    return ""


def _with_sources(rows, place, row, means):
    """Money columns take their source from their own heading or from the row below."""
    below = rows[place + 1] if place + 1 < len(rows) else []
    columns, two_rows = [], False
    width = max(len(row), len(below))
    last = ""
    for number in range(width):
        mean = means[number] if number < len(means) else ""
        heading = row[number] if number < len(row) else ""
        under = below[number] if number < len(below) else ""
        if not heading and last.startswith("money") and under:
            mean, heading = "money", "Kinh phí"
        if mean == "money":
            source = _source(under) or _source(heading)
            two_rows = two_rows or bool(_source(under)) or fold(under) in TOTAL_NAMES
            total = fold(under).startswith(TOTAL_NAMES) or fold(heading).startswith("tong")
            mean = f"money:{source}" if source else SUM if total else "money:NSDP"
            heading = under or heading
        columns.append(Column(mean, heading))
        last = mean
    money = [column for column in columns if column.means.startswith("money:")]
    if all(column.means == SUM for column in money):
        for column in money[:1]:
            column.means = "money:NSDP"  # the only money there is: no source is told
    return columns, place + (2 if two_rows else 1)


def _source(heading):
    words = f" {fold(heading)} "
    found = (code for code, names in SOURCE_WORDS if any(f" {n} " in words for n in names))
    return next(found, "")


def _is_index(cells):
    """The row of numbers (1) (2) (3) under a heading."""
    numbers = [re.sub(r"[()\s]", "", cell) for cell in cells if cell]
    return len(numbers) > 3 and numbers == [str(n) for n in range(1, len(numbers) + 1)]


def _kind(line, columns):
    filled = [(c.means, cell) for c, cell in zip(columns, line.cells, strict=False) if cell]
    texts = [cell for _, cell in filled]
    if any(SUM_ROW.match(fold(cell)) for cell in texts[:2]):
        return "sum"
    numbers = [m for m, _ in filled if m in ("classes", "learners") or m.startswith("money")]
    if not numbers and (len(texts) == 1 or GROUP.match(texts[0])):
        return "group" if len(texts) <= 2 else "data"
    first = line.cells[0] if line.cells else ""
    if GROUP.match(first) and not first.isdigit():
        return "group"  # a heading with the sums of its part
    return "data"


def _read(line, table, lookups):
    for place, column in enumerate(table.columns):
        cell = line.cells[place] if place < len(line.cells) else ""
        if not column.means:
            continue
        try:
            _read_cell(line, column.means, cell, table, lookups, place)
        except ValueError as fault:
            line.faults[place] = str(fault)
    places = {column.means: place for place, column in enumerate(table.columns)}
    _check_money(line, places.get(SUM))
    if not line.values.get("title"):
        line.faults.setdefault(places.get("title", 0), "Thiếu nội dung. Ghi tên lớp, khóa.")
    if line.values.get("category") is None:
        line.values["category"] = guessed(line.values.get("title", ""), lookups)


def _check_money(line, place):
    """A row's own sum has to be that of its sources, or money would be lost unseen."""
    told = line.costs.pop("sum", 0)
    summed = sum(line.costs.values())
    if told and told != summed and not line.faults:
        words = f"Các nguồn cộng lại là {format_number(summed)} đồng, ở đây {format_number(told)}."
        line.faults[place] = f"{words} Sửa một trong hai."


def _read_cell(line, means, cell, table, lookups, place):
    values = line.values
    if means == "code":
        values["code"] = cell.strip(".)")[:20]
    elif means in ("title", "audience", "note"):
        if len(cell) > LONGEST_TEXT:
            raise ValueError(f"Dài {len(cell)} ký tự, nhiều nhất {LONGEST_TEXT}. Rút gọn.")
        values[means] = cell
    elif means in ("classes", "learners"):
        values[means] = _count(cell)
        if not cell:
            line.notes[place] = "Trống: tính là 0, sửa sau ở bảng."
    elif means == "quarter":
        _when(line, cell, place)
    elif means == "category":
        values["category"] = lookups.category(cell)
    elif means == "institution":
        values["institution"] = cell[:200]
    elif means == "lead_unit":
        _lead(line, cell, lookups, place)
    elif means.startswith("money:"):
        amount = parse_money(cell, table.money_unit) * table.scale
        code = means.removeprefix("money:")
        line.costs[code] = line.costs.get(code, 0) + amount


def _when(line, cell, place):
    """The first quarter that is named; the text itself is kept where it says more or is unclear."""
    quarters = quarters_of(cell)
    line.values["quarter"] = next(iter(quarters), None)
    if cell and len(quarters) != 1:
        line.values["when"] = cell
        taken = f"Lấy quý {quarters[0]}" if quarters else "Không rõ quý"
        line.notes[place] = f"{taken}; giữ nguyên chữ ở ghi chú."


def mark_taken_codes(table, taken):
    """Note on rows whose code the plan, or a row above, has already: they get a new one."""
    taken = set(taken)
    place = next((n for n, column in enumerate(table.columns) if column.means == "code"), None)
    for line in table.lines:
        code = line.values.get("code", "")
        if place is not None and line.good and code and code in taken:
            line.notes[place] = f"Mã {code} đã có; dòng này nhận mã mới."
        taken.add(code)


def _lead(line, cell, lookups, place):
    """A unit that is not in the tree is kept in the note, so that the row is not lost for it."""
    try:
        line.values["lead_unit"] = lookups.unit(cell)
    except ValueError:
        line.notes[place] = "Không có đơn vị này trên cổng; giữ tên ở ghi chú."
        line.values["lead_text"] = cell


def _count(cell):
    if not cell or cell in "-—–":
        return 0
    if not NUMBER.match(cell):
        raise ValueError(f"“{cell}” không phải là số nguyên. Ghi ví dụ 30.")
    number = int(re.sub(r"[.,\s]", "", cell))
    if number > MOST:
        raise ValueError(f"“{cell}” lớn quá, nhiều nhất {format_number(MOST)}.")
    return number


def quarter_of(text):
    """1–4 from "Quý III", "Quý 3/2026", "III", "tháng 5", "T5–T6/2026"; None otherwise."""
    return next(iter(quarters_of(text)), None)


def quarters_of(text):
    """All quarters that a text names, in its order: "Quý III-IV" → 3, 4; "tháng 2 - 5" → 1, 2."""
    words = fold(text).replace("–", "-")
    if found := QUARTERS.search(words) or BARE_QUARTERS.fullmatch(words):
        numbers = [ROMAN.get(one) or int(one) for one in ONE_QUARTER.findall(found[1])]
    else:
        months = [one for found in MONTHS.finditer(words) for one in found.groups() if one]
        numbers = [(int(month) + 2) // 3 for month in months]
    return list(dict.fromkeys(numbers))


def guessed(title, lookups):
    """The content whose name stands in the title, the longest one; None without any."""
    words = f" {fold(title)} "
    names = [row for row in lookups.categories if len(row.name) > 6]
    found = [row for row in names if f" {fold(row.name)} " in words]
    return max(found, key=lambda row: len(row.name), default=None)


def check_sums(table):
    """Sentences on the last row of sums where it differs from the rows of data above it."""
    data = table.of_kind("data")
    told = []
    for line in table.of_kind("sum")[-1:]:
        for column, cell in zip(table.columns, line.cells, strict=False):
            if words := _differing_sum(column, cell, data, table):
                told.append(f"Dòng {line.number} ghi tổng {words}.")
    return told


def _differing_sum(column, cell, data, table):
    """ "12 lớp, các dòng cộng lại là 11" where a cell of sums is wrong, else None."""
    money = column.means.startswith("money:")
    if not money and column.means not in ("classes", "learners"):
        return None
    try:
        told = parse_money(cell, table.money_unit) * table.scale if money else _count(cell)
    except ValueError:
        return None
    if money:
        code = column.means.removeprefix("money:")
        lists = (
            line.costs.values() if column.means == SUM else [line.costs.get(code, 0)]
            for line in data
        )
        summed, name = sum(map(sum, lists)), f"đồng ở cột {column.heading}"
    else:
        summed = sum(line.values.get(column.means, 0) for line in data)
        name = {"classes": "lớp", "learners": "người học"}[column.means]
    if not told or told == summed:
        return None
    return f"{format_number(told)} {name}, các dòng cộng lại là {format_number(summed)}"
