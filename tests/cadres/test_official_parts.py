"""Posts, qualifications, party, planning and appraisals: add, change, move, end, delete, undo."""

from datetime import date

from cadres.models import AuditEvent, Posting, Qualification, Standing
from cadres.parts import PARTS
from tests.cadres.base import PeopleCase, typed
from tests.factories import make_level, make_official
from trainingplans.lib.dates import FOREVER, today


class PartsCase(PeopleCase):
    def setUp(self):
        self.log_in("clerk")
        self.post = self.person.postings.get()

    def on(self, day):
        return Standing.objects.at(day).get(official=self.person)

    def add(self, part, status=302, **data):
        args = {"pk": self.person.pk, "part": part}
        page = self.get("part_add", **args)
        return self.send("part_add", typed(page, **data), status=status, **args)

    def change(self, part, row, status=302, **data):
        args = {"pk": self.person.pk, "part": part, "row": row.pk}
        page = self.get("part_edit", **args)
        return self.send("part_edit", typed(page, **data), status=status, **args)


class PostingTests(PartsCase):
    def move(self, status=302, **data):
        args = [self.person.pk, self.post.pk]
        page = self.get("posting_move", *args)
        return self.send("posting_move", typed(page, **data), *args, status=status)

    def test_a_move_closes_the_old_post_and_opens_the_new_one_on_the_day(self):
        self.move(position="Bí thư Đảng ủy", on="01/10/2026", decision="QĐ 12")
        old, new = Posting.objects.filter(official=self.person).order_by("valid_from")
        self.assertEqual((old.valid_to, old.position), (date(2026, 10, 1), "Chủ tịch UBND"))
        self.assertEqual((new.valid_from, new.valid_to), (date(2026, 10, 1), FOREVER))
        self.assertEqual((old.ended_by, new.decision, new.is_main), ("changed", "QĐ 12", True))
        self.assertEqual(self.on(date(2026, 9, 30)).position, "Chủ tịch UBND")
        self.assertEqual(self.on(date(2026, 10, 1)).position, "Bí thư Đảng ủy")
        self.assertEqual(self.acts(), ["posting.move"])

    def test_a_move_to_another_unit_is_a_transfer_and_ends_the_clerks_sight(self):
        self.log_in("staff")
        self.move(unit=self.elsewhere.pk, on="01/10/2026")
        self.assertEqual(Posting.objects.get(pk=self.post.pk).ended_by, "transferred")
        self.log_in("clerk")
        self.get("official", self.person.pk, status=404)

    def test_a_move_over_a_newer_version_shows_both_values(self):
        args = [self.person.pk, self.post.pk]
        mine = typed(self.get("posting_move", *args), position="Bí thư", on="01/10/2026")
        self.change("vi-tri", self.post, position="Phó Chủ tịch UBND")
        page = self.send("posting_move", mine, *args, status=409)
        fields = {f["name"]: f["theirs"] for f in page.context["conflict"]["fields"]}
        self.assertEqual(fields["position"], "Phó Chủ tịch UBND")
        self.assertEqual(self.person.postings.count(), 1)

    def test_the_same_move_sent_twice_opens_one_post(self):
        args = [self.person.pk, self.post.pk]
        data = typed(self.get("posting_move", *args), position="Bí thư", on="01/10/2026")
        self.send("posting_move", data, *args)
        self.client.post(self.url("posting_move", *args), data)
        self.assertEqual(self.person.postings.count(), 2)

    def test_a_move_cannot_be_before_the_post_began(self):
        page = self.move(status=200, on="01/01/2020")
        self.assertIn("Chọn từ 02/01/2020", page.context["form"].errors["on"][0])

    def test_the_end_of_a_post_ends_the_service_on_that_day(self):
        args = [self.person.pk, self.post.pk]
        data = typed(self.get("posting_end", *args), valid_to="01/09/2026", ended_by="retired")
        self.send("posting_end", data, *args)
        self.assertTrue(self.on(date(2026, 8, 31)).in_service)
        self.assertFalse(self.on(date(2026, 9, 1)).in_service)
        self.assertEqual(self.acts(), ["posting.end"])

    def test_two_main_posts_at_once_are_refused(self):
        page = self.add("vi-tri", status=200, valid_from="01/01/2025", position="Bí thư")
        self.assertIn("Chủ tịch UBND", page.context["form"].errors["is_main"][0])

    def test_a_post_beside_the_main_one_is_possible(self):
        self.add("vi-tri", valid_from="01/01/2025", position="Bí thư", is_main=None)
        self.assertEqual(self.on(today()).position, "Chủ tịch UBND")
        self.assertEqual(self.person.postings.count(), 2)

    def test_a_period_must_not_end_before_it_begins(self):
        page = self.change("vi-tri", self.post, status=200, valid_to="01/01/2019")
        self.assertIn("không sau ngày bắt đầu", page.context["form"].errors["valid_to"][0])


