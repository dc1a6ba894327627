"""One official's record as of a day: what the page shows, read in a constant few queries."""

from functools import cached_property

from django.urls import reverse

from cadres.choices import Gender, Ladder, StaffKind
from cadres.models import (
    Appraisal,
    Level,
    PartyStatus,
    PlanningEntry,
    Posting,
    Qualification,
    Rank,
    Standing,
)
from cadres.models.standings import NOT_TRAINED
from cadres.people import Held
from cadres.retirement import retires_on
from cadres.standings import level_code
from trainingplans.lib.dates import EVER, show


class Record:
    """An official with all rows, as of the day `on`."""

    def __init__(self, official, on):
        self.official, self.on = official, on

    @cached_property
    def standing(self):
        rows = Standing.objects.at(self.on).filter(official=self.official)
        return rows.select_related("unit", "ethnic_group", "posting").first()

    @cached_property
    def postings(self):
        return list(Posting.objects.filter(official=self.official).select_related("unit"))

    @cached_property
    def qualifications(self):
        rows = Qualification.objects.filter(official=self.official)
        return list(rows.select_related("level"))

    @cached_property
    def party_statuses(self):
        return list(PartyStatus.objects.filter(official=self.official))

    @cached_property
    def planning_entries(self):
        return list(PlanningEntry.objects.filter(official=self.official))

    @cached_property
    def appraisals(self):
        return list(Appraisal.objects.filter(official=self.official))

    def valid(self, row):
        """Whether a row with a period counts on the day."""
        gone = getattr(row, "revoked_on", None)
        return row.valid_from <= self.on < row.valid_to and not (gone and gone <= self.on)

    @cached_property
    def held(self):
        """{ladder: Held} on the day: the highest level of each ladder."""
        held = {}
        for row in sorted(self.qualifications, key=lambda q: (q.valid_from, q.pk)):
            if not self.valid(row):
                continue
            ranks = {row.level_id: row.level.rank} if row.level_id else {}
            code = level_code(row.level_id, row.detail, ranks)
            if row.ladder not in held or code >= held[row.ladder].code:
                held[row.ladder] = Held(code, row)
        return held

    @cached_property
    def party(self):
        return next((row for row in self.party_statuses if self.valid(row)), None)

    @property
    def status(self):
        """Label and kind of the mark beside the name."""
        if self.standing is None:
            return {"label": "Chưa có vị trí", "kind": "wait"}
        if self.standing.in_service:
            return {"label": "Đang công tác", "kind": "done"}
        future = self.standing.posting.valid_from > self.on
        return {"label": "Chưa nhận việc" if future else "Đã thôi", "kind": "off"}

    @property
    def headline(self):
        """Phó Chủ tịch UBND, Xã Nà Bủng, từ 01/11/2026."""
        if self.standing is None:
            return ""
        post = self.standing.posting
        parts = [post.position or "Chưa rõ chức vụ", self.standing.unit.name]
        if post.since:
            parts.append(f"từ {show(post.since)}")
        if not self.standing.in_service and post.until and post.until <= self.on:
            parts.append(f"đến trước {show(post.until)}")
        return ", ".join(parts)

    @property
    def age(self):
        """Whole years on the day, of a whole date of birth; None otherwise."""
        birth = self.official.birth
        if birth is None or birth.precision != "day":
            return None
        had = (self.on.month, self.on.day) >= (birth.first.month, birth.first.day)
        return self.on.year - birth.first.year - (0 if had else 1)

    @cached_property
    def facts(self):
        """[{label, value}] of the box beside the record; the personal id is apart."""
        told = [
            ("Ngày sinh", self._birth()),
            ("Giới tính", self._gender()),
            ("Dân tộc", str(self.official.ethnic_group or "")),
            ("Đảng viên", self._party()),
            ("Loại", self._kind()),
            ("Ngạch", self._rank()),
            ("Quy hoạch", self._planning()),
            ("Nghỉ hưu", self._retirement()),
            ("Mã cán bộ", self.official.staff_code),
            ("Tuyển dụng", _shown(self.official.recruited)),
            ("Văn hóa", self.official.education),
            ("Điện thoại", self.official.phone),
            ("Thư điện tử", self.official.email),
        ]
        facts = [{"label": label, "value": value} for label, value in told]
        note = self.official.note
        return [*facts, {"label": "Ghi chú", "value": note}] if note else facts

    def _birth(self):
        if self.official.birth is None:
            return ""
        age = f", {self.age} tuổi" if self.age is not None else ""
        return f"{self.official.birth.display}{age}"

    def _gender(self):
        return Gender(self.official.gender).label if self.official.gender else ""

    def _party(self):
        if self.party is None:
            return ""
        if not self.party.member:
            return "chưa là đảng viên"
        return f"từ {self.party.joined.display}" if self.party.joined else "có, chưa rõ ngày vào"

    def _kind(self):
        kind = self.standing.staff_kind if self.standing else ""
        return StaffKind(kind).label if kind else ""

    def _rank(self):
        code = self.standing.rank_code if self.standing else ""
        name = Rank.objects.filter(code=code).values_list("name", flat=True).first() if code else ""
        return f"{code} {name or ''}".strip()

    def _planning(self):
        entries = [entry for entry in self.planning_entries if self.valid(entry)]
        words = [", ".join(filter(None, [e.post, e.term])) or "có" for e in entries]
        return "; ".join(words) or "không"

    def _retirement(self):
        birth = self.official.birth
        day = retires_on(birth.first, self.official.gender) if birth else None
        if day is None:
            return ""
        return f"dự kiến {day:%m/%Y}" if birth.precision != "year" else f"dự kiến năm {day.year}"


