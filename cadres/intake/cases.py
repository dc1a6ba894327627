"""A data row on its way through an import, and the words for what is wrong with it."""

from dataclasses import dataclass, field

from cadres.intake.fields import LONGEST, key_of
from cadres.intake.types import Issue, ParsedRow

CREATE, UPDATE, UNCHANGED, REJECT = "create", "update", "unchanged", "reject"


@dataclass(slots=True)
class Case:
    """A row, the unit and person it means, and what becomes of it."""

    row: ParsedRow
    told: dict = field(default_factory=dict)
    unit: object = None
    # False where the unit is the one that the import was made for: people below it stay there.
    is_unit_told: bool = True
    action: str = ""
    dossier: object = None
    # key -> (old, new): taken ones, and those that somebody chose to leave as they are.
    changed: dict = field(default_factory=dict)
    kept: dict = field(default_factory=dict)
    reject_field: str = ""
    # Officials that a doubtful row may mean.
    candidates: list = field(default_factory=list)
    # Officials of the row's name that it is not: a human said that it is somebody new.
    not_these: list = field(default_factory=list)
    # The earlier identical row.
    double_of: object = None
    # Whether the row names a person that a human decided on (True: an official, False: nobody).
    decided: bool | None = None

    @property
    def key(self):
        """How choices name the row."""
        return f"{self.row.sheet}!{self.row.row}"

    @property
    def person_key(self):
        """Name, birth and unit: what a human's decision about the row is remembered by."""
        name = key_of(self.told.get("full_name", ""))
        return f"{name}|{self.told.get('birth_date', '')}|{self.unit_id or ''}"[:300]

    @property
    def place(self):
        return (self.row.sheet, self.row.row)

    @property
    def official_id(self):
        return self.dossier.official.id if self.dossier else None

    @property
    def unit_id(self):
        return self.unit.pk if self.unit else None

    @property
    def is_open(self):
        """Whether nothing was decided about the row yet."""
        return not self.action

    def issue(self, key, code, what, cure="", *, severity="error", suggestion=""):
        """An Issue at one of the row's cells: where, what, how to mend it."""
        column = self.row.cells.get(key)
        where = f"Ô {column}{self.row.row}" if column else f"Dòng {self.row.row}"
        where += f" trang “{self.row.sheet}”" if self.row.sheet else ""
        return Issue(
            sheet=self.row.sheet,
            row=self.row.row,
            column=column,
            field=key,
            value=str(self.row.values.get(key) or (self.row.unit_text if key == "unit" else "")),
            severity=severity,
            code=code,
            message=" ".join(f"{where}: {what}. {cure}{'.' if cure else ''}".split()),
            suggestion=suggestion,
        )

    def reject(self, key, code, what, cure="", *, suggestion=""):
        """Refuse the row; returns the Issue that says why."""
        self.action, self.reject_field = REJECT, key
        return self.issue(key, code, what, cure, suggestion=suggestion)


def cases_of(parsed):
    """(cases, issues): one case for each data row; what is too long for its column is left out."""
    cases, issues = [], []
    for row in parsed.rows:
        case = Case(row=row, told=dict(row.values))
        case.told.pop("unit", None)
        if row.reject_field:
            case.action, case.reject_field = REJECT, row.reject_field
        else:
            issues += _too_long(case)
        cases.append(case)
    return cases, issues


def _too_long(case):
    told = case.row.values
    for key, longest in LONGEST.items():
        text = told.get(key, "")
        if len(text) > longest:
            if key == "full_name":
                message = (
                    f"Họ tên dài {len(text)} ký tự, dài nhất là {longest}. Dòng không được nhập."
                )
                yield case.reject(key, "too_long", message, "Rút gọn rồi nhập lại")
                return
            del case.told[key]
            message = f"dài {len(text)} ký tự, dài nhất là {longest}, nên bị bỏ qua"
            yield case.issue(key, "too_long", message, "Rút gọn rồi nhập lại", severity="warning")
