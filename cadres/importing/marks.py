"""Where the problems of a sheet show: in the cell, in the name, or in the row that names a unit."""

import re
from collections import defaultdict

from cadres.intake.types import column_letter, column_number
from trainingplans.lib.numbers import format_number
from trainingplans.lib.text import tidy, unit_key, unit_name

PLACE = re.compile(r"^(?:Ô [A-Z]+\d+|Dòng \d+)(?: trang “.*?”)?(?: \(cột “.*?”\))?: ")


def in_cell(issue):
    """The message without its place: it stands in the cell."""
    text = PLACE.sub("", issue["message"])
    return text[:1].upper() + text[1:]


def value_offered(issue, own_unit=""):
    """What the input of a faulty cell holds first: the proposed value, else the one there is."""
    if issue["code"] == "foreign_unit" and own_unit:
        return own_unit
    return issue["suggestion"] or issue["value"]


def restored(text, number):
    """What to say where a lost zero is put back in front of a personal id; "" where none is."""
    digits = "".join(c for c in text if c.isdigit())
    if not number or digits == number or digits.zfill(len(number)) != number:
        return ""
    return f"Thiếu số 0 ở đầu. Sẽ ghi {number}."


class Marks:
    """The issues of one sheet by row; those about a unit also where that unit is named."""

    def __init__(self, sheet, issues, own_unit=""):
        self.sheet, self.own_unit = sheet, own_unit
        self.by_row = defaultdict(list)
        for issue in issues:
            if issue["sheet"] == sheet["name"] and issue["row"]:
                self.by_row[issue["row"]].append(issue)
        self._name_units()

    def _name_units(self):
        """A unit named once for many rows is mended once, where it stands."""
        found = defaultdict(list)
        for issues in list(self.by_row.values()):
            for issue in issues:
                about_unit = issue["field"] == "unit" and not issue["column"]
                if about_unit and (place := self._source(issue)):
                    found[place].append(issue)
        for (row, letter), issues in found.items():
            self.by_row[row].append(self._gathered(row, letter, issues))

    def _source(self, issue):
        """(row, letter) of the line above that names the unit; None when none does."""
        wanted = unit_key(unit_name(issue["value"]))
        for row in range(issue["row"] - 1, 0, -1):
            if self.sheet["row_kinds"].get(str(row)) in ("data", "more", "blank", None):
                continue
            for number, text in enumerate(self.sheet["grid"][row - 1], 1):
                if text and unit_key(unit_name(text)) == wanted:
                    return row, column_letter(number)
        return None

    def _gathered(self, row, letter, issues):
        """One problem for all rows below that a line names the unit of."""
        first, count = issues[0], format_number(len(issues))
        text = self.sheet["grid"][row - 1][column_number(letter) - 1]
        unit = value_offered(first, self.own_unit)
        start = len(tidy(text)) - len(unit_name(text))
        return first | {
            "row": row,
            "column": letter,
            "value": text,
            "code": "unit_line",
            "suggestion": tidy(text)[:start] + unit,
            "message": f"{count} dòng bên dưới bị từ chối: {in_cell(first)}",
        }
