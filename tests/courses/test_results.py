"""A result goes into the record and moves the figures; a corrected one moves them back."""

from datetime import date

from django.urls import reverse

from cadres.models import AuditEvent, Qualification
from courses.actions.grants import confirm_grants, decline_grants
from courses.actions.results import set_results, undo_results, write_again
from courses.models import Commitment, Enrolment, Granted, RuleSetting
from courses.results import Result, awaiting_review
from tests.courses.results_base import COMPLETED, ENDS, FAILED, PASSED, ClassTestCase
from tests.factories import make_category, make_class, make_enrolment, make_group, make_level
from trainingplans.lib.commands import Refused


class GrantTests(ClassTestCase):
    def test_the_figure_moves_by_exactly_those_who_passed(self):
        self.assertEqual((self.figure(), self.figure(COMPLETED)), (0, 0))
        done = self.put(PASSED, PASSED, FAILED)
        self.assertEqual((len(done.changed), done.records), (3, 2))
        self.assertEqual((self.figure(), self.figure(COMPLETED)), (2, 2))

    def test_a_level_counts_from_the_last_day_of_the_class(self):
        self.put(PASSED)
        self.assertEqual((self.figure(on=date(2026, 3, 10)), self.figure(on=ENDS)), (0, 1))

    def test_learners_and_records_follow_the_days_of_their_class(self):
        self.put(PASSED)
        self.client.force_login(self.staff)
        address = reverse("courses:class_edit", args=[self.the_class.pk])
        page = self.client.get(address)
        sent = {
            name: page.context["form"][name].value() or "" for name in page.context["form"].fields
        }
        self.client.post(address, sent | {"ends_on": "20/03/2026", "title": "Tên đúng"})
        row, moved = self.row(0), date(2026, 3, 20)
        self.assertEqual((row.ends_on, row.title), (moved, "Tên đúng"))
        self.assertEqual(self.row(2).ends_on, moved)
        self.assertEqual((self.figure(on=ENDS), self.figure(on=moved)), (0, 1))
        page = self.client.post(address, sent | {"version": 2, "ends_on": ""})
        self.assertContains(page, "không bỏ trống được", status_code=422)

    def test_the_qualification_says_where_it_comes_from(self):
        self.put(PASSED)
        row = Granted.objects.get().qualification
        self.assertEqual(row.official, self.people[0])
        self.assertEqual((row.ladder, row.level.code), ("political_theory", "TC"))
        self.assertEqual((row.source, row.verified), ("result", True))
        self.assertEqual((row.awarded_on, row.valid_from), (ENDS, ENDS))
        self.assertEqual(row.issuer, "Trường Chính trị")
        self.assertEqual(row.history.get().history_user, self.staff)

    def test_a_corrected_result_takes_it_away_and_keeps_the_history(self):
        self.put(PASSED, PASSED)
        pk = Granted.objects.get(enrolment=self.rows[0]).qualification_id
        self.put(FAILED)
        self.assertEqual((self.figure(), self.figure(COMPLETED)), (1, 1))
        self.assertFalse(Qualification.objects.filter(pk=pk).exists())
        kinds = Qualification.history.filter(id=pk).values_list("history_type", flat=True)
        self.assertEqual(list(kinds), ["-", "+"])
        self.assertEqual(self.row(0).history.count(), 3)

    def test_the_same_results_again_do_nothing(self):
        self.put(PASSED, FAILED)
        events = AuditEvent.objects.count()
        done = self.put(PASSED, FAILED)
        self.assertEqual((done.changed, done.event), ([], None))
        self.assertEqual(AuditEvent.objects.count(), events)
        self.assertEqual(self.row(0).version, 2)

    def test_undo_puts_everything_back_but_what_was_changed_since(self):
        first = self.put(PASSED, PASSED, PASSED)
        self.put(Result("passed", "Giỏi"))
        done = undo_results(first.event, by=self.staff)
        self.assertEqual([row.pk for row in done.changed], [r.pk for r in self.rows[1:]])
        self.assertEqual([why for _, why in done.skipped], ["đã được sửa sau đó"])
        self.assertEqual((self.figure(), self.row(1).outcome), (1, ""))
        self.assertEqual(self.row(1).state, "enrolled")

    def test_a_record_of_the_own_level_stays_when_the_granted_one_goes(self):
        before = self.figure({"has": "political_theory"})
        self.put(PASSED)
        self.put(FAILED)
        self.assertEqual(self.figure({"has": "political_theory"}), before)

    def test_a_language_is_granted_with_its_name(self):
        self.course.grants_level = make_level("ethnic_language", "CO")
        self.course.grants_language = make_group("Mông")
        self.course.save()
        self.put(PASSED)
        self.assertEqual(self.figure({"speaks": ["Mông"]}), 1)

    def test_a_course_that_grants_nothing_counts_as_a_turn_only(self):
        self.course.on_result = "nothing"
        self.course.save()
        self.put(PASSED)
        self.assertEqual((self.figure(), self.figure(COMPLETED)), (0, 1))

    def test_when_the_course_grants_another_level_it_is_written_again(self):
        self.put(PASSED, FAILED)
        self.course.grants_level = make_level("political_theory", "CC")
        self.course.save()
        self.assertEqual(write_again(self.the_class, by=self.staff), 1)
        self.assertEqual(Granted.objects.get().qualification.level.code, "CC")
        self.assertEqual(write_again(self.the_class, by=self.staff), 0)


