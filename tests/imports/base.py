"""What tests of imports share: commands run as in the shell, units of the samples, rosters made."""

import csv
import io
import json
from pathlib import Path

from django.core.management import call_command
from django.test import TestCase
from openpyxl import Workbook

from cadres.catalogues import load_people_catalogues
from cadres.intake import batches
from cadres.intake.types import ParsedRoster, ParsedRow, ParsedSheet
from cadres.models import Account, Official, Standing, Unit
from tests.factories import make_unit

ROSTERS = Path(__file__).resolve().parents[1] / "files" / "rosters"


def run(name, *arguments):
    """(exit status, [JSON documents], standard error) of a command with --json."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command(name, *map(str, arguments), "--json", stdout=out, stderr=err)
        status = 0
    except SystemExit as end:
        status = end.code
    documents = [json.loads(line) for line in out.getvalue().splitlines()]
    return status, documents, err.getvalue()


def import_roster(*arguments):
    """(exit status, the one document) of import_roster."""
    status, documents, _ = run("import_roster", *arguments)
    return status, documents[0]


def undo_import(batch):
    """The document of undo_import."""
    return run("undo_import", batch)[1][0]


def units_of(file_name):
    """Make the units that units.csv lists for a sample."""
    with (ROSTERS / "units.csv").open(encoding="utf-8") as lines:
        names = [row["unit"] for row in csv.DictReader(lines) if row["file"] == file_name]
    return [make_unit(name=name, kind="department") for name in names]


def truth(stem):
    """The truth file of a sample."""
    return json.loads((ROSTERS / f"{stem}.truth.json").read_text(encoding="utf-8"))


def workbook(rows, *, headings, title=None):
    """The bytes of an xlsx with one sheet: a title, headings, rows."""
    book = Workbook()
    sheet = book.active
    if title:
        sheet.append([title])
    sheet.append(headings)
    for row in rows:
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def standings_on(day):
    """{name: standing} of those in service on the day."""
    rows = Standing.objects.at(day).filter(in_service=True).select_related("official", "unit")
    return {row.official.full_name: row for row in rows}


class ImportTestCase(TestCase):
    """A test with the reference data of people."""

    @classmethod
    def setUpTestData(cls):
        load_people_catalogues()

    def counts(self):
        return Official.objects.count(), Unit.objects.count()


def roster_of(people, *, sheet="Danh sách"):
    """A ParsedRoster of dicts of values, as the reading half would give it."""
    rows = [
        ParsedRow(
            sheet=sheet,
            row=number,
            values=values,
            unit_text=values.get("unit"),
            source_of_unit="cell" if "unit" in values else None,
            reject_field="" if "full_name" in values else "full_name",
        )
        for number, values in enumerate(people, 2)
    ]
    return ParsedRoster("xlsx", sheets=[ParsedSheet(sheet, used=True)], rows=rows)


def apply_people(people, *, on, by=None, choices=None, **options):
    """(Outcome, batch) of applying these dicts of values as of a day."""
    by = by or Account.objects.system()
    batch = batches.open_batch(b"", "thu.xlsx", by=by, on=on, **options)
    batch.choices = choices or {}
    return batches.apply_parsed(batch, roster_of(people), by=by), batch
