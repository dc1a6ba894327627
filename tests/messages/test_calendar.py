"""The calendar: whose days it shows, the secret feed, and the letter of RFC 5545."""

from datetime import UTC, date, datetime, timedelta

from django.test import SimpleTestCase
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from cadres.models import CalendarFeed
from tests.factories import make_class, make_enrolment, make_session
from tests.needs.base import NeedsCase
from trainingplans.lib.agenda import Event
from trainingplans.lib.dates import today
from trainingplans.lib.icalendar import calendar, escape, fold

DAY = date(2026, 12, 1)
STAMP = datetime(2026, 11, 25, 8, 30, tzinfo=UTC)


def unfolded(text):
    """The content lines of a calendar, as a reader puts them together again."""
    return text.replace("\r\n ", "").split("\r\n")


def unescaped(text):
    """What a reader makes of an escaped text."""
    out, letters = "", iter(text)
    for letter in letters:
        if letter == "\\":
            letter = next(letters)
            letter = "\n" if letter in "nN" else letter
        out += letter
    return out


class FormatTests(SimpleTestCase):
    def text(self, **fields):
        event = Event(key="class-5", first=DAY, last=DAY, **{"title": "Lớp", **fields})
        return calendar("Cổng", [event], host="cong.vn", stamp=STAMP)

    def test_an_event_is_written_as_the_standard_says(self):
        lines = unfolded(self.text(title="Tiếng Mông; lớp 2, đợt 1", place="P. 204\nTầng 2"))
        start = lines.index("BEGIN:VEVENT")
        self.assertEqual(
            lines[start : start + 9],
            [
                "BEGIN:VEVENT",
                "UID:class-5@cong.vn",
                "DTSTAMP:20261125T083000Z",
                "DTSTART;VALUE=DATE:20261201",
                "DTEND;VALUE=DATE:20261202",  # the first day after
                "SUMMARY:Tiếng Mông\\; lớp 2\\, đợt 1",
                "TRANSP:TRANSPARENT",
                "LOCATION:P. 204\\nTầng 2",
                "END:VEVENT",
            ],
        )
        self.assertEqual((lines[0], lines[-2:]), ("BEGIN:VCALENDAR", ["END:VCALENDAR", ""]))
        self.assertIn("TZID:Asia/Ho_Chi_Minh", lines)
        self.assertIn("TZOFFSETTO:+0700", lines)

    def test_a_line_of_75_octets_stays_one_and_76_become_two(self):
        self.assertEqual(fold("x" * 75), "x" * 75)
        self.assertEqual(fold("x" * 76), "x" * 75 + "\r\n x")
        # ệ has three octets: 24 of them and three letters are 75.
        self.assertEqual(fold("abc" + "ệ" * 25), "abc" + "ệ" * 24 + "\r\n ệ")

    @settings(max_examples=60, deadline=None)
    @given(st.text(max_size=200))
    def test_any_text_comes_back_and_no_line_is_too_long(self, text):
        written = self.text(title=text)
        for line in written.split("\r\n"):
            self.assertLessEqual(len(line.encode("utf-8", "surrogatepass")), 75)
        [summary] = [x for x in unfolded(written) if x.startswith("SUMMARY:")]
        kept = text.replace("\r\n", "\n").replace("\r", "\n")
        kept = "".join(c for c in kept if c == "\n" or (ord(c) >= 32 and ord(c) != 127))
        self.assertEqual(unescaped(summary.removeprefix("SUMMARY:")), kept)

    def test_a_title_cannot_begin_a_line_of_its_own(self):
        self.assertNotIn("\n", escape("Lớp\r\nATTENDEE:mailto:ai@do.vn"))
        lines = unfolded(self.text(title="Lớp\r\nEND:VEVENT"))
        self.assertEqual(lines.count("END:VEVENT"), 1)


