"""The keys of a roster's values: where each is kept, how old and new ones are compared."""

from functools import lru_cache

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
    "professional_level": Ladder.PROFESSIONAL,
    "political_level": Ladder.POLITICAL_THEORY,
    "state_level": Ladder.STATE_MANAGEMENT,
    "defence_group": Ladder.DEFENCE_SECURITY,
}
# Key with a text -> ladder.
TEXTS = {"it_level": Ladder.INFORMATICS, "foreign_language": Ladder.FOREIGN_LANGUAGE}
LADDER_KEYS = {
    Ladder.PROFESSIONAL: frozenset(["professional_level", "professional_major"]),
    Ladder.POLITICAL_THEORY: frozenset(["political_level"]),
    Ladder.STATE_MANAGEMENT: frozenset(["state_level"]),
    Ladder.DEFENCE_SECURITY: frozenset(["defence_group"]),
    Ladder.INFORMATICS: frozenset(["it_level"]),
    Ladder.FOREIGN_LANGUAGE: frozenset(["foreign_language"]),
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
    **{name: Official._meta.get_field(name).max_length for name in CONSTANTS if name != "gender"},
    **{name: Posting._meta.get_field(name).max_length for name in ("position", "rank_code")},
    **dict.fromkeys(
        ("professional_major", "it_level", "foreign_language"),
        Qualification._meta.get_field("detail").max_length,
    ),
}

key_of = lru_cache(maxsize=100_000)(same_key)


def post_track(dossier, unit_id, on):
    """(rows, the one valid on the day or None): the main posts, or a concurrent one in the unit."""
    posts = dossier.parts[Posting]
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
    rows = [q for q in valid_on(dossier.parts[Qualification], on) if q.ladder == ladder]
    rows = [q for q in rows if not (q.revoked_on and q.revoked_on <= on)]
    return sorted(rows, key=lambda q: (words.height(q), q.valid_from))


def languages_on(dossier, on, words):
    """{language: record} of the minority languages on the day."""
    rows = levels_on(dossier, Ladder.ETHNIC_LANGUAGE, on, words)
    return {row.detail: row for row in rows if row.detail and words.height(row) > 0}


def party_on(dossier, on):
    """The party row of the day, or None."""
    rows = valid_on(dossier.parts[PartyStatus], on)
    return rows[-1] if rows else None


class Known:
    """What is recorded of an official on a day, key by key, in the forms of a roster's values."""

    def __init__(self, dossier, unit_id, on, words, unit_names):
        self.dossier, self.on, self.words = dossier, on, words
        self.post = post_track(dossier, unit_id, on)[1]
        self.party = party_on(dossier, on)
        self.unit_names = unit_names
        self._tops = {}

    def get(self, key, told=None):
        """The recorded value of a key, None for nothing; `told` is what the file says."""
        if key in CONSTANTS:
            return self._constant(key)
        if key in POST:
            return self._of_post(key)
        if key in PARTY:
            return self._of_party(key)
        if key in LADDER_OF:
            return self._of_ladder(key, told)
        if key == "ethnic_languages":
            return self._languages(told or [])
        if key == "in_planning":
            return bool(valid_on(self.dossier.parts[PlanningEntry], self.on))
        return None

    def _constant(self, key):
        official = self.dossier.official
        if key == "birth_date":
            return official.birth.iso if official.birth else None
        if key == "ethnic_group":
            return self.words.group_names.get(official.ethnic_group_id)
        return getattr(official, key) or None

    def _of_post(self, key):
        if self.post is None:
            return None
        if key == "unit":
            return self.unit_names(self.post.unit_id)
        return getattr(self.post, key) or None

    def _of_party(self, key):
        if self.party is None:
            return None
        if key == "party_member":
            return self.party.member
        return self.party.joined.iso if self.party.joined else None

    def top(self, ladder):
        """The highest qualification on the day, or None."""
        if ladder not in self._tops:
            rows = levels_on(self.dossier, ladder, self.on, self.words)
            self._tops[ladder] = rows[-1] if rows else None
        return self._tops[ladder]

    def _of_ladder(self, key, told):
        top = self.top(LADDER_OF[key])
        if top is None:
            return None
        code = self.words.codes.get(top.level_id)
        if key == "professional_major":
            return top.detail or None
        if key in TEXTS:
            return top.detail or self._level_in_words(top, told)
        if key == "defence_group" and code:
            return code.removeprefix("DT")
        return code or top.detail or None

    def _level_in_words(self, top, told):
        """A level without a text: the told text where it means that level, else its name."""
        meant = self.words.level_of_text(top.ladder, told) if told else None
        return told if meant == top.level_id else self.words.names.get(top.level_id)

    def _languages(self, told):
        """Languages from rosters, and of the others those that the file names too."""
        held = languages_on(self.dossier, self.on, self.words)
        return sorted(
            name for name, row in held.items() if row.source == Source.ROSTER or name in told
        )


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
