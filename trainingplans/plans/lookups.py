"""What typed names stand for: contents, sources, units, places; read once for many rows."""

from functools import cached_property

from cadres.models import Unit
from cadres.units import UnitFinder, UnitNotFound
from courses.models import Category, Institution
from trainingplans.lib.dates import today
from trainingplans.lib.text import fold, tidy
from trainingplans.plans.models import FundingSource


class Lookups:
    """Each list is read at its first use."""

    @cached_property
    def categories(self):
        return list(Category.objects.order_by("code"))

    @cached_property
    def category_by_key(self):
        named = {fold(row.name): row for row in self.categories[::-1]}
        return named | {row.code.casefold(): row for row in self.categories}

    @cached_property
    def category_by_id(self):
        return {row.pk: row for row in self.categories}

    def category(self, text):
        """The content of "BD.TDT", "BD.TDT Tiếng dân tộc" or its name; None for ""."""
        text = tidy(text)
        if not text:
            return None
        found = self.category_by_key.get(fold(text)) or self.category_by_key.get(text.casefold())
        found = found or self.category_by_key.get(text.split()[0].casefold())
        if found is None:
            raise ValueError(f"Không có nội dung “{text}”. Ghi mã, ví dụ BD.TDT.")
        return found

    @cached_property
    def sources(self):
        return list(FundingSource.objects.all())

    @cached_property
    def source_by_key(self):
        keys = {fold(row.name): row for row in self.sources}
        return keys | {row.code.casefold(): row for row in self.sources}

    @cached_property
    def institutions(self):
        return list(Institution.objects.filter(is_active=True).order_by("sort_key"))

    @cached_property
    def institution_by_key(self):
        short = {fold(row.short_name): row for row in self.institutions if row.short_name}
        return short | {row.search_key: row for row in self.institutions}

    def institution(self, text):
        """The place that teaches by its name, None where the catalogue has none such."""
        return self.institution_by_key.get(fold(text)) if tidy(text) else None

    @cached_property
    def units(self):
        return list(Unit.objects.order_by("sort_key", "code"))

    @property
    def units_of_today(self):
        """Those to suggest: a unit that has ended is still found by its name, but not offered."""
        on = today()
        return [row for row in self.units if row.valid_from <= on < row.valid_to]

    @cached_property
    def finder(self):
        return UnitFinder(self.units)

    @cached_property
    def unit_by_id(self):
        return {row.pk: row for row in self.units}

    def unit(self, text):
        """The unit by its code or name, None for ""; ValueError otherwise."""
        if not tidy(text):
            return None
        try:
            return self.finder.find(tidy(text))
        except UnitNotFound as fault:
            raise ValueError(str(fault)) from None
