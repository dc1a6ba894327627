"""The list of officials as a workbook, and the blank one: both made from COLUMNS.

The headings are those that the roster import knows, so that what is exported imports unchanged.
Adding a column: one line in COLUMNS.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.db import transaction
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from cadres.audit import record
from cadres.choices import Gender, Ladder, StaffKind
from cadres.intake.understanding.sheets import WHO_LEFT
from cadres.models import EthnicGroup, Level, Posting
from cadres.models.standings import NOT_TRAINED
from cadres.people import persons
from trainingplans.lib.dates import DAY, show
from trainingplans.lib.sheets import append, bytes_of, new_book, new_sheet

CHUNK = 1000
LIMIT = 100_000
TEMPLATE_ROWS = 2000
YES, NO = "Có", "Không"
# Written out: beside nothing but "Có", a blank would be read as a no.
UNKNOWN = "Chưa rõ"


def _day(partial):
    """A whole date as a date, a partial one as it is written."""
    if partial is None:
        return None
    return partial.first if partial.precision == DAY else partial.display


def _party(person):
    if person.standing.party_member is None:
        return UNKNOWN
    return YES if person.standing.party_member else NO


@dataclass(frozen=True)
class Column:
    """A column of the list: its heading, what stands in it, its width, its choices if closed."""

    heading: str
    value: Callable
    width: int = 14
    choices: Callable | None = None


def _as_typed(ladder):
    """The text of the row before the name of its level: that is what the import compares."""

    def value(person):
        held = person.held.get(ladder)
        return (held.row.detail or held.words) if held else ""

    return value


def _defence(person):
    """The group; "not trained" as the word that the import reads as none of the groups."""
    held = person.held.get(Ladder.DEFENCE_SECURITY)
    return NO if held and held.code == NOT_TRAINED else person.level(Ladder.DEFENCE_SECURITY)


def _ladder(heading, ladder, width=16, value=None):
    return Column(
        heading,
        value or (lambda p: p.level(ladder)),
        width,
        lambda: list(
            Level.objects.filter(ladder=ladder).order_by("rank", "code").values_list("name", flat=1)
        ),
    )


def groups():
    return list(EthnicGroup.objects.values_list("name", flat=True))


COLUMNS = [
    Column("STT", lambda p: p.number, 6),
    Column("Mã cán bộ", lambda p: p.official.staff_code),
    Column("Họ và tên", lambda p: p.official.full_name, 28),
    Column("Ngày sinh", lambda p: _day(p.official.birth), 12),
    Column("Giới tính", lambda p: p.gender, 10, lambda: Gender.labels),
    Column("Dân tộc", lambda p: p.ethnic_group, 12, groups),
    Column("Số CCCD", lambda p: p.personal_id, 16),
    Column("Đơn vị công tác", lambda p: p.standing.unit.name, 34),
    Column("Loại", lambda p: p.staff_kind, 16, lambda: StaffKind.labels),
    Column("Chức vụ", lambda p: p.standing.position, 34),
    Column("Mã ngạch", lambda p: p.standing.rank_code, 12),
    Column("Đảng viên", _party, 10, lambda: [YES, NO, UNKNOWN]),
    Column("Ngày vào Đảng", lambda p: _day(p.party.joined) if p.party else None, 14),
    Column("Trình độ văn hóa", lambda p: p.official.education, 12),
    _ladder("Trình độ chuyên môn", Ladder.PROFESSIONAL),
    Column("Chuyên ngành đào tạo", lambda p: p.major, 26),
    _ladder("Lý luận chính trị", Ladder.POLITICAL_THEORY),
    _ladder("Quản lý nhà nước", Ladder.STATE_MANAGEMENT, 20),
    _ladder("Tin học", Ladder.INFORMATICS, 22, _as_typed(Ladder.INFORMATICS)),
    _ladder("Ngoại ngữ", Ladder.FOREIGN_LANGUAGE, 16, _as_typed(Ladder.FOREIGN_LANGUAGE)),
    Column("Tiếng dân tộc", lambda p: p.languages, 18),
    _ladder("Quốc phòng - An ninh", Ladder.DEFENCE_SECURITY, 16, _defence),
    Column(
        "Quy hoạch",
        lambda p: YES if p.standing.in_planning else NO,
        12,
        lambda: [YES, NO],
    ),
    Column("Điện thoại", lambda p: p.official.phone, 14),
    Column("Email", lambda p: p.official.email, 26),
    Column("Ghi chú", lambda p: p.official.note, 30),
]


# Who has left stands on a sheet of its own that the import passes over: sent back as a roster, it
# would put them to work again.
PAST_HEADINGS = {
    "Họ và tên": WHO_LEFT,
    "Đơn vị công tác": "Nơi làm cuối cùng",
    "Chức vụ": "Việc cuối cùng",
}


def _of_the_past(column):
    return replace(column, heading=PAST_HEADINGS.get(column.heading, column.heading))


LEFT_ON = Column("Thôi từ ngày", lambda p: p.left_on, 14)


def _sheet(book, title, columns):
    return new_sheet(book, title, [c.heading for c in columns], [c.width for c in columns])


@transaction.atomic
def export_people(standings, on, *, by, words):
    """The workbook (bytes) of these standings, audited; `words`: the conditions as shown.

    Whole personal ids only for accounts that may see them.
    """
    whole_ids = by.has_perm("cadres.view_personal_id")
    book = new_book()
    serving, gone = COLUMNS, [*map(_of_the_past, COLUMNS), LEFT_ON]
    sheet = _sheet(book, "Danh sách", serving)
    apart = None
    count = 0
    for person in _in_chunks(standings[:LIMIT], on):
        count += 1
        person.number = count
        official = person.official
        person.personal_id = (official.personal_id or "") if whole_ids else official.masked_id
        if person.standing.in_service:
            append(sheet, [column.value(person) for column in serving])
        else:
            apart = apart or _sheet(book, "Đã thôi", gone)
            append(apart, [column.value(person) for column in gone])
    _about(book, on, by, words, count)
    record(
        "official.export",
        by=by,
        unit=by.unit,
        label=f"{count} người",
        detail={"count": count, "on": on.isoformat(), "filter": words, "whole_ids": whole_ids},
    )
    return bytes_of(book)


def _in_chunks(standings, on):
    rows = list(standings)
    for start in range(0, len(rows), CHUNK):
        found = persons(rows[start : start + CHUNK], on, whole=True)
        last = [one.standing.posting_id for one in found if not one.standing.in_service]
        ends = dict(Posting.objects.filter(pk__in=last).values_list("pk", "valid_to"))
        for person in found:
            end = ends.get(person.standing.posting_id)
            person.left_on = end if end and end <= on else None
            yield person


def _about(book, on, by, words, count):
    """A second sheet: what the list shows, of which day, by whom."""
    sheet = new_sheet(book, "Thông tin", ["Mục", "Nội dung"], [22, 70])
    append(sheet, ["Tính đến ngày", show(on)])
    append(sheet, ["Điều kiện", "; ".join(words) or "tất cả"])
    append(sheet, ["Số người", count])
    append(sheet, ["Người xuất", str(by)])


def blank_template():
    """A blank workbook (bytes) for the roster import, with drop-downs for the closed columns."""
    book = new_book()
    sheet = _sheet(book, "Danh sách", COLUMNS)
    lists = book.create_sheet("Danh mục")
    lists.sheet_state = "hidden"
    closed = [(n, c) for n, c in enumerate(COLUMNS, 1) if c.choices]
    values = [list(column.choices()) for _, column in closed]
    for row in range(max((len(v) for v in values), default=0)):
        append(lists, [v[row] if row < len(v) else None for v in values])
    for place, ((number, column), choices) in enumerate(zip(closed, values, strict=True), 1):
        sheet.data_validations.append(_drop_down(column, number, place, len(choices)))
    return bytes_of(book)


def _drop_down(column, number, place, count):
    source = get_column_letter(place)
    rule = DataValidation(
        type="list",
        formula1=f"'Danh mục'!${source}$1:${source}${max(count, 1)}",
        allow_blank=True,
        # Free text stays allowed: the import asks about what it does not know.
        errorStyle="warning",
        errorTitle=column.heading,
        error="Giá trị này không có trong danh mục.",
    )
    target = get_column_letter(number)
    rule.add(f"{target}2:{target}{TEMPLATE_ROWS + 1}")
    return rule
