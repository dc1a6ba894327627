"""Conditions on the unit of the post: kind, traits of the area, place in the tree."""

from cadres.choices import Trait, UnitKind
from cadres.rules.base import Condition, either, list_problems, once_each, register
from cadres.rules.persons import Choice, Choices
from cadres.units import UnitNotFound


class UnitKinds(Choices):
    code, label = "unit_kind", "Loại đơn vị"
    values = UnitKind.choices
    about_units = True

    def in_words(self, value, context):
        return f"ở {super().in_words(value, context)}"

    def units(self, value, context):
        return frozenset().union(*(context.units_of_kind(kind) for kind in value))


class UnitTraits(Choice):
    code, label = "unit_trait", "Đặc điểm địa bàn"
    values = Trait.choices
    about_units = True

    def in_words(self, value, context):
        return f"ở {super().in_words(value, context)}"

    def units(self, value, context):
        return context.units_with_trait(value)


class InUnits(Condition):
    """A list of units, by code or name; each with what is below it."""

    code, label, shape = "in_unit", "Thuộc đơn vị", "units"
    about_units = True

    def problems(self, value, context):
        if wrong := list_problems(value, "mã hoặc tên đơn vị"):
            return wrong
        return [line for text in value for line in self._unknown(text, context)]

    def _unknown(self, text, context):
        try:
            context.find_unit(text)
        except UnitNotFound as fault:
            return [str(fault)]
        return []

    def normalise(self, value, context):
        """Codes, which outlive a change of name."""
        return once_each(context.units[context.find_unit(text)].code for text in value)

    def in_words(self, value, context):
        names = [context.units[context.find_unit(text)].name for text in value]
        return f"thuộc {either(names)}"

    def units(self, value, context):
        return frozenset().union(*(context.units_below(context.find_unit(text)) for text in value))


register(UnitKinds())
register(UnitTraits())
register(InUnits())
