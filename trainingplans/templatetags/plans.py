"""Tags of the pages of plans: money in a chosen unit, typed values in place of stored ones."""

from django import template

from trainingplans.lib.money import UNITS, write_money
from trainingplans.lib.numbers import NOTHING, format_number

register = template.Library()


@register.filter
def money_in(amount, unit):
    """The exact amount in the unit, "—" for nothing."""
    return write_money(int(amount), unit) if amount else NOTHING


@register.filter
def money_about(amount, unit):
    """The amount in the unit with two decimals at most, "—" for nothing."""
    return format_number(amount / UNITS[unit][1]) if amount else NOTHING


@register.simple_tag
def typed(row, name, stored):
    """What was typed into a cell, else what is stored."""
    value = row.values.get(name, stored)
    return "" if value is None else value


@register.filter
def source_short(name):
    """ "Ngân sách trung ương" → "Trung ương": the heading above says that it is money."""
    short = name.removeprefix("Ngân sách ")
    return short[:1].upper() + short[1:]
