"""What the invented officials have learnt, and when: rising over the years, less in some places.

Each ladder has two shares: who held a level by the end of 2020, and who holds one today. The year
of each award lies between, so that a figure of 2021 is lower than the one of today.
"""

from datetime import date, timedelta

from cadres.choices import Ladder, Source, StaffKind
from cadres.models import Appraisal, PartyStatus, PlanningEntry, Qualification
from reports.demo.careers import NOW
from reports.demo.posts import CHIEF, DEPUTY, HEAD, STAFF, VILLAGE
from trainingplans.lib.dates import DAY, FOREVER, MONTH, YEAR, add_months, add_years

BEFORE = date(2020, 12, 31)
SCHOOL = "Trường Chính trị tỉnh Thái Nguyên"
UNIVERSITIES = {
    "Trường Đại học Nông Lâm, Đại học Thái Nguyên": 24,
    "Trường Đại học Kinh tế và Quản trị kinh doanh, Đại học Thái Nguyên": 20,
    "Trường Đại học Khoa học, Đại học Thái Nguyên": 14,
    "Trường Đại học Sư phạm, Đại học Thái Nguyên": 10,
    "Học viện Hành chính Quốc gia": 12,
    "Trường Đại học Luật Hà Nội": 10,
    "Trường Đại học Nội vụ Hà Nội": 10,
}
MAJORS = {
    "Luật": 18,
    "Quản lý đất đai": 12,
    "Kế toán": 12,
    "Quản lý nhà nước": 12,
    "Nông học": 8,
    "Kinh tế nông nghiệp": 8,
    "Công tác xã hội": 6,
    "Quản trị kinh doanh": 6,
    "Công nghệ thông tin": 5,
    "Lâm nghiệp": 5,
    "Sư phạm Ngữ văn": 4,
    "Quản lý văn hóa": 4,
}
# Level of schooling by kind of staff and standing, in percent.
DEGREES = {
    "leader": {"TS": 1, "THS": 24, "DH": 70, "CD": 2, "TC": 3},
    "agency": {"TS": 1, "THS": 25, "DH": 69, "CD": 3, "TC": 2},
    "commune": {"THS": 9, "DH": 74, "CD": 6, "TC": 9, "SC": 1, "CDT": 1},
    "service": {"TS": 1, "THS": 18, "DH": 62, "CD": 13, "TC": 6},
    "village": {"DH": 8, "CD": 8, "TC": 26, "SC": 14, "CDT": 44},
}
GRADUATES_AT = {"SC": (19, 23), "TC": (20, 24), "CD": (21, 25), "DH": (22, 26)}
LATER = {"DH": (27, 41), "THS": (26, 42), "TS": (31, 48)}
# (held at the end of 2020, held today) by ladder and group of people.
SHARES = {
    Ladder.POLITICAL_THEORY: {"leader": (0.68, 0.84), "agency": (0.5, 0.72),
                              "commune": (0.42, 0.68), "service": (0.22, 0.4),
                              "village": (0.14, 0.3)},
    Ladder.STATE_MANAGEMENT: {"leader": (0.58, 0.82), "agency": (0.7, 0.9),
                              "commune": (0.48, 0.74), "service": (0.15, 0.3),
                              "village": (0.02, 0.06)},
    Ladder.INFORMATICS: {"leader": (0.6, 0.86), "agency": (0.78, 0.95), "commune": (0.64, 0.9),
                         "service": (0.7, 0.9), "village": (0.08, 0.24)},
    Ladder.DEFENCE_SECURITY: {"leader": (0.66, 0.93), "agency": (0.6, 0.88), "commune": (0.5, 0.8),
                              "service": (0.4, 0.62), "village": (0.2, 0.42)},
    Ladder.ETHNIC_AFFAIRS: {"leader": (0.24, 0.68), "agency": (0.1, 0.34), "commune": (0.14, 0.5),
                            "service": (0.04, 0.14), "village": (0.06, 0.24)},
    Ladder.FOREIGN_LANGUAGE: {"leader": (0.3, 0.42), "agency": (0.46, 0.62), "commune": (0.26, 0.4),
                              "service": (0.46, 0.62), "village": (0.01, 0.02)},
    Ladder.ETHNIC_LANGUAGE: {"leader": (0.44, 0.8), "agency": (0.03, 0.08), "commune": (0.34, 0.74),
                             "service": (0.03, 0.06), "village": (0.4, 0.6)},
}  # fmt: skip
NOT_TRAINED_TOLD = 0.75  # of those without a level: recorded as such; of the rest nothing is known
PARTY = {"leader": 0.99, "agency": 0.84, "commune": 0.86, "service": 0.5, "village": 0.66}
MOTHER_TONGUE = {"Hoa": 0.4, "Thái": 0.7, "Mường": 0.6, "Sán Dìu": 0.75}
GRADES = {"HTXS": 14, "HTT": 72, "HT": 12, "KHT": 2}
PLANNED_POSTS = {
    "commune": ["Phó Chủ tịch UBND xã", "Ủy viên Ban Thường vụ Đảng ủy", "Chủ tịch UBND xã"],
    "department": ["Trưởng phòng và tương đương", "Phó Giám đốc Sở", "Phó Trưởng phòng"],
    "party": ["Phó Trưởng ban", "Trưởng phòng"],
    "mass": ["Phó Chủ tịch", "Trưởng ban"],
    "service": ["Phó Giám đốc", "Trưởng phòng"],
}
PLANNED = {CHIEF: 0.3, DEPUTY: 0.34, HEAD: 0.28, STAFF: 0.14, VILLAGE: 0.02}
TERMS = [
    ("2021-2026", date(2021, 1, 1), date(2026, 1, 1)),
    ("2026-2031", date(2026, 1, 1), FOREVER),
]


