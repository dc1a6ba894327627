"""The keys of a roster's values: where each is kept, how old and new ones are compared."""

from functools import cached_property, lru_cache

from cadres.choices import Ladder, Source
from cadres.intake.timeline import valid_on
from cadres.models import Official, PartyStatus, PlanningEntry, Posting, Qualification
from trainingplans.lib.dates import PartialDate
from trainingplans.lib.text import same_key

CONSTANTS = [
    "full_name",
    "birth_date",
    "gender",
    "ethnic_group",
    "personal_id",
    "staff_code",
    "education",
    "phone",
    "email",
    "note",
]
POST = frozenset(["unit", "staff_kind", "position", "rank_code"])
PARTY = frozenset(["party_member", "party_joined"])
DATES = frozenset(["birth_date", "party_joined"])
# Key with a code -> ladder; the defence groups "1".."4" have the codes DT1..DT4.
CODED = {
    "professional_level": str(Ladder.PROFESSIONAL),
    "political_level": str(Ladder.POLITICAL_THEORY),
    "state_level": str(Ladder.STATE_MANAGEMENT),
    "defence_group": str(Ladder.DEFENCE_SECURITY),
}
# Key with a text -> ladder.
TEXTS = {"it_level": str(Ladder.INFORMATICS), "foreign_language": str(Ladder.FOREIGN_LANGUAGE)}
LADDER_KEYS = {
    str(Ladder.PROFESSIONAL): frozenset(["professional_level", "professional_major"]),
    str(Ladder.POLITICAL_THEORY): frozenset(["political_level"]),
    str(Ladder.STATE_MANAGEMENT): frozenset(["state_level"]),
    str(Ladder.DEFENCE_SECURITY): frozenset(["defence_group"]),
    str(Ladder.INFORMATICS): frozenset(["it_level"]),
    str(Ladder.FOREIGN_LANGUAGE): frozenset(["foreign_language"]),
}
LADDER_OF = {key: ladder for ladder, keys in LADDER_KEYS.items() for key in keys}
LANGUAGES = frozenset(["ethnic_languages"])
PLANNING = frozenset(["in_planning"])
# Spelled differently in case or in the place of a tone, they are still the same.
LOOSE = frozenset(
    ["full_name", "position", "professional_major", "it_level", "foreign_language", "note", "email"]
)
# A change of these alone leaves the standings as they are.
NOT_COUNTED = frozenset(["personal_id", "staff_code", "education", "phone", "email", "note"])
LONGEST = {
    name: longest
    for model, names in (
        (Official, [name for name in CONSTANTS if name != "gender"]),
        (Posting, ["position", "rank_code"]),
    )
    for name in names
    if (longest := model._meta.get_field(name).max_length)
} | dict.fromkeys(
    ("professional_major", "it_level", "foreign_language"),
    Qualification._meta.get_field("detail").max_length,
)

ROSTER = str(Source.ROSTER)

key_of = lru_cache(maxsize=100_000)(same_key)


def post_track(dossier, unit_id, on):
    """(rows, the one valid on the day or None): the main posts, or a concurrent one in the unit."""
    posts = dossier.contents(Posting)
    main = [post for post in posts if post.is_main]
    valid = valid_on(main, on)
    current = valid[-1] if valid else None
    if unit_id and (current is None or current.unit_id != unit_id):
        beside = [post for post in posts if not post.is_main and post.unit_id == unit_id]
        if here := valid_on(beside, on):
            return beside, here[-1]
    return main, current


def levels_on(dossier, ladder, on, words):
    """The qualifications of a ladder that count on the day, the highest last."""
    rows = [q for q in valid_on(dossier.contents(Qualification), on) if q.ladder == ladder]
    rows = [q for q in rows if not (q.revoked_on and q.revoked_on <= on)]
    return sorted(rows, key=lambda q: (words.height(q), q.valid_from))


def tops_on(dossier, on, words):
    """{ladder: the highest qualification that counts on the day}."""
    tops = {}
    for row in dossier.contents(Qualification):
        if not row.valid_from <= on < row.valid_to or (row.revoked_on and row.revoked_on <= on):
            continue
        held = tops.get(row.ladder)
        if held is None or (words.height(row), row.valid_from) >= (
            words.height(held),
            held.valid_from,
        ):
            tops[row.ladder] = row
    return tops


