"""The record of acts: one row an act, in the act's own transaction, chained by hashes."""

from django.conf import settings
from django.db import models


class AuditEvent(models.Model):
    """Somebody did something. Append-only: rows are never changed or deleted."""

    at = models.DateTimeField("lúc", db_index=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name="ai", related_name="+"
    )
    act = models.CharField("việc", max_length=60, db_index=True)
    subject = models.CharField("đối tượng", max_length=60, blank=True)
    subject_id = models.BigIntegerField("mã đối tượng", null=True, blank=True)
    label = models.CharField("tên", max_length=250, blank=True)
    unit = models.ForeignKey(
        "cadres.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="đơn vị",
        related_name="+",
    )
    batch = models.BigIntegerField("lô", null=True, blank=True, db_index=True)
    detail = models.JSONField("chi tiết", default=dict, blank=True)
    hash = models.CharField("mã băm", max_length=64)

    class Meta:
        verbose_name = "dòng nhật ký"
        verbose_name_plural = "nhật ký"
        ordering = ["-id"]
        indexes = [models.Index(fields=["subject", "subject_id"], name="audit_subject")]

    def __str__(self):
        return f"{self.act} {self.label}".strip()


class FormToken(models.Model):
    """An add form that was sent: sending it again finds what the first sending made."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    token = models.UUIDField()
    subject = models.CharField(max_length=60, blank=True)
    subject_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "biểu mẫu đã gửi"
        verbose_name_plural = "biểu mẫu đã gửi"
        constraints = [models.UniqueConstraint(fields=["by", "token"], name="form_token_once")]

    def __str__(self):
        return f"{self.subject} {self.subject_id}"
