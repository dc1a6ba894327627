"""Signing in, first passwords, and the administrator's pages."""

from django.urls import reverse

from cadres.models import Account, AuditEvent
from tests.cadres.base import PeopleCase, typed
from tests.factories import PASSWORD

NEW_PASSWORD = "mot-cau-dai-de-nho-2026"


class SignInTests(PeopleCase):
    def sign_in(self, password=PASSWORD, name="clerk"):
        return self.client.post(reverse("login"), {"username": name, "password": password})

    def test_a_clerk_lands_on_a_page_of_the_own_role(self):
        self.assertRedirects(self.sign_in(), "/", fetch_redirect_response=False)
        self.assertEqual(self.client.get("/", follow=True).status_code, 200)

    def test_every_role_has_a_first_page(self):
        for role in self.accounts:
            with self.subTest(role):
                self.log_in(role)
                self.assertEqual(self.client.get("/", follow=True).status_code, 200)

    def test_a_wrong_password_says_the_same_as_an_unknown_name(self):
        answers = [self.sign_in("sai"), self.sign_in("sai", "khong-ai")]
        told = [page.context["form"].non_field_errors() for page in answers]
        self.assertEqual(told[0], told[1])
        self.assertTrue(told[0])

    def test_a_closed_account_does_not_get_in(self):
        Account.objects.filter(username="clerk").update(is_active=False)
        self.assertEqual(self.sign_in().status_code, 200)

    def test_signing_out_needs_a_post(self):
        self.log_in("clerk")
        self.assertEqual(self.client.get(reverse("logout")).status_code, 405)
        self.client.post(reverse("logout"))
        self.assertEqual(self.client.get("/can-bo/").status_code, 302)


class OwnPasswordTests(PeopleCase):
    def setUp(self):
        self.account = self.log_in("clerk")

    def change(self, new=NEW_PASSWORD, old=PASSWORD):
        data = {"old_password": old, "new_password1": new, "new_password2": new}
        return self.client.post(reverse("password_change"), data)

    def test_a_first_password_opens_no_page_but_the_one_to_change_it(self):
        Account.objects.filter(pk=self.account.pk).update(must_change_password=True)
        for path in ("/", "/can-bo/", self.url("official", self.person.pk)):
            self.assertRedirects(self.client.get(path), reverse("password_change"))
        self.assertEqual(self.change().status_code, 302)
        self.assertEqual(self.client.get("/can-bo/").status_code, 200)

    def test_the_change_is_recorded_without_the_password(self):
        self.change()
        event = AuditEvent.objects.get()
        self.assertEqual((event.act, event.by), ("account.own_password", self.account))
        self.assertNotIn(NEW_PASSWORD, str(event.detail))

    def test_short_common_and_wrong_passwords_are_refused(self):
        for new, old in (("ngan", PASSWORD), ("password1234", PASSWORD), (NEW_PASSWORD, "sai")):
            with self.subTest(new):
                self.assertEqual(self.change(new, old).status_code, 200)
        self.assertEqual(self.acts(), [])


