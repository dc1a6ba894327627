"""The timetable of a class: typed in a grid, made from a pattern, warned of clashes, undone."""

from datetime import date

from courses.models import ClassSession, Instructor
from courses.sessions import slots
from tests.courses.base import ClassCase
from tests.factories import (
    make_class,
    make_enrolment,
    make_nomination,
    make_official,
    make_session,
)

MONDAY = date(2026, 3, 2)


def make_teacher(name="Thào A Sính"):
    return Instructor.objects.create(full_name=name, search_key=name.lower(), sort_key=name)


class GridCase(ClassCase):
    def setUp(self):
        self.row = make_class(self.course, starts=MONDAY, ends=date(2026, 3, 27))
        self.teacher = make_teacher()
        self.log_in("staff")

    def typed(self, page=None, **changes):
        """What the browser sends of the grid, with changes {"0-place": …} typed into it."""
        grid = (page or self.get("class_sessions", self.row.pk)).context["grid"]
        data = {bound.html_name: str(bound.value()) for bound in grid.management_form}
        for form in grid.forms:
            for bound in form:
                if bound.name == "DELETE":
                    continue
                value = bound.field.prepare_value(bound.value())
                data[bound.html_name] = "" if value is None else str(value)
        data.update({f"buoi-{key}": value for key, value in changes.items()})
        return {key: value for key, value in data.items() if value is not None}

    def save(self, data, status=302):
        return self.send("sessions_save", data, self.row.pk, status=status)

    def sessions(self):
        rows = self.row.sessions.order_by("on", "pk")
        return [(f"{row.on:%d/%m}", row.part, row.place, row.hours) for row in rows]


