"""The list of officials: search, filters, order, pages, queries."""

from datetime import date

from cadres.models import Standing
from tests.cadres.base import PeopleCase
from tests.factories import make_group, make_official, make_posting, make_qualification, make_unit


class ListTests(PeopleCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.below = make_unit("TT", name="Trung tâm Nhà", under=cls.home, kind="public_service")
        cls.lan = make_official(
            cls.below,
            full_name="Hoàng Thị Lan",
            gender="nu",
            ethnic_group=make_group("Kinh"),
            levels={"professional": "TC"},
            staff_code="CB-7",
            position="Viên chức khuyến nông",
            staff_kind="VC",
            party_member=False,
        )

    def names(self, **data):
        page = self.get("officials", data=data)
        return [person.official.full_name for person in page.context["people"]]

    def setUp(self):
        self.log_in("staff")

    def test_people_come_in_the_order_of_given_names(self):
        make_official(self.home, full_name="Nguyễn Văn Ân")
        make_official(self.home, full_name="Nguyễn Văn An")
        found = self.names()
        wanted = [
            "Nguyễn Văn An",
            "Nguyễn Văn Ân",
            "Lê Văn Khách",
            "Hoàng Thị Lan",
            "Đặng Văn Ý",
        ]
        self.assertEqual(found, wanted)

    def test_search_needs_no_diacritics_and_puts_exact_accents_first(self):
        make_official(self.home, full_name="Đang Văn Bê")
        self.assertEqual(self.names(q="dang van"), ["Đang Văn Bê", "Đặng Văn Ý"])
        self.assertEqual(self.names(q="đặng văn"), ["Đặng Văn Ý", "Đang Văn Bê"])

    def test_search_finds_a_whole_personal_id_a_staff_code_and_a_position(self):
        self.assertEqual(self.names(q="011 091 000 123"), ["Đặng Văn Ý"])
        self.assertEqual(self.names(q="0110910001"), [])
        self.assertEqual(self.names(q="CB-7"), ["Hoàng Thị Lan"])
        self.assertEqual(self.names(q="khuyen nong"), ["Hoàng Thị Lan"])

    def test_a_unit_stands_for_its_branch(self):
        self.assertEqual(self.names(don_vi=self.home.pk), ["Hoàng Thị Lan", "Đặng Văn Ý"])
        self.assertEqual(self.names(don_vi=self.below.pk), ["Hoàng Thị Lan"])

    def test_each_filter_narrows(self):
        cases = {
            "loai": ("VC", ["Hoàng Thị Lan"]),
            "trinh_do": ("professional:4:DH", ["Lê Văn Khách", "Đặng Văn Ý"]),
            "gioi_tinh": ("nu", ["Hoàng Thị Lan"]),
            "dan_toc": ("dtts", ["Lê Văn Khách", "Đặng Văn Ý"]),
            "dang": ("chua", ["Hoàng Thị Lan"]),
            "lanh_dao": ("co", []),
            "thieu": ("cccd", ["Hoàng Thị Lan"]),
            "tinh_trang": ("da-thoi", []),
        }
        for name, (value, wanted) in cases.items():
            with self.subTest(name):
                self.assertEqual(self.names(**{name: value}), wanted)

    def test_one_ethnic_group_can_be_chosen(self):
        self.assertEqual(self.names(dan_toc=make_group("Kinh").pk), ["Hoàng Thị Lan"])

    def test_a_value_that_is_no_choice_shows_nobody(self):
        for name in ("loai", "trinh_do", "don_vi", "ngay", "dan_toc", "thieu"):
            with self.subTest(name):
                self.assertEqual(self.names(**{name: "sai"}), [])

    def test_those_who_left_are_shown_when_asked_for(self):
        gone = make_official(
            self.home, full_name="Trần Văn Thôi", until=date(2025, 1, 1), since=date(2020, 1, 1)
        )
        self.assertNotIn(gone.full_name, self.names())
        self.assertEqual(self.names(tinh_trang="da-thoi"), [gone.full_name])
        self.assertIn(gone.full_name, self.names(tinh_trang="tat-ca"))

    def test_the_day_decides_unit_and_level(self):
        post = self.lan.postings.get()
        post.valid_to = date(2024, 1, 1)
        post.save()
        make_posting(self.lan, self.elsewhere, since=date(2024, 1, 1))
        self.assertEqual(self.names(don_vi=self.below.pk), [])
        self.assertEqual(self.names(don_vi=self.below.pk, ngay="31/12/2023"), ["Hoàng Thị Lan"])

    def test_sorting_by_a_heading_says_so(self):
        make_qualification(self.lan, "professional", "THS", since=date(2020, 1, 1))
        page = self.get("officials", data={"sort": "-professional"})
        self.assertEqual(page.context["people"][0].official, self.lan)
        self.assertContains(page, 'aria-sort="descending"', count=1)

    def test_the_usual_order_is_marked(self):
        self.assertContains(self.get("officials"), 'aria-sort="ascending"', count=1)

    def test_an_active_condition_can_be_taken_off(self):
        page = self.get("officials", data={"loai": "VC", "gioi_tinh": "nu"})
        self.assertContains(page, "Loại: Viên chức")
        self.assertContains(page, 'href="?loai=VC"')

    def test_htmx_gets_the_table_only(self):
        page = self.client.get(self.url("officials"), headers={"HX-Request": "true"})
        self.assertContains(page, "Đặng Văn Ý")
        self.assertNotContains(page, "<html")

    def test_a_long_list_has_pages(self):
        for number in range(60):
            make_official(self.home, full_name=f"Bùi Văn Anh {number:02d}")
        page = self.get("officials", data={"page": 2})
        self.assertContains(page, "51–63 trong 63 người")

    def test_takes_no_more_queries_for_more_rows(self):
        before = self.queries_of("/can-bo/")
        for _ in range(20):
            make_official(self.home, levels={"professional": "DH"})
        self.assertEqual(self.queries_of("/can-bo/"), before)

    def test_levels_are_told_as_known_not_trained_or_unknown(self):
        make_qualification(self.lan, "political_theory", detail="Chưa học")
        make_qualification(self.lan, "state_management", detail="Không")
        page = self.get("officials", data={"q": "Hoàng Thị Lan"})
        person = page.context["people"][0]
        self.assertEqual(person.political_theory, "Chưa học")
        self.assertEqual(person.state_management, "Chưa qua đào tạo")

    def test_the_list_counts_as_many_as_the_standings(self):
        page = self.get("officials")
        wanted = Standing.objects.at(date(2026, 1, 1)).filter(in_service=True).count()
        self.assertEqual(page.context["page"].paginator.count, wanted)
