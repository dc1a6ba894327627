"""Writing an Outcome: all of it in the caller's transaction, in a constant number of statements."""

from operator import attrgetter, itemgetter

from django.db import connection

from cadres.intake import bulk, stages
from cadres.intake.bulk import JSON
from cadres.intake.records import COLUMNS, MODELS, PARTS, columns_of, image
from cadres.models import (
    ImportCoverage,
    ImportRow,
    Official,
    Standing,
)
from cadres.standings import LEVEL_COLUMNS, states_of
from trainingplans.lib.dates import EVER

LOCK = 7_340_018  # any constant: imports, undos and applies take turns on PostgreSQL
MANY = 1000  # new people from which on the planner's statistics are renewed


class MovedOn(Exception):
    """A row was changed by somebody else between reading and writing it."""


def take_turn():
    """Wait until no other import writes; to be called first in the transaction.

    What is read afterwards is what is true when it is written. SQLite's IMMEDIATE transactions
    take turns by themselves.
    """
    if connection.vendor == "postgresql":
        bulk.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def write(outcome, batch, *, by):
    """Write the ledger, history, images, standings, rows and coverage of an outcome."""
    stages.tell(stages.WRITING)
    outcome.complete()
    new = write_ledger(outcome.ledger, batch, by=by)
    stages.tell(stages.WRITING, 1, 2)
    write_standings(outcome.ledger.dossiers, outcome.words.ranks)
    write_rows(outcome, batch)
    write_coverage(outcome, batch)
    if len(new.get(Official, ())) >= MANY:
        bulk.analyze([*MODELS, Standing])


def write_ledger(ledger, batch, *, by):
    """Write all records of a ledger, their history and images; returns {model: new ids}."""
    reason = f"import:{batch.pk}"
    new = bulk.new_ids({model: len(ledger.new[model]) for model in MODELS})
    _number(ledger, new)
    for model in MODELS:
        if ledger.new[model]:
            bulk.insert_records(model, ledger.new[model])
        changed = list(ledger.changed[model].values())
        if changed and bulk.update(model, changed, COLUMNS[model]) != len(changed):
            raise MovedOn
    changed = {model: list(records) for model, records in ledger.changed.items() if records}
    bulk.write_traces(batch, new, changed, by=by, reason=reason, with_images=False)
    bulk.write_images(batch, [*images_of(ledger), *new_images_of(ledger)])
    for model in PARTS:
        if removed := ledger.removed[model]:
            bulk.write_history(model, removed, "-", by=by, reason=reason)
            bulk.delete(model, removed)
    return new


def _number(ledger, new):
    """Give the new records their ids, and the parts of new officials theirs."""
    for model, ids in new.items():
        for record, pk in zip(ledger.new[model], ids, strict=True):
            record.id = pk
    for dossier in ledger.dossiers:
        if dossier.is_new:
            for rows in dossier.parts.values():
                for record in rows:
                    record.official_id = dossier.official.id


def images_of(ledger):
    """(model, official id, id, image before, image after) of changed and removed records."""
    for model in MODELS:
        for pk, before in ledger.before[model].items():
            record = ledger.changed[model].get(pk)
            owner = pk if model is Official else before["official_id"]
            yield model, owner, pk, before, image(model, record) if record else None


def new_images_of(ledger):
    """As `images_of`, of new parts of known people; of new people their history tells all."""
    created = {official.id for official in ledger.new[Official]}
    if all(dossier.is_new for dossier in ledger.dossiers):
        return
    for model in PARTS:
        for record in ledger.new[model]:
            if record.official_id not in created:
                yield model, record.official_id, record.id, None, image(model, record)


def write_standings(dossiers, ranks):
    """Derive the standings of these dossiers from what they hold in memory."""
    known = [d.official.id for d in dossiers if not d.is_new]
    if known:
        bulk.delete(Standing, known, "official_id")
    days = ("valid_from", "valid_to")
    columns = [c for c in columns_of(Standing) if c not in ("id", *days)]
    rows = _StandingRows(dossiers, ranks, itemgetter(*columns))
    if dossiers:
        bulk.insert(Standing, [*days, *columns], rows)
    if rows.newcomers:
        bulk.copy_back(Standing, columns, rows.newcomers, EVER, NOT_YET)


# What somebody is before the first day of the first post, if nothing is known of earlier days.
NOT_YET = {
    "in_service": False,
    "party_member": None,
    "in_planning": False,
    "languages": "",
    **dict.fromkeys(LEVEL_COLUMNS.values()),
}


class _StandingRows:
    """The standing rows of dossiers; of `newcomers` without that of the time before them."""

    def __init__(self, dossiers, ranks, content):
        self.dossiers, self.ranks, self.content = dossiers, ranks, content
        self.newcomers = []  # ids of officials

    def __iter__(self):
        for dossier in self.dossiers:
            states = _states(dossier, self.ranks)
            if len(states) == 2 and states[0][1] == states[1][1] | NOT_YET:
                self.newcomers.append(dossier.official.id)
                del states[0]
            for first, state, last in states:
                yield first, last, *self.content(state)


def _states(dossier, ranks):
    return states_of(
        dossier.official, *(sorted(dossier.parts[model], key=_by_time) for model in PARTS), ranks
    )


_by_time = attrgetter("valid_from", "id")


ROW_COLUMNS = [
    "batch_id",
    "sheet",
    "row",
    "action",
    "official_id",
    "unit_text",
    "values",
    "raw",
    "changed",
    "reject_field",
]


def write_rows(outcome, batch):
    """An ImportRow for every data row; those of the preview are completed with who is new."""
    if getattr(outcome, "has_rows", False):
        new = [case for case in outcome.cases if case.dossier is not None and case.dossier.is_new]
        places = [(case.row.sheet[:100], case.row.row, case.official_id) for case in new]
        bulk.fill_officials(batch, places)
        return
    rows = (
        (
            batch.pk,
            case.row.sheet[:100],
            case.row.row,
            case.action,
            case.official_id,
            (case.row.unit_text or "")[:250],
            plain_json(case.row.values),
            plain_json(case.row.line),
            plain_json(case.changed) if case.changed else "{}",
            case.reject_field[:30],
        )
        for case in outcome.cases
    )
    bulk.insert(ImportRow, ROW_COLUMNS, rows)


def plain_json(value):
    """JSON without the one character that PostgreSQL cannot store."""
    return JSON(value).replace("\\u0000", "")


def write_coverage(outcome, batch):
    """Which units (and kinds of staff) the applied roster tells of."""
    columns = ["batch_id", "unit_id", "staff_kind", "on"]
    rows = [(batch.pk, unit, kind, outcome.on) for unit, kind in sorted(outcome.covered)]
    if rows:
        bulk.insert(ImportCoverage, columns, rows)
