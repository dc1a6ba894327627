"""One page of a sheet as the clerk knows it: row kinds, mapped columns, marked cells."""

from django.core.paginator import Paginator

from cadres.importing.fields import column_options, label
from cadres.importing.marks import Marks, in_cell, restored, value_offered
from cadres.intake.keeping import asked_of, file_sheet
from cadres.intake.kinds import ROSTER
from cadres.intake.locating import ASKING
from cadres.intake.types import column_letter, column_number

ROWS_A_PAGE = 200
IN_SIGHT = 6  # columns that a screen shows without scrolling
LONGEST, LONGEST_LINE = 160, 600  # letters of a cell, and of a line of one text, that are shown
HIGHEST_MERGE = 20  # rows; a merge over a whole sheet is no heading
KINDS = {
    "create": ("create", "Thêm mới"),
    "update": ("update", "Cập nhật"),
    "unchanged": ("same", "Giữ nguyên"),
    "reject": ("reject", "Từ chối"),
    "title": ("letter", "Phần đầu"),
    "header": ("head", "Đầu cột"),
    "index": ("head", "Số cột"),
    "group": ("group", "Nhóm"),
    "more": ("same", "Nối dòng trên"),
    "total": ("total", "Dòng cộng"),
    "note": ("sign", "Ghi chú"),
    "signature": ("sign", "Chữ ký"),
}
OTHER = ("sign", "Không nhập")
SHORT, MEDIUM = 9, 13  # letters of a field's name that fit its column
SECOND_LINE = (
    "Tên cột của dòng thứ hai của mỗi người. Cột hiểu sai thì ghi tên khác, ví dụ Ngày sinh."
)
WHOLE_LINE = {"title", "total", "note", "signature"}
WIDTHS = {"full_name": "b", "position": "f", "unit": "f", "personal_id": "g", "index": ""}


