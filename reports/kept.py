"""Figures and pages kept in memory: the summary that the dashboard reads.

What is kept belongs to a version of the data (`cadres.versions`), which the database itself
changes with every write: a figure is read again only while nothing that it counts was written.
"""

import json
from array import array

from django.db import connection
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from cadres.rules import Pair, count, people
from cadres.rules.counting import ids_of
from cadres.versions import PEOPLE, REFERENCE, TARGETS, versions
from trainingplans.lib.dates import today
from trainingplans.lib.shelf import Shelf

KEPT_AT_MOST, LISTS_AT_MOST = 128, 16


_figures, _pages = Shelf(KEPT_AT_MOST), Shelf(KEPT_AT_MOST)
_keys = Shelf(LISTS_AT_MOST)


def _kept(shelf, version, key, make):
    """What was made for a key and version, else what `make()` makes now."""
    if None in version:
        return make()
    key = (connection.settings_dict["NAME"], version, key)
    found = shelf.get(key)
    if found is None:
        found = make()
        shelf.put(key, found)
    return found


def figures(pairs, *, on, units=None, by_unit=False, context=None):
    """As `cadres.rules.count`; counted once for a version of the data."""
    pairs = [Pair(*pair) for pair in pairs]
    within = ids_of(units)
    key = (json.dumps(pairs, sort_keys=True), on, within, by_unit)
    asked = {"on": on, "units": within, "by_unit": by_unit, "context": context}
    return _kept(_figures, versions(PEOPLE, REFERENCE), key, lambda: count(pairs, **asked))


def keys(pair, group, *, on, units, context):
    """The keys of the standings behind a figure in the order of names; sorted once for a version.

    So a deep page of very many people costs no more than the first.
    """
    within = ids_of(units)
    key = (json.dumps(pair, sort_keys=True), group, on, within)
    return _kept(
        _keys,
        versions(PEOPLE, REFERENCE),
        key,
        lambda: array(
            "q",
            people(pair, group, on=on, units=within, context=context)
            .select_related(None)
            .values_list("pk", flat=True),
        ),
    )


def part(template, scope, make):
    """The HTML of a part of a page about targets for a Scope; `make()` gives its context.

    The template must ask nothing but its context: neither the request nor the account.
    """
    account = scope.account
    who = (account.pk, account.role, account.unit_id, account.is_active)
    key = (template, who, scope.on, scope.query(), today())
    return _kept(
        _pages,
        versions(PEOPLE, REFERENCE, TARGETS),
        key,
        lambda: mark_safe(render_to_string(template, make())),  # noqa: S308 - escaped by it
    )
