"""Rules and weights change from a day on; the template of decisions can be the office's own."""

import tempfile
from datetime import date
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase, override_settings
from django.urls import reverse
from docx import Document

from courses.models import Decision, PolicyWeight, RuleSetting
from courses.papers import decision_file, template_bytes
from courses.policy import Policy
from courses.yearly import required_hours
from tests.courses.nominating import load_rules
from tests.factories import make_account, make_class, make_nomination, make_official, make_unit


class RulesTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_rules()
        cls.staff = make_account("staff")

    def change(self, kind, row, **data):
        self.client.force_login(self.staff)
        url = reverse("courses:rule_edit", args=[kind, row.pk])
        return self.client.post(url, data)

    def test_a_new_weight_holds_from_its_day_and_the_old_one_before(self):
        row = PolicyWeight.objects.get(reason="women")
        self.change("diem", row, weight="25", since="01/01/2027")
        self.assertEqual(Policy(date(2026, 12, 31)).weights["women"], 15)
        self.assertEqual(Policy(date(2027, 1, 1)).weights["women"], 25)

    def test_a_check_is_made_softer_for_one_kind_of_staff(self):
        row = RuleSetting.objects.get(key="service", staff_kind="CC")
        self.change("quy-dinh", row, severity="warn", value="2", since="01/06/2027")
        before, after = (Policy(date(2027, 5, 31)), Policy(date(2027, 6, 1)))
        self.assertEqual(before.of("service", "CC").severity, "block")
        self.assertEqual(
            (after.of("service", "CC").severity, after.of("service", "CC").value), ("warn", 2)
        )

    def test_a_day_outside_the_row_is_refused_beside_the_field(self):
        row = RuleSetting.objects.get(key="age", staff_kind="CC")
        answer = self.change("quy-dinh", row, severity="warn", value="45", since="01/01/2020")
        self.assertContains(answer, "nằm ngoài thời gian của dòng này", status_code=422)

    def test_clerks_read_the_rules_but_do_not_change_them(self):
        self.client.force_login(make_account("clerk", unit=make_unit()))
        page = self.client.get(reverse("courses:rules"))
        self.assertContains(page, "Trong quy hoạch")
        self.assertNotContains(page, "Mẫu quyết định")

    def test_the_lessons_of_a_year_and_the_service_owed_are_settings_with_words(self):
        self.client.force_login(self.staff)
        page = self.client.get(reverse("courses:rules"))
        self.assertContains(page, "Số tiết bồi dưỡng tối thiểu mỗi năm")
        self.assertContains(page, "số tiết mỗi năm: 40")
        self.assertContains(page, "số lần thời gian học: 3")
        row = RuleSetting.objects.get(key="yearly_hours")
        url = reverse("courses:rule_edit", args=["quy-dinh", row.pk])
        self.assertNotContains(self.client.get(url), "severity")
        self.change("quy-dinh", row, value="24", since="01/01/2027")
        self.assertEqual((required_hours(2026), required_hours(2027)), (40, 24))

    def test_what_staff_changed_stays_when_the_catalogues_are_loaded_again(self):
        PolicyWeight.objects.filter(reason="women").update(weight=33)
        load_rules()
        self.assertEqual(PolicyWeight.objects.get(reason="women").weight, 33)


class TemplateTests(TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        settings = override_settings(MEDIA_ROOT=folder.name)
        settings.enable()
        self.addCleanup(settings.disable)
        self.client.force_login(make_account("staff"))

    def send(self, content, name="mau.docx"):
        file = SimpleUploadedFile(name, content)
        return self.client.post(reverse("courses:decision_template"), {"file": file})

    def own(self, text):
        document = Document(BytesIO(template_bytes()))
        document.paragraphs[0].insert_paragraph_before(text)
        out = BytesIO()
        document.save(out)
        return out.getvalue()

    def text(self):
        official = make_official(make_unit(name="Xã A"), full_name="Lò & Con <Một>")
        training_class = make_class()
        decision = Decision.objects.create(training_class=training_class)
        make_nomination(training_class, official, decision=decision, state="decided")
        document = Document(BytesIO(decision_file(decision)))
        rows = [c.text for t in document.tables for row in t.rows for c in row.cells]
        return "\n".join([*(p.text for p in document.paragraphs), *rows])

    def test_the_offices_own_template_is_used_and_can_be_dropped_again(self):
        self.send(self.own("MẪU CỦA SỞ"))
        text = self.text()
        self.assertIn("MẪU CỦA SỞ", text)
        self.assertIn("Lò & Con <Một>", text)
        self.client.post(reverse("courses:decision_template"), {"bo": "1"})
        self.assertNotIn(b"M\xe1\xba\xaaU", template_bytes())

    def test_a_template_that_cannot_be_filled_or_reaches_out_is_refused(self):
        for text in ("{{ so | khong_co }}", "{{ ''.__class__.__mro__ }}", "{% for %}"):
            self.assertEqual(self.send(self.own(text)).status_code, 422, text)
        self.assertEqual(self.send(b"%PDF-1.4").status_code, 422)
        self.assertEqual(self.send(b"PK\x03\x04 broken").status_code, 422)

    def test_a_template_without_the_list_is_refused(self):
        out = BytesIO()
        Document().save(out)
        self.assertContains(self.send(out.getvalue()), "thiếu bảng danh sách", status_code=422)
