"""Light stand-ins for rows of the database: same attributes, quick to make by ten thousands."""

from dataclasses import field, make_dataclass

from cadres.models import Official, PartyStatus, PlanningEntry, Posting, Qualification
from trainingplans.lib.dates import PartialDate

PARTS = (Posting, Qualification, PartyStatus, PlanningEntry)
MODELS = (Official, *PARTS)
PLACES = {model: place for place, model in enumerate(PARTS)}


class Record:
    """A row as plain attributes, with the shorthands of its model that the rules use."""

    __slots__ = ()

    @property
    def pk(self):
        return self.id

    @property
    def birth(self):
        """The PartialDate of birth, or None."""
        return PartialDate(self.birth_date, self.birth_precision) if self.birth_date else None

    @property
    def joined(self):
        """The PartialDate of joining the Party, or None."""
        return PartialDate(self.joined_on, self.joined_precision) if self.joined_on else None


def columns_of(model):
    """The names of all columns of a model, in their order."""
    return [column.attname for column in model._meta.concrete_fields]


def _record_class(model):
    spec = []
    for column in model._meta.concrete_fields:
        default = None if column.primary_key else column.get_default()
        spec.append((column.attname, object, field(default=default)))
    name = f"{model.__name__}Record"
    return make_dataclass(name, spec, bases=(Record,), slots=True, eq=False)


RECORDS = {model: _record_class(model) for model in MODELS}
COLUMNS = {model: columns_of(model) for model in MODELS}


def copy_of(model, record, **values):
    """A new unsaved record with the content of another one, some values replaced."""
    content = {name: getattr(record, name) for name in COLUMNS[model]}
    return RECORDS[model](**{**content, "id": None, "version": 1, **values})


def image(model, record):
    """The row as plain JSON: what undo compares with and goes back to."""
    return {name: plain(getattr(record, name)) for name in COLUMNS[model]}


def plain(value):
    """A value as JSON has it: days as yyyy-mm-dd."""
    return value.isoformat() if hasattr(value, "isoformat") else value


class Dossier:
    """An official with everything recorded over time, and what later rosters said.

    Thousands of people hold the same: what is only read of them are records without ids that they
    share. Records of their own are made when they are asked for.
    """

    __slots__ = ("official", "held", "_shared", "_parts", "later", "is_new", "touched")

    def __init__(self, official, *, is_new=False):
        self.official = official
        self.held = []  # (model's place, first day, id, version, content) as they were read
        self._shared = None
        self._parts = {model: [] for model in PARTS} if is_new else None
        # [(day, keys told)] of applied rosters of later days that list this person.
        self.later = []
        self.is_new = is_new
        # Whether anything was written that standings are derived from.
        self.touched = is_new

    @property
    def shared(self):
        """What is held, a tuple for each of PARTS, the oldest period first, of records that others
        share; None once there are own ones, for these may have been changed.
        """
        if self._parts is not None:
            return None
        if self._shared is None:
            found = ([], [], [], [])
            for place, _, _, _, content in sorted(self.held):
                found[place].append(content)
            self._shared = tuple(map(tuple, found))
        return self._shared

    def contents(self, model):
        """The records of a model, the oldest period first; to be read only."""
        if self._parts is not None:
            return self._parts[model]
        return self.shared[PLACES[model]]

    @property
    def parts(self):
        """{model: [records of this person alone, the oldest period first]}."""
        self.make_own()
        return self._parts

    def make_own(self):
        """Make the person's own records: to be called before anything is changed."""
        if self._parts is None:
            self._parts = {model: [] for model in PARTS}
            owner = self.official.id
            for place, _, pk, version, content in sorted(self.held):
                own = {"id": pk, "version": version, "official_id": owner}
                self._parts[PARTS[place]].append(copy_of(PARTS[place], content, **own))


class Ledger:
    """What a batch is about to write: new records, and changed ones with their images before."""

    def __init__(self):
        self.new = {model: [] for model in MODELS}
        self.changed = {model: {} for model in MODELS}  # id -> record
        self.before = {model: {} for model in MODELS}  # id -> image
        self.removed = {model: {} for model in MODELS}  # id -> record
        self.dossiers = []  # those whose standings must be derived anew

    def create(self, dossier):
        """Take in a dossier whose official is new."""
        self.new[Official].append(dossier.official)
        self.dossiers.append(dossier)

    def add(self, model, dossier, **values):
        """A new part of a dossier."""
        record = RECORDS[model](official_id=dossier.official.id, **values)
        dossier.parts[model].append(record)
        self.new[model].append(record)
        if not dossier.touched:
            self._touch(dossier)
        return record

    def adopt(self, model, dossier, record):
        """Take in a part that was made already."""
        dossier.parts[model].append(record)
        self.new[model].append(record)
        self._touch(dossier)

    def change(self, model, dossier, record, *, counted=True, **values):
        """Change columns of a record; its image before is kept once.

        `counted`: whether standings are derived from these columns.
        """
        if dossier.shared is not None:
            raise ValueError("Records that people share are not changed: make_own first.")
        if record.id is not None and record.id not in self.before[model]:
            self.before[model][record.id] = image(model, record)
            self.changed[model][record.id] = record
            record.version += 1
        for name, value in values.items():
            setattr(record, name, value)
        if counted:
            self._touch(dossier)

    def remove(self, model, dossier, record):
        """Take a part away: it was wrong from its first day."""
        dossier.parts[model].remove(record)
        if record.id is None:
            self.new[model].remove(record)
        else:
            self.before[model].setdefault(record.id, image(model, record))
            self.changed[model].pop(record.id, None)
            self.removed[model][record.id] = record
        self._touch(dossier)

    def _touch(self, dossier):
        if not dossier.touched:
            dossier.touched = True
            self.dossiers.append(dossier)

    @property
    def is_empty(self):
        return not any(self.new[model] or self.before[model] for model in MODELS)
