"""Adding and changing a person: versions, conflicts, warnings, one effect, one audit row."""

from datetime import date

from cadres.models import AuditEvent, FormToken, Official, Standing
from cadres.standings import refresh
from tests.cadres.base import PeopleCase, typed
from tests.factories import make_official


class EditTests(PeopleCase):
    def setUp(self):
        self.log_in("clerk")

    def edit(self, **changes):
        page = self.get("official_edit", self.person.pk)
        return self.send("official_edit", typed(page, **changes), self.person.pk)

    def test_a_change_is_stored_with_keys_version_history_audit_and_standing(self):
        self.edit(full_name="Đặng  Văn Yên", gender="nu", birth="1990")
        self.person.refresh_from_db()
        self.assertEqual(self.person.full_name, "Đặng Văn Yên")
        self.assertEqual(self.person.search_key, "dang van yen")
        self.assertEqual((self.person.birth.display, self.person.version), ("1990", 2))
        self.assertEqual(self.person.history.first().history_user, self.accounts["clerk"])
        self.assertEqual(self.acts(), ["official.change"])
        standing = Standing.objects.at(date(2026, 1, 1)).get(official=self.person)
        self.assertEqual((standing.gender, standing.birth_last), ("nu", date(1990, 12, 31)))

    def test_the_audit_row_names_the_fields_and_the_unit_and_no_personal_id(self):
        self.edit(personal_id="011091000456", phone="0912345678")
        event = AuditEvent.objects.get()
        self.assertEqual(event.detail["changed"], ["phone", "personal_id"])
        self.assertEqual((event.unit, event.by.role), (self.home, "clerk"))
        self.assertNotIn("011091000456", str(event.detail))

    def test_saving_without_a_change_writes_nothing(self):
        self.edit()
        self.assertEqual(self.acts(), [])
        self.person.refresh_from_db()
        self.assertEqual(self.person.version, 1)

    def test_the_page_shows_the_personal_id_masked_and_keeps_it(self):
        page = self.get("official_edit", self.person.pk)
        self.assertContains(page, "0110 •••• 0123")
        self.assertNotContains(page, "011091000123")
        self.edit(note="ghi chú")
        self.person.refresh_from_db()
        self.assertEqual(self.person.personal_id, "011091000123")

    def test_an_emptied_personal_id_is_none(self):
        self.edit(personal_id="")
        self.person.refresh_from_db()
        self.assertIsNone(self.person.personal_id)

    def test_a_name_typed_carelessly_is_written_as_rosters_are_read(self):
        for told, kept in (
            ("ĐẶNG THỊ HOÀ", "Đặng Thị Hoà"),
            ("đặng thị hoà", "Đặng Thị Hoà"),
            ("H'LINH MLÔ", "H'Linh Mlô"),
            ("Rơ Châm H'Mlê", "Rơ Châm H'Mlê"),
        ):
            self.edit(full_name=told)
            self.person.refresh_from_db()
            self.assertEqual(self.person.full_name, kept)

    def problems(self, **changes):
        page = self.get("official_edit", self.person.pk)
        page = self.send("official_edit", typed(page, **changes), self.person.pk, status=200)
        return page.context["form"].errors

    def test_errors_say_what_and_how(self):
        cases = {
            "birth": ("30/02/1993", "Ngày 30/02/1993 không có trong lịch."),
            "personal_id": ("01109", "“01109” không đủ 12 chữ số."),
            "full_name": ("123", "“123” không phải là họ tên."),
            "recruited": ("hôm qua", "“hôm qua” không phải là ngày"),
            "gender": ("x", "không có trong danh sách"),
        }
        for name, (value, words) in cases.items():
            with self.subTest(name):
                self.assertIn(words, self.problems(**{name: value})[name][0])

    def test_what_was_typed_stays_after_an_error(self):
        page = self.get("official_edit", self.person.pk)
        data = typed(page, birth="30/02/1993", note="đừng mất tôi")
        page = self.send("official_edit", data, self.person.pk, status=200)
        self.assertContains(page, "đừng mất tôi")
        self.assertContains(page, "30/02/1993")

    def test_a_personal_id_of_somebody_else_is_refused_without_a_name(self):
        errors = self.problems(personal_id=self.stranger.personal_id)
        self.assertIn("đã có trong hệ thống", errors["personal_id"][0])
        self.assertNotIn("Khách", str(errors))

    def test_contradictions_warn_and_do_not_block(self):
        page = self.get("official_edit", self.person.pk)
        data = typed(page, personal_id="999185000001")
        page = self.client.post(self.url("official_edit", self.person.pk), data, follow=True)
        said = [str(message) for message in page.context["messages"]]
        self.assertEqual(len(said), 4)
        self.assertIn("bắt đầu bằng 999", said[0])
        self.assertIn("giới tính nữ", said[1])
        self.assertIn("sinh năm 1985", said[2])
        self.person.refresh_from_db()
        self.assertEqual(self.person.personal_id, "999185000001")

    def test_a_nul_character_is_a_field_error(self):
        self.assertIn("note", self.problems(note="a\0b"))


