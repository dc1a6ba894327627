"""Properties: dates, names, levels, decoding, and headers under blank rows and columns."""

# ruff: noqa: E501 - rows of sheets are easier to read unbroken

import datetime
import string

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from cadres.intake.parsing.dates import is_month_first, parse_date
from cadres.intake.parsing.levels import LADDERS, names, read_level
from cadres.intake.parsing.numbers import parse_personal_id, parse_phone, parse_rank_code
from cadres.intake.parsing.schooling import grade_of
from cadres.intake.parsing.words import find_ethnic_group, proper_name
from cadres.intake.reading.serials import from_serial, to_serial
from cadres.intake.reference import load_csv, load_json
from cadres.intake.roster import rows_from
from cadres.intake.types import Sheet, Workbook, column_letter, column_number
from cadres.intake.understanding.decoding import guess, to_unicode
from tests.intake.legacy import encode
from trainingplans.lib.text import fold, tidy

pytestmark = pytest.mark.no_database

TODAY = datetime.date(2026, 10, 10)
days = st.dates(datetime.date(1930, 1, 1), TODAY)
WORDS = [
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Hoàng",
    "Huỳnh",
    "Phan",
    "Vũ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Ngô",
    "Dương",
    "Lý",
    "Văn",
    "Thị",
    "Hữu",
    "Đức",
    "Ngọc",
    "Quang",
    "Thanh",
    "Hương",
    "Tuyết",
    "Ước",
    "Ẩn",
    "Ánh",
    "Yến",
    "Lường",
    "Vàng",
    "Giàng",
    "Lò",
    "Quỳnh",
    "Thúy",
    "Thuý",
    "Hoà",
    "Hòa",
    "Nghĩa",
    "Mỹ",
    "Trường",
    "Sửu",
    "Kiềm",
]
people = st.lists(st.sampled_from(WORDS), min_size=2, max_size=5).map(" ".join)


@given(days, st.sampled_from("/-."), st.booleans(), st.booleans())
def test_a_written_day_is_that_day(day, mark, padded, spaced):
    form = "{:02d}" if padded else "{}"
    gap = f" {mark} " if spaced else mark
    text = gap.join((form.format(day.day), form.format(day.month), str(day.year)))
    assert parse_date(text, text, TODAY).value == day.isoformat()
    assert parse_date(day, "", TODAY).value == day.isoformat()


@given(days)
def test_words_and_iso_and_compact_forms(day):
    for text in (
        f"ngày {day.day:02d} tháng {day.month:02d} năm {day.year}",
        day.isoformat(),
        f"{day.day:02d}{day.month:02d}{day.year}",
        f"{day:%d %b %Y}",
    ):
        assert parse_date(text, text, TODAY).value == day.isoformat()


@given(days)
def test_less_is_told_less_is_kept(day):
    assert parse_date(day.year, str(day.year), TODAY).value == str(day.year)
    for text in (
        f"{day.month}/{day.year}",
        f"{day.month:02d}-{day.year}",
        f"0/{day.month}/{day.year}",
    ):
        assert parse_date(text, text, TODAY).value == f"{day.year}-{day.month:02d}"


@given(days)
def test_two_digit_years_are_past(day):
    text = f"{day.day}-{day.month}-{day.year % 100:02d}"
    found = parse_date(text, text, TODAY).value
    if found is None:
        # 29 February of the other century.
        assert (day.month, day.day) == (2, 29)
        return
    assert found[2:] == day.isoformat()[2:] and found[:4] <= str(TODAY.year)
    assert int(found[:4]) > TODAY.year - 100


@given(days, st.sampled_from((1900, 1904)))
def test_day_numbers_round_trip(day, system):
    number = to_serial(day, system)
    assert from_serial(float(number), system) == day
    if number > 9999:
        assert parse_date(number, str(number), TODAY, system).value == day.isoformat()


@given(st.text(max_size=40))
def test_any_text_is_a_date_or_told(text):
    outcome = parse_date(text, text, TODAY)
    assert outcome.value is None or outcome.value[:4].isdigit()
    if outcome.value and len(outcome.value) == 10:
        datetime.date.fromisoformat(outcome.value)


@given(st.lists(days, min_size=4, max_size=30))
def test_day_first_columns_are_not_taken_for_american(column):
    assume(sum(d.day > 12 for d in column) > 0)
    assert not is_month_first([f"{d.day}/{d.month}/{d.year}" for d in column])


@given(people)
def test_capitals_come_back_as_proper_names(name):
    assert proper_name(name.upper()) == name
    assert proper_name(name.lower()) == name
    assert proper_name(f"  {name.replace(' ', '   ')} ") == name


