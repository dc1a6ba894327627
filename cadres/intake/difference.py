"""From what a row tells of an official to records of periods."""

from functools import lru_cache

from cadres.choices import Ladder, Source
from cadres.intake.fields import (
    CONSTANTS,
    LADDER_KEYS,
    LANGUAGES,
    NOT_COUNTED,
    PARTY,
    PLANNING,
    POST,
    TEXTS,
    is_fuller,
    languages_on,
    levels_on,
    partial_columns,
    post_track,
)
from cadres.intake.records import RECORDS, Dossier
from cadres.intake.timeline import Track, next_known, valid_on
from cadres.models import Official, PartyStatus, PlanningEntry, Posting, Qualification
from cadres.officials import is_leading, set_keys
from trainingplans.lib.dates import EVER, FOREVER, PartialDate

leads = lru_cache(maxsize=50_000)(is_leading)
POST_TEXTS = ("staff_kind", "position", "rank_code")
PROFESSIONAL = str(Ladder.PROFESSIONAL)
ETHNIC_LANGUAGE = str(Ladder.ETHNIC_LANGUAGE)
# The one key of each ladder but the first, which has two.
KEY_OF = {ladder: next(iter(keys)) for ladder, keys in LADDER_KEYS.items()}
ROSTER = str(Source.ROSTER)
ANYTHING = frozenset(["full_name"])


