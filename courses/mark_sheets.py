"""Attendance as sheets tell it: a column for each session, headed by its day or its number."""

import re

from cadres.intake.types import column_letter
from courses.attendance import LETTERS, read_mark
from courses.named_sheets import Problem, match
from trainingplans.lib.sheets import append, bytes_of, new_book, new_sheet
from trainingplans.lib.text import fold

DAY = re.compile(r"\b(\d{1,2})\s*[/.-]\s*(\d{1,2})(?:\s*[/.-]\s*(\d{2,4}))?\b")
NUMBER = re.compile(r"^(?:buoi|b|tiet|ngay)?\s*(\d{1,3})$")
BUOI = re.compile(r"^buoi\s*\d")
PART_WORDS = {"morning": ("sang", " s"), "afternoon": ("chieu", " c"), "evening": ("toi", " t")}


def heading_of(session):
    """ "03/11/2026 Sáng", as the template has it."""
    return f"{session.on:%d/%m/%Y} {session.get_part_display()}"


def columns_of(sheet, sessions):
    """{column: session} by the day (and half-day) in the heading, else by "Buổi 3"."""
    found = {}
    for column, text in sheet.headings.items():
        session = _by_day(text, sessions) or _by_number(text, sessions)
        if session is not None and session not in found.values():
            found[column] = session
    return found


def _by_day(text, sessions):
    told = DAY.search(text)
    if not told:
        return None
    day, month, year = told.groups()
    same = [
        row
        for row in sessions
        if (row.on.day, row.on.month) == (int(day), int(month))
        and (year is None or row.on.year in (int(year), 2000 + int(year) % 100))
    ]
    key = f" {fold(text)} "
    parts = [row for row in same if any(word in key for word in PART_WORDS[row.part])]
    if len(parts) == 1:
        return parts[0]
    return same[0] if len(same) == 1 else None


def _by_number(text, sessions):
    told = NUMBER.match(fold(text))
    number = int(told[1]) if told else 0
    return next((row for row in sessions if row.number == number), None)


def marks_of_sheet(sheet, sessions, learners):
    """({(session id, enrolment id): mark}, {same: text not understood}, [Problem])."""
    columns = columns_of(sheet, sessions)
    found, problems = match(sheet, learners)
    if not columns:
        text = "không cột nào mang ngày của buổi học. Ghi ngày như 03/11/2026, hoặc Buổi 1, Buổi 2."
        return {}, {}, [Problem(sheet.heading_row, "", text)]
    problems += _columns_left_out(sheet, columns)
    marks, strange = {}, {}
    for line in sheet.lines:
        if line.row not in found:
            continue
        for column, session in columns.items():
            text, place = line.cells.get(column, ""), (session.pk, found[line.row].pk)
            mark = read_mark(text)
            if mark is None:
                strange[place] = text
                words = f"“{text}” không rõ. Ghi x (có mặt), p (có phép) hoặc v (vắng)."
                problems.append(Problem(line.row, column_letter(column), words))
            elif mark:
                marks[place] = mark
    return marks, strange, sorted(problems, key=lambda problem: problem.row)


def _columns_left_out(sheet, columns):
    """Columns that are headed like a session, are filled in, and belong to none or a taken one."""
    filled = {column for line in sheet.lines for column in line.cells}
    for column, text in sheet.headings.items():
        told = DAY.search(text) or BUOI.match(fold(text))
        if told and column in filled and column not in columns:
            words = f"“{text}” không phải là một buổi của lớp, hoặc buổi đó đã có cột khác."
            words += " Ghi ngày và buổi như trong lịch học."
            yield Problem(sheet.heading_row, column_letter(column), words)


def template_of(sessions, learners, marks):
    """A workbook to fill in: x, p or v for each learner and session."""
    book = new_book()
    headings = ["STT", "Họ và tên", "Ngày sinh", "Đơn vị", *map(heading_of, sessions)]
    sheet = new_sheet(book, "Điểm danh", headings, [6, 28, 12, 30, *[12] * len(sessions)])
    for number, row in enumerate(learners, 1):
        birth = row.official.birth.display if row.official.birth else ""
        told = [LETTERS.get(marks[row.pk].get(session.pk, ""), "") for session in sessions]
        person = [number, row.official.full_name, birth, row.unit.name if row.unit else ""]
        append(sheet, [*person, *told])
    return bytes_of(book)
