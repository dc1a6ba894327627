"""Which content of training counts in which column of a form, by date: data that staff edit."""

import csv
from pathlib import Path

from cadres.catalogues import Counts
from courses.models import Category
from reports.models import FormMapping

DEFAULTS = Path(__file__).parents[1] / "data" / "form_mappings.csv"


def load_form_mappings():
    """Add the default mapping of each form that has none yet; {name on screen: Counts}."""
    mapped = set(FormMapping.objects.values_list("form", flat=True))
    ids = dict(Category.objects.values_list("code", "pk"))
    with DEFAULTS.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    new = [
        FormMapping(form=row["form"], column=row["column"], category_id=ids[row["category"]])
        for row in rows
        if row["form"] not in mapped and row["category"] in ids
    ]
    FormMapping.objects.bulk_create(new)
    return {"cột của biểu mẫu": Counts(created=len(new), unchanged=len(rows) - len(new))}


def columns_by_category(form, on):
    """{category id: column} on a day; a content without a column of its own takes its parent's."""
    direct = dict(FormMapping.objects.at(on).filter(form=form).values_list("category_id", "column"))
    parents = dict(Category.objects.values_list("pk", "parent_id"))
    return {pk: column for pk in parents if (column := _nearest(pk, direct, parents))}


def _nearest(pk, direct, parents):
    while pk is not None:
        if pk in direct:
            return direct[pk]
        pk = parents.get(pk)
    return None
