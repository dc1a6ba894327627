"""Addresses and forms that no honest browser sends: an answer, never a failure."""

from cadres.contradictions import birth_year_of, contradictions, gender_of
from cadres.filters import AccountFilter, AuditFilter, PeopleFilter
from tests.cadres.base import PeopleCase, typed
from tests.factories import make_official
from trainingplans.lib.dates import PartialDate

HOSTILE = [
    "\0", "a\0b", "%00", "'", '"', "' OR 1=1 --", "<script>alert(1)</script>", "{{ 7*7 }}",
    "../../etc/passwd", "-1", "0", "9" * 40, "1e400", "NaN", "true", "None", "null", "[]", "{}",
    "%", "_", "\\", "ạ" * 500, "\u202e", "\ufeff", "\ud7ff", "💥", "a" * 10_000, "01/01/0000",
    "31/02/2026", "٣", "²", "\r\nX: y", ";", "professional:1:x",
]  # fmt: skip


class HostileAddressTests(PeopleCase):
    def answers(self, path, names, values=HOSTILE):
        for name in names:
            for value in values:
                with self.subTest(path=path, name=name, value=value[:20]):
                    # The part alone: the rest of the page reads no parameter.
                    page = self.client.get(path, {name: value}, headers={"HX-Request": "true"})
                    self.assertIn(page.status_code, {200, 400, 404})

    def test_the_list(self):
        self.log_in("clerk")
        self.answers("/can-bo/", ["q", "don_vi", "dan_toc", "ngay", "sort", "page", "xuat"])
        closed = set(PeopleFilter.base_filters) - {"q", "don_vi", "dan_toc", "ngay"}
        self.answers("/can-bo/", sorted(closed), HOSTILE[:12])

    def test_the_record_and_its_forms(self):
        self.log_in("staff")
        self.answers(self.url("official", self.person.pk), ["ngay"])
        self.answers(self.url("part_add", pk=self.person.pk, part="van-bang"), ["thang"])
        self.answers(self.url("unit_add"), ["thuoc"])

    def test_the_units(self):
        self.log_in("staff")
        self.answers("/don-vi/", ["q", "loai", "ngay", "da_dong"])

    def test_accounts_and_audit(self):
        self.log_in("admin")
        self.answers("/tai-khoan/", [*AccountFilter.base_filters, "page"])
        self.answers("/nhat-ky/", [*AuditFilter.base_filters, "page"])

    def test_ids_beyond_every_integer_are_not_found(self):
        self.log_in("staff")
        for path in (f"/can-bo/{'9' * 30}/", f"/don-vi/{'9' * 30}/", f"/can-bo/{2**63}/sua/"):
            self.assertEqual(self.client.get(path).status_code, 404)

    def test_repeated_parameters_are_no_failure(self):
        self.log_in("staff")
        query = "&".join(f"loai=CB&loai=CC&page={n}&q=a&q=b" for n in range(50))
        self.assertEqual(self.client.get(f"/can-bo/?{query}").status_code, 200)


class HostileFormTests(PeopleCase):
    def post_each(self, path):
        """Every value in all fields at once, and in one field after the other for some."""
        honest = typed(self.client.get(path))
        names = [name for name in honest if name not in {"token", "version"}]
        for value in HOSTILE:
            self.post(path, {**honest, **dict.fromkeys(names, value)})
        for name in names:
            self.post(path, {**honest, name: HOSTILE[1]})

    def post(self, path, data):
        with self.subTest(path=path, data=str(data)[:60]):
            self.assertIn(self.client.post(path, data).status_code, {200, 302, 409})

    def test_the_forms_of_a_person(self):
        self.log_in("clerk")
        self.post_each(self.url("official_edit", self.person.pk))
        self.post_each(self.url("official_add"))

    def test_the_forms_of_rows(self):
        self.log_in("clerk")
        rows = {
            "vi-tri": self.person.postings.get().pk,
            "van-bang": self.person.qualifications.get().pk,
            "danh-gia": self.person.appraisals.get().pk,
        }
        for part, row in rows.items():
            self.post_each(self.url("part_edit", pk=self.person.pk, part=part, row=row))

    def test_the_forms_of_a_unit(self):
        self.log_in("staff")
        self.post_each(self.url("unit_edit", self.home.pk))
        self.post_each(self.url("trait_add", self.home.pk))

    def test_the_choices_of_a_conflict(self):
        self.log_in("clerk")
        path = self.url("official_edit", self.person.pk)
        data = typed(self.client.get(path), note="mới")
        for value in HOSTILE:
            answer = self.client.post(path, {**data, "keep-note": value, "version": value})
            self.assertIn(answer.status_code, {200, 302, 409})


class ContradictionTests(PeopleCase):
    def test_the_fourth_digit_tells_century_and_sex(self):
        cases = {
            "001091000001": ("nam", 1991),
            "001191000001": ("nu", 1991),
            "001205000001": ("nam", 2005),
            "001305000001": ("nu", 2005),
        }
        for number, told in cases.items():
            self.assertEqual((gender_of(number), birth_year_of(number)), told)

    def test_what_agrees_or_is_unknown_is_not_told(self):
        birth = PartialDate.parse("1991")
        self.assertEqual(contradictions("001091000001", "nam", birth), [])
        self.assertEqual(contradictions("001091000001", "", None), [])
        self.assertEqual(contradictions("", "nam", birth), [])

    def test_a_person_without_any_data_has_a_page(self):
        self.log_in("staff")
        person = make_official(None, full_name="Không Vị Trí")
        self.assertContains(self.get("official", person.pk), "Chưa có vị trí")