class QualificationTests(PartsCase):
    def level(self, code):
        return make_level("political_theory", code)

    def test_a_level_counts_from_its_partial_award_date(self):
        level = self.level("TC")
        self.add("van-bang", level=f"political_theory:{level.pk}", awarded="07/2019")
        row = Qualification.objects.get(ladder="political_theory")
        self.assertEqual((row.awarded.iso, row.valid_from), ("2019-07", date(2019, 7, 1)))
        self.assertIsNone(self.on(date(2019, 6, 30)).lv_political_theory)
        self.assertEqual(self.on(date(2019, 7, 1)).lv_political_theory, 20)
        self.assertEqual(self.acts(), ["qualification.add"])

    def test_without_any_date_it_counts_from_today(self):
        level = self.level("TC")
        self.add("van-bang", level=f"political_theory:{level.pk}")
        self.assertEqual(Qualification.objects.get(level=level).valid_from, today())

    def test_a_text_that_fits_no_level_is_kept_as_it_was_written(self):
        self.add("van-bang", level="informatics:", detail="MOS Excel")
        self.assertEqual(self.on(today()).lv_informatics, 1)

    def test_a_ladder_alone_needs_the_text(self):
        page = self.add("van-bang", status=200, level="informatics:")
        self.assertIn("detail", page.context["form"].errors)

    def test_the_list_is_grouped_by_ladder_and_starts_at_the_one_asked_for(self):
        args = {"pk": self.person.pk, "part": "van-bang"}
        page = self.get("part_add", data={"thang": "informatics"}, **args)
        self.assertContains(page, '<optgroup label="Tin học">')
        self.assertContains(page, '<option value="informatics:" selected')

    def test_a_corrected_award_date_moves_the_day_it_counts_from(self):
        row = self.person.qualifications.get()
        row.awarded_on = row.valid_from
        row.save()
        self.change("van-bang", row, awarded="05/2014")
        row.refresh_from_db()
        self.assertEqual(row.valid_from, date(2014, 5, 1))

    def test_a_day_since_ever_stays_since_ever(self):
        level = self.level("TC")
        row = self.person.qualifications.create(ladder="political_theory", level=level)
        self.change("van-bang", row, issuer="Trường Chính trị tỉnh")
        before = row.valid_from
        row.refresh_from_db()
        self.assertEqual((row.valid_from, row.issuer), (before, "Trường Chính trị tỉnh"))

    def test_a_revoked_level_ends(self):
        self.change("van-bang", self.person.qualifications.get(), revoked_on="01/01/2026")
        self.assertEqual(self.on(date(2025, 12, 31)).lv_professional, 40)
        self.assertIsNone(self.on(date(2026, 1, 1)).lv_professional)

    def test_a_conflict_names_the_level_in_words(self):
        row = self.person.qualifications.get()
        args = {"pk": self.person.pk, "part": "van-bang", "row": row.pk}
        page = self.get("part_edit", **args)
        mine = typed(page, level=f"professional:{make_level('professional', 'THS').pk}")
        self.change("van-bang", row, level="professional:", detail="Kỹ sư hai bằng")
        page = self.send("part_edit", mine, status=409, **args)
        fields = {f["name"]: (f["mine"], f["theirs"]) for f in page.context["conflict"]["fields"]}
        self.assertEqual(fields["level"], ("THS", "Khác, ghi ở mục Chi tiết"))


class OtherRowsTests(PartsCase):
    def test_a_new_party_row_closes_the_one_before(self):
        self.add("dang-vien", member=None, valid_from="01/06/2026")
        old, new = self.person.party_statuses.order_by("valid_from")
        self.assertEqual(old.valid_to, date(2026, 6, 1))
        self.assertTrue(self.on(date(2026, 5, 31)).party_member)
        self.assertFalse(self.on(date(2026, 6, 1)).party_member)
        self.assertEqual(self.acts(), ["partystatus.add"])

    def test_a_joining_date_needs_a_member(self):
        page = self.add("dang-vien", status=200, member=None, joined="2017")
        self.assertIn("joined", page.context["form"].errors)

    def test_planning_counts_in_its_period(self):
        row = self.person.planning_entries.get()
        self.change("quy-hoach", row, valid_to="01/01/2026")
        self.assertTrue(self.on(date(2025, 12, 31)).in_planning)
        self.assertFalse(self.on(date(2026, 1, 1)).in_planning)

    def test_a_year_has_one_appraisal(self):
        page = self.add("danh-gia", status=200, year=2025, grade="HT")
        self.assertIn("đã có xếp loại", page.context["form"].errors["year"][0])
        self.add("danh-gia", year=2024, grade="HT")
        self.assertEqual(self.person.appraisals.count(), 2)

    def test_an_appraisal_of_the_future_is_refused(self):
        page = self.add("danh-gia", status=200, year=today().year + 1, grade="HT")
        self.assertIn("nằm ngoài", page.context["form"].errors["year"][0])

    def test_the_same_form_sent_twice_adds_one_row(self):
        args = {"pk": self.person.pk, "part": "danh-gia"}
        data = typed(self.get("part_add", **args), year=2023, grade="HT")
        self.send("part_add", data, **args)
        self.send("part_add", data, **args)
        self.assertEqual(self.person.appraisals.filter(year=2023).count(), 1)

    def test_every_kind_writes_one_history_row_with_its_author_for_an_addition(self):
        self.add("quy-hoach", post="Chủ tịch", valid_from="01/01/2026")
        row = self.person.planning_entries.get(post="Chủ tịch")
        self.assertEqual(row.history.get().history_user, self.accounts["clerk"])