def _shown(partial):
    return partial.display if partial else ""


def ladders_of(record, *, add_url=""):
    """The ladders for parts/_rungs.html; `add_url` is where an unknown level is filled in."""
    by_ladder = {}
    for level in Level.objects.filter(rank__gt=0).order_by("rank", "-code"):
        by_ladder.setdefault(level.ladder, {}).setdefault(level.rank, []).append(level)
    return [
        _ladder(record, Ladder(ladder), by_ladder.get(ladder, {}), add_url) for ladder in Ladder
    ]


def _ladder(record, ladder, ranks, add_url):
    held = record.held.get(ladder)
    shown = {"label": ladder.label, "note": _note(held)}
    if held is None:
        link = {"url": f"{add_url}?thang={ladder}", "link": "bổ sung"} if add_url else {}
        return {**shown, **link, "rungs": [{"label": "Chưa rõ", "state": "unknown"}]}
    if ladder == Ladder.ETHNIC_LANGUAGE and held.code > NOT_TRAINED:
        return {**shown, "rungs": _languages(record)}
    if not held.row.level_id and held.code > NOT_TRAINED:
        return {**shown, "rungs": [{"label": held.words, "state": "below"}], "note": "chưa xếp bậc"}
    reached = held.row.level.rank if held.row.level_id else 0
    in_use = {r: levels for r, levels in ranks.items() if r == reached or not _is_old(levels)}
    return {**shown, "rungs": [_rung(r, in_use[r], reached, held) for r in sorted(in_use)]}


def _is_old(levels):
    """Whether a step has only levels that are no longer awarded (Trình độ A, B, C)."""
    return all("(cũ)" in level.name for level in levels)


def _rung(rank, levels, reached, held):
    """One step: the name of the level held, else of the one in use today."""
    name = next((lv.name for lv in levels if "(cũ)" not in lv.name), levels[0].name)
    if rank == reached:
        return {"label": _short(held.words), "state": "at"}
    return {"label": _short(name), "state": "below" if rank < reached else ""}


def _short(name):
    """A step's name as offices shorten it where four stand side by side."""
    return name.replace("Chuyên viên ", "CV ").replace("Ứng dụng CNTT", "CNTT")


def _languages(record):
    rows = [
        row
        for row in record.qualifications
        if row.ladder == Ladder.ETHNIC_LANGUAGE and record.valid(row)
    ]
    names = dict.fromkeys(row.detail or row.level.name for row in rows if row.level_id)
    return [{"label": name, "state": "at"} for name in names]


def _note(held):
    """Luật, 2013."""
    if held is None:
        return ""
    if held.code == NOT_TRAINED:
        return "chưa qua đào tạo"
    major = held.row.detail if held.row.ladder == Ladder.PROFESSIONAL and held.row.level_id else ""
    return ", ".join(part for part in (major, _shown(held.row.awarded)) if part)


