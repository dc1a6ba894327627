"""The list of classes as a workbook."""

from django.db import transaction

from cadres.audit import record
from courses.summaries import course_words
from trainingplans.lib.sheets import append, bytes_of, new_book, new_sheet

LIMIT = 20_000
COLUMNS = [
    ("Mã lớp", 14, lambda row: row.code),
    ("Tên lớp", 50, lambda row: row.title),
    ("Khóa", 40, lambda row: course_words(row.course)),
    ("Hình thức", 12, lambda row: row.course.category.get_form_display()),
    ("Nội dung", 34, lambda row: row.course.category.name),
    ("Trạng thái", 16, lambda row: row.get_state_display()),
    ("Khai giảng", 12, lambda row: row.starts_on),
    ("Bế giảng", 12, lambda row: row.ends_on),
    ("Cơ sở đào tạo", 34, lambda row: row.institution and row.institution.name),
    ("Địa điểm", 34, lambda row: row.place),
    ("Đơn vị chủ trì", 28, lambda row: row.organiser and row.organiser.name),
    ("Số chỗ", 9, lambda row: row.capacity),
    ("Học viên", 10, lambda row: row.learners),
]


@transaction.atomic
def export_classes(rows, *, by, words):
    """The workbook of these classes (annotated with `learners`), noted in the audit log."""
    book = new_book()
    sheet = new_sheet(book, "Lớp", [c[0] for c in COLUMNS], [c[1] for c in COLUMNS])
    count = 0
    for row in rows[:LIMIT].iterator(chunk_size=1000):
        append(sheet, [value(row) for _, _, value in COLUMNS])
        count += 1
    record("class.export", by=by, label="Danh sách lớp", detail={"rows": count, "filter": words})
    return bytes_of(book)