class ConflictTests(PeopleCase):
    """Two people open the same form; the second to save sees both values."""

    def setUp(self):
        self.log_in("staff")
        self.page = self.get("official_edit", self.person.pk)
        mine = typed(self.page, phone="0911111111", email="toi@tn.gov.vn")
        self.mine = mine
        other = self.client_of("clerk")
        theirs = typed(self.page, phone="0922222222", note="họ ghi")
        answer = other.post(self.url("official_edit", self.person.pk), theirs)
        self.assertEqual(answer.status_code, 302)

    def client_of(self, role):
        client = self.client_class()
        client.force_login(self.accounts[role])
        return client

    def save(self, data, status):
        page = self.send("official_edit", data, self.person.pk, status=status)
        self.person.refresh_from_db()
        return page

    def test_the_second_save_writes_nothing_and_shows_both_values_with_who(self):
        page = self.save(self.mine, 409)
        self.assertEqual(self.person.phone, "0922222222")
        fields = {f["name"]: (f["mine"], f["theirs"]) for f in page.context["conflict"]["fields"]}
        wanted = {
            "phone": ("0911111111", "0922222222"),
            "email": ("toi@tn.gov.vn", ""),
            "note": ("", "họ ghi"),
        }
        self.assertEqual(fields, wanted)
        self.assertContains(page, "clerk đã sửa", status_code=409)
        self.assertEqual(self.acts(), ["official.change"])

    def test_what_only_one_of_the_two_changed_is_chosen_beforehand(self):
        page = self.save(self.mine, 409)
        keep = {f["name"]: f["keep"] for f in page.context["conflict"]["fields"]}
        self.assertEqual(keep, {"phone": "", "email": "mine", "note": "theirs"})

    def chosen(self, page, **keep):
        conflict = page.context["conflict"]
        data = {item["name"]: item["value"] for item in conflict["hidden"]}
        data["version"] = conflict["version"]
        return data | {f"keep-{name}": value for name, value in keep.items()}

    def test_the_choice_is_saved_and_nothing_typed_is_lost(self):
        page = self.save(self.mine, 409)
        self.save(self.chosen(page, phone="mine", email="mine", note="theirs"), 302)
        told = (self.person.phone, self.person.email, self.person.note)
        self.assertEqual(told, ("0911111111", "toi@tn.gov.vn", "họ ghi"))
        self.assertEqual(self.person.version, 3)

    def test_a_third_save_in_between_is_shown_again(self):
        page = self.save(self.mine, 409)
        data = self.chosen(page, phone="mine", email="mine", note="theirs")
        third = self.client_of("clerk")
        answer = third.get(self.url("official_edit", self.person.pk))
        third.post(self.url("official_edit", self.person.pk), typed(answer, phone="0933333333"))
        page = self.save(data, 409)
        fields = {f["name"]: f["theirs"] for f in page.context["conflict"]["fields"]}
        self.assertEqual(fields, {"phone": "0933333333", "email": ""})

    def test_sending_the_same_saved_form_again_is_no_conflict(self):
        again = typed(self.page, phone="0922222222", note="họ ghi")
        self.save(again, 302)
        self.assertEqual((self.person.version, self.acts()), (2, ["official.change"]))

    def test_a_form_without_a_version_is_never_saved_over_anything(self):
        del self.mine["version"]
        self.save(self.mine, 409)
        self.assertEqual(self.person.phone, "0922222222")

    def test_a_changed_personal_id_is_shown_masked_and_the_old_one_cannot_come_back_by_mask(self):
        Official.objects.filter(pk=self.person.pk).update(personal_id="011091000777", version=3)
        page = self.save(self.mine, 409)
        theirs = {f["name"]: f["theirs"] for f in page.context["conflict"]["fields"]}
        self.assertEqual(theirs["personal_id"], "0110 •••• 0777")
        self.assertNotContains(page, "011091000777", status_code=409)
        keep = dict.fromkeys(theirs, "mine")
        page = self.save(self.chosen(page, **keep), 200)
        self.assertIn("Ghi đủ 12 chữ số", page.context["form"].errors["personal_id"][0])