def timeline_of(record):
    """The events for parts/_timeline.html, the newest first."""
    events = [
        *_post_events(record),
        *(_award(record, row) for row in record.qualifications if row.awarded_on),
        *(_joining(record, row) for row in record.party_statuses if row.joined_on),
    ]
    return [event for _, event in sorted(events, key=lambda pair: pair[0], reverse=True)]


def _post_events(record):
    rows = sorted(record.postings, key=lambda p: (p.valid_from, p.pk))
    for place, row in enumerate(rows):
        before = rows[place - 1] if place else None
        follows = any(other.valid_from == row.until for other in rows)
        yield row.valid_from, _post_event(record, row, before)
        if row.until and not follows:
            yield row.valid_to, _end_event(record, row)


def _post_event(record, row, before):
    kind = "" if row.is_main else "kiêm nhiệm"
    was = f"trước đó: {before.position}" if before and before.position and row.is_main else ""
    return {
        "when": show(row.since) or "chưa rõ",
        "kind": "post",
        "future": row.valid_from > record.on,
        "strong": row.position or "Chưa rõ chức vụ",
        "text": row.unit.name,
        "note": "; ".join(part for part in (kind, was, row.decision) if part),
    }


def _end_event(record, row):
    return {
        "when": show(row.until),
        "kind": "post",
        "future": row.valid_to > record.on,
        "strong": row.get_ended_by_display() or "Thôi giữ vị trí",
        "text": row.position or row.unit.name,
        "note": "",
    }


def _award(record, row):
    level = row.level.name if row.level_id else row.detail
    number = f"số {row.certificate_no}" if row.certificate_no else ""
    verified = "đã xác minh" if row.verified else ""
    revoked = f"thu hồi {show(row.revoked_on)}" if row.revoked_on else ""
    detail = row.detail if row.level_id else ""
    return row.awarded_on, {
        "when": row.awarded.display,
        "kind": "qual",
        "future": row.awarded_on > record.on,
        "text": f"{row.get_ladder_display()}: {level}",
        "note": "; ".join(p for p in (detail, row.issuer, number, verified, revoked) if p),
    }


def _joining(record, row):
    return row.joined_on, {
        "when": row.joined.display,
        "kind": "qual",
        "future": row.joined_on > record.on,
        "text": "Vào Đảng",
        "note": "",
    }


def completeness(record):
    """(how many of the items are known, all items, [{label, url}] of the missing ones)."""
    person, standing = record.official, record.standing
    edit = reverse("cadres:official_edit", args=[person.pk])
    post = edit
    if standing:
        args = {"pk": person.pk, "part": "vi-tri", "row": standing.posting_id}
        post = reverse("cadres:part_edit", kwargs=args)
    items = [
        ("Ngày sinh: chưa đủ ngày", person.birth and person.birth.precision == "day", edit),
        ("Giới tính: chưa rõ", person.gender, edit),
        ("Dân tộc: chưa rõ", person.ethnic_group_id, edit),
        ("Số CCCD: chưa có", person.personal_id, edit),
        ("Điện thoại: chưa có", person.phone, edit),
        ("Thư điện tử: chưa có", person.email, edit),
        ("Trình độ văn hóa: chưa rõ", person.education, edit),
        ("Ngày tuyển dụng: chưa rõ", person.recruited_on, edit),
        ("Chức vụ: chưa rõ", standing and standing.position, post),
        ("Loại: chưa rõ", standing and standing.staff_kind, post),
        ("Mã ngạch: chưa rõ", standing and standing.rank_code, post),
        ("Đảng viên: chưa rõ", record.party, add_url(person, "dang-vien")),
        *_ladder_items(record),
    ]
    missing = [{"label": label, "url": url} for label, known, url in items if not known]
    return {"known": len(items) - len(missing), "items": len(items), "missing": missing}


def _ladder_items(record):
    url = add_url(record.official, "van-bang")
    for ladder in Ladder:
        yield f"{ladder.label}: chưa rõ", ladder in record.held, f"{url}?thang={ladder}"


def add_url(official, part):
    """Where a row of this kind is added."""
    return reverse("cadres:part_add", kwargs={"pk": official.pk, "part": part})


def period_words(row):
    """03/11/2026–31/12/2026 in the half-open manner: từ … đến trước …"""
    start = "" if row.valid_from == EVER else f"từ {show(row.valid_from)}"
    end = f"đến trước {show(row.until)}" if row.until else ""
    return " ".join(part for part in (start, end) if part) or "chưa rõ"
