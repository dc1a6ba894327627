"""Taking an applied import back, person by person: reversed, kept because edited, refused."""

from collections import defaultdict
from datetime import timedelta

from cadres.intake import bulk
from cadres.intake.applying import MANY, write_standings
from cadres.intake.people import dossiers_of, one_of, records_of
from cadres.intake.records import COLUMNS, MODELS, PARTS, RECORDS, image, plain
from cadres.intake.stages import WRITING, counted, tell
from cadres.models import Change, ImportRow, Level, MatchDecision, Official, Standing

LABELS = {model._meta.label_lower: model for model in MODELS}
# Rows that hang on an official and go with it, or let go of it, without asking.
GOES_ALONG = {*PARTS, Standing, ImportRow, MatchDecision}
NOT_COMPARED = {"version"}
CLOCKS = timedelta(days=1)  # more than clocks of two machines may differ


def changes_of(batch):
    """The Changes of a batch, with those of the people that it created: told by their history."""
    stored = list(Change.objects.filter(batch=batch))
    known = {(change.model, change.object_id) for change in stored}
    made, created = [], None
    for model in MODELS:
        owner = "id" if model is Official else "official_id"
        rows = _created_rows(model, batch, created)
        if created is None:
            created = [row["id"] for row in rows]
        label = model._meta.label_lower
        for row in rows:
            if (label, row["id"]) not in known:
                after = {name: plain(value) for name, value in row.items()}
                made.append(
                    Change(
                        batch=batch,
                        official_id=row[owner],
                        model=label,
                        object_id=row["id"],
                        after=after,
                    )
                )
    return stored + made


def _created_rows(model, batch, people):
    """The rows of new people as the batch wrote them; `people` None for the people themselves."""
    if batch.applied_at is None:
        return []
    history = model.history.model
    rows = history.objects.filter(
        history_change_reason=f"import:{batch.pk}",
        history_type="+",
        history_date__gte=batch.applied_at - CLOCKS,
    )
    if people is not None:
        rows = rows.filter(official_id__in=one_of(people))
    return list(rows.order_by("id").values(*[field.attname for field in history.tracked_fields]))


