"""What a preview leaves for its page: the sheets as understood, and choices made beforehand."""

import gzip
import json
from dataclasses import asdict

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from cadres.intake.batches import parse_batch
from cadres.intake.fields import LADDER_OF
from cadres.models import ImportBatch, Qualification


def _name(batch):
    return f"{batch.file.name}.trang.json.gz"


def keep_sheets(batch, roster):
    """Store the sheets of a ParsedRoster beside its file; what was there before is replaced."""
    sheets = [_plain(sheet) for sheet in roster.sheets]
    data = gzip.compress(json.dumps(sheets, ensure_ascii=False).encode(), 3)
    forget_sheets(batch)
    default_storage.save(_name(batch), ContentFile(data))
    return json.loads(json.dumps(sheets))


def _plain(sheet):
    """A ParsedSheet as JSON can hold it."""
    plain = asdict(sheet)
    plain["hidden_rows"] = sorted(sheet.hidden_rows)
    plain["hidden_columns"] = sorted(sheet.hidden_columns)
    return plain


def forget_sheets(batch):
    """The sheets are no longer needed."""
    default_storage.delete(_name(batch))


def sheets_of(batch):
    """[sheet as plain data] (see intake.types.ParsedSheet; row kinds have text keys)."""
    try:
        with default_storage.open(_name(batch)) as stored:
            return json.loads(gzip.decompress(stored.read()))
    except (FileNotFoundError, EOFError, gzip.BadGzipFile):
        return keep_sheets(batch, parse_batch(batch))


def keep_verified(batch):
    """Choose "keep" where a verified level would change and nobody decided; whether any did."""
    rows = batch.rows.filter(action="update").values_list("sheet", "row", "official_id", "changed")
    rows = [row for row in rows if not LADDER_OF.keys().isdisjoint(row[3])]
    verified = set(
        Qualification.objects.at(batch.on)
        .filter(verified=True, official__in={row[2] for row in rows})
        .values_list("official_id", "ladder")
    )
    decided = batch.choices.get("fields", {})
    kept = {
        f"{sheet}!{row}!{field}": "keep"
        for sheet, row, official, changed in rows
        for field in changed
        if field not in batch.choices.get("columns", {})
        and (official, LADDER_OF.get(field)) in verified
        and f"{sheet}!{row}!{field}" not in decided
    }
    if kept:
        _choose(batch, kept)
    return bool(kept)


@transaction.atomic
def _choose(batch, kept):
    locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    fields = kept | locked.choices.get("fields", {})
    batch.choices = locked.choices | {"fields": fields}
    ImportBatch.objects.filter(pk=batch.pk).update(choices=batch.choices)
