"""A data row on its way through an import, and the words for what is wrong with it."""

from dataclasses import dataclass, field

from cadres.intake.fields import LONGEST
from cadres.intake.types import Issue, ParsedRow

CREATE, UPDATE, UNCHANGED, REJECT = "create", "update", "unchanged", "reject"


@dataclass(slots=True)
class Case:
    """A row, the unit and person it means, and what becomes of it."""

    row: ParsedRow
    told: dict = field(default_factory=dict)
    unit: object = None
    action: str = ""
    dossier: object = None
    # key -> (old, new): taken ones, and those that somebody chose to leave as they are.
    changed: dict = field(default_factory=dict)
    kept: dict = field(default_factory=dict)
    reject_field: str = ""
    # Officials that a doubtful row may mean.
    candidates: list = field(default_factory=list)
    # The earlier identical row.
    double_of: object = None
    # Whether the row names a person that a human decided on (True: an official, False: nobody).
    decided: bool | None = None

    @property
    def key(self):
        """How choices name the row."""
        return f"{self.row.sheet}!{self.row.row}"

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

    def issue(self, key, code, message, *, severity="error", suggestion=""):
        """An Issue at one of the row's cells."""
        return Issue(
            sheet=self.row.sheet,
            row=self.row.row,
            column=self.row.cells.get(key),
            field=key,
            value=str(self.row.values.get(key) or (self.row.unit_text if key == "unit" else "")),
            severity=severity,
            code=code,
            message=message,
            suggestion=suggestion,
        )

    def reject(self, key, code, message, suggestion=""):
        """Refuse the row; returns the Issue that says why."""
        self.action, self.reject_field = REJECT, key
        return self.issue(key, code, message, suggestion=suggestion)


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
    for key, longest in LONGEST.items():
        text = case.told.get(key)
        if isinstance(text, str) and longest and len(text) > longest:
            if key == "full_name":
                message = (
                    f"Họ tên dài {len(text)} ký tự, dài nhất là {longest}. Dòng không được nhập."
                )
                yield case.reject(key, "too_long", message)
                return
            del case.told[key]
            message = f"Dài {len(text)} ký tự, dài nhất là {longest}: giá trị bị bỏ qua."
            yield case.issue(key, "too_long", message, severity="warning")
