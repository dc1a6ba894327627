"""The pages cost the same number of statements for few rows and for many."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_official, make_unit
from tests.imports_pages.base import PageTestCase, row


class QueryTests(PageTestCase):
    def statements(self, batch, **query):
        with CaptureQueriesContext(
            connection,
        ) as counted:
            self.assertEqual(self.get("batch", batch, **query).status_code, 200)
        return len(counted)

    def roster(self, unit, people):
        """A batch that changes, adds, refuses and misses so many people each."""
        number = unit.pk * 1000
        for n in range(people):
            make_official(unit, full_name=f"Lò Văn {n}", personal_id=f"0{11085000000 + number + n}")
            make_official(unit, full_name=f"Người Đi {n}")
        told = [
            row(n, f"Lò Văn {n}", unit=unit.name, personal_id=f"0{11085000000 + number + n}")
            for n in range(people)
        ]
        told += [row(n, f"Mới Thị {n}", "30/02/1980", unit=unit.name) for n in range(people)]
        told += [row(n, "", unit=unit.name) for n in range(people)]
        return self.send_rows(*told)

    def test_the_preview_and_the_result_do_not_grow_with_the_rows(self):
        few = self.roster(make_unit(name="Xã Ít"), 2)
        many = self.roster(make_unit(name="Xã Nhiều"), 30)
        self.statements(few)  # fills caches
        for query in ({}, {"xem": "can-xem"}, {"xem": "update"}):
            with self.subTest(**query):
                self.assertEqual(self.statements(few, **query), self.statements(many, **query))
        self.post("apply", few)
        self.post("apply", many)
        self.assertEqual(self.statements(few), self.statements(many))

    def test_the_history_does_not_grow_with_the_imports(self):
        unit = make_unit(name="Xã Một")
        self.send_rows(row(1, "Lò Văn Một", unit=unit.name))
        self.client.get("/nhap-danh-sach/")
        with CaptureQueriesContext(connection) as one:
            self.client.get("/nhap-danh-sach/")
        for n in range(4):
            self.send_rows(row(1, f"Lò Văn {n}", unit=unit.name), name=f"{n}.xlsx")
        with CaptureQueriesContext(connection) as five:
            self.client.get("/nhap-danh-sach/")
        self.assertEqual(len(one), len(five))

    def test_a_long_sheet_comes_in_pages_and_only_what_needs_a_look(self):
        make_unit(name="Xã Một")
        told = [row(n, f"Lò Văn {n}", unit="Xã Một") for n in range(1, 301)]
        batch = self.send_rows(*told, row(301, "", unit="Xã Một"))
        first, second = self.get("batch", batch), self.get("batch", batch, page=2)
        self.assertContains(first, "1–200 trong 302 dòng")
        self.assertNotContains(first, "<td>Lò Văn 250</td>", html=True)
        self.assertContains(second, "<td>Lò Văn 250</td>", html=True)
        look = self.get("batch", batch, xem="can-xem")
        self.assertNotContains(look, "<td>Lò Văn 5</td>", html=True)
        self.assertContains(look, "Thiếu họ và tên")