class Writer:
    """Writes into a ledger what was taken of rows as of one day."""

    def __init__(self, on, words, coverage, ledger):
        self.on, self.words = on, words
        self.coverage, self.ledger = coverage, ledger
        self.waiting = []  # (dossier, told, unit id) of new people

    # Writing

    def create(self, told, unit_id):
        """The dossier of a new official, empty until `complete`: a preview needs no more."""
        dossier = Dossier(RECORDS[Official](), is_new=True)
        self.waiting.append((dossier, told, unit_id))
        return dossier

    def complete(self):
        """Fill the dossiers of new officials with all that their rows tell."""
        for dossier, told, unit_id in self.waiting:
            self._fill(dossier, told, unit_id)
        self.waiting = []

    def _fill(self, dossier, told, unit_id):
        official = dossier.official
        for name, value in self._constants(told, told).items():
            setattr(official, name, value)
        set_keys(official)
        self.ledger.create(dossier)
        self._write_parts(dossier, told, unit_id, told.keys() | {"unit"})

    def update(self, dossier, told, unit_id, changes):
        """Write the changed keys of a known official."""
        dossier.make_own()
        columns = self._constants(told, changes)
        if columns:
            counted = not NOT_COUNTED.issuperset(changes)
            self.ledger.change(Official, dossier, dossier.official, counted=counted, **columns)
            if "full_name" in columns:
                set_keys(dossier.official)
        self._write_parts(dossier, told, unit_id, changes.keys())

    def _constants(self, told, keys):
        """The columns of an official from those of the told values that are among `keys`."""
        columns = {}
        for key in CONSTANTS:
            if key not in keys or key not in told:
                continue
            if key == "birth_date":
                columns |= partial_columns(key, told[key])
            elif key == "ethnic_group":
                columns["ethnic_group_id"] = self.words.group_ids.get(told[key])
            else:
                columns[key] = told[key]
        return columns

    def _write_parts(self, dossier, told, unit_id, keys):
        if not POST.isdisjoint(keys):
            self._put_post(dossier, told, unit_id)
        for ladder, ladder_keys in LADDER_KEYS.items():
            if not ladder_keys.isdisjoint(keys):
                self._put_level(dossier, ladder, told)
        if not LANGUAGES.isdisjoint(keys):
            self._put_languages(dossier, told["ethnic_languages"])
        if not PARTY.isdisjoint(keys):
            PartyWriter(self, dossier).put(told)
        if not PLANNING.isdisjoint(keys):
            self._put_planning(dossier, told["in_planning"])

    def _until(self, dossier, rows, keys):
        return next_known(rows, dossier.later, keys, self.on)

    def _until_of_post(self, dossier, rows, current, content):
        """(day, why): the next day of which something is known of the post, or of its unit."""
        until = self._until(dossier, rows, ANYTHING)
        if current is None:
            gone = self.coverage.next_day(content["unit_id"], content["staff_kind"], self.on)
            if gone < until:
                return gone, {"ended_by": "left"}
        return until, {}

    def _put_post(self, dossier, told, unit_id):
        if dossier.is_new:
            self._put_first_post(dossier, told, unit_id)
            return
        rows, current = post_track(dossier, unit_id, self.on)
        content = {name: getattr(current, name) if current else "" for name in POST_TEXTS}
        content |= {name: told[name] for name in POST_TEXTS if name in told}
        content["unit_id"] = unit_id or (current or dossier.parts[Posting][-1]).unit_id
        content["leadership"] = leads(content["position"])
        until, why = self._until_of_post(dossier, rows, current, content)
        fixed = {"is_main": current is None or current.is_main, **why}
        moved = current is not None and current.unit_id != content["unit_id"]
        closing = {"ended_by": "transferred" if moved else "changed"}
        track = Track(self.ledger, dossier, Posting, rows, fixed)
        track.put(content, self.on, until, current=current, closing=closing)

    def _put_first_post(self, dossier, told, unit_id):
        """As `_put_post`, of somebody without any post yet."""
        kind, position = told.get("staff_kind", ""), told.get("position", "")
        until = self.coverage.next_day(unit_id, kind, self.on)
        self.ledger.add(
            Posting,
            dossier,
            unit_id=unit_id,
            staff_kind=kind,
            position=position,
            rank_code=told.get("rank_code", ""),
            leadership=leads(position),
            is_main=True,
            valid_from=self.on,
            valid_to=until,
            ended_by="" if until == FOREVER else "left",
        )

    def _put_level(self, dossier, ladder, told):
        if dossier.is_new:
            content = self._level_content(ladder, told, None)
            self.ledger.add(
                Qualification,
                dossier,
                ladder=ladder,
                source=ROSTER,
                valid_from=self.on,
                **content,
            )
            return
        rows = [q for q in dossier.parts[Qualification] if q.ladder == ladder]
        valid = levels_on(dossier, ladder, self.on, self.words)
        top = valid[-1] if valid else None
        content = self._level_content(ladder, told, top)
        until = self._until(dossier, rows, LADDER_KEYS[ladder])
        fixed = {"ladder": ladder, "source": ROSTER}
        track = Track(self.ledger, dossier, Qualification, rows, fixed)
        height = self.words.height(RECORDS[Qualification](**content))
        for row in valid[:-1]:
            if self.words.height(row) > height:
                track.end(row, self.on, until)
        if top and top.source != ROSTER and height >= self.words.height(top):
            top = None  # a diploma on record stays beside the higher level that the roster tells
        track.put(content, self.on, until, current=top)

    def _level_content(self, ladder, told, top):
        """Level and detail that the row gives; what it does not tell stays."""
        if ladder == PROFESSIONAL:
            return self._professional(told, top)
        key = KEY_OF[ladder]
        if key in TEXTS:
            return {"level_id": self.words.level_of_text(ladder, told[key]), "detail": told[key]}
        code = f"DT{told[key]}" if key == "defence_group" else told[key]
        level = self.words.level_id(ladder, code)
        return {"level_id": level, "detail": "" if level else told[key]}

    def _professional(self, told, top):
        level = top.level_id if top else None
        major = top.detail if top else ""
        if "professional_level" in told:
            new = self.words.level_id(PROFESSIONAL, told["professional_level"])
            major = major if new == level else ""
            level = new
        return {"level_id": level, "detail": told.get("professional_major", major)}

    def _put_languages(self, dossier, told):
        held = languages_on(dossier, self.on, self.words)
        level = self.words.level_id(ETHNIC_LANGUAGE, "CO")
        for name in {*held, *told}:
            rows = [
                q
                for q in dossier.parts[Qualification]
                if q.ladder == ETHNIC_LANGUAGE and q.detail == name
            ]
            fixed = {"ladder": ETHNIC_LANGUAGE, "source": ROSTER}
            track = Track(self.ledger, dossier, Qualification, rows, fixed)
            until = self._until(dossier, rows, LANGUAGES)
            if name not in held:
                track.put({"level_id": level, "detail": name}, self.on, until)
            elif name not in told and held[name].source == ROSTER:
                track.end(held[name], self.on, until)

    def _put_planning(self, dossier, planned):
        rows = dossier.parts[PlanningEntry]
        track = Track(self.ledger, dossier, PlanningEntry, rows)
        until = self._until(dossier, rows, PLANNING)
        valid = valid_on(rows, self.on)
        if planned and not valid:
            track.put({"post": "", "term": ""}, self.on, until)
        elif not planned:
            for row in valid:
                track.end(row, self.on, until)


