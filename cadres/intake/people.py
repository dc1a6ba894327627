"""The recorded people that a roster may speak of: read whole in a constant number of queries."""

import json
from collections import defaultdict
from datetime import date
from functools import lru_cache

import orjson
from django.db import connection
from django.db.models.expressions import RawSQL

from cadres.intake import bulk
from cadres.intake.fields import key_of
from cadres.intake.records import COLUMNS, MODELS, PARTS, RECORDS, Dossier
from cadres.models import ImportCoverage, ImportRow, Official, Posting
from trainingplans.lib.dates import FOREVER

TEXT, NUMBER = "text", "bigint"


def one_of(values, kind=NUMBER):
    """A subquery of many values for `__in`, as one parameter: no limit, no long statement."""
    values = list(values)
    if connection.vendor == "postgresql":
        return RawSQL(f"SELECT unnest(%s::{kind}[])", [values])  # noqa: S611
    return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(values)])  # noqa: S611


class People:
    """Dossiers by id, and where they are found by number, staff code and name."""

    def __init__(self):
        self.by_id = {}
        self.by_personal_id = {}
        self.by_code = defaultdict(list)
        self.by_name = defaultdict(list)
        # Numbers that a merged double still holds: they cannot be written to another record.
        self.held_by_doubles = set()
        self.out_of_scope = set()

    def add(self, dossier):
        official = dossier.official
        self.by_id[official.id] = dossier
        if official.personal_id:
            self.by_personal_id[official.personal_id] = dossier
        if official.staff_code:
            self.by_code[official.staff_code].append(dossier)
        self.by_name[key_of(official.full_name)].append(dossier)

    def sees(self, dossier):
        """Whether the importing account may see this person."""
        return dossier.official.id not in self.out_of_scope

    def was_in(self, dossier, units):
        """Whether the person ever had a post in one of the units (ids)."""
        return any(post.unit_id in units for post in dossier.contents(Posting))


def load_people(personal_ids, codes, names, units, by):
    """The People that rows with these numbers, staff codes and folded names may mean."""
    people = People()
    officials = _officials(personal_ids, codes, names, units)
    doubles = [record for record in officials if record.merged_into_id]
    for record in officials:
        if not record.merged_into_id:
            people.add(Dossier(record))
    for double in doubles:
        target = people.by_id.get(double.merged_into_id)
        if double.personal_id and target:
            people.by_personal_id[double.personal_id] = target
            people.held_by_doubles.add(double.personal_id)
    if people.by_id:
        _load_parts(people)
        people.out_of_scope = _out_of_scope(people, by)
    return people


def _officials(personal_ids, codes, names, units):
    """Officials with one of the numbers; with one of the codes or names if ever in the units."""
    here = Posting.objects.filter(unit__in=one_of(units)).order_by()
    found = [
        Official.objects.filter(personal_id__in=one_of(personal_ids, TEXT)).values("pk"),
        here.filter(official__staff_code__in=one_of(codes, TEXT)).values("official"),
        here.filter(official__search_key__in=one_of(names, TEXT)).values("official"),
    ]
    officials = _chosen(Official, found[0].order_by().union(*found[1:]))
    merged = {r.merged_into_id for r in officials if r.merged_into_id} - {r.id for r in officials}
    return officials + (records_of(Official, pk__in=one_of(merged)) if merged else [])


def records_of(model, **filters):
    """Light records of the rows that the filters choose, oldest period first."""
    return _chosen(model, model.objects.filter(**filters).order_by().values("pk"))