class AddTests(PeopleCase):
    def setUp(self):
        self.log_in("clerk")
        page = self.get("official_add")
        self.data = typed(
            page,
            full_name="Nông Thị Mới",
            birth="05/1995",
            gender="nu",
            position="Văn thư",
            staff_kind="CC",
            valid_from="01/11/2026",
        )

    def test_a_person_comes_with_a_post_a_standing_and_one_audit_row(self):
        self.send("official_add", self.data)
        person = Official.objects.get(full_name="Nông Thị Mới")
        self.assertEqual(person.birth.iso, "1995-05")
        post = person.postings.get()
        self.assertEqual((post.unit, post.valid_from), (self.home, date(2026, 11, 1)))
        self.assertEqual(post.history.get().history_user, self.accounts["clerk"])
        standing = Standing.objects.at(date(2026, 11, 1)).get(official=person)
        self.assertTrue(standing.in_service)
        self.assertEqual(self.acts(), ["official.add"])

    def test_the_same_form_sent_twice_adds_one_person(self):
        first = self.send("official_add", self.data)
        second = self.send("official_add", self.data)
        self.assertEqual(first["Location"], second["Location"])
        self.assertEqual(Official.objects.filter(full_name="Nông Thị Mới").count(), 1)
        self.assertEqual(self.acts(), ["official.add"])

    def test_two_forms_add_two_people(self):
        self.send("official_add", self.data)
        other = typed(self.get("official_add"))
        self.send("official_add", {**self.data, "token": other["token"]})
        self.assertEqual(Official.objects.filter(full_name="Nông Thị Mới").count(), 2)

    def test_the_token_of_somebody_else_means_nothing(self):
        self.send("official_add", self.data)
        self.log_in("staff")
        self.send("official_add", self.data)
        self.assertEqual(FormToken.objects.count(), 2)

    def test_sent_again_after_the_person_is_gone_adds_nobody(self):
        self.send("official_add", self.data)
        person = Official.objects.get(full_name="Nông Thị Mới")
        person.delete()
        self.send("official_add", self.data)
        self.assertFalse(Official.objects.filter(full_name="Nông Thị Mới").exists())

    def test_a_missing_name_unit_and_day_are_each_told(self):
        data = {**self.data, "full_name": "", "unit": "", "valid_from": ""}
        page = self.send("official_add", data, status=200)
        self.assertEqual(set(page.context["form"].errors), {"full_name", "unit", "valid_from"})
        self.assertContains(page, "3 chỗ cần sửa")


class RevealTests(PeopleCase):
    def test_the_whole_number_is_shown_on_demand_and_leaves_a_trace(self):
        self.log_in("clerk")
        page = self.get("official", self.person.pk)
        self.assertNotContains(page, "011091000123")
        page = self.send("official_reveal", {}, self.person.pk, status=200)
        self.assertContains(page, "011091000123")
        self.assertEqual(self.acts(), ["official.reveal_id"])

    def test_a_get_reveals_nothing(self):
        self.log_in("clerk")
        self.get("official_reveal", self.person.pk, status=405)

    def test_without_the_permission_there_is_no_button(self):
        self.log_in("leader")
        page = self.get("official", self.person.pk)
        self.assertNotContains(page, self.url("official_reveal", self.person.pk))


