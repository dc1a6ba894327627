"""Writing a value for a day into a row of periods, so that other days keep what they had."""

from cadres.intake.records import copy_of
from trainingplans.lib.dates import FOREVER


def valid_on(rows, on):
    """The rows that are valid on the day."""
    return [row for row in rows if row.valid_from <= on < row.valid_to]


def next_known(rows, later, keys, on):
    """The first day after `on` of which something is known; FOREVER without one.

    `rows`: the track; `later`: [(day, keys told)] of later rosters; `keys`: those that count.
    """
    if not rows and not later:
        return FOREVER
    days = [FOREVER]
    for row in rows:
        if row.valid_from > on:
            days.append(row.valid_from)
        elif row.valid_to > on:
            days.append(row.valid_to)
    days += [day for day, told in later if day > on and not keys.isdisjoint(told)]
    return min(days)


def holds(record, content):
    """Whether a record has these values."""
    return all(getattr(record, name) == value for name, value in content.items())


class Track:
    """One kind of row of one person that has at most one row a day, on the way into a ledger."""

    def __init__(self, ledger, dossier, model, rows, fixed=None):
        self.ledger, self.dossier, self.model = ledger, dossier, model
        self.rows = rows
        self.fixed = fixed or {}  # columns that all rows of the track share

    def put(self, content, start, until, *, current=None, closing=None):
        """Make `content` hold from `start` to `until`; `current` is the row it supersedes.

        `closing`: columns to set on the superseded row (why it ended).
        """
        if current is None:
            self._lay(content, start, until)
        elif current.valid_from >= start:
            self._replace_from_its_start(current, content, until)
        else:
            rest = current.valid_to
            if until < rest:
                self._resume(current, until)
            self._change(current, valid_to=start, **(closing or {}))
            self._lay(content, start, until)

    def end(self, current, on, until, **closing):
        """Nothing holds from `on` to `until`; a row that begins on the day itself was a mistake."""
        if current.valid_from < on:
            if until < current.valid_to:
                self._resume(current, until)
            self._change(current, valid_to=on, **closing)
        elif until < current.valid_to:
            self._change(current, valid_from=until)
        else:
            self.ledger.remove(self.model, self.dossier, current)

    def _replace_from_its_start(self, current, content, until):
        """A correction of the same day; what follows `until` keeps the old content."""
        if until < current.valid_to:
            self._resume(current, until)
            self._change(current, valid_to=until, **content)
        else:
            self._change(current, **content)

    def _resume(self, current, day):
        """The content of `current` once more, from `day` to its end."""
        record = self._copy(current, valid_from=day)
        self.ledger.adopt(self.model, self.dossier, record)

    def _lay(self, content, start, until):
        """Content for days that nothing covers: the next row begins earlier, or a new row."""
        following = next((r for r in self.rows if r.valid_from == until), None)
        if following is not None and holds(following, content):
            self._change(following, valid_from=start)
        else:
            self.ledger.add(
                self.model,
                self.dossier,
                **self.fixed,
                **content,
                valid_from=start,
                valid_to=until,
            )

    def _copy(self, record, **values):
        return copy_of(self.model, record, **values)

    def _change(self, record, **values):
        self.ledger.change(self.model, self.dossier, record, **values)
