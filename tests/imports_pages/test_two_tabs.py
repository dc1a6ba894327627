"""One preview open twice: what nobody touched on a page never puts back what others decided."""

import json
import re

from django.urls import reverse

from cadres.models import ImportBatch, Official, Posting, SenderMapping
from tests.factories import make_account, make_official, make_unit
from tests.imports_pages.base import PageTestCase, row

SHOWN = re.compile(r'name="da-hien" value="([^"]*)"')


class TwoTabsTests(PageTestCase):
    def setUp(self):
        super().setUp()
        unit = make_unit(name="Xã Một")
        make_official(unit, full_name="Lò Thị Hiền", position="Công chức")
        self.gone = make_official(unit, full_name="Người Đi")
        self.batch = self.send_rows(
            row(1, "Lò Thị Hiền", "14/3/1991", "Xã Một", position="Phó Chủ tịch"),
            row(2, None, "1990", "Xã Một"),
            row(3, "Vàng A Dơ", "30/02/1966", "Xã Một"),
        )

    def opened(self):
        """What a browser would post of the page as it is now, nothing being touched."""
        page = self.get("batch", self.batch).content.decode()
        shown = SHOWN.search(page)[1].replace("&quot;", '"').replace("&#x27;", "'")
        version = re.search(r'name="lan" value="(\d+)"', page)[1]
        return json.loads(shown) | {"da-hien": shown, "lan": version}

    def now(self):
        self.batch.refresh_from_db()
        return self.batch

    def test_a_page_shows_all_that_it_would_send(self):
        sent = self.opened()
        self.assertEqual(sent["sua-0-3-B"], "")
        self.assertEqual(sent["muc-0-2-position"], "take")
        self.assertEqual(sent[f"vang-{self.gone.pk}"], "keep")
        self.assertEqual(sent["cot-0-B"], "full_name")

    def test_an_untouched_cell_does_not_undo_what_was_typed_elsewhere(self):
        mine, other = self.opened(), self.opened()
        self.post("choose", self.batch, **mine | {"sua-0-3-B": "Giàng A Chu", "fix": "sua-0-3-B"})
        self.post("choose", self.batch, **other | {"sua-0-4-C": "1986", "fix": "sua-0-4-C"})
        self.assertEqual(
            self.now().edits, [["Sheet", 3, "B", "Giàng A Chu"], ["Sheet", 4, "C", "1986"]]
        )

    def test_untouched_choices_do_not_undo_those_of_elsewhere(self):
        mine, other = self.opened(), self.opened()
        gone = f"vang-{self.gone.pk}"
        self.post("choose", self.batch, **mine | {"muc-0-2-position": "keep", gone: "retired"})
        self.post("choose", self.batch, **other | {"cot-0-E": ""})
        self.assertEqual(self.now().choices["fields"], {"Sheet!2!position": "keep"})
        self.assertEqual(self.now().choices["absent"], {str(self.gone.pk): "retired"})
        self.assertEqual(self.now().mapping, {"Sheet": {"E": None}})

    def test_applying_a_page_that_is_behind_shows_what_changed_first(self):
        mine, other = self.opened(), self.opened()
        self.post("choose", self.batch, **mine | {"sua-0-3-B": "Giàng A Chu", "fix": "sua-0-3-B"})
        page = self.post("apply", self.batch, **other)
        self.assertContains(page, "Có người vừa sửa danh sách này ở nơi khác.")
        self.assertContains(page, "Áp dụng 3 dòng")
        self.assertEqual(self.now().state, "preview")
        self.post("apply", self.batch, **self.opened())
        self.assertEqual(self.now().state, "applied")
        self.assertTrue(Official.objects.filter(full_name="Giàng A Chu").exists())

    def test_two_texts_for_one_cell_wait_until_somebody_takes_one(self):
        mine, other = self.opened(), self.opened()
        self.post("choose", self.batch, **mine | {"sua-0-4-C": "1986"})
        self.client.force_login(make_account("staff", username="hai", full_name="Người Hai"))
        page = self.post("choose", self.batch, **other | {"sua-0-4-C": "1987"})
        self.assertContains(page, "Dòng 4, cột C: hai người ghi khác nhau.")
        self.assertContains(page, f"{self.account} vừa ghi “1986” lúc")
        self.assertContains(page, "nên chưa lưu “1987” của bạn")
        self.assertContains(page, "Lấy “1987”")
        self.assertEqual(self.now().edits, [["Sheet", 4, "C", "1986"]])
        page = self.post("choose", self.batch, **self.opened() | {"hai-y": "take:Sheet!4!C"})
        self.assertNotContains(page, "hai người ghi khác nhau")
        self.assertEqual(self.now().edits, [["Sheet", 4, "C", "1987"]])

    def test_the_text_written_first_may_stay(self):
        mine, other = self.opened(), self.opened()
        self.post("choose", self.batch, **mine | {"sua-0-4-C": "1986"})
        page = self.post("apply", self.batch, **other | {"sua-0-4-C": "1987"})
        self.assertContains(page, "chưa lưu “1987” của bạn")
        self.assertEqual(self.now().state, "preview")
        page = self.post("choose", self.batch, **self.opened() | {"hai-y": "keep:Sheet!4!C"})
        self.assertNotContains(page, "hai người ghi khác nhau")
        self.assertEqual(self.now().edits, [["Sheet", 4, "C", "1986"]])

    def test_the_same_text_twice_or_a_page_that_is_not_behind_is_no_clash(self):
        mine, other = self.opened(), self.opened()
        self.post("choose", self.batch, **mine | {"sua-0-4-C": "1986"})
        self.post("choose", self.batch, **other | {"sua-0-4-C": "1986"})
        page = self.post("choose", self.batch, **self.opened() | {"sua-0-4-C": "1987"})
        self.assertNotContains(page, "hai người ghi khác nhau")
        self.assertEqual(self.now().edits, [["Sheet", 4, "C", "1987"]])

    def test_a_text_is_not_taken_back_by_who_never_saw_it(self):
        self.post("choose", self.batch, **self.opened() | {"sua-0-4-C": "30/02/1987"})
        mine, other = self.opened(), self.opened()
        self.post("choose", self.batch, **mine | {"sua-0-4-C": "1986"})
        self.post("choose", self.batch, **other | {"bo-sua": "sua-0-4-C"})
        self.assertEqual(self.now().edits, [["Sheet", 4, "C", "1986"]])

    def test_a_choice_taken_back_is_a_change_too(self):
        self.post("choose", self.batch, **self.opened() | {"muc-0-2-position": "keep"})
        self.post("apply", self.batch, **self.opened() | {"muc-0-2-position": "take"})
        post = Posting.objects.get(official__full_name="Lò Thị Hiền", position="Phó Chủ tịch")
        self.assertIsNotNone(post)


