"""`demo`: a believable province, the same each time, in one go."""

import io
import socket
from collections import Counter, defaultdict
from datetime import date
from itertools import pairwise

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client, TestCase, override_settings
from django.urls import reverse

from cadres.audit import first_broken
from cadres.catalogues import DATA, read_csv
from cadres.models import (
    Account,
    Appraisal,
    AuditEvent,
    Official,
    PartyStatus,
    PlanningEntry,
    Posting,
    Qualification,
    Standing,
    Unit,
    UnitLanguage,
    UnitSuccession,
    UnitTrait,
)
from cadres.rules.counting import Pair, count
from cadres.standings import refresh
from cadres.units import UnitFinder
from courses.models import (
    Certificate,
    ClassState,
    Commitment,
    Enrolment,
    Nomination,
    TrainingClass,
)
from reports.demo.accounts import PASSWORD, PERSONAS
from reports.demo.loading import first_look, load_demo
from reports.demo.province import build_province
from tests.factories import make_account, make_unit
from trainingplans.lib.dates import FOREVER, add_years
from trainingplans.management.commands.load_catalogues import load_catalogues
from trainingplans.plans.models import Plan, Programme, Target

NOW = date(2026, 11, 22)
RECORDS = (Posting, Qualification, PartyStatus, PlanningEntry, Appraisal)
WRITTEN = (Unit, UnitTrait, UnitLanguage, UnitSuccession, Official, *RECORDS, Standing)