class SheetPage:
    """Builds the context of parts/_sheet.html for one sheet of a preview."""

    def __init__(
        self, number, sheet, issues, labels_of_rows, own_unit="", list_kind=ROSTER, edits=()
    ):
        self.number = number
        self.list_kind = list_kind
        self.sheet = sheet
        self.labels = labels_of_rows  # {row: (action, fields that change)}
        self.typed = {(row, c) for name, row, c, _ in edits if name == file_sheet(sheet)}
        self.marks = Marks(sheet, issues, own_unit)
        self.by_row = self.marks.by_row
        self.first, self.width = self._edges()
        self.spans = _spans(sheet["merges"])
        # A choice counts for the whole sheet where its tables are all alike (no marks).
        self.asked = asked_of(sheet["tables"])
        self.second_rows = {table.get("second_row") for table in sheet["tables"]} - {0, None}
        self.opened = False
        self.numbers = {}

    def _edges(self):
        """The first and the last column to show: of tables beside each other those of this one."""
        width = max((len(line) for line in self.sheet["grid"]), default=0)
        if self.sheet.get("part_of") is None:
            return 1, width
        lines = (
            line
            for row, line in enumerate(self.sheet["grid"], 1)
            if self.kind(row) not in WHOLE_LINE and self.kind(row) != "blank"
        )
        shown = {c for line in lines for c, text in enumerate(line, 1) if text}
        marked = (issue["column"] for issues in self.by_row.values() for issue in issues)
        shown |= {column_number(letter) for letter in marked if letter}
        return min(shown, default=1), max(shown, default=width)

    def row_numbers(self, look):
        """The rows to show: not the blank ones; with `look` only those that match it."""
        filled = [
            row
            for row in range(1, len(self.sheet["grid"]) + 1)
            if self.kind(row) != "blank" and any(self.sheet["grid"][row - 1])
        ]
        if look == "can-xem":
            return [row for row in filled if self.needs_a_look(row)]
        if look:
            return [row for row in filled if self.labels.get(row, ("",))[0] == look]
        return filled

    def needs_a_look(self, row):
        """Whether the clerk should see this row: a problem in it, or refused."""
        return bool(self.by_row.get(row)) or self.labels.get(row, ("",))[0] == "reject"

    def looks(self):
        """How many rows the clerk should see."""
        return sum(self.needs_a_look(row) for row in range(1, len(self.sheet["grid"]) + 1))

    def kind(self, row):
        """The kind of a row as understood: data, header, group…"""
        return self.sheet["row_kinds"].get(str(row), "")

    def context(self, look="", page_number=1, numbers_of=None):
        """(sheet for the part, page of row numbers); `numbers_of(rows)`: {row: personal id}."""
        page = Paginator(self.row_numbers(look), ROWS_A_PAGE).get_page(page_number)
        self.numbers = numbers_of(page.object_list) if numbers_of else {}
        first = self._table(page.object_list)
        sheet = {
            "title": self.sheet["name"] or "của tệp",
            "columns": self._columns(first),
            "rows": list(self._rows(page.object_list, first)),
        }
        return sheet, page

    def _rows(self, numbers, table):
        """The rows of a page; before those of a table unlike the one above, what its columns are.

        `table`: the one whose columns stand over all rows.
        """
        coming = [(t, t["header_rows"][0]) for t, mark in self.asked if mark]
        coming = [(t, top) for t, top in coming if table and top > table["header_rows"][0]]
        for row in numbers:
            reached = None
            while coming and coming[0][1] <= row:
                reached = coming.pop(0)[0]
            if reached:
                yield {"columns": self._columns(reached)}
            yield self._row(row)

    def _table(self, rows):
        """The table whose columns the map row shows: the first one on this page."""
        tables = self.sheet["tables"]
        if not tables or not rows:
            return None
        return next((t for t in tables if t["last_row"] >= rows[0]), tables[-1])

    def _columns(self, table):
        letters = [column_letter(number) for number in range(self.first, self.width + 1)]
        mark = next((mark for one, mark in self.asked if one is table), "")
        return [self._column(letter, table, mark) for letter in letters]

    def _column(self, letter, table, mark):
        field = meaning_of(table, letter) if table else ""
        chosen = label(field, self.list_kind) if field else ""
        column = {"letter": letter, "width": _width(field, chosen), "name": None, "chosen": chosen}
        if table:
            extra = [name for name, _ in table["alternatives"].get(letter, [])]
            column["name"] = f"cot-{self.number}-{letter}{mark}"
            column["of"] = f" của bảng ở dòng {mark}" if mark else ""
            column["options"] = column_options(field, extra, self.list_kind)
        return column

    def _row(self, row):
        kind, words = self._kind_shown(row)
        return {"number": row, "kind": kind, "kind_label": words, "cells": self._cells(row)}

    def _kind_shown(self, row):
        action = self.labels.get(row, ("",))[0]
        return KINDS.get(action or self.kind(row), OTHER)

    def _cells(self, row):
        line = self.sheet["grid"][row - 1]
        line = line + [""] * (self.width - len(line))
        if self.kind(row) in WHOLE_LINE and not self.by_row.get(row):
            told = " · ".join(text for text in line if text)
            return [{"text": shortened(told, LONGEST_LINE), "span": self.width + 1 - self.first}]
        if self.kind(row) == "group" and not self.by_row.get(row):
            return self._group_cells(line)
        return self._single_cells(row, line)

    def _group_cells(self, line):
        """A group row: its last text runs to the end of the sheet."""
        last = max((i for i, text in enumerate(line) if text), default=0)
        last = min(max(last, self.first - 1), self.width - 1)
        cells = [{"text": text, "plain": True} for text in line[self.first - 1 : last]]
        return [*cells, {"text": line[last], "span": self.width - last}]

    def _single_cells(self, row, line):
        marks = self._marks_of(row)
        cells, column = [], self.first
        while column <= self.width:
            span = min(self.spans.get((row, column), 1), self.width - column + 1)
            mark = marks.get(column_letter(column))
            if mark or span > 1:
                wide = {"span": span} if span > 1 else {}
                cells.append({"text": shortened(line[column - 1])} | wide | (mark or {}))
            else:
                cells.append({"text": shortened(line[column - 1]), "plain": True})
            column += span
        return cells

    def _marks_of(self, row):
        """{letter: what the cell shows beside its text} of one row."""
        marks = {}
        table = self._table([row])
        columns = letters_by_field(table) if table else {}
        for field in self.labels.get(row, ("", ()))[1]:
            for letter in columns.get(field, []):
                marks[letter] = {"state": "new"}
        for letter in columns.get("personal_id", [])[:1]:
            text = self.sheet["grid"][row - 1][column_number(letter) - 1 :][:1]
            if told := restored(*text, self.numbers.get(row)) if text else "":
                marks[letter] = {"state": "warn", "message": told}
        if row in self.second_rows:
            marks |= self._headings_of_second_lines(row)
        for issue in self.by_row.get(row, []):
            letter = issue["column"] or next(iter(columns.get("full_name", [])), "A")
            marks[letter] = self._problem(row, letter, issue, marks.get(letter, {}))
        return marks

    def _headings_of_second_lines(self, row):
        """{letter: mark}: what these columns mean is corrected by another name of the column."""
        return {
            column_letter(number): {
                "state": "head",
                "message": SECOND_LINE,
                "open": False,
                "fix": {
                    "name": f"sua-{self.number}-{row}-{column_letter(number)}",
                    "value": text,
                    "label": "Đổi tên cột và đọc lại",
                },
            }
            for number, text in enumerate(self.sheet["grid"][row - 1], 1)
            if text
        }

    def _problem(self, row, letter, issue, before):
        """The mark of one issue; a second issue of the same cell is added to the first."""
        bad = issue["severity"] == "error" or before.get("state") == "bad"
        message = " ".join(filter(None, [before.get("message"), in_cell(issue)]))
        # The first note is open, where it is in sight: one far to the right only makes a row tall.
        near = column_number(letter) < self.first + IN_SIGHT
        typed = (row, letter) in self.typed  # and still not right
        opened = typed or (near and not self.opened)
        self.opened = self.opened or near
        mark = {"state": "bad" if bad else "warn", "message": message, "open": opened}
        if issue["code"] == "doubtful_match":
            # Who it is is told below the sheet, both people side by side.
            return mark | {"url": "#trung-nguoi", "link": "Chọn người ở dưới"}
        if issue["code"] in ASKING and not issue["column"]:
            # The unit is told by a sheet's name or by lines above: there it is asked for once.
            return mark | {"url": "#ten-don-vi", "link": "Chỉ rõ đơn vị ở trên"}
        if issue["column"] and issue["field"]:
            mark["fix"] = {
                "name": f"sua-{self.number}-{row}-{letter}",
                "value": value_offered(issue, self.marks.own_unit),
                "label": _fix_label(issue, bad),
            }
        return mark