class GridTests(GridCase):
    def test_typed_rows_become_sessions_and_empty_rows_nothing(self):
        data = self.typed(
            **{
                "0-on": "02/03/2026",
                "0-place": "Phòng 204",
                "0-instructor": str(self.teacher.pk),
                "2-on": "3/3/2026",
                "2-part": "afternoon",
                "2-hours": "5",
            }
        )
        self.save(data)
        expected = [("02/03", "morning", "Phòng 204", 4), ("03/03", "afternoon", "", 5)]
        self.assertEqual(self.sessions(), expected)
        self.assertEqual(self.acts(), ["sessions.change"])

    def test_sending_the_same_grid_twice_adds_once(self):
        data = self.typed(**{"0-on": "02/03/2026"})
        self.save(data)
        self.save(data)
        self.assertEqual(len(self.sessions()), 1)

    def test_a_wrong_cell_keeps_everything_typed_and_names_the_row(self):
        data = self.typed(**{"0-on": "31/02/2026", "0-topic": "Thanh điệu", "1-on": "02/03/2026"})
        page = self.save(data, status=422)
        self.assertContains(page, "Ngày 31/02/2026 không có trong lịch", status_code=422)
        self.assertContains(page, "Thanh điệu", status_code=422)
        self.assertEqual(self.sessions(), [])

    def test_more_rows_are_given_without_losing_what_was_typed(self):
        data = self.typed(**{"0-on": "02/03", "0-topic": "Thanh điệu"})
        page = self.save({**data, "step": "more"}, status=200)
        self.assertEqual(len(page.context["grid"].forms), 10)
        self.assertContains(page, "Thanh điệu")
        self.assertNotContains(page, "error-summary")

    def test_a_newer_version_is_told_and_the_second_saving_wins(self):
        session = make_session(self.row, MONDAY, place="Phòng 204")
        page = self.get("class_sessions", self.row.pk)
        session.place, session.version = "Hội trường", 2
        session.save()
        page = self.save(self.typed(page, **{"0-place": "Phòng 301"}), status=409)
        self.assertContains(page, "Hội trường", status_code=409)
        self.assertEqual(self.sessions(), [("02/03", "morning", "Hội trường", 4)])
        self.save(self.typed(page))
        self.assertEqual(self.sessions(), [("02/03", "morning", "Phòng 301", 4)])

    def test_the_same_half_day_at_one_place_twice_is_refused(self):
        make_session(self.row, MONDAY, place="Phòng 204")
        data = self.typed(**{"1-on": "02/03/2026", "1-place": "Phòng 204", "1-hours": "3"})
        page = self.save(data, status=409)
        self.assertContains(page, "Lớp đã có buổi sáng 02/03/2026", status_code=409)

    def test_deleting_is_undone_with_all_that_the_session_had(self):
        make_session(self.row, MONDAY, place="Phòng 204", instructor=self.teacher, topic="Chào hỏi")
        self.save(self.typed(**{"0-DELETE": "on"}))
        self.assertEqual(self.sessions(), [])
        page = self.get("class_sessions", self.row.pk)
        self.assertContains(page, "Đã xóa 1 buổi.")
        undo = page.context["undo"]["url"]
        self.client.post(undo)
        self.assertEqual(self.sessions(), [("02/03", "morning", "Phòng 204", 4)])
        self.assertEqual(self.row.sessions.get().instructor, self.teacher)

    def test_an_attended_session_is_kept(self):
        session = make_session(self.row, MONDAY)
        enrolment = make_enrolment(make_official(self.home), self.row)
        session.attendance.create(enrolment=enrolment, mark="present")
        page = self.save(self.typed(**{"0-DELETE": "on"}), status=409)
        self.assertContains(page, "Buổi đã điểm danh", status_code=409)
        self.assertEqual(len(self.sessions()), 1)

    def test_a_session_of_another_class_is_out_of_reach(self):
        other = make_session(make_class(self.course), MONDAY, place="Xa")
        data = self.typed(**{"0-on": "02/03/2026", "0-pk": str(other.pk), "0-version": "1"})
        self.save(data, status=409)
        other.refresh_from_db()
        self.assertEqual(other.place, "Xa")

    def test_the_page_takes_no_more_queries_for_more_sessions(self):
        make_session(self.row, MONDAY, instructor=self.teacher)
        path = self.url("class_sessions", self.row.pk)
        before = self.queries_of(path)
        for day in range(3, 15):
            make_session(self.row, MONDAY.replace(day=day), instructor=make_teacher(f"Cô {day}"))
        self.assertEqual(self.queries_of(path), before)


class PatternTests(GridCase):
    PATTERN = {
        "first": "02/03/2026",
        "last": "15/03/2026",
        "weekdays": ["0", "2"],
        "parts": ["morning", "afternoon"],
        "skipped": "04/03/2026",
        "place": "Phòng 204",
        "hours": "4",
    }

    def test_the_days_of_a_pattern(self):
        # Two weeks from Monday 2 March: Mondays 2 and 9, Wednesdays 4 (a holiday) and 11.
        found = slots(MONDAY, date(2026, 3, 15), {0, 2}, {"morning"}, [date(2026, 3, 4)])
        self.assertEqual([f"{day:%d}" for day, _ in found], ["02", "09", "11"])

    def test_a_pattern_makes_each_half_day_once_and_skips_those_that_are_there(self):
        make_session(self.row, MONDAY, place="Hội trường")
        self.send("sessions_pattern", self.PATTERN, self.row.pk)
        self.assertEqual(len(self.sessions()), 6)
        self.assertEqual(self.sessions()[0], ("02/03", "morning", "Hội trường", 4))
        page = self.get("class_sessions", self.row.pk)
        self.assertContains(page, "Đã thêm 5 buổi. Bỏ qua 1 buổi đã có.")
        self.client.post(page.context["undo"]["url"])
        self.assertEqual(len(self.sessions()), 1)

    def test_a_pattern_without_days_says_what_is_missing(self):
        page = self.send(
            "sessions_pattern", {**self.PATTERN, "weekdays": []}, self.row.pk, status=422
        )
        self.assertContains(page, "Chưa chọn ngày nào trong tuần", status_code=422)

    def test_a_holiday_that_is_no_day_is_named(self):
        data = {**self.PATTERN, "skipped": "30/02/2026"}
        page = self.send("sessions_pattern", data, self.row.pk, status=422)
        self.assertContains(page, "30/02/2026", status_code=422)


