"""What proofs through commands share: a folder for files, units, a clerk, rosters applied."""

import tempfile
from pathlib import Path

from tests.factories import make_unit
from tests.imports.base import ImportTestCase, run
from tests.proofs.rosters import UNITS, xlsx_of


class ProofCase(ImportTestCase):
    """Ten communes and a scratch folder."""

    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.units = [make_unit(name=name) for name in UNITS]

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def write(self, data, name="ds.xlsx"):
        """The path of a file with these bytes."""
        path = self.folder / name
        path.write_bytes(data)
        return path

    def roster(self, listed, name="ds.xlsx"):
        """The path of a workbook of people."""
        return self.write(xlsx_of(listed), name)

    def send(self, path, *options):
        """The document of an import that goes well."""
        status, documents, errors = run("import_roster", path, *options)
        self.assertEqual(status, 0, (documents, errors))
        return documents[0]

    def apply(self, listed, *options, name="ds.xlsx"):
        """The document of applying a workbook of people."""
        return self.send(self.roster(listed, name), "--apply", *options)
