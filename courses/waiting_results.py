"""What waits in running classes: marks, results, certificates, levels to confirm, commitments."""

from datetime import timedelta

from django.db.models import Count, Q
from django.urls import reverse

from courses.commitments import broken
from courses.models import Certificate, ClassState, Enrolment, TrainingClass
from courses.results import STUDYING, awaiting_review
from trainingplans.lib.inbox import Item

WAITS = timedelta(days=365)


def results(account, on):
    """Classes past their last day whose results are missing."""
    if not account.has_perm("courses.run_class"):
        return
    missing = Count("enrolments", filter=Q(enrolments__state__in=STUDYING, enrolments__outcome=""))
    rows = TrainingClass.objects.visible_to(account).filter(
        state=ClassState.RUNNING, ends_on__lte=on
    )
    for row in rows.annotate(missing=missing).filter(missing__gt=0):
        yield Item(
            title=f"Ghi kết quả {row.missing} người của {row.title}",
            url=reverse("courses:class_results", args=[row.pk]),
            icon="award",
            source=row.code,
            count=row.missing,
            since=row.ends_on,
        )


def certificates(account, on):
    """Classes that ended within a year, with people who passed and hold no certificate.

    Papers of older ones were given outside the portal; their page still offers to issue them.
    """
    if not account.has_perm("courses.issue_certificate"):
        return
    holding = Certificate.objects.filter(revoked_on__isnull=True, reissued_as__isnull=True)
    waiting = Enrolment.objects.filter(
        completed=True,
        state__in=STUDYING,
        training_class__in=TrainingClass.objects.visible_to(account).filter(
            state__in=[ClassState.ENDED, ClassState.SETTLED],
            institution__isnull=False,
            ends_on__gt=on - WAITS,
        ),
    ).exclude(pk__in=holding.values("enrolment"))
    told = waiting.values(
        "training_class", "training_class__title", "training_class__ends_on"
    ).annotate(number=Count("pk"))
    for row in told.order_by("training_class__ends_on"):
        yield Item(
            title=f"Cấp chứng chỉ cho {row['number']} người của {row['training_class__title']}",
            url=reverse("courses:class_certificates", args=[row["training_class"]]),
            icon="award",
            count=row["number"],
            since=row["training_class__ends_on"],
        )


def reviews(account, on):
    """Levels that wait to be confirmed."""
    if not account.has_perm("courses.decide_nomination"):
        return
    if number := awaiting_review(account).count():
        yield Item(
            title=f"Xác nhận trình độ của {number} người đã học xong",
            url=reverse("courses:grants"),
            icon="badge-check",
            count=number,
        )


def repayments(account, on):
    """People who left service before the end of their commitment."""
    if not account.has_perm("courses.change_class"):
        return
    if number := broken(account, on).count():
        yield Item(
            title=f"Xét đền bù của {number} người thôi việc khi còn cam kết",
            url=f"{reverse('courses:commitments')}?tinh_trang=vi_pham",
            icon="handshake",
            count=number,
        )
