"""What rules need to know of a day: units, traits, languages, levels; each read once, if at all."""

from collections import Counter, defaultdict
from functools import cached_property

from django.core.exceptions import EmptyResultSet
from django.db.models import BooleanField, F, Lookup, Q

from cadres.catalogues import GroupFinder
from cadres.models import EthnicGroup, Level, Rank, Unit, UnitLanguage, UnitTrait
from cadres.units import UnitFinder
from trainingplans.lib.dates import today
from trainingplans.lib.text import fold


class Among(Lookup):
    """`column IN (1, 2, 3)` with the ids written out: no limit on how many there are."""

    lookup_name = "among"
    prepare_rhs = False
    output_field = BooleanField()

    def as_sql(self, compiler, connection):
        if not self.rhs:
            raise EmptyResultSet
        column, params = self.process_lhs(compiler, connection)
        return f"{column} IN ({', '.join(str(int(pk)) for pk in sorted(self.rhs))})", params


def among(column, ids):
    """The Q of `Among` for a column."""
    return Q(Among(F(column), tuple(ids)))


class Known:
    """What rules ask about that is the same on every day; each read once, if at all."""

    def __init__(self):
        self.things = {}

    @cached_property
    def unit_rows(self):
        return list(Unit.objects.values_list("pk", "code", "kind", "path"))

    @cached_property
    def finder(self):
        return UnitFinder()

    @cached_property
    def units(self):
        return Unit.objects.in_bulk()

    @cached_property
    def traits(self):
        """(trait, unit id, first day, first day after) of all times."""
        return list(UnitTrait.objects.values_list("trait", "unit_id", "valid_from", "valid_to"))

    @cached_property
    def languages(self):
        """(name of a language, unit id, first day, first day after) of all times."""
        columns = ("language__name", "unit_id", "valid_from", "valid_to")
        return list(UnitLanguage.objects.values_list(*columns))

    @cached_property
    def levels(self):
        ladders = defaultdict(dict)
        for level in Level.objects.order_by("ladder", "rank", "code"):
            ladders[level.ladder][level.code] = level
        return ladders

    @cached_property
    def groups(self):
        return list(EthnicGroup.objects.all())

    @cached_property
    def rank_names(self):
        return dict(Rank.objects.values_list("code", "name"))


class RuleContext:
    """A day and what rules ask about it; make one for many rules, then throw it away.

    `like` is the context of another day, which has read what does not change from day to day.
    """

    def __init__(self, on=None, like=None):
        self.on = on or today()
        self._known = like._known if like else Known()

    def once(self, key, make):
        """What the conditions of an upper layer need to know, on any day, made once."""
        if key not in self._known.things:
            self._known.things[key] = make()
        return self._known.things[key]

    def in_units(self, ids):
        """The Q of people whose unit is one of these."""
        return among("unit_id", ids)

    @property
    def unit_rows(self):
        """(id, code, kind, path) of every unit."""
        return self._known.unit_rows

    @cached_property
    def all_units(self):
        return frozenset(pk for pk, *_ in self.unit_rows)

    @cached_property
    def _units_by_code(self):
        return {code.casefold(): pk for pk, code, *_ in self.unit_rows}

    @property
    def units(self):
        """{id: Unit}, for names."""
        return self._known.units

    @cached_property
    def unit_keys(self):
        """{id: name}, with the code where two units have the same name."""
        twice = Counter(unit.name for unit in self.units.values())
        return {
            pk: f"{unit.name} ({unit.code})" if twice[unit.name] > 1 else unit.name
            for pk, unit in self.units.items()
        }

    @cached_property
    def _units_by_kind(self):
        return grouped((kind, pk) for pk, _, kind, _ in self.unit_rows)

    @cached_property
    def _units_below(self):
        """{unit id: ids of it and all below}, from the paths "/1/5/"."""
        pairs = (
            (int(top), pk) for pk, *_, path in self.unit_rows for top in path.split("/") if top
        )
        return grouped(pairs)

    @cached_property
    def _units_by_trait(self):
        return grouped(self._valid(self._known.traits))

    @cached_property
    def units_by_language(self):
        """{name of a language: ids of the units where it is spoken on the day}."""
        return grouped(self._valid(self._known.languages))

    def _valid(self, rows):
        """The (key, value) of rows that are valid on the day."""
        return ((key, value) for key, value, first, end in rows if first <= self.on < end)

    def find_unit(self, text):
        """The id of the unit with this code or name; UnitNotFound for none or several."""
        pk = self._units_by_code.get(text.strip().casefold())
        return pk or self._known.finder.find(text).pk

    def units_of_kind(self, kind):
        return self._units_by_kind.get(kind, frozenset())

    def units_with_trait(self, trait):
        return self._units_by_trait.get(trait, frozenset())

    def units_below(self, pk):
        return self._units_below.get(pk, frozenset({pk}))

    @property
    def levels(self):
        """{ladder: {code: Level}} from the bottom of each ladder."""
        return self._known.levels

    @property
    def _groups(self):
        return self._known.groups

    @cached_property
    def group_names(self):
        """The official names of all ethnic groups, in order."""
        return [group.name for group in self._groups]

    @cached_property
    def _group_names_by_id(self):
        return {group.pk: group.name for group in self._groups}

    def group_name(self, pk):
        """The official name of an ethnic group by its id."""
        return self._group_names_by_id[pk]

    @cached_property
    def _group_finder(self):
        return GroupFinder(self._groups)

    def find_group(self, name):
        """The ethnic group of this name or alias; GroupNotFound otherwise."""
        return self._group_finder.find(name)

    def minority_ids(self, minority):
        """The ids of the groups that are (or are not) ethnic minorities."""
        return [group.pk for group in self._groups if group.is_minority is minority]

    @property
    def rank_names(self):
        """{code: name} of the known ranks."""
        return self._known.rank_names

    @cached_property
    def ranks_by_name(self):
        """{name without marks: codes}."""
        return grouped((fold(name), code) for code, name in self.rank_names.items())


def grouped(pairs):
    """{key: frozenset of values} from (key, value) pairs."""
    found = defaultdict(set)
    for key, value in pairs:
        found[key].add(value)
    return {key: frozenset(values) for key, values in found.items()}
