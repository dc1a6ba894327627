"""The consolidated needs of a round as a workbook."""

from trainingplans.lib.sheets import append, bytes_of, new_book, new_sheet
from trainingplans.plans.consolidating import by_content, units_of


def workbook(summary, title):
    """The bytes: by content, content × unit, by person, and what the book is."""
    book = new_book()
    _contents(book, summary)
    _matrix(book, summary)
    _people(book, summary)
    append(new_sheet(book, "Giải thích", ["Bảng này là"], [100]), [title])
    return bytes_of(book)


def _contents(book, summary):
    head = ["Mã", "Nội dung", "Hình thức", "Số người", "Số đơn vị", "Có tên", "Chưa đạt mục tiêu"]
    head += ["Trong quy hoạch", "Cần xem lại", "Chưa đạt, toàn bộ"]
    sheet = new_sheet(book, "Theo nội dung", head, [14, 60, 12, *[12] * 7])
    for content in summary.contents:
        category = content.category
        values = [category.code, content.name, category.get_form_display(), content.number]
        values += [len(content.by_unit), len(content.people), len(content.missing)]
        append(sheet, [*values, len(content.planned), len(content.doubtful), content.gap])
    append(sheet, ["", "Cộng", "", summary.number])


def _matrix(book, summary):
    head = ["Mã", "Đơn vị", *[content.name for content in summary.contents], "Cộng"]
    sheet = new_sheet(book, "Theo đơn vị", head, [10, 36, *[14] * (len(head) - 2)])
    for unit in summary.units:
        numbers = [content.by_unit.get(unit.pk) for content in summary.contents]
        append(sheet, [unit.code, unit.name, *numbers, sum(filter(None, numbers))])
    totals = [content.number for content in summary.contents]
    append(sheet, ["", "Cộng", *totals, summary.number])


def _people(book, summary):
    head = ["STT", "Họ và tên", "Ngày sinh", "Đơn vị", "Nội dung", "Cần biết"]
    sheet = new_sheet(book, "Theo người", head, [6, 28, 14, 34, 50, 50])
    for number, person in enumerate(summary.people, 1):
        birth = person.official.birth.display if person.official.birth else ""
        for content, words in by_content(person):
            row = [number, person.official.full_name, birth, units_of(person), content, words]
            append(sheet, row)
