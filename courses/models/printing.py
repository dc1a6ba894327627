"""Printing in the background: many certificates in one PDF, made by a process of its own."""

from django.conf import settings
from django.db import models

from courses.models.classes import TrainingClass


class PrintJobQuerySet(models.QuerySet):
    def visible_to(self, account):
        """Whoever asked for the file, nobody else."""
        if not getattr(account, "is_active", False):
            return self.none()
        return self.filter(by=account)


class PrintJob(models.Model):
    """A PDF of the certificates of a class that is being made, or lies ready to be fetched."""

    class State(models.TextChoices):
        WORKING = "working", "Đang tạo"
        READY = "ready", "Đã xong"
        BROKEN = "broken", "Dừng giữa chừng"

    training_class = models.ForeignKey(TrainingClass, models.CASCADE, related_name="print_jobs")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    state = models.CharField(max_length=7, choices=State.choices, default=State.WORKING)
    root = models.CharField(max_length=200)  # the portal's address, for the printed code
    file = models.FileField(upload_to="print/%Y/%m", blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    heartbeat = models.DateTimeField()
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PrintJobQuerySet.as_manager()

    class Meta:
        verbose_name = "tệp in chứng chỉ"
        verbose_name_plural = "tệp in chứng chỉ"
        ordering = ["-id"]

    def __str__(self):
        return f"{self.training_class}: {self.total}"