class NamelessTests(PageTestCase):
    def test_the_only_column_of_names_cannot_be_given_up(self):
        make_unit(name="Xã Một")
        batch = self.send_rows(row(1, "Lò Văn Một", "30/02/1966", "Xã Một"))
        page = self.post("choose", batch, **{"cot-0-B": "", "sua-0-2-C": "1986"})
        self.assertContains(page, "Phải còn một cột hiểu là Họ và tên")
        batch.refresh_from_db()
        self.assertEqual((batch.state, batch.mapping), ("preview", {}))
        self.assertEqual(batch.edits, [["Sheet", 2, "C", "1986"]])  # what was typed is kept
        self.assertFalse(SenderMapping.objects.exists())
        page = self.post("apply", batch, **{"cot-0-B": ""})
        self.assertContains(page, "Phải còn một cột hiểu là Họ và tên")
        self.assertEqual(ImportBatch.objects.get().state, "preview")

    def test_where_script_runs_the_page_is_shown_from_the_words_that_say_so(self):
        make_unit(name="Xã Một")
        batch = self.send_rows(row(1, "Lò Văn Một", "1986", "Xã Một"))
        part = {"HX-Request": "true"}
        for name, fields, told in (
            ("choose", {"cot-0-E": ""}, None),
            ("choose", {"cot-0-B": ""}, "outerHTML show:top"),
            ("apply", {"cot-0-B": ""}, "outerHTML show:top"),
        ):
            address = reverse(f"imports:{name}", args=[batch.pk])
            answer = self.client.post(address, fields, headers=part)
            self.assertEqual(answer.headers.get("HX-Reswap"), told)

    def test_another_column_may_become_the_name(self):
        make_unit(name="Xã Một")
        batch = self.send_rows(row(1, "Lò Văn Một", "1986", "Xã Một", position="Lò Văn Hai"))
        self.post("choose", batch, **{"cot-0-B": "", "cot-0-H": "full_name"})
        self.assertEqual(batch.rows.get().values["full_name"], "Lò Văn Hai")