class AgendaTests(NeedsCase):
    def events(self, account, **asked):
        self.client.force_login(account)
        page = self.client.get(reverse("agenda"), asked)
        self.assertEqual(page.status_code, 200)
        return [item["event"].title for row in page.context["days"] for item in row["events"]]

    def test_the_sheet_has_whole_weeks_and_a_longer_class_stands_on_each_of_its_days(self):
        # November 2026 begins on a Sunday and ends on a Monday: six weeks on the sheet.
        run = make_class(starts=date(2026, 11, 27), ends=date(2026, 12, 1), title="Lớp dài")
        self.client.force_login(self.staff)
        page = self.client.get(reverse("agenda"), {"thang": "2026-11"})
        weeks = page.context["weeks"]
        self.assertEqual([len(week) for week in weeks], [7] * 6)
        days = [day for week in weeks for day in week if day]
        self.assertEqual([day["on"].day for day in days], list(range(1, 31)))
        self.assertEqual(weeks[0][:6], [None] * 6)
        found = {
            day["on"].day: (item["in_full"], item["words"])
            for day in days
            for item in day["events"]
            if item["event"].title.endswith(run.title)
        }
        # Friday the first day; Saturday and Sunday go on; a week begins on Monday the 30th.
        self.assertEqual(
            found,
            {
                27: (True, "đến 01/12/2026"),
                28: (False, "từ 27/11/2026"),
                29: (False, "từ 27/11/2026"),
                30: (True, "từ 27/11/2026"),
            },
        )

    def month(self, day):
        return {"thang": f"{day:%Y-%m}"}

    def test_units_see_the_deadline_of_needs_and_targets(self):
        for account in (self.staff, self.clerk, self.unit_leader, self.leader):
            self.assertIn(
                "Hạn gửi nhu cầu: Nhu cầu năm 2027",
                self.events(account, **self.month(self.round.due)),
            )
            self.assertIn(
                f"Hạn mục tiêu: {self.target.name}",
                self.events(account, **self.month(self.target.due)),
            )

    def test_who_has_no_business_with_them_does_not(self):
        for account in (self.school, self.official, self.admin):
            self.assertEqual(self.events(account, **self.month(self.round.due)), [])

    def test_a_class_stands_on_its_first_day_and_its_deadline_on_its_own(self):
        make_class(
            title="Tiếng Mông",
            starts=date(2027, 3, 8),
            ends=date(2027, 3, 19),
            nominations_due=date(2027, 2, 20),
        )
        self.assertEqual(self.events(self.clerk, thang="2027-03"), ["Lớp Tiếng Mông"])
        self.assertEqual(self.events(self.clerk, thang="2027-02"), ["Hạn đề cử: Tiếng Mông"])

    def test_an_official_sees_the_own_classes_and_half_days_only(self):
        own = make_class(title="Của tôi", starts=date(2027, 3, 8), state="running")
        make_class(title="Lớp khác", starts=date(2027, 3, 8), state="running")
        make_session(own, date(2027, 3, 9))
        make_enrolment(self.an, own)
        self.assertEqual(
            self.events(self.official, thang="2027-03"), ["Lớp Của tôi", "Sáng: Của tôi"]
        )

    def test_an_odd_month_is_this_month(self):
        for asked in ("2026-13", "abc", "", "99999-01", "2026"):
            self.events(self.staff, thang=asked)

    def test_the_page_takes_the_same_queries_for_more_classes(self):
        def grow():
            for number in range(5):
                make_class(title=f"Lớp {number}", starts=today().replace(day=1))

        self.assert_same_queries(self.staff, reverse("agenda"), grow, 16)


class FeedTests(NeedsCase):
    def open(self, account):
        """The address of a new feed, as the page shows it."""
        self.client.force_login(account)
        self.client.post(reverse("calendar_open"))
        address = self.client.get(reverse("agenda")).context["address"]
        self.client.logout()
        return address.replace("http://testserver", "")

    def test_the_address_opens_without_logging_in_and_holds_the_deadlines(self):
        answer = self.client.get(self.open(self.clerk))
        self.assertEqual(answer["Content-Type"], "text/calendar; charset=utf-8")
        lines = unfolded(answer.content.decode())
        self.assertIn("SUMMARY:Hạn gửi nhu cầu: Nhu cầu năm 2027", lines)
        self.assertIn(f"DTSTART;VALUE=DATE:{self.round.due:%Y%m%d}", lines)

    def test_it_is_shown_once_and_only_its_hash_is_kept(self):
        address = self.open(self.clerk)
        token = address.rsplit("/", 1)[1].removesuffix(".ics")
        self.client.force_login(self.clerk)
        self.assertNotContains(self.client.get(reverse("agenda")), token)
        self.assertNotIn(token, str(CalendarFeed.objects.values().get()))

    def test_a_new_address_and_closing_make_the_old_one_void(self):
        first = self.open(self.clerk)
        second = self.open(self.clerk)
        self.assertEqual(self.client.get(first).status_code, 404)
        self.assertEqual(self.client.get(second).status_code, 200)
        self.client.force_login(self.clerk)
        self.client.post(reverse("calendar_close"))
        self.assertEqual(self.client.get(second).status_code, 404)

    def test_a_closed_account_has_no_calendar(self):
        address = self.open(self.clerk)
        self.clerk.is_active = False
        self.clerk.save()
        self.assertEqual(self.client.get(address).status_code, 404)

    def test_it_shows_what_the_account_may_see_and_no_names(self):
        mine = make_class(title="Lớp chung", starts=today() + timedelta(days=9))
        make_class(title="Chưa công bố", starts=today() + timedelta(days=9), state="planned")
        make_enrolment(self.an, mine)
        text = "".join(unfolded(self.client.get(self.open(self.clerk)).content.decode()))
        self.assertIn("Lớp chung", text)
        self.assertNotIn("Chưa công bố", text)
        for name in (self.an.full_name, self.clerk.username):
            self.assertNotIn(name, text)
