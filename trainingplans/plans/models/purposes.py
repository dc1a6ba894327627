"""Why: programmes and their legal basis, funding sources, targets."""

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from simple_history.models import HistoricalRecords

from cadres.models import Unit
from cadres.models.base import Versioned


class ProgrammeQuerySet(models.QuerySet):
    def with_target_counts(self, targets):
        """Each with `target_count`: how many of `targets` serve it; in the order of lists."""
        mine = targets.filter(programme=OuterRef("pk")).order_by().values("programme")
        count = Subquery(mine.annotate(n=Count("pk")).values("n"))
        return self.annotate(target_count=Coalesce(count, 0)).order_by(
            "starts_on", "number", "title"
        )

    def with_plan_counts(self, plans):
        """Each with `plan_count`: how many of `plans` serve it."""
        mine = plans.filter(programmes=OuterRef("pk")).order_by().values("programmes")
        count = Subquery(mine.annotate(n=Count("pk", distinct=True)).values("n"))
        return self.annotate(plan_count=Coalesce(count, 0))


class Programme(Versioned):
    """A legal programme, its project or sub-project: what plans and targets serve."""

    class Kind(models.TextChoices):
        PROGRAMME = "programme", "Chương trình"
        PROJECT = "project", "Dự án"
        SUB_PROJECT = "sub_project", "Tiểu dự án"
        RESOLUTION = "resolution", "Nghị quyết"
        SCHEME = "scheme", "Đề án"
        DECISION = "decision", "Quyết định"

    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name="thuộc",
    )
    kind = models.CharField("loại", max_length=12, choices=Kind.choices, default=Kind.PROGRAMME)
    number = models.CharField("số, ký hiệu", max_length=60, blank=True)
    title = models.CharField("tên", max_length=300)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    issuer = models.CharField("cơ quan ban hành", max_length=150, blank=True)
    starts_on = models.DateField("thực hiện từ ngày", null=True, blank=True)
    ends_on = models.DateField("đến ngày", null=True, blank=True)
    document = models.FileField("tệp văn bản", upload_to="programmes/", blank=True)

    objects = ProgrammeQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "chương trình, đề án"
        verbose_name_plural = "chương trình, đề án"
        ordering = ["starts_on", "number", "title"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(starts_on__lte=models.F("ends_on")),
                name="programme_period",
                violation_error_message="Ngày kết thúc phải sau ngày bắt đầu.",
            ),
            models.UniqueConstraint(
                fields=["number"],
                condition=~Q(number=""),
                name="programme_number_once",
                violation_error_message="Số, ký hiệu này đã có.",
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.title}".strip()

    def with_all_below(self):
        """The ids of this programme and of everything below it; one query."""
        children = {}
        for pk, parent in Programme.objects.values_list("pk", "parent"):
            children.setdefault(parent, []).append(pk)
        found, waiting = set(), [self.pk]
        while waiting:
            pk = waiting.pop()
            if pk not in found:
                found.add(pk)
                waiting += children.get(pk, [])
        return found


class FundingSource(models.Model):
    """Where money comes from."""

    code = models.CharField("mã", max_length=20, unique=True)
    name = models.CharField("tên", max_length=100, unique=True)
    order = models.PositiveSmallIntegerField("thứ tự", default=0)

    class Meta:
        verbose_name = "nguồn kinh phí"
        verbose_name_plural = "nguồn kinh phí"
        ordering = ["order", "name"]

    def __str__(self):
        return self.name


class TargetQuerySet(models.QuerySet):
    def visible_to(self, account):
        """All targets of the province, and those set for a unit that the account sees."""
        units = Unit.objects.branch_of(account)
        return self.filter(Q(unit__isnull=True) | Q(unit__in=units))

    def for_list(self):
        return self.select_related("programme", "unit").order_by("order", "due", "code")


class Target(Versioned):
    """A share to reach by a date: of whom (population), who counts as attained, from how many %."""

    code = models.CharField("mã", max_length=40, unique=True)
    name = models.CharField("tên", max_length=250)
    programme = models.ForeignKey(
        Programme,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="targets",
        verbose_name="chương trình, đề án",
    )
    legal_basis = models.CharField("căn cứ", max_length=300, blank=True)
    population = models.JSONField("tính trên những ai")
    attained = models.JSONField("đạt khi")
    threshold = models.DecimalField("ngưỡng (%)", max_digits=6, decimal_places=3)
    due = models.DateField("hạn")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="phạm vi"
    )
    order = models.PositiveSmallIntegerField("thứ tự", default=0)

    objects = TargetQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "mục tiêu"
        verbose_name_plural = "mục tiêu"
        ordering = ["order", "due", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(threshold__gte=0) & Q(threshold__lte=100),
                name="target_threshold_percent",
                violation_error_message="Ngưỡng phải từ 0 đến 100 %.",
            )
        ]

    def __str__(self):
        return self.name
