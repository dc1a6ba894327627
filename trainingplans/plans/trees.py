"""Rows with parents, in the order of the tree."""

from dataclasses import dataclass

DEEPEST_SHOWN = 3


@dataclass(frozen=True)
class Branch:
    """A row of a tree and how deep it stands."""

    row: object
    depth: int

    @property
    def depth_shown(self):
        """The depth as far as lists indent."""
        return min(self.depth, DEEPEST_SHOWN)


def flat_tree(rows):
    """[Branch] parents before children, siblings in the order given; lost parents are tops."""
    rows = list(rows)
    known = {row.pk for row in rows}
    children = {}
    for row in rows:
        above = row.parent_id if row.parent_id in known else None
        children.setdefault(above, []).append(row)
    return list(_walk(children, None, 0))


def _walk(children, above, depth):
    for row in children.get(above, []):
        yield Branch(row, depth)
        yield from _walk(children, row.pk, depth + 1)
