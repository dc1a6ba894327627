"""Imports as batches: opened, previewed, applied, undone, dropped. Who may do what is here."""

import hashlib
import logging
from dataclasses import asdict

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from cadres import audit
from cadres.intake import applying, outdated, stages
from cadres.intake.answers import sheets_of
from cadres.intake.applying import MovedOn
from cadres.intake.garbage import without_collecting
from cadres.intake.kinds import KINDS, ROSTER, kinds_of
from cadres.intake.moments import Prepared
from cadres.intake.preparing import Outcome
from cadres.intake.reading.refusals import refusal
from cadres.intake.roster import read_workbook, rows_from
from cadres.intake.types import IntakeError, column_number, sheet_of_part
from cadres.models import ImportBatch, ImportRow, MatchDecision, Unit
from cadres.roles import ALL, BRANCH
from trainingplans.lib.dates import today

log = logging.getLogger(__name__)
State = ImportBatch.State
# APPLYING and UNDOING under the lock are what a killed process left behind.
MAY_APPLY = {State.WAITING, State.READING, State.PREVIEW, State.APPLYING, State.BROKEN}
MAY_UNDO = {State.APPLIED, State.UNDOING}
MAY_DROP = {State.WAITING, State.READING, State.PREVIEW, State.REFUSED, State.BROKEN}
PERMISSION = KINDS[ROSTER].permission
TRIES = 3
BUSY = "Hồ sơ đang được người khác sửa. Chờ một lát rồi áp dụng lại."


class NotAllowed(Exception):
    """The account may not do this, or the batch is in no state for it; the text is Vietnamese."""


def batches_of(account):
    """The imports that `account` may open: all, or those of its branch's accounts and units."""
    allowed = ImportBatch.objects.filter(kind__in=kinds_of(account))
    if account.scope == ALL:
        return allowed
    if account.scope == BRANCH:
        return allowed.filter(by__unit__in=Unit.objects.branch_of(account))
    return ImportBatch.objects.none()


def check_may_import(by, unit=None, kind=ROSTER):
    """NotAllowed unless `by` may import lists of this kind (for the unit)."""
    if not by.has_perm(KINDS[kind].permission):
        raise NotAllowed(f"Tài khoản {by.username} không có quyền nhập danh sách.")
    if unit is not None and not Unit.objects.branch_of(by).filter(pk=unit.pk).exists():
        raise NotAllowed(f"“{unit.name}” không thuộc đơn vị của tài khoản {by.username}.")


def open_batch(
    data,
    file_name,
    *,
    by,
    on=None,
    unit=None,
    absent="keep",
    mapping=None,
    stored=True,
    kind=ROSTER,
):
    """A new ImportBatch holding the bytes under a random name; nothing is read yet.

    `stored=False` leaves writing the row to `apply_parsed`.
    """
    check_may_import(by, unit, kind)
    batch = ImportBatch(
        kind=kind,
        state=State.WAITING,
        file_name=file_name[-250:],
        sha256=hashlib.sha256(data).hexdigest(),
        on=on or today(),
        unit=unit,
        by=by,
        absent=absent,
        mapping=mapping or {},
    )
    batch.file.save(f"{get_random_string(32)}.bin", ContentFile(data), save=False)
    if stored:
        batch.save(force_insert=True)
    return batch


def bytes_of(batch):
    """The stored bytes, checked against the sum taken when they were sent."""
    with batch.file.open("rb") as stored:
        data = stored.read()
    if hashlib.sha256(data).hexdigest() != batch.sha256:
        raise IntakeError(
            "file_changed", "Tệp lưu trên máy chủ không còn như lúc gửi. Gửi lại tệp."
        )
    return data


def parse(data, file_name, *, mapping=None, edits=(), kind=ROSTER, some_sheets=False):
    """ParsedRoster of the bytes, with the columns and cells that were corrected on the page.

    `some_sheets`: the mapping may name sheets that are in other files.
    """
    how = KINDS[kind]
    edits = {(sheet, row, _number(column)): text for sheet, row, column, text in edits}
    stages.tell(stages.READING)
    workbook = read_workbook(data, file_name)
    if some_sheets and mapping:
        have = [sheet.name for sheet in workbook.sheets]
        mapping = {s: told for s, told in mapping.items() if sheet_of_part(s, have) is not None}
    roster = rows_from(workbook, mapping, today(), edits, how.extra)
    if not roster.rows:
        raise refusal("no_people")
    if how.finish:
        how.finish(roster)
    return roster


def _number(column):
    return column if isinstance(column, int) else column_number(column)


def parse_batch(batch):
    """ParsedRoster of a batch's stored bytes."""
    understood = (batch.sha256, repr(batch.mapping), repr(batch.edits))
    data = bytes_of(batch)
    known, parsed = getattr(batch, "_parsed", (None, None))
    if known != understood:
        told = {"mapping": batch.mapping, "edits": batch.edits, "kind": batch.kind}
        parsed = parse(data, batch.file_name, **told)
        batch._parsed = understood, parsed  # a preview and what follows it read the file once
    return parsed