class Training:
    """Makes the qualifications and the other records of a career, not yet tied to the official."""

    def __init__(self, people, levels):
        self.people, self.dice, self.rng = people, people.dice, people.rng
        self.levels = levels  # (ladder, code) -> id
        self.certificate = 0

    def qualifications(self, career):
        """The unsaved qualifications of a career."""
        group = group_of(career)
        rows = self._schooling(career, group)
        for ladder in SHARES:
            if ladder != Ladder.ETHNIC_LANGUAGE:
                rows += self._on_ladder(career, group, ladder)
        return rows + self._languages(career, group)

    def _schooling(self, career, group):
        """The degree, and the lower one before it of those who went on studying."""
        draw = self.rng.random()
        if draw < 0.02:
            return []
        code = self.dice.pick(DEGREES[group])
        if code == "CDT":
            return [self._row(Ladder.PROFESSIONAL, "CDT", career.recruited)]
        born = career.official.birth_date
        major = self.dice.pick(MAJORS)
        school = self.dice.pick(UNIVERSITIES)
        base = self._base_of(code, born)
        rows = [self._degree(born, base, GRADUATES_AT[base], major, school)]
        if base != code:
            rows.append(self._degree(born, code, LATER[code], major, school))
        return [row for row in rows if row and row.awarded_on <= career.last_day]

    def _base_of(self, code, born):
        """The first degree: a master was a bachelor; older people began with less."""
        if code in ("THS", "TS"):
            return "DH"
        went_on = 0.5 if born.year < 1985 else 0.15
        return self.rng.choice(["TC", "CD"]) if code == "DH" and self.dice.chance(went_on) else code

    def _degree(self, born, code, ages, major, school):
        low, high = ages
        day = self.dice.day(add_years(born, low), add_years(born, high))
        row = self._award(Ladder.PROFESSIONAL, code, day, school)
        row.detail = major
        return row

    def _on_ladder(self, career, group, ladder):
        """The level that somebody has on a ladder, "not trained", or nothing."""
        past, now = SHARES[ladder][group]
        if ladder == Ladder.INFORMATICS and self._is_older_minority(career):
            past, now = past - 0.3, now - 0.3
        if ladder == Ladder.ETHNIC_AFFAIRS and not career.place.minority_area:
            past, now = past / 3, now / 2
        day = self._day(career, past, now)
        if day is None:
            return self._without(career, ladder)
        return self._steps(career, ladder, day)

    def _is_older_minority(self, career):
        person = career.official
        return person.group_name != "Kinh" and person.birth_date < add_years(NOW, -45)

    def _day(self, career, past, now):
        """The day of an award for these shares, None for people without one."""
        zeal = career.place.zeal
        past, now = max(0.0, past + zeal / 2), min(0.99, max(0.02, now + zeal))
        draw = self.rng.random()
        if draw >= now:
            return None
        earliest = add_months(career.recruited, 6)
        if draw < past:
            day = self.dice.day(max(earliest, date(2008, 1, 1)), max(earliest, BEFORE))
        else:
            days = (draw - past) / (now - past) * (NOW - BEFORE).days
            day = BEFORE + timedelta(days=int(days))
        if day < earliest:
            day = earliest + timedelta(days=self.rng.randint(0, 500))
        return day if day <= career.last_day else None

    def _without(self, career, ladder):
        """ "Not trained", recorded from the first day on; or nothing known."""
        if not self.dice.chance(NOT_TRAINED_TOLD):
            return []
        return [self._row(ladder, "CHUA", career.recruited)]

    def _steps(self, career, ladder, day):
        """The award, before it "not trained" for some, after it a higher level for some."""
        code, higher = self._level(career, ladder)
        rows = [self._award(ladder, code, day, ISSUERS[ladder])]
        if ladder == Ladder.FOREIGN_LANGUAGE:
            rows[0].detail = "Tiếng Anh"
        if day > add_months(career.recruited, 12) and self.dice.chance(0.6):
            first = self._row(ladder, "CHUA", career.recruited)
            first.valid_to = rows[0].valid_from
            rows.insert(0, first)
        if higher:
            later = add_months(day, self.rng.randint(36, 96))
            if later <= career.last_day:
                rows.append(self._award(ladder, higher, later, ISSUERS[ladder]))
        return rows

    def _level(self, career, ladder):
        """(level, higher level to come or "") that fits the post."""
        standing, draw = career.post.standing, self.rng.random()
        if ladder == Ladder.POLITICAL_THEORY:
            return self._theory(career, draw)
        if ladder == Ladder.STATE_MANAGEMENT:
            if standing == CHIEF and career.place.sort == "department":
                return "CVC", "CVCC" if draw < 0.4 else ""
            return ("CS" if draw < 0.04 else "CV"), (
                "CVC" if standing <= HEAD and draw > 0.5 else ""
            )
        if ladder == Ladder.INFORMATICS:
            old = career.official.birth_date.year < 1980
            codes = {"A": 10, "B": 30, "CB": 60} if old else {"CB": 80, "NC": 14, "TC+": 6}
            return self.rng.choices(list(codes), weights=list(codes.values()))[0], ""
        if ladder == Ladder.FOREIGN_LANGUAGE:
            return self.rng.choices(["B1", "B2", "B3", "B4", "DH"], [14, 42, 32, 8, 4])[0], ""
        high = standing <= DEPUTY or (standing == HEAD and career.place.sort != "commune")
        return ("DT3" if high else "DT4"), ""

    def _theory(self, career, draw):
        """The level of political theory: higher for those who lead."""
        standing = career.post.standing
        if standing == CHIEF:
            return ("TC", "CC") if draw < 0.7 else ("TC", "")
        if standing in (DEPUTY, HEAD):
            return ("TC", "CC" if draw < 0.25 else "") if draw < 0.95 else ("SC", "TC")
        return ("TC", "") if draw < 0.66 else ("SC", "TC" if draw > 0.9 else "")

    def _languages(self, career, group):
        """Mother tongues of the minorities; what others have learnt of the local language."""
        person, place = career.official, career.place
        if person.group_name != "Kinh":
            if not self.dice.chance(MOTHER_TONGUE.get(person.group_name, 0.92)):
                return []
            return [self._spoken(person.group_name, career.recruited)]
        if not place.languages:
            return []
        day = self._day(career, *SHARES[Ladder.ETHNIC_LANGUAGE][group])
        if day is None:
            return self._without(career, Ladder.ETHNIC_LANGUAGE)
        row = self._award(Ladder.ETHNIC_LANGUAGE, "CO", day, SCHOOL)
        row.detail = self.rng.choice(place.languages[:2])
        return [row]

    def _spoken(self, language, since):
        row = self._row(Ladder.ETHNIC_LANGUAGE, "CO", since)
        row.detail = language
        return row

    def _row(self, ladder, code, since):
        return Qualification(
            ladder=ladder.value,
            level_id=self.levels[ladder.value, code],
            valid_from=since,
            source=Source.ROSTER,
        )

    def _award(self, ladder, code, day, issuer):
        """A qualification with its paper; of old papers only the year is known."""
        draw = self.rng.random()
        precision = YEAR if day.year < 2016 or draw < 0.12 else MONTH if draw < 0.2 else DAY
        day = day.replace(month=1, day=1) if precision == YEAR else day
        row = self._row(ladder, code, day.replace(day=1) if precision == MONTH else day)
        row.awarded_on, row.awarded_precision, row.issuer = row.valid_from, precision, issuer
        row.verified = draw > 0.3
        if precision == DAY:
            self.certificate += 1
            row.certificate_no = f"{self.certificate % 9000 + 1:04d}/{day.year}/CC"
        return row

    def party(self, career):
        """The rows of party membership; none where nothing is known."""
        first, last, person = career.recruited, career.last_day, career.official
        draw = self.rng.random()
        if draw > 0.985:
            return []
        if draw > PARTY[group_of(career)]:
            return [PartyStatus(member=False, valid_from=first)]
        joined = self.dice.day(add_years(person.birth.last, 20), add_years(person.birth.last, 34))
        rows = []
        if joined > first:
            rows.append(PartyStatus(member=False, valid_from=first, valid_to=joined))
        if joined <= last:
            rows.append(PartyStatus(member=True, valid_from=joined, joined_on=joined))
        elif rows:
            rows[0].valid_to = FOREVER
        return rows

    def planning(self, career):
        """The rows of quy hoạch of people young enough."""
        rows = []
        person, posts = career.official, PLANNED_POSTS[career.place.sort]
        for term, first, until in TERMS:
            in_time = career.recruited < first < career.last_day
            young = person.birth_date > add_years(first, -50)
            if in_time and young and self.dice.chance(PLANNED[career.post.standing]):
                post = self.rng.choice(posts)
                rows.append(PlanningEntry(post=post, term=term, valid_from=first, valid_to=until))
        return rows

    def appraisals(self, career):
        """The yearly assessments of 2023 to 2025 of those who served through the year."""
        years = [y for y in (2023, 2024, 2025) if career.recruited < date(y, 7, 1)]
        return [
            Appraisal(year=year, grade=self.dice.pick(GRADES))
            for year in years
            if career.until > date(year, 12, 31) and self.dice.chance(0.97)
        ]


ISSUERS = {
    Ladder.POLITICAL_THEORY: SCHOOL,
    Ladder.STATE_MANAGEMENT: SCHOOL,
    Ladder.INFORMATICS: "Trung tâm Tin học, Đại học Thái Nguyên",
    Ladder.DEFENCE_SECURITY: "Hội đồng Giáo dục quốc phòng và an ninh tỉnh",
    Ladder.ETHNIC_AFFAIRS: "Học viện Dân tộc",
    Ladder.FOREIGN_LANGUAGE: "Trường Ngoại ngữ, Đại học Thái Nguyên",
}


def group_of(career):
    """The group of people, as far as training goes, that a career belongs to."""
    post = career.post
    if post.standing == VILLAGE or post.staff_kind == "KCTX":
        return "village"
    if post.staff_kind == StaffKind.VC:
        return "service"
    if career.place.sort == "commune":
        return "leader" if post.staff_kind == StaffKind.CB else "commune"
    return "leader" if post.standing <= DEPUTY else "agency"