def shortened(text, longest=LONGEST):
    """A text as long as a row of a sheet bears; what is read and edited is the whole one."""
    return text if len(text) <= longest else f"{text[:longest].rstrip()}…"


def _width(field, chosen):
    """The class of a column's width: what it is taken for must be readable in its list."""
    if not field or field in WIDTHS:
        return WIDTHS.get(field, "")
    return "c" if len(chosen) <= SHORT else "g" if len(chosen) <= MEDIUM else "f"


def _fix_label(issue, bad):
    """What pressing the button does: a value is only offered where there is one."""
    if bad:
        return "Sửa và nhận dòng"
    return "Dùng giá trị này" if issue["suggestion"] else "Lưu ô này"


def _spans(merges):
    """{(row, column): columns} of the merges that go sideways."""
    return {
        (row, left): right - left + 1
        for top, left, bottom, right in merges
        if right > left
        for row in range(top, min(bottom, top + HIGHEST_MERGE) + 1)
    }


def letters_by_field(table):
    """{field: [letters]} of a table."""
    return {
        field: [place] if isinstance(place, str) else list(place)
        for field, place in table["columns"].items()
    }


def fields_by_letter(table):
    """{letter: field} of a table."""
    return {
        letter: field for field, letters in letters_by_field(table).items() for letter in letters
    }


FINER = {
    "birth_male": "birth_date",
    "birth_female": "birth_date",
    "gender_male": "gender",
    "gender_female": "gender",
    "family_name": "full_name",
    "middle_name": "full_name",
    "given_name": "full_name",
}


def meaning_of(table, letter):
    """What the select of a column shows: its field, the finer one where several make one."""
    field = fields_by_letter(table).get(letter, "")
    offered = [name for name, _ in table["alternatives"].get(letter, [])][:1]
    if offered and FINER.get(offered[0]) == field:
        return offered[0]
    return "index" if not field and offered == ["index"] else field


def heading_of(table, letter):
    """A column's heading as the clerk wrote it, or what it is understood as."""
    return table["headings"].get(letter) or label(fields_by_letter(table).get(letter))


def in_order(letters):
    """Column letters from left to right."""
    return sorted(letters, key=column_number)