def prepare_batch(batch, parsed):
    """The Outcome of a batch as things stand now."""
    return KINDS[batch.kind].prepare(
        parsed,
        by=batch.by,
        on=batch.on,
        unit=batch.unit,
        choices=batch.choices,
        absent=batch.absent,
        sha256=batch.sha256,
        batch=batch.pk,
    )


# Preview


def look(data, parsed, *, by, on, unit=None, absent="keep", kind=ROSTER):
    """The Outcome of a list that is not stored: nothing is written."""
    sha256 = hashlib.sha256(data).hexdigest()
    return KINDS[kind].prepare(parsed, by=by, on=on, unit=unit, absent=absent, sha256=sha256)


@without_collecting()
def preview(batch):
    """Read, match and compare; the result is stored on the batch. Returns the Outcome or None."""
    try:
        parsed = parse_batch(batch)
        stages.tell(stages.COMPARING, 0, len(parsed.rows))
        prepared = Prepared()
        outcome = prepare_batch(batch, parsed)
    except IntakeError as error:
        _refuse(batch, error)
        return None
    stages.tell(stages.STORING)
    _store(batch, outcome)
    if isinstance(outcome, Outcome):  # other kinds of lists are always compared anew
        outcome.has_rows = True
        prepared.keep(outcome)
        batch._prepared = _asked(batch), prepared
    return outcome


def _asked(batch):
    """What a preview answers, beside what the database holds."""
    told = (batch.mapping, batch.edits, batch.choices, batch.absent, batch.on, batch.unit_id)
    return batch.sha256, today(), repr(told)


def _previewed(batch):
    """The Outcome of this object's preview if nothing was written since by anybody; once."""
    asked, prepared = batch.__dict__.pop("_prepared", (None, None))
    return prepared.still_true() if asked == _asked(batch) else None


@transaction.atomic
def _refuse(batch, error):
    _check_wanted(batch)
    batch.state, batch.message = State.REFUSED, error.message[:300]
    batch.report = {"error": {"code": error.code, "message": error.message}}
    batch.save(update_fields=["state", "message", "report"])


@transaction.atomic
def _store(batch, outcome):
    _check_wanted(batch)
    seen_before = bool(batch.counts)
    fill(batch, outcome)
    batch.state, batch.message = State.PREVIEW, ""
    batch.done = batch.total = len(outcome.cases)
    batch.heartbeat = timezone.now()
    batch.save()
    if seen_before:
        ImportRow.objects.filter(batch=batch).delete()
    for case in outcome.cases:
        if case.dossier is not None and case.dossier.is_new:
            case.dossier.official.id = None
    applying.write_rows(outcome, batch)


def _check_wanted(batch):
    """NotAllowed where somebody put the file away while it was being read."""
    rows = ImportBatch.objects.select_for_update().filter(pk=batch.pk, state=State.DROPPED)
    if rows.exists():
        raise NotAllowed("Tệp này đã bỏ trong lúc đang đọc.")


def fill(batch, outcome):
    """Put counts, issues and report of an outcome on the (unsaved) batch."""
    batch.file_kind, batch.text_code = outcome.parsed.kind, outcome.parsed.text
    batch.counts = outcome.counts
    batch.issues = [asdict(issue) for issue in outcome.issues]
    batch.report = {
        "sheets": sheets_of(outcome.parsed),
        "absent": outcome.absent,
        "candidates": {case.key: case.candidates for case in outcome.cases if case.candidates},
        "kept": {case.key: case.kept for case in outcome.cases if case.kept},
        **outcome.more,
    }


# Apply


@without_collecting()
def apply(batch, *, by):
    """Write all rows of a batch that are not refused, in one transaction; returns the Outcome.

    What is written is true under the lock: compared anew unless nothing was written meanwhile.
    Outdated, and nothing is written, where that is no longer what the stored preview showed.
    """
    check_may_import(by, batch.unit, batch.kind)
    return apply_patiently(batch, parse_batch(batch), by=by, as_shown=True)


def apply_patiently(batch, parsed, *, by, as_shown=False):
    """As `apply_parsed`; once more where somebody edited one of the rows meanwhile."""
    is_new = batch.pk is None
    for _ in range(TRIES):
        try:
            return apply_parsed(batch, parsed, by=by, as_shown=as_shown)
        except MovedOn:
            if is_new:
                batch.pk, batch._state.adding = None, True
            log.info("import %s: a record was changed meanwhile, comparing again", batch.pk)
    raise NotAllowed(BUSY)


