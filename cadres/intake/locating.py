"""Which unit a row means: by its text, else the one that the import was made for."""

import re
from functools import cached_property, lru_cache

from django.db.models import F

from cadres.intake.alike import is_slip, near_names
from cadres.intake.understanding.contexts import ABOVE, is_department, is_unit
from cadres.models import Unit
from cadres.roles import BRANCH
from cadres.units import UnitFinder
from trainingplans.lib.text import fold, tidy, unit_key, unit_name

# Told about the whole file rather than about the people: may name the agency above.
WEAK = {"letterhead", "title"}

# Codes of the issues that ask which unit a name of the file means.
ASKING = frozenset(("unknown_unit", "ambiguous_unit"))

# "X. Phù Yên", "UBND X.Gia Phù": short words before the name of a place.
SHORT = re.compile(r"^(ubnd\s+)?(x|p|tt|đk)\.\s*(?=[^\W\d])", re.I)
IN_FULL = {
    "x": ("xã",), "p": ("phường", "phòng"), "tt": ("thị trấn", "trung tâm"), "đk": ("đặc khu",),
}  # fmt: skip
PART_OF = re.compile(r"(.+)(?:\s*,|\s+[-–])\s+((?:ubnd|xã|phường|thị trấn|đặc khu|sở)\s.+)", re.I)
PLACES = ("xã", "phường", "thị trấn", "đặc khu")
# Bodies of a commune, whose people are the commune's where the tree has no such unit.
BODY = re.compile(
    r"^(?:đảng [uủ]ỷ?y?|(?:đảng|chi) bộ|hđnd|hội đồng nhân dân|(?:ubmttq|mttq|ủy ban mttq)"
    r"(?: việt nam)?)\s+(?=(?:xã|phường|thị trấn|đặc khu)\s)"
    r"|^(?:đảng|chi) bộ\s+(?:cơ quan\s+)?(?=(?:sở|ban|chi cục|trường|trung tâm|bệnh viện)\s)",
    re.I,
)
# The name of a place inside the name of a body; "Phòng Văn hóa - Xã hội" names none.
PLACED = re.compile(
    r"\b(?:[Xx]ã|[Pp]hường|[Tt]hị trấn|[Đđ]ặc khu|[Hh]uyện|[Tt]ỉnh)\s+(?!Hội\b)[A-ZĐÀ-Ỹ\d]"
)


def other_names(text):
    """What else a unit may be called that the tree does not know by this name."""
    text = tidy(text)
    if match := SHORT.match(text):
        for word in IN_FULL[match[2].lower()]:
            yield f"{match[1] or ''}{word} {text[match.end() :]}"
    if BODY.match(text):
        yield BODY.sub("", text)
    if ABOVE.search(text):
        yield ABOVE.sub("", text)
    # "Phòng Kinh tế, UBND xã A"
    if (match := PART_OF.match(text)) and is_department(match[1]) and is_unit(match[2]):
        yield match[2]


@lru_cache(maxsize=5_000)
def _is_part(text):
    """Whether a text names a part of a unit and no place: "Phòng Kinh tế", "Khối Đảng"."""
    return is_department(text) and not PLACED.search(text)


def _above(unit):
    """The path of what a unit is a part of."""
    return unit.path.removesuffix(f"{unit.pk}/")


def _is_in(unit, path):
    return unit.path.startswith(path)


def _units_and_successions():
    """([Unit], [(old id, new id, old name)]) in one query."""
    units, successions = {}, {}
    followed = Unit.objects.annotate(
        follow=F("successors"), new=F("successors__new"), old_name=F("successors__old_name")
    )
    for unit in followed:
        units.setdefault(unit.pk, unit)
        if unit.follow:
            successions[unit.follow] = (unit.pk, unit.new, unit.old_name)
    return list(units.values()), [successions[pk] for pk in sorted(successions)]


