"""What was read of one person so far, and small helps for reading the cells of a column."""

from collections import Counter

from cadres.intake.parsing import words
from cadres.intake.understanding.headings import GENERIC, OTHER
from cadres.intake.understanding.vocabulary import key


class Person:
    """What was read of one row so far."""

    __slots__ = ("cells", "later", "row", "values", "warnings")

    def __init__(self, row):
        self.row, self.values, self.cells, self.warnings, self.later = row, {}, {}, [], {}

    def take(self, field, value, column):
        """Keeps the first value told of a field."""
        if field not in self.values:
            self.values[field] = value
            self.cells[field] = column.letter

    def warn(self, code, column, text, suggestion="", field=None):
        """Notes a warning; it becomes an Issue when the sheet is known."""
        self.warnings.append((code, column, field or column.field, text, suggestion, self.row))


def said(column, text):
    """What a cell of a matrix of certificates says: its heading, its text or both."""
    if column.detail == OTHER:
        return text
    if key(column.detail) in GENERIC and not words.is_mark(text):
        return text
    is_bare = words.is_mark(text) or text.isdigit()
    return column.detail if is_bare else joined(column.detail, text)


def joined(heading, text):
    """Heading and text, where the text does not repeat the heading."""
    return text if key(text).startswith(key(heading)) else f"{heading} {text}"


def column_texts(grid, rows, number):
    """The filled texts of a column in these rows."""
    return [
        text
        for r in rows
        if number <= len(line := grid[r - 1]) and (text := line[number - 1].strip())
    ]


def share(texts, test):
    """Which share of the texts passes a test."""
    return sum(bool(test(t)) for t in texts) / len(texts) if texts else 0.0


def is_x_column(texts, heading):
    """Whether a blank means no: the column holds marks and never says no in words."""
    if not texts:
        return "x" in key(heading).split()  # "Đảng viên (đánh dấu x)"
    counts = Counter(texts)
    # Words all different: names, dates, posts.
    if len(counts) > 40 + 0.2 * len(texts):
        return False
    marks = sum(number for text, number in counts.items() if words.yes_or_no(text))
    return marks >= 0.5 * len(texts) and not any(map(words.says_no, counts))