@given(st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyÁÀẢÃẠĂÂĐÊÔƠƯNHTÝ \u0301\u0323", max_size=60))
def test_proper_name_is_stable(text):
    once = proper_name(text)
    assert proper_name(once) == once
    assert once == tidy(once)


@given(st.sampled_from(sorted(LADDERS)), st.data())
def test_each_name_of_a_level_is_read(field, data):
    item = data.draw(st.sampled_from(load_json("levels.json")[LADDERS[field]]["items"]))
    for text in (item["name"], item["name"].upper(), item["name"].lower(), f" {item['name']} . "):
        assert read_level(text, field)[0] == item["code"]
    for alias in item.get("aliases", ()):
        assert names(field)["".join(c for c in fold(alias) if c.isalnum())][1] == item["code"]


MAJORS = st.sampled_from(
    [
        "Luật kinh tế",
        "Kế toán",
        "Nông học",
        "Quản lý đất đai",
        "Tài chính - ngân hàng",
        "Sư phạm Ngữ văn",
    ]
)


@given(
    st.sampled_from([("Ths.", "THS"), ("Thạc sĩ -", "THS"), ("ĐH", "DH"), ("ĐH.", "DH"), ("Cử nhân", "DH"),
                     ("Kỹ sư", "DH"), ("Cao đẳng", "CD"), ("TCCN", "TC"), ("TC", "TC"), ("Sơ cấp", "SC"),
                     ("Tiến sĩ", "TS"), ("Cao học", "THS")]),
    MAJORS,
)  # fmt: skip
def test_level_and_major_part(level, major):
    assert read_level(f"{level[0]} {major}", "professional_level") == (level[1], major)


@given(people, st.sampled_from(("tcvn3", "vni")))
def test_decoding_undoes_encoding(name, code):
    decoded = to_unicode(encode(name, code), code)
    # TCVN3 has no capitals with a tone mark: such a letter comes back small.
    assert decoded.casefold() == name.casefold()
    if code == "vni":
        assert decoded == name
    assert proper_name(decoded) == name


@given(st.lists(people, min_size=8, max_size=20, unique=True), st.sampled_from(("tcvn3", "vni")))
def test_a_legacy_column_is_recognised_and_unicode_left_alone(column, code):
    assume(sum(not c.isascii() for word in " ".join(column).split() for c in word) > 12)
    assert guess(column) == "unicode"
    assert guess([encode(name, code) for name in column]) == code


@given(
    st.integers(0, 10**9 - 1),
    st.sampled_from([r["prefix"] for r in load_csv("cccd_province_prefix_63.csv")]),
)
def test_lost_zeros_of_identity_numbers(rest, prefix):
    number = f"{prefix}{rest:09d}"
    assert parse_personal_id(number, number).value == number
    assert parse_personal_id(int(number), str(int(number))).value == number
    spaced = f" {number[:3]} {number[3:6]}.{number[6:]}"
    assert parse_personal_id(spaced, spaced).value == number


@given(st.integers(10**8, 10**9 - 1))
def test_lost_zeros_of_phones(number):
    for text in (
        str(number),
        f"0{number}",
        f"+84 {number}",
        f"0{str(number)[:3]}.{str(number)[3:]}",
    ):
        assert parse_phone(text, text).value == f"0{number}"


@given(st.integers(1, 29), st.integers(1, 299))
def test_rank_codes(group, number):
    code = f"{group:02d}.{number:03d}"
    for value in (
        code,
        float(code),
        f"{group}.{number:03d}",
        f"{group:02d}{number:03d}",
        f"'{code}",
    ):
        assert parse_rank_code(value, str(value)).value == code


@given(st.sampled_from(((12, 12), (9, 12), (10, 12), (7, 10), (10, 10), (8, 10), (5, 12))))
def test_grades_after_excel(pair):
    assert grade_of(*pair) == grade_of(*reversed(pair)) == "{}/{}".format(*pair)


@given(st.sampled_from([r["name"] for r in load_csv("ethnic_groups.csv") if r["code"] != "55"]))
def test_every_ethnic_group_is_found(name):
    for text in (name, name.upper(), name.lower(), f"Dân tộc {name}", name.replace(" ", "  ")):
        assert find_ethnic_group(text) == name


@given(st.integers(1, 16_384))
def test_column_letters_round_trip(number):
    assert column_number(column_letter(number)) == number


HEAD = [
    "TT",
    "Họ và tên",
    "Ngày sinh",
    "Giới tính",
    "Dân tộc",
    "Chức vụ",
    "Đơn vị công tác",
    "LLCT",
]
BODY = [
    [1, "Nguyễn Văn An", "01/02/1980", "Nam", "Kinh", "Kế toán", "Xã Tam Quang", "TC"],
    [2, "Lò Thị Bình", "1985", "Nữ", "Thái", "Văn thư", "Xã Tam Quang", "SC"],
    [3, "Vừ A Chá", "3/1990", "Nam", "Mông", "Tư pháp - hộ tịch", "Xã Lượng Minh", "Chưa"],
]


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.integers(0, 9), st.integers(0, 6), st.sets(st.integers(0, 7), max_size=3),
    st.lists(st.integers(0, 3), max_size=3), st.permutations(range(8)),
)  # fmt: skip
def test_header_is_found_under_blank_rows_columns_and_any_order(down, right, gaps, blanks, order):
    def spread(row):
        cells = []
        for place, number in enumerate(order):
            cells += [None] if place in gaps else []
            cells.append(row[number])
        return [None] * right + cells

    lines = [[]] * down + [spread(HEAD)]
    expected = []
    for number, row in enumerate(BODY):
        lines += [[]] * blanks.count(number)
        lines.append(spread(row))
        expected.append((len(lines), row[1], row[6]))
    roster = rows_from(
        Workbook("xlsx", 1900, [Sheet("Sheet1", rows=[list(x) for x in lines])]), today=TODAY
    )
    found = [(r.row, r.values["full_name"], r.values["unit"]) for r in roster.rows]
    assert found == expected
    assert [r.values["political_level"] for r in roster.rows] == ["TC", "SC", "CHUA"]
    assert [r.values["gender"] for r in roster.rows] == ["nam", "nu", "nam"]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(st.one_of(st.none(), st.integers(), st.text(string.printable + "ăâđêôơưáàảãạ", max_size=12),
                                   st.sampled_from(HEAD + [c for row in BODY for c in row])), max_size=9), max_size=14))  # fmt: skip
def test_any_sheet_is_understood_without_an_accident(rows):
    roster = rows_from(Workbook("xlsx", 1900, [Sheet("S", rows=rows)]), today=TODAY)
    assert {r.row for r in roster.rows} <= set(range(1, len(rows) + 1))
    for sheet in roster.sheets:
        assert sum(kind == "data" for kind in sheet.row_kinds.values()) == len(roster.rows)