def demo(*options):
    """(exit status, standard output, standard error) of the command, not serving."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("demo", "--no-serve", *options, stdout=out, stderr=err)
    except SystemExit as end:
        return end.code, out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def everything():
    """All rows of what the demonstration writes."""
    return {model: list(model.objects.order_by("pk").values_list()) for model in WRITTEN}


class ProvinceTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.system = Account.objects.system()
        load_catalogues(by=cls.system)
        cls.counts = load_demo(300, by=cls.system)

    def test_as_many_officials_as_asked_for_and_most_still_serve(self):
        self.assertEqual(Official.objects.count(), 300)
        serving = Standing.objects.at(NOW).filter(in_service=True).count()
        self.assertTrue(250 < serving < 300, serving)

    def test_most_civil_servants_have_a_rank_that_forms_count(self):
        serving = Standing.objects.at(NOW).filter(in_service=True, staff_kind="CC")
        ranks = Counter(serving.values_list("rank_code", flat=True))
        self.assertEqual(set(ranks) - {""}, {"01.002", "01.003", "01.004"})
        self.assertTrue(0 < ranks[""] < 0.1 * ranks.total(), ranks)

    def test_there_is_a_class_in_every_state_and_as_many_as_the_reports_tell(self):
        self.assertEqual(
            set(TrainingClass.objects.values_list("state", flat=True)), set(ClassState.values)
        )
        year = TrainingClass.objects.filter(starts_on__year=2024)
        starts = {"BD.DTOC": 2, "BD.TDT": 8, "BD.VTVL.VTLT": 3}
        for code, number in starts.items():
            found = year.filter(course__category__code__startswith=code)
            self.assertEqual(found.count(), number, code)
        languages = TrainingClass.objects.filter(
            starts_on__year=2020, course__category__code="BD.TDT"
        )
        self.assertEqual(languages.count(), 6)

    def test_who_passed_holds_what_the_course_grants_from_its_last_day(self):
        passed = Enrolment.objects.filter(completed=True, course__on_result="grant")
        self.assertTrue(passed.exists())
        for one in passed.select_related("granted__qualification", "course__grants_level"):
            held = one.granted.qualification
            self.assertEqual((held.level, held.valid_from), (one.course.grants_level, one.ends_on))
        self.assertFalse(Enrolment.objects.filter(completed=True).exclude(outcome="passed"))

    def test_units_have_nominated_and_most_were_answered(self):
        states = set(Nomination.objects.values_list("state", flat=True))
        # Of so few people not all; a province of the usual size has every state.
        self.assertLessEqual({"submitted", "accepted", "decided", "enrolled"}, states)
        self.assertEqual(self.counts["nomination"], Nomination.objects.count())

    def test_nobody_learns_the_same_twice_or_in_two_classes_at_once(self):
        spans = defaultdict(list)
        for one in Enrolment.objects.filter(origin=Enrolment.Origin.CLASS):
            spans[one.official_id].append((one.starts_on, one.ends_on, one.course_id))
        for rows in spans.values():
            self.assertEqual(len({course for _, _, course in rows}), len(rows))
            for (_, ends, _), (starts, _, _) in pairwise(sorted(rows)):
                self.assertLess(ends, starts)

    def test_the_school_sees_its_classes(self):
        school = Account.objects.get(username="truongct")
        seen = TrainingClass.objects.visible_to(school)
        self.assertTrue(seen.filter(state="running").exists())
        self.assertFalse(seen.exclude(institution__unit=school.unit).exists())

    def test_every_commune_of_today_is_there_by_code_and_found_by_name(self):
        finder = UnitFinder()
        rows = read_csv(DATA / "communes_2026-10-10.csv")
        rows = [row for row in rows if row["province_code"] == "19"]
        self.assertEqual(len(rows), 92)
        for row in rows:
            self.assertEqual(finder.find(row["full_name"]).code, row["code"])
        self.assertEqual(Unit.objects.at(NOW).filter(kind="commune").count(), 92)

    def test_districts_are_closed_and_lead_to_the_communes_of_today(self):
        self.assertFalse(Unit.objects.at(NOW).filter(kind="district").exists())
        before = Unit.objects.at(date(2025, 6, 30)).filter(kind="district")
        self.assertEqual(before.count(), 17)
        for district in before:
            self.assertTrue(district.successors.filter(is_default=True).exists())

    def test_a_closed_commune_has_exactly_one_default_successor(self):
        for unit in Unit.objects.filter(kind="commune", valid_to=date(2025, 7, 1)):
            self.assertEqual(unit.successors.filter(is_default=True).count(), 1, unit)

    def test_paths_follow_the_parents(self):
        for unit in Unit.objects.select_related("parent"):
            above = unit.parent.path if unit.parent else "/"
            self.assertEqual(unit.path, f"{above}{unit.pk}/")

    def test_areas_hold_on_every_day_since_2021_and_name_their_basis(self):
        for unit in Unit.objects.filter(traits__trait="minority_area", traits__valid_to=FOREVER):
            rows = list(unit.traits.filter(trait="minority_area").order_by("valid_from"))
            self.assertTrue(all(a.valid_to == b.valid_from for a, b in pairwise(rows)))
            self.assertTrue(all(row.legal_basis for row in rows))

    def test_nobody_has_two_main_posts_on_a_day(self):
        posts = defaultdict(list)
        for post in Posting.objects.filter(is_main=True).order_by("official", "valid_from"):
            posts[post.official_id].append(post)
        self.assertEqual(len(posts), 300)
        for held in posts.values():
            for earlier, later in pairwise(held):
                self.assertLessEqual(earlier.valid_to, later.valid_from)

    def test_a_post_lies_within_the_life_of_its_unit(self):
        for post in Posting.objects.select_related("unit"):
            self.assertGreaterEqual(post.valid_from, post.unit.valid_from, post)
            self.assertLessEqual(post.valid_to, post.unit.valid_to, post)

    def test_people_are_recruited_grown_up_and_gone_when_they_retire(self):
        for person in Official.objects.prefetch_related("postings"):
            self.assertGreaterEqual(person.recruited_on, add_years(person.birth_date, 18))
            posts = person.postings.all()
            self.assertGreaterEqual(min(p.valid_from for p in posts), person.recruited_on)
            village = any(p.staff_kind in ("KCTT", "KCTX") for p in posts)
            if not village and max(p.valid_to for p in posts) == FOREVER:
                self.assertGreater(person.retires_on, date(2026, 11, 1), person)

    def test_qualifications_come_at_an_age_at_which_people_have_them(self):
        youngest = {"DH": 21, "THS": 24, "TS": 29, "CC": 25, "CVCC": 30}
        rows = Qualification.objects.select_related("official", "level")
        for row in rows.exclude(ladder="foreign_language"):
            age = youngest.get(row.level.code, 18)
            # Of some only the year is known, which then begins with its first day.
            born = row.official.birth_date.replace(month=1, day=1)
            self.assertGreaterEqual(row.valid_from, add_years(born, age), row)

    def test_numbers_agree_with_sex_and_year_of_birth_and_come_once(self):
        prefixes = {row["prefix"] for row in read_csv(DATA / "cccd_province_prefix_63.csv")}
        people = Official.objects.exclude(personal_id=None)
        self.assertTrue(280 < people.count() < 300)
        for person in people:
            number = person.personal_id
            century = (person.birth_date.year - 1900) // 100 * 2 + (person.gender == "nu")
            self.assertIn(number[:3], prefixes)
            self.assertEqual(number[3:6], f"{century}{person.birth_date.year % 100:02d}")

    def test_standings_are_those_that_are_derived_from_the_rows(self):
        ids = list(Official.objects.order_by("pk").values_list("pk", flat=True)[::10])
        rows = Standing.objects.filter(official__in=ids).order_by("official", "valid_from")
        fields = [f.attname for f in Standing._meta.fields if f.attname != "id"]
        before = list(rows.values_list(*fields))
        refresh(ids)
        self.assertEqual(list(rows.values_list(*fields)), before)

    def test_every_row_has_its_row_of_history_and_one_event_tells_of_all(self):
        for model in (Unit, Official, *RECORDS, Target, Programme):
            ids = set(model.objects.values_list("pk", flat=True))
            told = model.history.filter(history_type="+", history_user__isnull=False)
            self.assertEqual(set(told.values_list("id", flat=True)), ids, model)
        acts = list(AuditEvent.objects.order_by("id").values_list("act", flat=True))
        loads = [act for act in acts if act.endswith(".load") or act.startswith("official.")]
        plans = ["plan.load"] * Plan.objects.count()
        self.assertEqual(loads, ["catalogues.load", "target.load", *plans, "demo.load"])
        self.assertEqual(AuditEvent.objects.get(act="demo.load").detail["official"], 300)
        self.assertIsNone(first_broken())

    def test_new_rows_go_on_after_those_of_the_demonstration(self):
        make_unit(name="Xã Thêm")
        self.assertEqual(Unit.objects.last().name, "Xã Thêm")

    def test_figures_rise_over_the_years_and_only_some_targets_are_met(self):
        targets = list(Target.objects.all())
        pairs = [Pair(target.population, target.attained) for target in targets]
        then = count(pairs, on=date(2021, 1, 1))
        now = count(pairs, on=NOW)
        for code in ("qlnn_cap_xa", "tin_hoc_cap_xa", "qpan_cap_xa", "cb_llct"):
            number = [target.code for target in targets].index(code)
            self.assertGreater(now[number].share, then[number].share, code)
        met = [f.share * 100 >= t.threshold for f, t in zip(now, targets, strict=True) if f.share]
        self.assertTrue(any(met) and not all(met))
        self.assertTrue(any(figure.unknown for figure in now))

    def test_all_demonstration_accounts_log_in(self):
        self.assertEqual(Account.objects.exclude(username="system").count(), 9)
        for persona in PERSONAS:
            with self.subTest(username=persona.username):
                sent = {"username": persona.username, "password": PASSWORD}
                answer = Client().post(reverse("login"), sent)
                self.assertRedirects(answer, reverse("home"), fetch_redirect_response=False)

    def test_clerks_see_two_different_communes_and_the_official_works_in_the_first(self):
        accounts = Account.objects.select_related("unit", "official").in_bulk(field_name="username")
        first, second = accounts["daumoi1"].unit, accounts["daumoi2"].unit
        self.assertEqual({first.kind, second.kind}, {"commune"})
        self.assertNotEqual(first, second)
        self.assertEqual(accounts["lanhdaoxa1"].unit, first)
        here = Standing.objects.at(NOW).get(official=accounts["canbo1"].official)
        self.assertEqual((here.unit, here.in_service), (first, True))
        self.assertTrue(Official.objects.visible_to(accounts["daumoi1"]).exists())
        self.assertEqual(accounts["truongct"].unit.name, "Trường Chính trị tỉnh")

    def test_the_second_run_adds_nothing(self):
        before, accounts = everything(), list(Account.objects.values_list())
        events = AuditEvent.objects.count()
        status, out, _ = demo("--officials", "999")
        self.assertEqual(status, 0)
        self.assertIn("daumoi1", out)
        self.assertIn(PASSWORD, out)
        self.assertEqual(everything(), before)
        self.assertEqual(list(Account.objects.values_list()), accounts)
        self.assertEqual(AuditEvent.objects.count(), events)

    def test_what_comes_after_the_decision_is_there(self):
        running = TrainingClass.objects.filter(state="running", sessions__isnull=False).first()
        self.assertTrue(running.sessions.filter(attendance__isnull=False).exists())
        self.assertTrue(Certificate.objects.exists() and Commitment.objects.exists())
        paper = Certificate.objects.filter(enrolment__granted__isnull=False).first()
        self.assertEqual(paper.enrolment.granted.qualification.certificate_no, paper.number)
        waiting = Enrolment.objects.filter(completed=True, certificates__isnull=True)
        self.assertTrue(waiting.exists())

    @pytest.mark.no_database
    def test_reset_takes_everything_out_and_loads_it_anew(self):
        Official.objects.update(note="sửa")
        status, _, err = demo("--reset", "--officials", "25")
        self.assertEqual((status, err), (0, ""))
        self.assertEqual(Official.objects.count(), 25)
        self.assertFalse(Official.objects.filter(note="sửa").exists())
        self.assertEqual(Account.objects.count(), 1 + len(PERSONAS))
        self.assertIsNone(first_broken())

    def test_in_production_nothing_is_loaded_or_taken_out(self):
        with override_settings(PRODUCTION=True):
            for options in ([], ["--reset"]):
                self.assertEqual(demo(*options)[0], 2)
        self.assertEqual(Official.objects.count(), 300)


@pytest.mark.no_database
class OtherDatabaseTests(TestCase):
    def test_a_database_with_other_data_is_left_alone(self):
        make_unit(name="Xã Thật")
        status, out, _ = demo()
        self.assertEqual(status, 0)
        self.assertIn("không nạp", out)
        self.assertNotIn(PASSWORD, out)
        self.assertEqual(demo("--reset")[0], 2)
        self.assertEqual(Unit.objects.get().name, "Xã Thật")
        self.assertFalse(Account.objects.exclude(username="system").exists())

    def test_a_taken_port_is_named_before_anything_is_done(self):
        with socket.socket() as other:
            other.bind(("127.0.0.1", 0))
            other.listen()
            port = str(other.getsockname()[1])
            err = io.StringIO()
            with self.assertRaises(SystemExit) as end:
                call_command("demo", "--port", port, stdout=io.StringIO(), stderr=err)
        self.assertEqual(end.exception.code, 2)
        self.assertIn(port, err.getvalue())
        self.assertFalse(Unit.objects.exists())

    def test_odd_arguments_are_refused(self):
        self.assertEqual(demo("--officials", "19")[0], 2)
        self.assertEqual(demo("--port", "70000")[0], 2)

    def test_without_people_there_is_nothing_to_look_at_first(self):
        make_account("staff")
        self.assertIsNone(first_look())


@pytest.mark.no_database
class SameSeedTests(TestCase):
    def build(self, seed):
        """Everything that a build writes; taken back afterwards."""
        with transaction.atomic():
            build_province(60, seed, by=self.system, history=False)
            rows = everything()
            transaction.set_rollback(True)
        return rows

    def test_the_same_seed_makes_the_same_province_and_another_one_another(self):
        self.system = Account.objects.system()
        load_catalogues(by=self.system)
        first = self.build(7)
        self.assertEqual(self.build(7), first)
        self.assertNotEqual(self.build(8)[Official], first[Official])