class PartyWriter:
    """Party membership: a joining date tells since when, so it begins before the roster's day."""

    def __init__(self, writer, dossier):
        self.on, self.ledger, self.dossier = writer.on, writer.ledger, dossier
        self.rows = dossier.parts[PartyStatus]
        self.until = next_known(self.rows, dossier.later, PARTY, self.on)

    def put(self, told):
        """Write what a row tells of membership and joining."""
        member = told.get("party_member", True)
        joined = PartialDate.parse(told["party_joined"]) if "party_joined" in told else None
        if self.dossier.is_new:
            start = self._start(member, joined, EVER)
            content = self._content(member, joined)
            self.ledger.add(PartyStatus, self.dossier, valid_from=start, **content)
            return
        valid = valid_on(self.rows, self.on)
        current = valid[-1] if valid else None
        if current is not None and current.member == member:
            if joined:
                self._date(current, joined)
        elif current is not None:
            start = self._start(member, joined, current.valid_from)
            content = self._content(member, joined)
            self._track().put(content, max(start, current.valid_from), self.until, current=current)
        else:
            self._begin(member, joined)

    def _track(self):
        return Track(self.ledger, self.dossier, PartyStatus, self.rows)

    def _content(self, member, joined):
        joined = joined if member else None
        return {
            "member": member,
            "joined_on": joined.first if joined else None,
            "joined_precision": joined.precision if joined else "day",
        }

    def _start(self, member, joined, after):
        """The day of joining if it lies between `after` and the roster's day, else that day."""
        if member and joined and after < joined.first <= self.on:
            return joined.first
        return self.on

    def _ended(self, before):
        """The last day on which another row ended, up to `before`."""
        return max((r.valid_to for r in self.rows if r.valid_to <= before), default=None)

    def _begin(self, member, joined):
        """Nothing covers the day: the next row begins earlier, or a new one."""
        ended = self._ended(self.on)
        start = joined.first if member and joined and joined.first <= self.on else self.on
        start = max(start, ended) if ended else start
        following = next((r for r in self.rows if r.valid_from == self.until), None)
        if following is None or following.member != member:
            self._track().put(self._content(member, joined), start, self.until)
            return
        columns = {"valid_from": start}
        if joined and (following.joined is None or is_fuller(following.joined.iso, joined.iso)):
            columns |= {"joined_on": joined.first, "joined_precision": joined.precision}
        self.ledger.change(PartyStatus, self.dossier, following, **columns)

    def _date(self, current, joined):
        """Another (or first) date of joining: the row begins on it, unless another is before it."""
        columns = {"joined_on": joined.first, "joined_precision": joined.precision}
        was_dated = current.joined is not None and current.valid_from == current.joined.first
        earlier = joined.first < current.valid_from
        if (earlier or was_dated) and joined.first <= self.on:
            ended = self._ended(current.valid_from)
            columns["valid_from"] = max(joined.first, ended) if ended else joined.first
        self.ledger.change(PartyStatus, self.dossier, current, **columns)


def end_posts(ledger, dossier, unit_id, on, reason):
    """End the posts in a unit on the day; what begins on that very day stays. Returns success."""
    track = Track(ledger, dossier, Posting, dossier.parts[Posting])
    until = next_known(dossier.parts[Posting], dossier.later, ANYTHING, on)
    ended = False
    for post in valid_on(list(dossier.parts[Posting]), on):
        if post.unit_id == unit_id and post.valid_from < on:
            track.end(post, on, until, ended_by=reason)
            ended = True
    return ended
