"""What a preview leaves for its page: the sheets as understood, and choices made beforehand."""

import gzip
import hashlib
import json
from collections import defaultdict
from dataclasses import asdict

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from cadres.intake.batches import parse_batch
from cadres.intake.fields import LADDER_OF
from cadres.intake.issues import MESSAGES_HEADING
from cadres.intake.locating import ASKING
from cadres.intake.types import column_number
from cadres.models import ImportBatch, Qualification, SenderMapping

# So many imports of a sender are asked for the units that they were told.
RECENT = 30


def _name(batch):
    return f"{batch.file.name}.trang.json.gz"


def keep_sheets(batch, roster):
    """Store the sheets of a ParsedRoster beside its file; what was there before is replaced."""
    sheets = [_plain(sheet) for sheet in roster.sheets]
    data = gzip.compress(json.dumps(sheets, ensure_ascii=False).encode(), 1)
    forget_sheets(batch)
    default_storage.save(_name(batch), ContentFile(data))
    return sheets


def _plain(sheet):
    """A ParsedSheet as JSON can hold it; its grid is not copied."""
    return {
        "name": sheet.name,
        "part_of": sheet.part_of,
        "used": sheet.used,
        "hidden": sheet.hidden,
        "tables": [asdict(table) for table in sheet.tables],
        "row_kinds": {str(row): kind for row, kind in sheet.row_kinds.items()},
        "grid": sheet.grid,
        "merges": sheet.merges,
    }


def forget_sheets(batch):
    """The sheets are no longer needed."""
    default_storage.delete(_name(batch))


def sheets_of(batch):
    """[sheet as plain data] (see intake.types.ParsedSheet; numbers of rows are text keys)."""
    try:
        with default_storage.open(_name(batch)) as stored:
            return json.loads(gzip.decompress(stored.read()))
    except (FileNotFoundError, EOFError, gzip.BadGzipFile):
        return keep_sheets(batch, parse_batch(batch))


def file_sheet(sheet):
    """The name in the file of a sheet as plain data: its own, unless it is a part of one."""
    part_of = sheet.get("part_of")
    return sheet["name"] if part_of is None else part_of


def layout_of(headings):
    """What a sender's layout is recognised by: sha256 of its headings {letter: text} in order.

    The column of messages of a marked copy is none of the sender's.
    """
    own = {letter: text for letter, text in headings.items() if text != MESSAGES_HEADING}
    ordered = [[letter, own[letter]] for letter in sorted(own, key=column_number)]
    return hashlib.sha256(json.dumps(ordered, ensure_ascii=False).encode()).hexdigest()


def asked_of(tables):
    """[(table, mark)]: the tables of a sheet whose columns are asked for one by one.

    Where all have the same headings, what is said of the first counts for the sheet, and the mark
    is empty; else it is put behind the letters of a mapping ("12": "B12" is said of that one).
    """
    layouts = [headings_of(table) for table in tables]
    if all(one == layouts[0] for one in layouts):
        return [(table, "") for table in tables[:1]]
    return [(table, str(_told(table, "header_rows")[0])) for table in tables]


def headings_of(table):
    """{letter: heading} of a table, as it was read or as plain data."""
    return _told(table, "headings")


def _told(table, name):
    return table[name] if isinstance(table, dict) else getattr(table, name)


def take_remembered(batch, roster):
    """Map columns as this sender did before for the same headings; whether any were."""
    layouts = defaultdict(list)
    for sheet in roster.sheets:
        if sheet.used and sheet.name not in batch.mapping:
            for table, mark in asked_of(sheet.tables):
                layouts[layout_of(table.headings)].append((sheet.name, mark))
    found = defaultdict(dict)
    for one in SenderMapping.objects.filter(sender=batch.by, layout__in=layouts):
        for name, mark in layouts[one.layout]:
            found[name] |= {letter + mark: field for letter, field in one.mapping.items()}
    if found:
        batch.mapping = found | batch.mapping
        ImportBatch.objects.filter(pk=batch.pk).update(mapping=batch.mapping)
    return bool(found)


def take_units(batch):
    """Answer which units names of the file mean, as this sender did before; whether any were."""
    asked = {issue["value"] for issue in batch.issues if issue["code"] in ASKING}
    asked -= batch.choices.get("units", {}).keys()
    if not asked:
        return False
    applied = ImportBatch.objects.filter(by=batch.by, kind=batch.kind, state="applied")
    applied = applied.filter(choices__has_key="units").order_by("-pk")[:RECENT]
    told = {}
    for choices in applied.values_list("choices", flat=True):
        told = choices["units"] | told
    found = {text: unit for text, unit in told.items() if text in asked}
    if found:
        choose(batch, "units", found)
    return bool(found)


def note_follow_up(batch, roster):
    """Link a corrected copy of a marked workbook to the import that it goes on with."""
    headings = {
        h for sheet in roster.sheets for table in sheet.tables for h in table.headings.values()
    }
    if "continues" in batch.choices or MESSAGES_HEADING not in headings:
        return
    before = ImportBatch.objects.filter(by=batch.by, kind=batch.kind, pk__lt=batch.pk).exclude(
        issues=[]
    )
    stem = batch.file_name.rsplit("_danh-dau", 1)[0].rsplit(".", 1)[0]
    same_name = before.filter(file_name__startswith=stem).first()
    if found := same_name or before.first():
        batch.choices = batch.choices | {"continues": found.pk}
        ImportBatch.objects.filter(pk=batch.pk).update(choices=batch.choices)


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
        choose(batch, "fields", kept)
    return bool(kept)


@transaction.atomic
def choose(batch, name, found):
    """Add to the batch's choices of that name; what was chosen there already stays."""
    locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    batch.choices = locked.choices | {name: found | locked.choices.get(name, {})}
    ImportBatch.objects.filter(pk=batch.pk).update(choices=batch.choices)