class Locator:
    """Finds the unit of each row among all units; an account of a branch gets only its own.

    `told`: {name in the file: name or code of the unit that somebody says it is}.
    """

    def __init__(self, by, default=None, on=None, told=None):
        self.on, self.told = on, told or {}
        units, self.successions = _units_and_successions()
        old_names = [(name, new) for _, new, name in self.successions if name]
        self.finder = UnitFinder(units, old_names)
        self.names = {unit.pk: unit.name for unit in units}
        self.prefix = by.unit.path if by.scope == BRANCH and by.unit else ""
        self.own = {unit.pk for unit in units if unit.path.startswith(self.prefix)}
        if by.scope not in ("all", BRANCH):
            self.own = set()
        self.default = default or (by.unit if self.prefix else None)
        self.units = units
        self.by_id = {unit.pk: unit for unit in units}
        self.paths = {unit.pk: unit.path for unit in units}
        self._found, self._near, self._slips, self._offices = {}, {}, {}, {}

    def name(self, unit_id):
        """The name of a unit by its id."""
        return self.names[unit_id]

    def branch(self, unit_id):
        """The ids of a unit and of all below it."""
        path = self.paths[unit_id]
        return {pk for pk, other in self.paths.items() if other.startswith(path)}

    def kin(self, unit_ids):
        """{unit id: ids of it, of what it was before and of what became of it}."""
        kin = {unit: {unit} for unit in unit_ids}
        for old, new, _ in self.successions:
            if old in kin:
                kin[old].add(new)
            if new in kin:
                kin[new].add(old)
        return kin

    def locate(self, case):
        """Set the unit of a case; returns an Issue where the row must be refused, else None."""
        issue = self._locate(case)
        if case.row.office and not issue:
            self._step_inside(case)
        return issue

    def _step_inside(self, case):
        """A part of a unit that the tree knows by its very name is where the row's person is.

        Only one that stands below that unit or beside it: each commune has its "Phòng Kinh tế".
        """
        office = case.row.office
        if office not in self._offices:
            key = unit_key(unit_name(office))
            self._offices[office] = [
                unit
                for unit in self.finder.by_name.get(key, {}).values()
                if self._is_own(unit) and self._is_valid(unit)
            ]
        path = case.unit.path if case.unit else "/"
        near = [u for u in self._offices[office] if path.startswith(_above(u)) or _is_in(u, path)]
        below = [unit for unit in near if _is_in(unit, path)]
        if len(found := below or near) == 1:
            case.unit, case.is_unit_told = found[0], True
            case.row.unit_text = case.row.values["unit"] = office

    def _locate(self, case):
        text = case.row.unit_text
        if not text:
            case.unit, case.is_unit_told = self.default, False
            return None
        found = self._candidates(text)
        if not found and case.row.source_of_unit == "title":
            found = self._begun(case)
        if len(found) != 1 and self.default and case.row.source_of_unit in WEAK:
            found, case.is_unit_told = [self.default], False
        if not found and self.default and is_department(text):
            found = [self.default]  # "Văn phòng Đảng ủy" of the commune that sends the list
        if not found and case.row.around and _is_part(text):
            found = self._part_of(case)  # "Phòng Kinh tế" in the list of a commune
        if len(found) == 1:
            case.unit = found[0]
            return self._foreign(case)
        return self._ambiguous(case, found) if found else self._unknown(case)

    def _begun(self, case):
        """The units that the first words of a title's unit name: what follows is of the title."""
        words = case.row.unit_text.split()
        for count in range(len(words) - 1, 1, -1):
            text = " ".join(words[:count]).rstrip(" ,;:-–(")
            if is_unit(text) and (found := self._candidates(text)):
                case.row.unit_text = case.row.values["unit"] = text
                return found
        return []

    def _part_of(self, case):
        """The units that the text around a row may mean, whose part its cell names."""
        found = self._candidates(case.row.around)
        if len(found) == 1:
            case.row.unit_text = case.row.values["unit"] = case.row.around
        return found

    def _candidates(self, text):
        """The units that a text may mean; of several those of the day, of the default's branch."""
        if text not in self._found:
            wanted = self.told.get(text, text)
            found = self.finder.candidates(wanted)
            for other in () if found else other_names(wanted):
                found = found or self.finder.candidates(other)
            if not found and not is_unit(tidy(wanted)):  # "Nà Khoa" under "Xã, phường"
                places = (self.finder.candidates(f"{kind} {wanted}") for kind in PLACES)
                found = list(dict.fromkeys(unit for some in places for unit in some))
            for fits in (self._is_own, self._is_valid, self._is_below_default):
                if len(found) > 1:
                    found = [unit for unit in found if fits(unit)] or found
            self._found[text] = found
        return self._found[text]

    def _is_own(self, unit):
        return unit.pk in self.own

    def _is_valid(self, unit):
        return self.on is None or unit.valid_from <= self.on < unit.valid_to

    def _is_below_default(self, unit):
        return self.default is not None and unit.path.startswith(self.default.path)

    def _foreign(self, case):
        if case.unit.pk in self.own:
            return None
        return case.reject(
            "unit",
            "foreign_unit",
            f"“{case.unit.name}” không thuộc đơn vị của tài khoản này nên dòng không được nhập",
            "Xóa dòng này khỏi tệp, hoặc gửi Sở Nội vụ nhập",
        )

    def _ambiguous(self, case, found):
        names = ", ".join(f"{unit.name} ({unit.code})" for unit in found)
        return case.reject(
            "unit",
            "ambiguous_unit",
            f"“{case.row.unit_text}” có thể là nhiều đơn vị: {names}",
            "Ghi mã đơn vị vào cột Đơn vị",
        )

    def _unknown(self, case):
        near = self.nearest(case.row.unit_text)
        like = f", có thể là {' hoặc '.join(f'“{name}”' for name in near)}" if near else ""
        said = self.told.get(case.row.unit_text, "")
        told = f"“{said}” (chỉ cho “{case.row.unit_text}”)" if said else f"“{case.row.unit_text}”"
        return case.reject(
            "unit",
            "unknown_unit",
            f"không có đơn vị {told} trong cây đơn vị",
            f"Ghi đúng tên hoặc mã đơn vị{like}",
            suggestion=self._meant(case.row.unit_text, near),
        )

    def _meant(self, text, near):
        """The unit that a text is a slip for, or ""; looked for once."""
        if text not in self._slips:
            self._slips[text] = next(
                (name for name in near if is_slip(fold(unit_key(text)), fold(unit_key(name)))), ""
            )
        return self._slips[text]

    def nearest(self, text):
        """Up to three names of own units that may be meant by the text; looked for once."""
        if text not in self._near:
            near = near_names(_folded(text), self.own_names)
            self._near[text] = [self.own_names[name] for name in near]
        return self._near[text]

    @cached_property
    def own_names(self):
        """{folded key of an own unit's name: the name}."""
        return {_folded(u.name): u.name for u in self.units if u.pk in self.own}


def _folded(name):
    return fold(unit_key(name))