class RecordTests(PeopleCase):
    def setUp(self):
        self.log_in("clerk")

    def test_the_overview_tells_post_ladders_timeline_and_facts(self):
        page = self.get("official", self.person.pk)
        for words in ("Chủ tịch UBND, Xã Nhà, từ 01/01/2020", "Luật", "Vào Đảng", "Bí thư"):
            with self.subTest(words):
                self.assertContains(page, words)
        ladders = {ladder["label"]: ladder["rungs"] for ladder in page.context["ladders"]}
        self.assertEqual([r["state"] for r in ladders["Chuyên môn"]], ["at"])
        self.assertEqual(ladders["Ngoại ngữ"], [{"label": "Chưa rõ", "state": "unknown"}])

    def test_a_past_day_shows_what_was_true_then(self):
        page = self.get("official", self.person.pk, data={"ngay": "31/05/2013"})
        ladders = {ladder["label"]: ladder["rungs"] for ladder in page.context["ladders"]}
        self.assertEqual(ladders["Chuyên môn"][0]["state"], "unknown")
        self.assertContains(page, "Chưa nhận việc")
        self.assertContains(page, "Đang xem như ngày 31/05/2013")

    def test_an_odd_day_is_told_and_today_is_shown(self):
        for text in ("32/13/2020", "2020", "hôm nay", "01/01/0001"):
            with self.subTest(text):
                page = self.get("official", self.person.pk, data={"ngay": text})
                self.assertContains(page, "Ngày xem chưa đúng dạng")

    def test_completeness_counts_what_is_known_and_links_to_the_rest(self):
        page = self.get("official", self.person.pk)
        told = page.context["completeness"]
        self.assertEqual((told["known"], told["items"]), (8, 20))
        self.assertEqual(len(told["missing"]), 12)
        for item in told["missing"]:
            self.assertEqual(self.client.get(item["url"]).status_code, 200)

    def test_who_cannot_change_sees_no_way_to(self):
        self.log_in("leader")
        for name in ("official", "official_postings", "official_qualifications", "official_plans"):
            page = self.get(name, self.person.pk)
            self.assertNotContains(page, "/sua/")
            self.assertNotContains(page, "/them/")

    def test_takes_no_more_queries_for_more_rows(self):
        paths = [
            self.url(name, self.person.pk)
            for name in ("official", "official_postings", "official_qualifications")
        ] + [self.url("official_history", self.person.pk)]
        before = [self.queries_of(path) for path in paths]
        for year in range(2000, 2015):
            self.person.postings.create(
                unit=self.elsewhere, valid_from=date(year, 1, 1), valid_to=date(year, 6, 1)
            )
            self.person.qualifications.create(ladder="informatics", detail=f"MOS {year}")
        refresh([self.person.pk])
        self.assertEqual([self.queries_of(path) for path in paths], before)

    def test_history_tells_who_changed_what_in_words(self):
        page = self.get("official_edit", self.person.pk)
        data = typed(page, birth="1991", gender="nu", personal_id="011191000123")
        self.send("official_edit", data, self.person.pk)
        page = self.get("official_history", self.person.pk)
        change = page.context["changes"][0]
        self.assertEqual((change["who"], change["what"]), ("clerk", "Sửa cán bộ"))
        lines = {line["label"]: (line["old"], line["new"]) for line in change["lines"]}
        self.assertEqual(lines["Ngày sinh"], ("14/03/1991", "1991"))
        self.assertEqual(lines["Giới tính"], ("Nam", "Nữ"))
        self.assertEqual(lines["Số CCCD"], ("0110 •••• 0123", "0111 •••• 0123"))

    def test_hostile_text_is_shown_as_text(self):
        person = make_official(self.home, full_name="<script>alert(1)</script>", note="<b>x</b>")
        for name in ("official", "official_history", "official_edit"):
            page = self.get(name, person.pk)
            self.assertNotContains(page, "<script>alert")
            self.assertNotContains(page, "<b>x")