@transaction.atomic
def apply_parsed(batch, parsed, *, by, as_shown=False):
    """As `apply`, of a roster that was read already; in a transaction of the caller, if any."""
    applying.take_turn()
    outcome = _previewed(batch)
    if outcome is None or not _applied_as_it_is(batch):
        if batch.pk:
            _still(batch, MAY_APPLY, "áp dụng")
        outcome = prepare_batch(batch, parsed)
        if as_shown and batch.kind == ROSTER:
            outdated.check(batch, outcome)
        if batch.counts:
            ImportRow.objects.filter(batch=batch).delete()  # those of the preview
        fill(batch, outcome)
        _note_applied(batch)
        batch.done = batch.total = len(outcome.cases)
        batch.save()
    KINDS[batch.kind].write(outcome, batch, by=by)
    remember_decisions(batch, outcome, by=by)
    audit.record(
        f"{batch.kind}.apply",
        by=by,
        subject=batch,
        label=batch.file_name,
        unit=batch.unit,
        batch=batch.pk,
        detail={**outcome.counts, "sha256": batch.sha256, "on": batch.on.isoformat()},
    )
    return outcome


def _note_applied(batch):
    batch.state, batch.message, batch.applied_at = State.APPLIED, "", timezone.now()


def _applied_as_it_is(batch):
    """Mark a previewed batch as applied, if its row is still what this object holds."""
    same = ImportBatch.objects.filter(pk=batch.pk, state=State.PREVIEW, version=batch.version)
    batch.version += 1
    _note_applied(batch)
    columns = ("state", "message", "applied_at", "version")
    return same.update(**{name: getattr(batch, name) for name in columns}) == 1


def _still(batch, states, verb):
    """Read the batch's present state under the lock; NotAllowed if it is past this step."""
    state, version = (
        ImportBatch.objects.select_for_update().values_list("state", "version").get(pk=batch.pk)
    )
    if state not in states:
        label = State(state).label.lower()
        raise NotAllowed(f"Lần nhập {batch.pk} {label}, không {verb} được.")
    batch.version = version + 1


def remember_decisions(batch, outcome, *, by):
    """Store what was decided about doubtful rows, so that it is asked once."""
    decided = batch.choices.get("matches", {})
    decisions = []
    for case in outcome.cases:
        if case.key in decided and case.decided is not None:
            decisions += _decisions(case, by)
    if decisions:
        MatchDecision.objects.bulk_create(decisions)


def _decisions(case, by):
    key = case.person_key
    if case.decided:
        yield MatchDecision(person_key=key, official_id=case.official_id, same=True, by=by)
    for official in case.not_these:
        yield MatchDecision(person_key=key, official_id=official, same=False, by=by)


# Undo and drop


def undo(batch, *, by):
    """Take an applied batch back in one transaction; returns reversed, kept and refused.

    Where nobody at all could be reversed it stays applied: it may be tried again later.
    """
    check_may_import(by, kind=batch.kind)
    if not batches_of(by).filter(pk=batch.pk).exists():
        raise NotAllowed(f"Không có lần nhập {batch.pk}.")
    with transaction.atomic():
        applying.take_turn()
        _still(batch, MAY_UNDO, "hoàn tác")
        result = KINDS[batch.kind].undo(batch, by=by)
        batch.state, batch.report = State.APPLIED, {**batch.report, "undo": result}
        if result["reversed"] or not (result["kept"] or result["refused"]):
            batch.state, batch.undone_at = State.UNDONE, timezone.now()
        batch.save(update_fields=["state", "undone_at", "report", "version"])
        audit.record(
            f"{batch.kind}.undo",
            by=by,
            subject=batch,
            label=batch.file_name,
            unit=batch.unit,
            batch=batch.pk,
            detail={
                "reversed": result["reversed"],
                "kept": len(result["kept"]),
                "refused": len(result["refused"]),
            },
        )
    return {"batch": batch.pk, **result}


@transaction.atomic
def drop(batch, *, by):
    """Put an import away that was not applied; its file stays for a while, to be taken up again."""
    check_may_import(by, kind=batch.kind)
    _still(batch, MAY_DROP, "bỏ")
    ImportRow.objects.filter(batch=batch).delete()
    batch.state, batch.heartbeat = State.DROPPED, timezone.now()
    batch.save(update_fields=["state", "heartbeat", "version"])
    audit.record(f"{batch.kind}.drop", by=by, subject=batch, label=batch.file_name, batch=batch.pk)


@transaction.atomic
def take_up(batch, *, by):
    """Take an import up again that was put away: what was decided and typed is still there."""
    check_may_import(by, kind=batch.kind)
    _still(batch, {State.DROPPED}, "mở lại")
    batch.state = State.WAITING
    batch.save(update_fields=["state", "version"])
    act = f"{batch.kind}.take_up"
    audit.record(act, by=by, subject=batch, label=batch.file_name, batch=batch.pk)
