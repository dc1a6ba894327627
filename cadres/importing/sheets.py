"""The sheets of a batch as last understood, kept beside its file so that a page opens at once."""

import gzip
import json
from dataclasses import asdict

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage


def _name(batch):
    return f"{batch.file.name}.trang.json.gz"


def keep_sheets(batch, roster):
    """Store the sheets of a ParsedRoster; what was there before is replaced."""
    sheets = [asdict(sheet) for sheet in roster.sheets]
    for sheet in sheets:
        sheet["hidden_rows"] = sorted(sheet["hidden_rows"])
        sheet["hidden_columns"] = sorted(sheet["hidden_columns"])
    data = gzip.compress(json.dumps(sheets, ensure_ascii=False).encode(), 3)
    default_storage.delete(_name(batch))
    default_storage.save(_name(batch), ContentFile(data))


def sheets_of(batch):
    """[sheet as plain data] (see intake.types.ParsedSheet; row kinds have text keys)."""
    with default_storage.open(_name(batch)) as stored:
        return json.loads(gzip.decompress(stored.read()))
