"""From the rows as read to the values of the contract: course and year out of lines above, too."""

import re

from trainingplans.lib.text import fold, tidy

KEPT = (
    "full_name",
    "birth_date",
    "personal_id",
    "unit",
    "course",
    "form",
    "from",
    "to",
    "hours",
    "institution",
    "result",
    "certificate_no",
)
# "DANH SÁCH HỌC VIÊN LỚP BỒI DƯỠNG …", "Lớp: …", "Khóa tập huấn …"
COURSE = re.compile(r"\b(?:lớp|khóa|khoá)\b\s*[:\-–“\"]*\s*(?P<title>\D.{4,200})$", re.IGNORECASE)
YEAR = re.compile(r"\bnăm\s+(?:học\s+)?((?:19|20)\d{2})\b(?!\s*[-–]\s*\d{4})", re.IGNORECASE)
TELLING = ("title", "group", "note", "total")
LONGEST = 220
OF_SCHOOL = ("hoc", "truong", "pho")  # "lớp học", "Khóa trưởng"…


def finish(roster):
    """Complete the rows of a ParsedRoster in place, then mark those that say the same."""
    told = {}
    for sheet in roster.sheets:
        if sheet.used:
            told[sheet.name] = _lines(sheet)
    for row in roster.rows:
        complete(row, *told[row.sheet].get(row.row, ("", "")))
    _mark_doubles(roster)


def _lines(sheet):
    """{data row: (course, year) told by the nearest line above}."""
    found, course, year = {}, "", ""
    for number in sorted(sheet.row_kinds):
        kind = sheet.row_kinds[number]
        if kind == "data":
            found[number] = course, year
        elif kind in TELLING:
            for text in sheet.grid[number - 1]:
                if text and len(text) < LONGEST:
                    course = course_in(text) or course
                    year = year_in(text) or year
    return found


def course_in(text):
    """The course that a title or a line over a group names, or ""."""
    match = COURSE.search(tidy(text))
    if not match or fold(match["title"]).startswith(OF_SCHOOL):
        return ""
    title = match["title"].strip(' .,:;–-"“”')
    return title.capitalize() if title.isupper() else title[:1].upper() + title[1:]


def year_in(text):
    """The year that a title speaks of, or ""."""
    match = YEAR.search(tidy(text))
    return match[1] if match else ""


def complete(row, course="", year=""):
    """Fill in what a ParsedRow does not tell itself."""
    values = row.values
    if "course" not in values and course:
        values["course"] = course
    if "hours" not in values and "days" in values:
        values["hours"] = values["days"]
    if "result" not in values and "score" in values:
        values["result"] = values["score"]
    if "to" not in values and "from" not in values and (ending := values.get("issued") or year):
        values["to"] = ending


def contract_values(values):
    """Those of a row's values that the contract names."""
    return {name: values[name] for name in KEPT if name in values}


def _mark_doubles(roster):
    """Rows that say the same of the same course of the same person: the first stands."""
    seen = {}
    for row in roster.rows:
        if row.reject_field:
            continue
        first = seen.setdefault(frozenset(contract_values(row.values).items()), row)
        if first is not row:
            row.duplicate_of = (first.sheet, first.row)
