"""The office's own list: who is found, who is not, and nothing written before it is chosen."""

from datetime import date
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase
from django.urls import reverse
from openpyxl import Workbook

from cadres.catalogues import load_people_catalogues
from courses.models import Nomination
from tests.courses.nominating import World
from tests.factories import make_account, make_official, make_unit


class FileTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_people_catalogues()
        cls.world = World()
        cls.hoa = cls.world.person(full_name="Lò Thị Hoa", birth_date=date(1990, 5, 6))
        cls.an = cls.world.person(full_name="Giàng A An", birth_date=date(1988, 2, 1))
        make_official(make_unit(name="Xã Khác"), full_name="Vàng Thị Xa")
        cls.clerk = make_account("clerk", unit=cls.world.unit)

    def send(self, content, name="de cu.xlsx"):
        self.client.force_login(self.clerk)
        url = reverse("courses:class_nominate_file", args=[self.world.training_class.pk])
        return self.client.post(url, {"file": SimpleUploadedFile(name, content)})

    def book(self, *rows):
        book = Workbook()
        sheet = book.active
        sheet.append(["DANH SÁCH CỬ ĐI HỌC"])
        sheet.append(["STT", "Họ và tên", "Ngày sinh", "Chức vụ"])
        for number, row in enumerate(rows, 1):
            sheet.append([number, *row])
        out = BytesIO()
        book.save(out)
        return out.getvalue()

    def test_people_are_found_by_name_and_birth_and_the_nearest_are_offered_for_others(self):
        page = self.send(
            self.book(
                ["Lò Thị Hoa", "06/05/1990", "Chuyên viên"],
                ["Giàng A Ân", "01/02/1988", ""],
                ["Vàng Thị Xa", "1985", ""],
            )
        )
        self.assertContains(page, "1 người có trong hồ sơ, 2 dòng chưa rõ là ai")
        self.assertContains(page, f'aria-label="Đề cử {self.hoa.full_name}"')
        self.assertContains(page, f'value="{self.an.pk}" id="gan-')
        self.assertEqual(Nomination.objects.count(), 0)

    def test_what_is_ticked_becomes_a_draft_that_says_where_it_came_from(self):
        self.client.force_login(self.clerk)
        url = reverse("courses:class_nominations", args=[self.world.training_class.pk])
        self.client.post(url, {"chon": [self.hoa.pk], "nguon": "tep", "lam": "luu"})
        row = Nomination.objects.get()
        self.assertEqual((row.official, row.origin, row.state), (self.hoa, "file", "draft"))

    def test_a_file_without_people_says_so_and_loses_nothing(self):
        for content in (b"", b"chi la chu", b"PK\x03\x04 hong"):
            page = self.send(content)
            self.assertContains(page, "Chưa đọc được tệp", status_code=422)