class ClashTests(GridCase):
    def setUp(self):
        super().setUp()
        self.other = make_class(self.course, title="Tiếng Thái 1", institution=self.school)
        self.row.institution = self.school
        self.row.save()

    def both(self, **fields):
        make_session(self.row, MONDAY, **fields)
        make_session(self.other, MONDAY, **fields)

    def clashes(self):
        page = self.get("class_sessions", self.row.pk)
        return [(clash["what"], clash["other"], clash["when"]) for clash in page.context["clashes"]]

    def test_a_teacher_in_two_classes_on_one_half_day_is_told(self):
        self.both(instructor=self.teacher)
        expected = [("Giảng viên Thào A Sính", "Tiếng Thái 1", "sáng 02/03/2026")]
        self.assertEqual(self.clashes(), expected)

    def test_one_room_for_two_classes_is_told_whatever_the_case(self):
        make_session(self.row, MONDAY, place="Phòng 204")
        make_session(self.other, MONDAY, place="phòng 204")
        self.assertEqual([what for what, _, _ in self.clashes()], ["Địa điểm phòng 204"])

    def test_a_person_in_two_classes_is_told_once_with_all_half_days(self):
        person = make_official(self.home, full_name="Lò Thị Hiền")
        make_enrolment(person, self.row)
        make_nomination(self.other, person)
        self.both()
        self.both(part="afternoon")
        expected = [("Học viên Lò Thị Hiền", "Tiếng Thái 1", "sáng 02/03/2026 và 1 buổi khác")]
        self.assertEqual(self.clashes(), expected)

    def test_the_clashes_of_a_month_are_listed_for_who_can_mend_them(self):
        self.both(instructor=self.teacher)
        page = self.get("clashes", data={"thang": "2026-03"})
        self.assertContains(page, "Giảng viên Thào A Sính")
        self.assertContains(page, "Tiếng Thái 1")
        self.assertNotContains(self.get("clashes", data={"thang": "2026-04"}), "Thào A Sính")
        self.log_in("school")
        self.assertContains(self.get("clashes", data={"thang": "2026-03"}), "Thào A Sính")

    def test_different_half_days_and_cancelled_classes_do_not_clash(self):
        make_session(self.row, MONDAY, instructor=self.teacher)
        make_session(self.other, MONDAY, part="evening", instructor=self.teacher)
        self.assertEqual(self.clashes(), [])
        make_session(self.other, MONDAY, instructor=self.teacher)
        self.other.state = "cancelled"
        self.other.save()
        self.assertEqual(self.clashes(), [])

    def test_a_unit_sees_no_people_of_others_and_a_school_no_other_school(self):
        person = make_official(self.elsewhere, full_name="Vàng A Xa")
        make_enrolment(person, self.row)
        make_enrolment(person, self.other)
        self.both(instructor=self.teacher)
        self.other.institution = None
        self.other.save()
        self.log_in("clerk")
        self.assertNotContains(self.get("class_sessions", self.row.pk), "Vàng A Xa")
        self.log_in("school")
        self.assertEqual(
            self.clashes(), [("Giảng viên Thào A Sính", "một lớp khác", "sáng 02/03/2026")]
        )

    def test_units_read_the_timetable_and_cannot_type(self):
        make_session(self.row, MONDAY, topic="Chào hỏi")
        self.log_in("clerk")
        page = self.get("class_sessions", self.row.pk)
        self.assertContains(page, "Chào hỏi")
        self.assertNotContains(page, "Lưu lịch học")
        self.assertEqual(ClassSession.objects.count(), 1)
