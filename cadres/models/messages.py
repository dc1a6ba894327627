"""Messages to accounts: seen in the portal, sent by e-mail through an outbox."""

from django.conf import settings
from django.db import models


class Notification(models.Model):
    """A line for one account, written in the transaction of the act that it tells of."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications"
    )
    act = models.CharField(max_length=60)
    text = models.CharField("nội dung", max_length=300)
    url = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "thông báo"
        verbose_name_plural = "thông báo"
        ordering = ["-id"]
        indexes = [models.Index(fields=["account", "read_at"], name="notification_unread")]

    def __str__(self):
        return self.text


class CalendarFeed(models.Model):
    """The secret address at which a calendar program reads the dates of an account.

    Only the hash is kept: the address is shown once, a new one makes the old one void.
    """

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_feed"
    )
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "địa chỉ lịch"
        verbose_name_plural = "địa chỉ lịch"

    def __str__(self):
        return f"{self.account}"


class OutboxMail(models.Model):
    """An e-mail that waits to be sent; a command sends what is due and tries again later."""

    to = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)
    next_try_at = models.DateTimeField(auto_now_add=True)
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "thư chờ gửi"
        verbose_name_plural = "thư chờ gửi"
        ordering = ["id"]
        indexes = [models.Index(fields=["sent_at", "next_try_at"], name="outbox_due")]

    def __str__(self):
        return f"{self.to}: {self.subject}"