class DeleteTests(PartsCase):
    def rows(self, part):
        return PARTS[part].rows_of(self.person)

    def delete(self, part, row):
        args = {"pk": self.person.pk, "part": part, "row": row.pk}
        self.assertContains(self.get("part_delete", **args), "hoàn tác")
        url = self.url("part_delete", **args)
        return self.client.post(url, follow=True)

    def test_every_kind_of_row_can_be_deleted_and_brought_back_as_it_was(self):
        for part in ("van-bang", "dang-vien", "quy-hoach", "danh-gia"):
            with self.subTest(part):
                before = self.rows(part).values().get()
                page = self.delete(part, self.rows(part).get())
                self.assertFalse(self.rows(part).exists())
                undo = page.context["undo"]["url"]
                self.assertContains(page, undo)
                self.client.post(undo)
                after = self.rows(part).values().get()
                self.assertEqual(after, {**before, "version": before["version"] + 1})

    def test_the_standing_follows_both_ways_and_each_act_is_recorded_once(self):
        row = self.person.qualifications.get()
        undo = self.delete("van-bang", row).context["undo"]["url"]
        self.assertIsNone(self.on(today()).lv_professional)
        self.client.post(undo)
        self.assertEqual(self.on(today()).lv_professional, 40)
        self.assertEqual(self.acts(), ["qualification.delete", "qualification.restore"])
        self.assertEqual(AuditEvent.objects.first().detail["name"], "Đặng Văn Ý")

    def test_undo_twice_restores_once_and_says_so(self):
        undo = self.delete("danh-gia", self.person.appraisals.get()).context["undo"]["url"]
        self.client.post(undo)
        page = self.client.post(undo, follow=True)
        self.assertContains(page, "đã được khôi phục rồi")
        self.assertEqual(self.person.appraisals.count(), 1)

    def test_undo_is_offered_once(self):
        self.delete("danh-gia", self.person.appraisals.get())
        self.assertNotContains(self.get("official_plans", self.person.pk), "khoi-phuc")

    def test_undo_is_refused_where_another_row_took_the_place(self):
        undo = self.delete("danh-gia", self.person.appraisals.get()).context["undo"]["url"]
        self.person.appraisals.create(year=2025, grade="HT")
        page = self.client.post(undo, follow=True)
        self.assertContains(page, "đã có xếp loại khác")

    def test_the_only_post_stays(self):
        page = self.delete("vi-tri", self.post)
        self.assertContains(page, "phải còn ít nhất một vị trí công tác")
        self.assertEqual(self.acts(), [])

    def test_a_foreign_row_is_not_restored(self):
        self.log_in("staff")
        other = make_official(self.elsewhere)
        row = self.stranger.appraisals.get()
        args = {"pk": self.stranger.pk, "part": "danh-gia", "row": row.pk}
        self.client.post(self.url("part_delete", **args))
        image = type(row).history.filter(history_type="-").get().pk
        args = {"pk": other.pk, "part": "danh-gia", "image": image}
        self.assertEqual(self.client.post(self.url("part_restore", **args)).status_code, 404)
        self.log_in("clerk")
        args["pk"] = self.stranger.pk
        self.assertEqual(self.client.post(self.url("part_restore", **args)).status_code, 404)
        self.assertFalse(self.stranger.appraisals.exists())

    def test_a_row_changed_by_one_and_deleted_by_another_is_told(self):
        row = self.person.appraisals.get()
        args = {"pk": self.person.pk, "part": "danh-gia", "row": row.pk}
        self.client.post(self.url("part_delete", **args))
        self.assertEqual(self.client.post(self.url("part_edit", **args), {}).status_code, 404)
