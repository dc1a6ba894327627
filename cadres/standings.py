"""Deriving standings: from postings, qualifications, party and planning rows to flat periods.

Whoever writes one of these rows calls `refresh(official ids)` in the same transaction.
"""

from collections import defaultdict
from functools import lru_cache
from itertools import pairwise

from cadres.choices import Ladder
from cadres.models import (
    EthnicGroup,
    Level,
    Official,
    PartyStatus,
    PlanningEntry,
    Posting,
    Qualification,
    Standing,
)
from cadres.models.officials import partial
from cadres.models.standings import NOT_TRAINED, RANK_STEP, SOME_TEXT, level_column
from cadres.retirement import retires_on
from trainingplans.lib.dates import DAY, EVER, FOREVER
from trainingplans.lib.text import fold

CHUNK = 500
ETHNIC_LANGUAGE = str(Ladder.ETHNIC_LANGUAGE)
LADDERS = [str(ladder) for ladder in Ladder.values]
LEVEL_COLUMNS = {ladder: level_column(ladder) for ladder in LADDERS}
DERIVED = [field.attname for field in Standing._meta.fields if field.attname != "id"]
PERIOD = {"valid_from", "valid_to"}
SAYS_NO = {"", "khong", "chua", "0", "chua qua dao tao", "chua co", "khong co", "chua boi duong"}


def refresh(officials):
    """Derive the standings of these officials (ids) anew; a handful of queries for each 500."""
    ids = sorted(set(officials))
    ranks = ranks_of_levels()
    for start in range(0, len(ids), CHUNK):
        _refresh_chunk(ids[start : start + CHUNK], ranks)


def ranks_of_levels():
    """{level id: rank}; what `refresh_reranked` compares with after levels were edited."""
    return dict(Level.objects.values_list("pk", "rank"))


def refresh_reranked(before):
    """Derive anew the standings of who holds a level whose rank is no longer that of `before`."""
    now = ranks_of_levels()
    moved = [pk for pk, rank in before.items() if now.get(pk, rank) != rank]
    if moved:
        held = Qualification.objects.filter(level__in=moved)
        refresh(held.values_list("official_id", flat=True).distinct())


def _refresh_chunk(ids, ranks):
    people = Official.objects.in_bulk(ids)
    found = {
        model: _by_official(model, ids)
        for model in (Posting, Qualification, PartyStatus, PlanningEntry)
    }
    rows = [
        row
        for pk, person in people.items()
        for row in standings_of(
            person,
            found[Posting][pk],
            found[Qualification][pk],
            found[PartyStatus][pk],
            found[PlanningEntry][pk],
            ranks,
        )
    ]
    Standing.objects.filter(official__in=ids).delete()
    Standing.objects.bulk_create(rows, batch_size=2000)


def _by_official(model, ids):
    rows = defaultdict(list)
    for row in model.objects.filter(official__in=ids).order_by("valid_from", "id"):
        rows[row.official_id].append(row)
    return rows


def standings_of(person, postings, qualifications, statuses, entries, ranks):
    """The Standing rows (unsaved) of one official for all days; none without a posting.

    `ranks`: {level id: rank}. Lists are ordered by `valid_from`, then id.
    """
    told = states_of(person, postings, qualifications, statuses, entries, ranks)
    return [Standing(valid_from=a, valid_to=b, **state) for a, state, b in told]


def states_of(person, postings, qualifications, statuses, entries, ranks):
    """[(first day, {column: value}, first day after)]: as `standings_of`, without objects."""
    if not postings:
        return []
    constants = _constants(person, postings)
    days = _days_of_change(postings, qualifications, statuses, entries)
    rows = []
    for first, last in pairwise(days):
        state = {
            **constants,
            **_post_on(postings, first),
            **_levels_on(qualifications, ranks, first),
            "party_member": _latest(statuses, first, "member"),
            "in_planning": bool(entries) and any(_valid(entry, first) for entry in entries),
        }
        if rows and rows[-1][1] == state:
            rows[-1] = (rows[-1][0], state, last)
        else:
            rows.append((first, state, last))
    return rows


