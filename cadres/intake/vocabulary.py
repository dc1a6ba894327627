"""The reference tables as an import needs them: read once, looked up in memory."""

from typing import NamedTuple

from django.db.models import CharField, PositiveSmallIntegerField, Value

from cadres.choices import Ladder
from cadres.intake.types import IntakeError
from cadres.models import EthnicGroup, Level
from cadres.standings import level_code
from trainingplans.lib.text import same_key

# Ladders whose cells are free texts: aliases come before codes (the cell "B1" is Bậc 3).
TEXT_LADDERS = (Ladder.INFORMATICS, Ladder.FOREIGN_LANGUAGE)


class Term(NamedTuple):
    """A level, or an ethnic group (without a ladder)."""

    pk: int
    ladder: str
    code: str
    name: str
    rank: int
    aliases: list


def _catalogues():
    """([levels from the lowest up], [ethnic groups]) as Terms."""
    nothing = {
        "ladder": Value("", CharField()),
        "rank": Value(0, PositiveSmallIntegerField()),
    }
    groups = EthnicGroup.objects.annotate(**nothing).order_by().values_list(*Term._fields)
    levels = Level.objects.order_by().values_list(*Term._fields)
    terms = [Term(*row) for row in levels.union(groups, all=True)]
    terms.sort(key=lambda term: (term.rank, term.code, term.pk))
    return [t for t in terms if t.ladder], [t for t in terms if not t.ladder]


class Vocabulary:
    """Levels by code and by the way people write them, ethnic groups by name; one query."""

    def __init__(self):
        levels, groups = _catalogues()
        if not levels or not groups:
            raise IntakeError(
                "no_catalogues",
                "Chưa có danh mục dân tộc và trình độ. Quản trị chạy lệnh load_catalogues trước.",
            )
        self.level_ids = {(level.ladder, level.code): level.pk for level in levels}
        self.codes = {level.pk: level.code for level in levels}
        self.names = {level.pk: level.name for level in levels}
        self.ranks = {level.pk: level.rank for level in levels}
        self.texts = _texts(levels)
        self.group_ids = {group.name: group.pk for group in groups}
        self.group_names = {group.pk: group.name for group in groups}

    def level_id(self, ladder, code):
        """The level with this code, or None."""
        return self.level_ids.get((ladder, code))

    def level_of_text(self, ladder, text):
        """The level that a cell means on a ladder, or None where it fits no way of writing."""
        return self.texts.get((ladder, same_key(text)))

    def height(self, record):
        """How high a qualification stands on its ladder (see models.standings)."""
        return level_code(record.level_id, record.detail, self.ranks)


def _texts(levels):
    """{(ladder, text's key): level id}; aliases win over names, names over codes."""
    texts = {}
    for told in (lambda x: x.aliases, lambda x: [x.name], lambda x: [x.code]):
        for level in levels:
            if level.ladder in TEXT_LADDERS:
                for text in told(level):
                    texts.setdefault((level.ladder, same_key(text)), level.pk)
    return texts
