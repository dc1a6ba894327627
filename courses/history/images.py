"""Enrolments as the JSON that the database itself makes of them: what undo compares."""

import json

from django.db import connection

from cadres.intake import bulk
from courses.models import Enrolment


def images_of(ids):
    """{id: image} of the enrolments that are there; one query."""
    if not ids:
        return {}
    condition, params = bulk.in_ids("id", ids)
    table, image = bulk.table(Enrolment), bulk.image_sql(Enrolment)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, {image} FROM {table} WHERE {condition}", params)  # noqa: S608
        return {pk: _plain(found) for pk, found in cursor.fetchall()}


def _plain(image):
    return json.loads(image) if isinstance(image, str) else image


def row_of(image):
    """The (unsaved) Enrolment of an image."""
    columns = {column.attname: column for column in Enrolment._meta.concrete_fields}
    return Enrolment(
        **{
            name: columns[name].to_python(value) if columns[name].is_relation is False else value
            for name, value in image.items()
            if name in columns
        }
    )
