"""Three people, in sheets made by tests of layouts."""

from tests.intake import build
from tests.intake.reading import read, values

NAMES = ("Sùng A Hờ", "Mùa Thị Lỳ", "Lý A Tráng")


def told(rows, *fields, name="Sheet1", merges=()):
    """The named values of each person of a sheet, from the top."""
    found = values(read(build.xlsx({name: rows}, merges)))
    return [tuple(one.get(field) for field in fields) for one in found.values()]


def listed(headings, *columns):
    """A sheet of three people with these columns."""
    people = zip(range(1, 4), NAMES, *columns, strict=True)
    return [["TT", "Họ và tên", *headings], *map(list, people)]