def _chosen(model, ids):
    """As `records_of`, of the rows whose ids the query gives; past the converters of the ORM."""
    condition, params = ids.query.get_compiler(connection=connection).as_sql()
    # On SQLite a bare column would be converted value by value.
    bare = "" if bulk.is_postgres() else "+"
    columns = ", ".join(bare + connection.ops.quote_name(name) for name in COLUMNS[model])
    order = "id" if model is Official else "valid_from, id"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {columns} FROM {bulk.table(model)}"  # noqa: S608
            f" WHERE id IN ({condition}) ORDER BY {order}",
            params,
        )
        rows = cursor.fetchall()
    records = [RECORDS[model](*row) for row in rows]
    for name, make in () if bulk.is_postgres() else MADE[model].items():
        for record in records:
            if (value := getattr(record, name)) is not None:
                setattr(record, name, make(value))
    return records


def _load_parts(people):
    """Give the dossiers what they hold; one statement for all of them."""
    array = "json_build_array" if bulk.is_postgres() else "json_array"
    selects, params = [], []
    for place, model in enumerate(PARTS):
        condition, ids = bulk.in_ids("official_id", people.by_id)
        selects.append(
            f"SELECT official_id, {place}, id, version,"  # noqa: S608
            f" CAST({array}({bulk.names_of(CONTENT[model])}) AS text)"
            f" FROM {bulk.table(model)} WHERE {condition}"
        )
        params += ids
    known = {}  # (place, JSON) -> content: the same for thousands
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(selects), params)
        for official, place, pk, version, text in cursor.fetchall():
            content = known.get((place, text))
            if content is None:
                content = known[place, text] = _content_of(PARTS[place], text)
            held = (place, content.valid_from, pk, version, content)
            people.by_id[official].held.append(held)


# What may be the same for many people.
CONTENT = {
    model: [name for name in COLUMNS[model] if name not in ("id", "version", "official_id")]
    for model in PARTS
}


_day = lru_cache(maxsize=50_000)(date.fromisoformat)


def _made_of_json(column):
    """How JSON's form of a column's value becomes the value; None where it is it."""
    return {"DateField": _day, "BooleanField": bool}.get(column.get_internal_type())


MADE = {
    model: {c.attname: make for c in model._meta.concrete_fields if (make := _made_of_json(c))}
    for model in MODELS
}


def _content_of(model, text):
    """The record of a model without id, version and owner, from the JSON of its content."""
    values = dict(zip(CONTENT[model], orjson.loads(text), strict=True))
    for name, make in MADE[model].items():
        if values[name] is not None:
            values[name] = make(values[name])
    return RECORDS[model](**values)


def _out_of_scope(people, by):
    if by.scope == "all":
        return set()
    seen = Official.objects.visible_to(by).filter(pk__in=one_of(people.by_id))
    return set(people.by_id) - set(seen.values_list("pk", flat=True))


def dossiers_of(ids):
    """People with these ids and all their parts."""
    people = People()
    for record in records_of(Official, pk__in=one_of(ids)):
        people.add(Dossier(record))
    _load_parts(people)
    return people


class Coverage:
    """On which later days applied rosters told who is in a unit, and whom they listed."""

    def __init__(self, later_batches):
        self.later_batches = later_batches  # {batch id: day}
        self.days = defaultdict(list)
        if self.later_batches:
            rows = ImportCoverage.objects.filter(batch__in=one_of(self.later_batches))
            for unit, kind, day in rows.values_list("unit_id", "staff_kind", "on"):
                self.days[unit].append((day, kind))

    def next_day(self, unit_id, staff_kind, on):
        """The first later day on which a roster told of this unit and kind; FOREVER without one."""
        if unit_id not in self.days:
            return FOREVER
        days = [day for day, kind in self.days[unit_id] if day > on and kind in ("", staff_kind)]
        return min(days, default=FOREVER)

    def tell(self, people):
        """Note in each dossier which later rosters list the person, and what they told."""
        if not self.later_batches or not people.by_id:
            return
        rows = ImportRow.objects.filter(
            batch__in=one_of(self.later_batches), official__in=one_of(people.by_id)
        ).exclude(action="reject")
        for batch, official, values in rows.values_list("batch_id", "official_id", "values"):
            people.by_id[official].later.append((self.later_batches[batch], frozenset(values)))
