"""People are found through the indexes as by reading every name, whoever wrote them and how."""

import contextlib
import io
from unittest import mock

from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from cadres import finding
from cadres.models import Official, Standing
from cadres.models.finding import NAME_INDEX
from cadres.people import best_first, search, standings_for
from cadres.standings import refresh
from tests.factories import make_account, make_official, make_posting, make_unit
from trainingplans.lib.dates import today
from trainingplans.lib.text import fold, tidy

NAMES = [
    "Nguyễn Văn Hùng", "Nguyen Van Hung", "Hoàng Thị Hương", "Lò A Páo", "H'Bia Niê", "Đặng Ý",
    "Vàng Thị Páo", "Đặng Thị Ngọc Minh Anh", "Hồ A Pá Xa Mị Hùng Anh",
    "Trần Bí Thư", "Ya'Đuk \"Ba\" 100%_", "Sùng Ű Ǆ", "Mã",
    "Nguyễn  Văn\u00a0Hùng Anh",
]  # fmt: skip
POSITIONS = ["Bí thư Đảng ủy", "Chuyên viên", "Phó trưởng phòng Văn hóa - Thông tin", ""]
PIECES = st.text(alphabet="nguyễvahùngĐTăkp '\"%_*-ÝŰ", max_size=7)


class FindingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.unit = make_unit(name="Xã Một")
        cls.staff = make_account()
        for number, name in enumerate(NAMES):
            person = make_official(
                full_name=name, personal_id=f"01109900{number:04d}", staff_code=f"mã-{number}"
            )
            make_posting(person, cls.unit, position=POSITIONS[number % len(POSITIONS)])
        refresh(Official.objects.values_list("pk", flat=True))

    def found(self, text):
        return set(self.rows(text).values_list("official__full_name", flat=True))

    def rows(self, text):
        return search(standings_for(self.staff, today()), text)

    def by_reading(self, text):
        """The same in plain Python, over all people."""
        key, code = fold(text), tidy(text)
        return {
            row.official.full_name
            for row in Standing.objects.at(today()).select_related("official")
            if key in row.official.search_key
            or key in row.position_key
            or row.official.personal_id == code.replace(" ", "")
            or row.official.staff_code == code
        }

    @settings(max_examples=25, deadline=None)
    @given(st.data())
    def test_any_text_finds_whom_reading_all_finds(self, data):
        if data.draw(st.booleans()):
            name = data.draw(st.sampled_from([*NAMES, *POSITIONS, "011099000003", "mã-7"]))
            start = data.draw(st.integers(0, max(0, len(name) - 1)))
            text = name[start : start + data.draw(st.integers(1, 16))]
        else:
            text = data.draw(PIECES)
        self.assertEqual(self.found(text), self.by_reading(text), text)

    def test_exact_accents_come_first_then_the_same_letters(self):
        ordered = best_first(self.rows("Nguyễn Văn Hùng"), "Nguyễn Văn Hùng")
        names = [row.official.full_name for row in ordered]
        self.assertEqual(names, ["Nguyễn Văn Hùng Anh", "Nguyễn Văn Hùng", "Nguyen Van Hung"])

    def test_a_name_written_changed_or_deleted_by_hand_is_found_right(self):
        person = Official.objects.get(full_name="Hoàng Thị Hương")
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE cadres_official SET search_key = 'quang thi xuan' WHERE id = %s",
                [person.pk],
            )
        self.assertEqual(self.found("thi huong"), set())
        self.assertEqual(self.found("quang thi"), {"Hoàng Thị Hương"})
        Official.objects.filter(pk=person.pk).delete()
        self.assertEqual(self.found("quang thi"), set())
        again = make_official(self.unit, full_name="Quàng Thị Xuân")
        self.assertEqual(self.found("quang thi"), {again.full_name})

    def test_a_position_written_by_hand_is_looked_for(self):
        self.assertEqual(self.found("truong thon"), set())
        Standing.objects.filter(official__full_name="Mã").update(position_key="truong thon")
        self.assertEqual(self.found("Trưởng thôn"), {"Mã"})

    def test_a_name_goes_through_the_index_of_names(self):
        people = Official.objects.search("hoang thi huong")
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":  # which reads so few rows without any index
                cursor.execute("SET LOCAL enable_seqscan = off")
                cursor.execute("SET LOCAL enable_indexscan = off")
        self.assertIn(NAME_INDEX, people.explain())

    def test_without_the_index_migrate_says_so_and_people_are_found(self):
        with connection.cursor() as cursor:
            cursor.execute(f"DROP INDEX {NAME_INDEX}")
        refused = {connection.vendor: ["CREATE EXTENSION no_such_extension"]}
        told = io.StringIO()
        with mock.patch.dict(finding.NAMES_KEPT, refused), contextlib.redirect_stderr(told):
            finding.install()
        self.assertIn("Không tạo được chỉ mục tìm tên", told.getvalue())
        self.assertEqual(self.found("van hung"), self.by_reading("van hung"))
        connection.check_constraints()  # PostgreSQL makes no index before they are
        finding.install()
        self.assertIn(NAME_INDEX, self.indexes())

    def indexes(self):
        with connection.cursor() as cursor:
            return list(connection.introspection.get_constraints(cursor, "cadres_official"))