class Undo:
    """Works out and writes the undo of one batch; `answer` says what became of whom."""

    def __init__(self, batch, *, by):
        self.batch, self.by = batch, by
        self.reason = f"undo:{batch.pk}"
        self.people = defaultdict(list)  # official id -> changes
        for change in changes_of(batch):
            self.people[change.official_id].append(change)
        self.present = self._present()
        self.dossiers = dossiers_of(self.people).by_id if self.people else {}
        self.kept, self.refused = {}, {}

    def _present(self):
        """{(label, id): record} of the written rows as they are now."""
        ids = defaultdict(list)
        for changes in self.people.values():
            for change in changes:
                ids[change.model].append(change.object_id)
        return {
            (label, record.id): record
            for label, pks in ids.items()
            for record in records_of(LABELS[label], pk__in=one_of(pks))
        }

    def run(self):
        """Reverse what can be reversed; returns the contract's answer without the batch."""
        people = counted(self.people.items(), WRITING, 2 * len(self.people))
        for official, changes in people:
            if why := self._edited(official, changes):
                self.kept[official] = why
        self._refuse([pk for pk in self.people if self._is_created(pk) and pk not in self.kept])
        left = [pk for pk in self.people if pk not in self.kept and pk not in self.refused]
        tell(WRITING, 1, 2)
        self._reverse(left)
        return {
            "reversed": len(left),
            "kept": self._named(self.kept),
            "refused": self._named(self.refused),
        }

    def _named(self, people):
        return [{"official": pk, "name": self._name(pk), "why": why} for pk, why in people.items()]

    def _name(self, official):
        dossier = self.dossiers.get(official)
        return dossier.official.full_name if dossier else ""

    # Who is kept

    def _is_created(self, official):
        return any(
            change.before is None and LABELS[change.model] is Official
            for change in self.people[official]
        )

    def _edited(self, official, changes):
        """Why the person must stay as they are, or ""."""
        if official not in self.dossiers:
            return "Hồ sơ đã bị xóa sau lần nhập."
        for change in changes:
            record = self.present.get((change.model, change.object_id))
            if (what := self._difference(change, record)) is not None:
                name = LABELS[change.model]._meta.verbose_name
                return f"Đã sửa sau lần nhập: {what or name}."
        if self._is_created(official) and self._has_more(official, changes):
            return "Hồ sơ có thêm thông tin sau lần nhập."
        return ""

    def _difference(self, change, record):
        """What was edited since in a written row: a column, "" for the row; None for nothing."""
        if record is None:
            return None if change.after is None else ""
        if change.after is None:
            return ""
        model = LABELS[change.model]
        now = image(model, record)
        for name, value in change.after.items():
            if name not in NOT_COMPARED and name in now and now[name] != value:
                return str(_column(model, name).verbose_name)
        return None

    def _has_more(self, official, changes):
        """Whether rows hang on a created person that the batch did not write."""
        written = {(change.model, change.object_id) for change in changes}
        return any(
            (model._meta.label_lower, record.id) not in written
            for model, rows in self.dossiers[official].parts.items()
            for record in rows
        )

    def _refuse(self, created):
        """Created people who are referred to from elsewhere cannot be deleted."""
        if not created:
            return
        for model, column in _references():
            rows = model._default_manager.filter(**{f"{column.name}__in": one_of(created)})
            for pk in rows.values_list(f"{column.name}_id", flat=True):
                self.refused[pk] = f"Đã có trong: {model._meta.verbose_name}."

    # What is reversed

    def _reverse(self, people):
        created = [pk for pk in people if self._is_created(pk)]
        gone = set(created)
        undone = [c for pk in people for c in self.people[pk] if pk not in gone]
        for model in MODELS:
            changes = [c for c in undone if LABELS[c.model] is model]
            self._restore(model, [c for c in changes if c.before is not None and c.after])
            self._bring_back(model, [c for c in changes if c.after is None])
            self._delete(model, [c.object_id for c in changes if c.before is None])
        self._delete_people(created)
        self._derive([pk for pk in people if pk not in gone])

    def _restore(self, model, changes):
        records = []
        for change in changes:
            present = self.present[(change.model, change.object_id)]
            record = _record(model, change.before)
            record.version = present.version + 1
            records.append(record)
        if records:
            bulk.update(model, records, COLUMNS[model])
            ids = [record.id for record in records]
            bulk.write_history(model, ids, "~", by=self.by, reason=self.reason)

    def _bring_back(self, model, changes):
        if changes:
            bulk.insert_records(model, [_record(model, change.before) for change in changes])
            ids = [change.object_id for change in changes]
            bulk.write_history(model, ids, "+", by=self.by, reason=self.reason)

    def _delete(self, model, ids):
        if ids:
            bulk.write_history(model, ids, "-", by=self.by, reason=self.reason)
            if model in PARTS:
                self._forget_standings(model, ids)
            bulk.delete(model, ids)

    def _forget_standings(self, model, ids):
        """Standings point to posts: those of the people concerned go first, and are made anew."""
        owners = {self.present[(model._meta.label_lower, pk)].official_id for pk in ids}
        bulk.delete(Standing, owners, "official_id")

    def _delete_people(self, created):
        if not created:
            return
        bulk.delete(Standing, created, "official_id")
        bulk.delete(MatchDecision, created, "official_id")
        condition, params = bulk.in_ids("official_id", created)
        table = bulk.table(ImportRow)
        bulk.execute(f"UPDATE {table} SET official_id = NULL WHERE {condition}", params)  # noqa: S608
        for model in (*PARTS, Official):
            ids = [
                change.object_id
                for pk in created
                for change in self.people[pk]
                if LABELS[change.model] is model
            ]
            if ids:
                bulk.write_history(model, ids, "-", by=self.by, reason=self.reason)
                bulk.delete(model, ids)

    def _derive(self, people):
        if people:
            ranks = dict(Level.objects.values_list("pk", "rank"))
            write_standings(list(dossiers_of(people).by_id.values()), ranks)
        if len(self.people) >= MANY:
            bulk.analyze([*MODELS, Standing])


def _references():
    """(model, foreign key) of all rows elsewhere that point to an official; history apart."""
    for relation in Official._meta.get_fields(include_hidden=True):
        if relation.auto_created and (relation.one_to_many or relation.one_to_one):
            model = relation.related_model
            if model not in GOES_ALONG and not hasattr(model, "instance_type"):
                yield model, relation.field


def _column(model, name):
    return next(c for c in model._meta.concrete_fields if c.attname == name)


def _record(model, before):
    """The record of an image."""
    content = {
        column.attname: column.to_python(before.get(column.attname))
        if column.get_internal_type() == "DateField"
        else before.get(column.attname)
        for column in model._meta.concrete_fields
    }
    return RECORDS[model](**content)
