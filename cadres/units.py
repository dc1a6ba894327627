"""Finding units by code or name, guessing their kind, writing them."""

from collections import defaultdict

from django.db import transaction
from django.utils.crypto import get_random_string

from cadres.audit import record
from cadres.choices import UnitKind
from cadres.models import Unit, UnitSuccession
from trainingplans.lib.text import fold, sort_key, tidy, unit_key, unit_name

KINDS_BY_NAME = [
    (UnitKind.PROVINCE, ("tinh ", "ubnd tinh", "thanh pho truc thuoc")),
    (UnitKind.DISTRICT, ("huyen ", "quan ", "thi xa ", "phong noi vu huyen")),
    (UnitKind.COMMUNE, ("xa ", "phuong ", "thi tran ", "dac khu ", "hdnd xa ", "dang uy xa ")),
    (
        UnitKind.PARTY,
        ("tinh uy", "ban to chuc", "ban tuyen giao", "dang uy", "thanh uy", "uy ban kiem tra"),
    ),
    (
        UnitKind.MASS_ORGANISATION,
        ("uy ban mat tran", "mat tran", "hoi ", "doan ", "lien doan lao dong", "tinh doan"),
    ),
    (
        UnitKind.PUBLIC_SERVICE,
        (
            "truong ",
            "trung tam ",
            "benh vien ",
            "vien ",
            "bao tang ",
            "thu vien ",
            "dai phat thanh",
        ),
    ),
    (
        UnitKind.DEPARTMENT,
        (
            "so ",
            "van phong ubnd",
            "van phong hdnd",
            "van phong doan",
            "thanh tra",
            "ban ",
            "chi cuc ",
        ),
    ),
]


class UnitNotFound(LookupError):
    """No unit, or more than one, has this code or name; the text says which, in Vietnamese."""


class UnitFinder:
    """Finds units by code or name: case, a leading "UBND" and the tone's place do not matter.

    Made once for many look-ups; two queries. `units`: the queryset to find among; `old_names`:
    [(old name, unit id)] where the caller has read the successions already.
    """

    def __init__(self, units=None, old_names=None):
        units = list(Unit.objects.all() if units is None else units)
        self.by_code = {unit.code.casefold(): unit for unit in units}
        self.by_name = defaultdict(dict)
        self.by_folded = defaultdict(dict)
        for unit in units:
            self._remember(unit.name, unit)
        known = {unit.pk: unit for unit in units}
        if old_names is None:
            renamed = UnitSuccession.objects.filter(new__in=known).exclude(old_name="")
            old_names = renamed.values_list("old_name", "new")
        for old_name, new in old_names:
            self._remember(old_name, known[new])

    def _remember(self, name, unit):
        self.by_name[unit_key(name)][unit.pk] = unit
        self.by_folded[fold(unit_key(name))][unit.pk] = unit

    def candidates(self, text):
        """The units that `text` may mean: by code, else by name, else by name without marks."""
        text = unit_name(text)
        if unit := self.by_code.get(text.casefold()):
            return [unit]
        key = unit_key(text)
        found = self.by_name.get(key) or self.by_folded.get(fold(key)) or {}
        return list(found.values())

    def find(self, text):
        """The one unit; UnitNotFound for none or several."""
        found = self.candidates(text)
        if len(found) == 1:
            return found[0]
        if found:
            names = ", ".join(f"{unit.name} ({unit.code})" for unit in found)
            raise UnitNotFound(f"“{text}” có thể là nhiều đơn vị: {names}. Ghi mã đơn vị.")
        raise UnitNotFound(f"Không có đơn vị “{text}”. Ghi mã hoặc tên đúng như trong cây đơn vị.")


def find_unit(text, units=None):
    """The unit with this code or name among `units` (default all); UnitNotFound otherwise."""
    return UnitFinder(units).find(text)


def guess_kind(name):
    """The kind of unit that a name speaks of."""
    key = fold(unit_key(name)) + " "
    for kind, starts in KINDS_BY_NAME:
        if key.startswith(starts):
            return kind
    return UnitKind.OTHER


def set_keys(unit):
    """Fill the columns that search and order by; call before each save of a name."""
    unit.name = tidy(unit.name)
    unit.name_key = unit_key(unit.name)
    unit.search_key = fold(unit.name)
    unit.sort_key = sort_key(unit.name)


def new_code():
    """A code for a unit that came without one."""
    return f"DV-{get_random_string(6, 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789')}"


@transaction.atomic
def save_unit(unit, *, by, act="unit.change"):
    """Save a unit with its keys and its place in the tree (and of all below it); audited."""
    set_keys(unit)
    unit.code = unit.code or new_code()
    old_path = unit.path
    unit.save()
    place(unit)
    if old_path not in ("/", unit.path):
        _move_below(old_path, unit.path)
    record(act, by=by, subject=unit, unit=unit)
    return unit


def place(unit):
    """Write the path of a saved unit: its parent's path and its own id."""
    path = f"{unit.parent.path if unit.parent else '/'}{unit.pk}/"
    if path != unit.path:
        unit.path = path
        Unit.objects.filter(pk=unit.pk).update(path=path)


def _move_below(old_path, new_path):
    below = list(Unit.objects.filter(path__startswith=old_path).exclude(path=old_path))
    for unit in below:
        unit.path = new_path + unit.path[len(old_path) :]
    Unit.objects.bulk_update(below, ["path"])
