"""Certificates: the register of an institution, with reissues and revocations."""

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from cadres.models.base import Versioned
from courses.models.catalogue import Institution
from courses.models.enrolments import Enrolment, OfEnrolmentQuerySet


class Certificate(Versioned):
    """A paper that was issued for a passed course; `code` opens the public check page."""

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="certificates")
    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="certificates", verbose_name="nơi cấp"
    )
    year = models.PositiveSmallIntegerField("năm vào sổ")
    number = models.CharField("số hiệu", max_length=60)
    register_no = models.PositiveIntegerField("số vào sổ")
    issued_on = models.DateField("ngày cấp")
    signer = models.CharField("người ký", max_length=120, blank=True)
    code = models.CharField("mã tra cứu", max_length=24, unique=True)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="reissued_as"
    )
    revoked_on = models.DateField("thu hồi ngày", null=True, blank=True)
    revoke_reason = models.CharField("lý do", max_length=250, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = OfEnrolmentQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "chứng chỉ"
        verbose_name_plural = "chứng chỉ"
        ordering = ["-year", "-register_no"]
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "year", "register_no"], name="certificate_register_once"
            ),
            models.UniqueConstraint(
                fields=["institution", "number"], name="certificate_number_once"
            ),
        ]

    def __str__(self):
        return self.number
