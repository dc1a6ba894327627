"""What an import writes of standings is what is derived of the records that it wrote."""

from datetime import date

from cadres.models import Official, Standing
from cadres.standings import refresh
from tests.factories import make_unit
from tests.imports.base import ImportTestCase, apply_people

COLUMNS = [column.attname for column in Standing._meta.fields if column.attname != "id"]


def written():
    """All standings without their ids."""
    return sorted(map(repr, Standing.objects.values_list(*COLUMNS)))


class WrittenStandings(ImportTestCase):
    def test_new_people_before_and_after_their_first_day(self):
        make_unit(name="Xã Một")
        people = [
            {"full_name": "Trần Văn Một", "unit": "Xã Một", "position": "Chủ tịch"},
            {"full_name": "Lò Thị Hai", "unit": "Xã Một", "political_level": "CC"},
            {"full_name": "Vàng A Ba", "unit": "Xã Một", "ethnic_languages": ["Mông"]},
            {"full_name": "Nông Thị Bốn", "unit": "Xã Một", "party_joined": "2001-02"},
            {"full_name": "Ma Văn Năm", "unit": "Xã Một", "in_planning": True, "gender": "nam"},
        ]
        for day in (date(2024, 5, 1), date(2023, 5, 1)):
            apply_people([{**one, "birth_date": "1980-03"} for one in people], on=day)
            before = written()
            refresh(Official.objects.values_list("pk", flat=True))
            self.assertEqual(before, written())
        # Nông Thị Bốn joined before her first post: three spans; the others have two.
        self.assertEqual(len(before), 11)
