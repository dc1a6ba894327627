"""Writes about courses, institutions and instructors."""

from django.db import transaction

from cadres.audit import record
from cadres.edits import save_versioned
from courses.models import Course, Institution, Instructor
from trainingplans.lib.text import fold, person_key, sort_key, tidy

# model → (name of its acts, what search reads, what orders it)
KINDS = {
    Course: (
        "course",
        lambda row: f"{row.name} {row.code}",
        lambda row: sort_key(row.name),
    ),
    Institution: (
        "institution",
        lambda row: f"{row.name} {row.short_name}",
        lambda row: sort_key(row.name),
    ),
    Instructor: (
        "instructor",
        lambda row: row.full_name,
        lambda row: person_key(row.full_name),
    ),
}


def set_keys(row):
    """Derive search and order of a row of the catalogue."""
    _, words, order = KINDS[type(row)]
    longest = row._meta.get_field("search_key").max_length
    row.search_key, row.sort_key = fold(words(row))[:longest], order(row)


@transaction.atomic
def add_row(form, *, by):
    """Save the valid form of a new course, institution or instructor; returns the row."""
    row = form.instance
    _prepare(row)
    row._history_user = by
    form.save()
    record(f"{KINDS[type(row)][0]}.add", by=by, subject=row)
    return row


def change_row(form, *, by):
    """Save the form over its row; a Conflict on a newer version."""

    def write(row):
        _prepare(row)
        form.save()

    return save_versioned(form, by=by, act=f"{KINDS[type(form.instance)][0]}.change", write=write)


def _prepare(row):
    if isinstance(row, Course):
        row.code = tidy(row.code) or next_code(row.category)
    set_keys(row)


def next_code(category):
    """The next free code of a content: BD.TDT-03."""
    start = f"{category.code}-"
    codes = Course.objects.filter(code__startswith=start).values_list("code", flat=True)
    tails = [code.removeprefix(start) for code in codes]
    taken = [int(tail) for tail in tails if tail.isascii() and tail.isdigit()]
    return f"{start}{max(taken, default=0) + 1:02d}"