class RefusalTests(ClassTestCase):
    def test_ids_of_another_class_touch_nothing(self):
        stranger = make_enrolment(self.people[0], make_class(state="running"))
        with self.assertRaises(Refused):
            set_results(
                self.the_class, {self.rows[0].pk: PASSED, stranger.pk: PASSED}, by=self.staff
            )
        self.assertEqual(Enrolment.objects.filter(completed=True).count(), 0)

    def test_before_the_class_has_begun_nothing_is_written(self):
        self.the_class.state = "decided"
        self.the_class.save()
        with self.assertRaisesMessage(Refused, "Có quyết định"):
            self.put(PASSED)

    def test_who_left_gets_no_result(self):
        Enrolment.objects.filter(pk=self.rows[0].pk).update(state="withdrawn")
        done = self.put(PASSED, PASSED)
        self.assertEqual(len(done.changed), 1)
        self.assertEqual([why for _, why in done.skipped], ["thôi học, không ghi kết quả"])


class ReviewTests(ClassTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.course.on_result = "review"
        cls.course.save()

    def test_levels_wait_until_somebody_confirms_them(self):
        self.put(PASSED, PASSED, FAILED)
        self.assertEqual((self.figure(), awaiting_review(self.staff).count()), (0, 2))
        waiting = awaiting_review(self.staff)
        self.assertEqual(confirm_grants(waiting.filter(pk=self.rows[0].pk), by=self.staff)[0], 1)
        self.assertEqual(decline_grants(awaiting_review(self.staff), by=self.staff)[0], 1)
        self.assertEqual((self.figure(), awaiting_review(self.staff).count()), (1, 0))
        self.assertEqual(confirm_grants(awaiting_review(self.staff), by=self.staff)[0], 0)

    def test_a_confirmed_level_goes_with_a_corrected_result(self):
        self.put(PASSED)
        confirm_grants(awaiting_review(self.staff), by=self.staff)
        self.put(FAILED)
        self.assertEqual((self.figure(), Granted.objects.count()), (0, 0))
        self.put(PASSED)
        self.assertEqual(awaiting_review(self.staff).count(), 1)


class CommitmentTests(ClassTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.the_class.course.category = make_category("DT.SDH", form="dao_tao")
        cls.the_class.course.save()
        cls.the_class.starts_on = date(2024, 3, 11)
        cls.the_class.save()

    def test_completed_study_owes_service_of_three_times_its_length(self):
        self.put(PASSED, FAILED)
        owed = Commitment.objects.get()
        self.assertEqual((owed.starts_on, owed.ends_on), (ENDS, date(2032, 3, 11)))
        self.put(FAILED)
        self.assertFalse(Commitment.objects.exists())
        self.assertEqual(Commitment.history.count(), 2)

    def test_a_dated_setting_for_the_kind_of_staff_decides(self):
        RuleSetting.objects.create(key="commitment_multiple", value=4)
        RuleSetting.objects.create(key="commitment_multiple", value=1, valid_from=date(2027, 1, 1))
        self.put(PASSED)
        self.assertEqual(Commitment.objects.get().ends_on, date(2034, 3, 11))
        RuleSetting.objects.create(key="commitment_multiple", staff_kind="CC", value=2)
        self.put(Result(), PASSED)
        self.assertEqual(Commitment.objects.get().ends_on, date(2030, 3, 11))
