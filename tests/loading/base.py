"""Units loaded from lines of a CSV."""

from datetime import date

from django.test import TestCase

from cadres.loading_units import load_unit_rows
from cadres.models import Account, Unit, UnitLanguage, UnitTrait
from cadres.unit_rows import read_units_csv
from tests.factories import make_group

HEADING = "code,name,kind,parent,valid_from,valid_to,minority_area,languages\n"


class UnitsCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        for name, aliases in (
            ("Kinh", []),
            ("Mông", ["H'mông", "HMông"]),
            ("Mnông", ["M'nông"]),
            ("Thổ", []),
            ("Tày", ["Thổ", "Cùng"]),
            ("Nùng", ["Cùng"]),
        ):
            group = make_group(name)
            group.aliases = aliases
            group.save()

    def load(self, text, **options):
        """The Outcome of loading these lines under the full heading."""
        rows, _ = read_units_csv((HEADING + text).encode())
        return load_unit_rows(rows, by=Account.objects.system(), label="units.csv", **options)

    def unit(self, name):
        return Unit.objects.get(name=name)

    def problems(self, text):
        """(line, column) of each problem."""
        return [(p.line, p.column) for p in self.load(text).problems]

    def languages(self, name, on=date(2026, 1, 1)):
        found = UnitLanguage.objects.at(on).filter(unit__name=name)
        return sorted(found.values_list("language__name", flat=True))

    def is_minority_area(self, name, on):
        return UnitTrait.objects.at(on).filter(unit__name=name, trait="minority_area").exists()