def languages_on(dossier, on, words):
    """{language: record} of the minority languages on the day."""
    rows = levels_on(dossier, str(Ladder.ETHNIC_LANGUAGE), on, words)
    return {row.detail: row for row in rows if row.detail and words.height(row) > 0}


def party_on(dossier, on):
    """The party row of the day, or None."""
    rows = valid_on(dossier.contents(PartyStatus), on)
    return rows[-1] if rows else None


class Known:
    """What is recorded of an official on a day, key by key, in the forms of a roster's values."""

    def __init__(self, dossier, unit_id, on, words, unit_names):
        self.dossier, self.on, self.words = dossier, on, words
        self.official, self.unit_id = dossier.official, unit_id
        self.unit_names = unit_names

    @cached_property
    def post(self):
        """The post of the day (in the unit of the row, if there is one), or None."""
        return post_track(self.dossier, self.unit_id, self.on)[1]

    @cached_property
    def party(self):
        """The party row of the day, or None."""
        return party_on(self.dossier, self.on)

    @cached_property
    def tops(self):
        """{ladder: the highest qualification on the day}."""
        return tops_on(self.dossier, self.on, self.words)

    def get(self, key, told=None):
        """The recorded value of a key, None for nothing; `told` is what the file says."""
        how, name = READ[key]
        return how(self, name, told)

    def _constant(self, name, told):
        return getattr(self.official, name) or None

    def _birth(self, name, told):
        return self.official.birth.iso if self.official.birth_date else None

    def _group(self, name, told):
        return self.words.group_names.get(self.official.ethnic_group_id)

    def _of_post(self, name, told):
        return (getattr(self.post, name) or None) if self.post else None

    def _unit(self, name, told):
        return self.unit_names(self.post.unit_id) if self.post else None

    def _member(self, name, told):
        return self.party.member if self.party else None

    def _joined(self, name, told):
        return self.party.joined.iso if self.party and self.party.joined_on else None

    def _code(self, ladder, told):
        top = self.tops.get(ladder)
        return (self.words.codes.get(top.level_id) or top.detail or None) if top else None

    def _group_of_defence(self, ladder, told):
        code = self._code(ladder, told)
        return code.removeprefix("DT") if code else None

    def _major(self, ladder, told):
        top = self.tops.get(ladder)
        return (top.detail or None) if top else None

    def _text(self, ladder, told):
        """The text; of a level without one the told text where it means it, else its name."""
        top = self.tops.get(ladder)
        if top is None or top.detail:
            return top.detail if top else None
        meant = self.words.level_of_text(ladder, told) if told else None
        return told if meant == top.level_id else self.words.names.get(top.level_id)

    def _languages(self, name, told):
        """Languages from rosters, and of the others those that the file names too."""
        held = languages_on(self.dossier, self.on, self.words)
        return sorted(
            name for name, row in held.items() if row.source == ROSTER or name in (told or ())
        )

    def _planned(self, name, told):
        return bool(valid_on(self.dossier.contents(PlanningEntry), self.on))


# Key -> how Known reads it, and the column or ladder that it is read from.
READ = {
    **{key: (Known._constant, key) for key in CONSTANTS},
    "birth_date": (Known._birth, None),
    "ethnic_group": (Known._group, None),
    **{key: (Known._of_post, key) for key in POST},
    "unit": (Known._unit, None),
    "party_member": (Known._member, None),
    "party_joined": (Known._joined, None),
    **{key: (Known._code, ladder) for key, ladder in CODED.items()},
    "defence_group": (Known._group_of_defence, CODED["defence_group"]),
    "professional_major": (Known._major, CODED["professional_level"]),
    **{key: (Known._text, ladder) for key, ladder in TEXTS.items()},
    "ethnic_languages": (Known._languages, None),
    "in_planning": (Known._planned, None),
}


def same(key, old, new):
    """Whether a told value says nothing new."""
    if old == new:
        return True
    if old is None or new is None:
        return False
    if key in DATES:
        return old.startswith(new)
    if key == "ethnic_languages":
        return sorted(old) == sorted(set(new))
    return key in LOOSE and key_of(old) == key_of(new)


def is_fuller(old, new):
    """Whether a partial date says more than the recorded one and agrees with it."""
    return old is not None and len(new) > len(old) and new.startswith(old)


def partial_columns(name, text):
    """The two columns of a partial date: {birth_date, birth_precision} and the like."""
    day = PartialDate.parse(text)
    stem = name.rsplit("_", 1)[0]
    return {name: day.first, f"{stem}_precision": day.precision}
