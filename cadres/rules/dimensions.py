"""What people are told apart by: columns of standings with their keys, words and order."""

from django.db.models import Case, CharField, Q, Value, When

from cadres.choices import Gender, Ladder, StaffKind
from cadres.models.standings import RANK_STEP, level_column
from cadres.rules.base import CONDITIONS

UNKNOWN = "unknown"
NOT_KNOWN = "chưa rõ"


class Dimension:
    """One way to divide people; each person has exactly one key, `unknown` where none is told."""

    sensitive = False  # small groups are merged for readers outside the department

    def __init__(self, code, label, column):
        self.code, self.label, self.column = code, label, column

    def value(self, context):
        """What the query groups by: a column or an expression."""
        return self.column

    def key(self, raw, context):
        """The key of a value of the column."""
        return UNKNOWN if raw in (None, "") else str(raw)

    def q(self, key, context):
        """Who has this key."""
        if key == UNKNOWN:
            return self._nothing()
        return Q(**{self.column: key})

    def _nothing(self):
        return Q(**{f"{self.column}__isnull": True})

    def choices(self, context):
        """[(key, words)] of all keys but `unknown`, in the order in which they are shown."""
        raise NotImplementedError

    def words(self, context):
        """{key: words}, `unknown` last."""
        return {**dict(self.choices(context)), UNKNOWN: NOT_KNOWN}


class Listed(Dimension):
    """A column of texts with a closed list of values."""

    def __init__(self, code, label, column, values):
        super().__init__(code, label, column)
        self.values = values

    def choices(self, context):
        return list(self.values)

    def _nothing(self):
        return Q(**{self.column: ""})


class YesNo(Dimension):
    """A column that is true, false or not told."""

    def __init__(self, code, label, yes, no):
        super().__init__(code, label, code)
        self.yes, self.no = yes, no

    def key(self, raw, context):
        return UNKNOWN if raw is None else "yes" if raw else "no"

    def q(self, key, context):
        if key == UNKNOWN:
            return self._nothing()
        return Q(**{self.column: key == "yes"})

    def choices(self, context):
        return [("yes", self.yes), ("no", self.no)]


class Groups(Dimension):
    """The ethnic group, by its official name."""

    sensitive = True

    def key(self, raw, context):
        return UNKNOWN if raw is None else context.group_name(raw)

    def q(self, key, context):
        if key == UNKNOWN:
            return self._nothing()
        return Q(ethnic_group=context.find_group(key).pk)

    def choices(self, context):
        return [(name, name) for name in context.group_names]


class Minority(Dimension):
    """Whether the ethnic group is a minority."""

    def key(self, raw, context):
        if raw is None:
            return UNKNOWN
        return "yes" if raw in context.minority_ids(True) else "no"

    def q(self, key, context):
        if key == UNKNOWN:
            return self._nothing()
        return Q(ethnic_group__in=context.minority_ids(key == "yes"))

    def choices(self, context):
        return [("yes", "Dân tộc thiểu số"), ("no", "Dân tộc Kinh")]


class Rungs(Dimension):
    """The level on a ladder by its code; text that fits no level is not known."""

    def __init__(self, ladder):
        super().__init__(ladder, Ladder(ladder).label, level_column(ladder))
        self.ladder = str(ladder)

    def key(self, raw, context):
        return self._codes(context).get(raw, UNKNOWN)

    def q(self, key, context):
        if key == UNKNOWN:
            known = list(self._codes(context))
            return self._nothing() | ~Q(**{f"{self.column}__in": known})
        wanted = [raw for raw, code in self._codes(context).items() if code == key]
        return Q(**{f"{self.column}__in": wanted})

    def choices(self, context):
        names = self._rungs(context)
        return [(code, names[code].name) for code in reversed(list(names))]

    def _rungs(self, context):
        """{code: Level} from the bottom, one for each rank."""
        by_rank = {level.rank: level for level in reversed(context.levels[self.ladder].values())}
        return {by_rank[rank].code: by_rank[rank] for rank in sorted(by_rank)}

    def _codes(self, context):
        """{value of the column: code}."""
        return {level.rank * RANK_STEP: code for code, level in self._rungs(context).items()}


class Ages(Dimension):
    """Age groups of the quality forms; a year of birth that leaves the group open is not known."""

    spans = {
        "<=30": ("Từ 30 trở xuống", {"to": 30}),
        "31-40": ("31–40", {"from": 31, "to": 40}),
        "41-50": ("41–50", {"from": 41, "to": 50}),
        "51-60": ("51–60", {"from": 51, "to": 60}),
        ">60": ("Trên 60", {"from": 61}),
    }

    def value(self, context):
        cases = [When(self.q(key, context), then=Value(key)) for key in self.spans]
        return Case(*cases, default=None, output_field=CharField(max_length=8))

    def q(self, key, context):
        if key == UNKNOWN:
            known = Q()
            for each in self.spans:
                known |= self.q(each, context)
            return ~known | Q(birth_first__isnull=True)
        return CONDITIONS["age"].q(self.spans[key][1], context) & Q(birth_first__isnull=False)

    def choices(self, context):
        return [(key, words) for key, (words, _span) in self.spans.items()]


class Units(Dimension):
    """The unit, by its name; of two units of one name the code stands beside it."""

    def key(self, raw, context):
        return context.unit_keys[raw]

    def q(self, key, context):
        return context.in_units([pk for pk, name in context.unit_keys.items() if name == key])

    def choices(self, context):
        rows = sorted(context.units.values(), key=lambda unit: (unit.sort_key, unit.code))
        return [(context.unit_keys[unit.pk], context.unit_keys[unit.pk]) for unit in rows]


DIMENSIONS = {
    dimension.code: dimension
    for dimension in [
        Listed("staff_kind", "Loại cán bộ", "staff_kind", StaffKind.choices),
        Listed("gender", "Giới tính", "gender", Gender.choices),
        YesNo("party_member", "Đảng viên", "Đảng viên", "Chưa là đảng viên"),
        YesNo("leadership", "Lãnh đạo, quản lý", "Lãnh đạo, quản lý", "Không giữ chức vụ"),
        YesNo("in_planning", "Quy hoạch", "Trong quy hoạch", "Ngoài quy hoạch"),
        Minority("ethnic_minority", "Dân tộc thiểu số", "ethnic_group_id"),
        Groups("ethnic_group", "Dân tộc", "ethnic_group_id"),
        Ages("age", "Tuổi", "birth_first"),
        *map(Rungs, Ladder),
        Units("unit", "Đơn vị", "unit_id"),
    ]
}
