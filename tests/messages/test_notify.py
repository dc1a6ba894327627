"""Notifications and the outbox: told once, sent once, never lost."""

import threading
from datetime import timedelta
from io import StringIO
from unittest.mock import patch

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.db import connection, transaction
from django.test import TestCase, TransactionTestCase, override_settings
from django.urls import reverse
from django.utils import timezone

from cadres.models import Account, Notification, OutboxMail
from cadres.notify import clerks_of, holders_of, notify, send_due
from tests.factories import make_account, make_unit


class Down(EmailBackend):
    """A mail server that does not answer."""

    def send_messages(self, messages):
        raise ConnectionRefusedError("111")


DOWN = f"{Down.__module__}.Down"


class NotifyTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.reached = make_account("clerk", email="a@xa.vn", full_name="Lò Thị Đầu Mối")
        cls.silent = make_account("unit_leader")
        cls.closed = make_account("clerk", email="b@xa.vn", is_active=False)

    def tell(self, *accounts, **more):
        return notify(accounts, **{"act": "need.return", "text": "Nhu cầu bị trả lại", **more})

    def test_each_account_in_use_is_told_once_and_mailed_if_it_has_an_address(self):
        told = self.tell(self.reached, self.silent, self.reached, self.closed, url="/x/")
        self.assertEqual(told, 2)
        rows = Notification.objects.order_by("account_id")
        self.assertEqual([row.account for row in rows], [self.reached, self.silent])
        self.assertEqual([row.to for row in OutboxMail.objects.all()], ["a@xa.vn"])

    def test_what_is_rolled_back_is_not_told(self):
        with self.assertRaises(ZeroDivisionError), transaction.atomic():
            self.tell(self.reached)
            raise ZeroDivisionError
        self.assertFalse(Notification.objects.exists() or OutboxMail.objects.exists())

    @override_settings(PORTAL_ADDRESS="https://daotao.example.vn")
    def test_the_mail_names_the_person_the_news_and_the_page(self):
        self.tell(self.reached, url="/nhu-cau/5/")
        self.assertEqual(send_due(), (1, 0))
        [letter] = mail.outbox
        self.assertIn("Kính gửi Lò Thị Đầu Mối", letter.body)
        self.assertIn("https://daotao.example.vn/nhu-cau/5/", letter.body)

    def test_a_line_break_in_the_news_cannot_add_a_header(self):
        self.tell(self.reached, text="Trả lại\nBcc: ai@do.vn")
        self.assertEqual(send_due(), (1, 0))
        self.assertEqual(mail.outbox[0].recipients(), ["a@xa.vn"])

    def test_what_cannot_be_sent_stays_and_is_tried_again_later_and_later(self):
        self.tell(self.reached)
        pauses = []
        for _ in range(3):
            OutboxMail.objects.update(next_try_at=timezone.now())
            with override_settings(EMAIL_BACKEND=DOWN):
                self.assertEqual(send_due(), (0, 1))
                self.assertEqual(send_due(), (0, 0))  # not due again yet
            pauses.append(OutboxMail.objects.get().next_try_at - timezone.now())
        minutes = [round(pause / timedelta(minutes=1)) for pause in pauses]
        self.assertEqual(minutes, [5, 10, 20])
        row = OutboxMail.objects.get()
        self.assertEqual((row.tries, row.error[:22]), (3, "ConnectionRefusedError"))
        OutboxMail.objects.update(next_try_at=timezone.now())
        self.assertEqual((send_due(), len(mail.outbox)), ((1, 0), 1))
        self.assertEqual(send_due(), (0, 0))

    def test_one_bad_mail_does_not_stop_the_others(self):
        for account in (self.reached, make_account("clerk", email="c@xa.vn")):
            self.tell(account)
        whole = EmailBackend.send_messages

        def picky(backend, messages):
            if messages[0].to == ["a@xa.vn"]:
                raise OSError("no such mailbox")
            return whole(backend, messages)

        with patch.object(EmailBackend, "send_messages", picky):
            self.assertEqual(send_due(), (1, 1))
        self.assertEqual(mail.outbox[0].to, ["c@xa.vn"])

    def test_a_mail_claimed_by_a_worker_that_died_is_sent_after_its_lease(self):
        self.tell(self.reached)
        dying = patch("cadres.notify._send", side_effect=KeyboardInterrupt)
        with dying, self.assertRaises(KeyboardInterrupt):
            send_due()
        self.assertEqual(send_due(), (0, 0))
        OutboxMail.objects.update(next_try_at=timezone.now())
        self.assertEqual(send_due(), (1, 0))

    def test_the_command_says_what_it_did(self):
        self.tell(self.reached)
        said = StringIO()
        call_command("send_mail", "--json", stdout=said)
        self.assertEqual(said.getvalue().strip(), '{"sent": 1, "failed": 0, "waiting": 0}')

    def test_the_circles_of_people_to_tell(self):
        unit = make_unit()
        clerk = make_account("clerk", unit=unit)
        make_account("unit_leader", unit=unit)
        staff = make_account("staff")
        self.assertEqual(list(clerks_of([unit])), [clerk])
        self.assertEqual(list(holders_of("plans.run_round", scope="all")), [staff])


class NoticesPageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.clerk, cls.other = make_account("clerk"), make_account("clerk")
        notify([cls.clerk, cls.other], act="x", text="Đợt nhu cầu đã mở", url="/tro-giup/")

    def setUp(self):
        self.client.force_login(self.clerk)
        self.mine = Notification.objects.get(account=self.clerk)

    def test_the_top_bar_counts_what_is_unread(self):
        page = self.client.get(reverse("help"))
        self.assertContains(page, "chưa đọc")
        self.client.post(reverse("cadres:notices_read"))
        self.assertNotContains(self.client.get(reverse("help")), "chưa đọc")

    def test_opening_one_marks_it_read_and_goes_where_it_points(self):
        answer = self.client.post(reverse("cadres:notice_open", args=[self.mine.pk]))
        self.assertRedirects(answer, "/tro-giup/")
        self.mine.refresh_from_db()
        self.assertIsNotNone(self.mine.read_at)

    def test_others_notifications_do_not_exist_and_stay_unread(self):
        theirs = Notification.objects.get(account=self.other)
        answer = self.client.post(reverse("cadres:notice_open", args=[theirs.pk]))
        self.assertEqual(answer.status_code, 404)
        self.client.post(reverse("cadres:notices_read"))
        theirs.refresh_from_db()
        self.assertIsNone(theirs.read_at)

    def test_an_outside_address_is_never_followed(self):
        Notification.objects.update(url="//example.org/")
        answer = self.client.post(reverse("cadres:notice_open", args=[self.mine.pk]))
        self.assertRedirects(answer, reverse("cadres:notices"))


@pytest.mark.postgres
class TwoWorkersTests(TransactionTestCase):
    def test_two_workers_at_once_send_each_mail_once(self):
        Account.objects.system()
        account = make_account("clerk", email="a@xa.vn")
        for number in range(30):
            notify([account], act="x", text=f"Thư {number}")

        def work():
            send_due()
            connection.close()

        workers = [threading.Thread(target=work) for _ in range(3)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        self.assertEqual(len(mail.outbox), 30)
        self.assertEqual(OutboxMail.objects.filter(sent_at=None).count(), 0)
