"""A made list of the past with known sums, as large as wanted (report C: 66.649 lượt)."""

import io
from datetime import date, timedelta

from openpyxl import Workbook

from cadres.models import Official, Posting, Unit
from cadres.officials import set_keys
from cadres.standings import refresh
from tests.history.base import HEADINGS

YEARS = [2011, 2012, 2013, 2014, 2015]
DEGREES = ["Đại học Luật", "Trung cấp lý luận chính trị", "Thạc sĩ Quản lý công"]
COURSES = [
    "Bồi dưỡng quản lý nhà nước ngạch chuyên viên",
    "Bồi dưỡng tiếng Mông",
    "Bồi dưỡng kiến thức quốc phòng, an ninh đối tượng 4",
    "Văn thư, lưu trữ",
    "Ứng dụng công nghệ thông tin",
    "Tập huấn theo yêu cầu của dự án",
]


def make_people(number, units):
    """Officials with a number and a post since 2005, spread over the units."""
    people = []
    for place in range(number):
        born = date(1960, 1, 1) + timedelta(days=place % 11_000)
        person = Official(
            full_name=f"{FAMILY[place % 7]} {MIDDLE[place // 7 % 5]} {GIVEN[place // 35 % 9]}",
            birth_date=born,
            gender=("nam", "nu")[place % 2],
            personal_id=f"0200{born.year % 100:02d}{place:06d}",
        )
        set_keys(person)
        people.append(person)
    people = Official.objects.bulk_create(people, batch_size=2000)
    Posting.objects.bulk_create(
        [
            Posting(
                official=person,
                unit=units[place % len(units)],
                staff_kind=("CB", "CC", "VC")[place % 3],
                valid_from=date(2005, 1, 1),
            )
            for place, person in enumerate(people)
        ],
        batch_size=2000,
    )
    refresh([person.pk for person in people])
    return people


FAMILY = ["Hoàng", "Lương", "Nông", "Vi", "Lý", "Chu", "Nguyễn"]
MIDDLE = ["Văn", "Thị", "Đức", "Minh", "Hải"]
GIVEN = ["An", "Bình", "Cường", "Dung", "Giang", "Hà", "Khánh", "Lan", "Mai"]


def rows_of(people, degrees, courses):
    """`degrees` rows of đào tạo and `courses` of bồi dưỡng over five years; no two alike."""
    units = dict(Unit.objects.values_list("pk", "name"))
    posts = dict(Posting.objects.values_list("official", "unit"))
    for place in range(degrees + courses):
        person = people[place % len(people)]
        is_degree = place < degrees
        titles = DEGREES if is_degree else COURSES
        # With each round over the people another day, so that no lượt is told twice.
        ends = date(YEARS[place % 5], 2, 1) + timedelta(days=place // len(people) * 7)
        yield [
            place + 1,
            person.full_name,
            person.birth_date,
            person.personal_id if place % 3 else None,
            units[posts[person.pk]],
            titles[place % len(titles)],
            "Đào tạo" if is_degree else "Bồi dưỡng",
            ends - timedelta(days=5),
            ends,
            40,
            "Trường Chính trị tỉnh",
            "Khá",
            f"{place + 1}/CC",
        ]


def workbook_of(rows):
    """The bytes of an xlsx with these rows under HEADINGS."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Đã qua đào tạo")
    sheet.append(["DANH SÁCH CÁN BỘ, CÔNG CHỨC, VIÊN CHỨC ĐÃ QUA ĐÀO TẠO, BỒI DƯỠNG"])
    sheet.append(HEADINGS)
    for row in rows:
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
