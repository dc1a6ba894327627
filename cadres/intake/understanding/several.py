"""A person written over several rows, one degree a line: the cells of the name are merged down."""

from cadres.intake.parsing import levels
from cadres.intake.understanding.people import RANKED


def join_lines(reader, found, person):
    """Give a Person what the rows say that go on with its row; the highest level counts."""
    for row in found.more:
        _join(person, reader.read(row))


def _join(person, other):
    """Takes what `other` tells beyond `person`: a higher level, or a field not told yet."""
    higher = {field for field in RANKED if _is_higher(field, person.values, other.values)}
    if "professional_level" in higher:
        # The subject goes with its degree.
        person.values.pop("professional_major", None)
    for field in higher:
        person.values.pop(field, None)
    for field, value in other.values.items():
        # A blank under a column of marks says nothing in a second row.
        if field not in person.values and value is not False:
            person.values[field] = value
            person.cells[field] = other.cells[field]
    person.warnings.extend(w for w in other.warnings if w not in person.warnings)


def _is_higher(field, ours, theirs):
    if field not in ours or field not in theirs:
        return False
    return levels.rank_of(theirs[field], field) > levels.rank_of(ours[field], field)