def _days_of_change(postings, qualifications, statuses, entries):
    """The first days of all spans in which nothing begins or ends, in order, then FOREVER."""
    days = {EVER, FOREVER}
    for rows in (postings, qualifications, statuses, entries):
        for row in rows:
            days.add(row.valid_from)
            days.add(row.valid_to)
    for row in qualifications:
        if row.revoked_on:
            days.add(row.revoked_on)
    return sorted(days)


def _constants(person, postings):
    """What does not change from day to day."""
    first = last = person.birth_date
    if first and person.birth_precision != DAY:
        last = person.birth.last
    recruited = partial(person.recruited_on, person.recruited_precision)
    return {
        "official_id": person.pk,
        "gender": person.gender,
        "ethnic_group_id": person.ethnic_group_id,
        "birth_first": first,
        "birth_last": last,
        "retires_first": retires_on(first, person.gender),
        "retires_last": retires_on(last, person.gender),
        "service_from": recruited.first if recruited else postings[0].valid_from,
        "service_last": recruited.last if recruited else postings[0].valid_from,
        "sort_key": person.sort_key,
    }


def _valid(row, on):
    return row.valid_from <= on < row.valid_to


def _latest(rows, on, field):
    """The field of the newest row that is valid on the day, None without one."""
    for row in reversed(rows):
        if row.valid_from <= on < row.valid_to:
            return getattr(row, field)
    return None


def _post_on(postings, on):
    """The main post on a day; a concurrent one where there is no main; else the nearest one."""
    valid = [p for p in postings if p.valid_from <= on < p.valid_to]
    post = next((p for p in reversed(valid) if p.is_main), valid[-1] if valid else None)
    near = post or _nearest(postings, on)
    return {
        "posting_id": near.pk,
        "unit_id": near.unit_id,
        "in_service": post is not None,
        "staff_kind": near.staff_kind,
        "position": near.position,
        "position_key": position_key(near.position),
        "rank_code": near.rank_code,
        "leadership": any(p.leadership for p in valid) if valid else near.leadership,
    }


@lru_cache(maxsize=20_000)
def position_key(position):
    """What positions are searched by."""
    return fold(position)


def _nearest(postings, on):
    """The last post that ended by the day, or the first one to come."""
    ended = [p for p in postings if p.valid_to <= on]
    return max(ended, key=lambda p: (p.valid_to, p.is_main, p.pk)) if ended else postings[0]


def _levels_on(qualifications, ranks, on):
    """The level columns and the languages on a day."""
    return _level_columns(
        tuple(
            [
                (
                    row.ladder,
                    level_code(row.level_id, row.detail, ranks),
                    row.detail if row.ladder == ETHNIC_LANGUAGE else "",
                )
                for row in qualifications
                if row.valid_from <= on < row.valid_to
                and not (row.revoked_on and row.revoked_on <= on)
            ]
        )
    )


@lru_cache(maxsize=20_000)
def _level_columns(held):
    """The columns of ((ladder, code, language), …); not to be changed: many people share them."""
    levels = dict.fromkeys(LADDERS)
    languages = set()
    for ladder, code, language in held:
        top = levels[ladder]
        levels[ladder] = code if top is None else max(top, code)
        if code > NOT_TRAINED and language:
            languages.add(language)
    columns = {LEVEL_COLUMNS[ladder]: code for ladder, code in levels.items()}
    return {**columns, "languages": language_list(languages)}


def level_code(level_id, detail, ranks):
    """The code of the level columns (see models.standings) for one qualification."""
    if level_id is not None:
        return ranks[level_id] * RANK_STEP
    return _code_of_text(detail)


@lru_cache(maxsize=5_000)
def _code_of_text(detail):
    return NOT_TRAINED if fold(detail) in SAYS_NO else SOME_TEXT


def language_list(names):
    """ ",Mông,Thái," so that one LIKE finds a whole name; "" for none."""
    return f",{','.join(sorted(names))}," if names else ""


def minority_group_ids():
    """The ids of the ethnic minorities."""
    return list(EthnicGroup.objects.filter(is_minority=True).values_list("pk", flat=True))