class AccountPagesTests(PeopleCase):
    def setUp(self):
        self.admin = self.log_in("admin")

    def add(self, status=302, **data):
        page = self.get("account_add")
        values = {"username": "daumoi9", "role": "clerk", "unit": self.home.pk, **data}
        return self.send("account_add", typed(page, **values), status=status)

    def test_the_list_filters_by_role_and_name(self):
        page = self.get("accounts", data={"vai_tro": "clerk"})
        self.assertEqual([a.username for a in page.context["page"]], ["clerk"])
        page = self.get("accounts", data={"q": "LEADER"})
        names = [a.username for a in page.context["page"]]
        self.assertEqual(names, ["leader", "province_leader", "unit_leader"])

    def test_the_list_does_not_show_the_account_of_commands(self):
        self.assertNotContains(self.get("accounts"), ">system<")

    def test_a_new_account_gets_a_password_that_is_shown_once_and_must_change(self):
        answer = self.add()
        page = self.client.get(answer["Location"])
        password = page.context["password"]
        account = Account.objects.get(username="daumoi9")
        self.assertTrue(account.check_password(password))
        self.assertTrue(account.must_change_password)
        self.assertNotContains(self.client.get(answer["Location"]), password)
        self.assertEqual(self.acts(), ["account.add"])
        self.assertNotIn(password, str(AuditEvent.objects.get().detail))

    def test_errors_say_what_is_wrong(self):
        cases = [
            ({"username": "Đầu Mối"}, "username", "chữ thường không dấu"),
            ({"username": "clerk"}, "username", "đã có người dùng"),
            ({"unit": ""}, "unit", "cần một đơn vị"),
            ({"role": "official", "unit": ""}, "staff_code", "cần mã cán bộ"),
            ({"role": "system"}, "role", "không có trong danh sách"),
        ]
        for data, name, words in cases:
            with self.subTest(**data):
                page = self.add(status=200, **data)
                self.assertIn(words, page.context["form"].errors[name][0])

    def test_an_account_of_an_official_is_linked_by_staff_code(self):
        self.stranger.staff_code = "CB-9"
        self.stranger.save()
        self.add(username="canbo9", role="official", unit="", staff_code="CB-9")
        self.assertEqual(Account.objects.get(username="canbo9").official, self.stranger)

    def test_who_has_no_staff_code_is_linked_by_the_personal_id_which_is_not_shown(self):
        self.stranger.personal_id = "011091000777"
        self.stranger.save()
        self.add(username="canbo8", role="official", unit="", staff_code="0110 9100 0777")
        account = Account.objects.get(username="canbo8")
        self.assertEqual(account.official, self.stranger)
        page = self.get("account_edit", account.pk)
        self.assertNotContains(page, "0777")
        self.send("account_edit", typed(page, email="a@example.vn"), account.pk)
        account.refresh_from_db()
        self.assertEqual((account.email, account.official), ("a@example.vn", self.stranger))
        self.assertNotIn("0777", str(list(AuditEvent.objects.values_list("detail", flat=True))))

    def test_a_change_of_role_is_recorded_and_obeyed(self):
        clerk = self.accounts["clerk"]
        page = self.get("account_edit", clerk.pk)
        self.send("account_edit", typed(page, role="unit_leader"), clerk.pk)
        event = AuditEvent.objects.get()
        self.assertEqual((event.act, event.detail["role"]), ("account.change", "unit_leader"))
        self.client.force_login(clerk)
        self.get("official_edit", self.person.pk, status=403)

    def test_a_save_over_a_newer_version_shows_both_values(self):
        clerk = self.accounts["clerk"]
        page = self.get("account_edit", clerk.pk)
        self.send("account_edit", typed(page, full_name="Một"), clerk.pk)
        page = self.send("account_edit", typed(page, full_name="Hai"), clerk.pk, status=409)
        [field] = page.context["conflict"]["fields"]
        self.assertEqual((field["mine"], field["theirs"]), ("Hai", "Một"))
        self.assertEqual(page.context["conflict"]["who"], "admin")

    def test_a_new_password_ends_the_open_sessions(self):
        clerk = self.client_class()
        clerk.force_login(self.accounts["clerk"])
        self.assertEqual(clerk.get("/can-bo/").status_code, 200)
        self.client.post(self.url("account_reset", self.accounts["clerk"].pk))
        self.assertEqual(clerk.get("/can-bo/").status_code, 302)
        self.assertEqual(self.acts(), ["account.reset_password"])

    def test_nobody_locks_out_the_own_account(self):
        page = self.get("account_edit", self.admin.pk)
        for change in ({"role": "leader"}, {"is_active": None}):
            self.send("account_edit", typed(page, **change), self.admin.pk, status=200)
        self.admin.refresh_from_db()
        self.assertEqual((self.admin.role, self.admin.is_active), ("admin", True))

    def test_passwords_and_rights_cannot_be_posted(self):
        clerk = self.accounts["clerk"]
        data = typed(self.get("account_edit", clerk.pk), full_name="Một")
        self.send("account_edit", {**data, "password": "x", "is_superuser": "on"}, clerk.pk)
        clerk.refresh_from_db()
        self.assertTrue(clerk.check_password(PASSWORD))
        self.assertFalse(clerk.is_superuser)


class AuditPageTests(PeopleCase):
    def setUp(self):
        self.log_in("clerk")
        self.client.post(self.url("official_reveal", self.person.pk))
        page = self.get("official_edit", self.person.pk)
        self.send("official_edit", typed(page, note="x"), self.person.pk)
        self.log_in("admin")

    def acts_shown(self, **data):
        return [act for _, act, _ in self.get("audit", data=data).context["rows"]]

    def test_acts_are_told_in_words_the_newest_first(self):
        self.assertEqual(self.acts_shown(), ["Sửa hồ sơ", "Xem đủ số CCCD"])

    def test_changed_fields_are_named_as_in_the_forms(self):
        self.log_in("clerk")
        page = self.get("official_edit", self.person.pk)
        self.send("official_edit", typed(page, birth="1991", phone="0912"), self.person.pk)
        self.log_in("admin")
        told = self.get("audit").context["rows"][0][2]
        self.assertEqual(told, "mục: điện thoại, ngày sinh")

    def test_the_log_is_filtered_by_who_what_and_when(self):
        clerk, admin = self.accounts["clerk"].pk, self.accounts["admin"].pk
        self.assertEqual(self.acts_shown(viec="official.reveal_id"), ["Xem đủ số CCCD"])
        self.assertEqual(len(self.acts_shown(ai=clerk)), 2)
        self.assertEqual(self.acts_shown(ai=admin), [])
        self.assertEqual(self.acts_shown(den="01/01/2020"), [])
        self.assertEqual(len(self.acts_shown(tu="01/01/2020")), 2)

    def test_takes_no_more_queries_for_more_rows(self):
        before = self.queries_of("/nhat-ky/")
        self.log_in("clerk")
        for _ in range(5):
            self.client.post(self.url("official_reveal", self.person.pk))
        self.log_in("admin")
        self.assertEqual(self.queries_of("/nhat-ky/"), before)
