"""Plans: items with their quotas and money, the classes that carry them out, cost norms."""

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from simple_history.models import HistoricalRecords

from cadres.models import Unit
from cadres.models.base import Period, PeriodQuerySet, Versioned, period_constraint
from cadres.roles import ALL, BRANCH
from courses.models import Category, Course, Institution, TrainingClass
from trainingplans.plans.models.purposes import FundingSource, Programme, Target


class PlanState(models.TextChoices):
    DRAFT = "draft", "Dự thảo"
    COLLECTING = "collecting", "Đang thu thập nhu cầu"
    CONSOLIDATED = "consolidated", "Đã tổng hợp"
    SUBMITTED = "submitted", "Đã trình"
    APPROVED = "approved", "Đã phê duyệt"
    RUNNING = "running", "Đang thực hiện"
    CLOSED = "closed", "Đã kết thúc"
    REPLACED = "replaced", "Được thay bằng bản mới"


STATE_KINDS = {
    PlanState.DRAFT: "neutral",
    PlanState.COLLECTING: "info",
    PlanState.CONSOLIDATED: "info",
    PlanState.SUBMITTED: "wait",
    PlanState.APPROVED: "done",
    PlanState.RUNNING: "done",
    PlanState.CLOSED: "off",
    PlanState.REPLACED: "off",
}
AGREED = [PlanState.APPROVED, PlanState.RUNNING, PlanState.CLOSED, PlanState.REPLACED]


class PlanQuerySet(models.QuerySet):
    def visible_to(self, account):
        """All for the department and the province; for a unit its branch's plans, and those
        above it once they are approved."""
        if not getattr(account, "is_active", False):
            return self.none()
        if account.scope == ALL:
            return self.all()
        if account.scope == BRANCH and account.unit_id:
            branch = Unit.objects.branch_of(account)
            above = [int(pk) for pk in account.unit.path.split("/") if pk]
            agreed = Q(unit__in=above) | Q(unit__isnull=True) | Q(items__quotas__unit__in=branch)
            mine = Q(unit__in=branch) | (Q(state__in=AGREED) & agreed)
            return self.filter(pk__in=self.model.objects.filter(mine).values("pk"))
        return self.none()

    def kept_by(self, account):
        """The plans that `account` may work on: its own ones, not those above it."""
        visible = self.visible_to(account)
        if account.scope == ALL:
            return visible
        return visible.filter(unit__in=Unit.objects.branch_of(account))

    def serving(self, programme):
        """Those made under a programme, whole or with one of their items."""
        return self.filter(
            pk__in=Plan.objects.filter(
                Q(programmes=programme) | Q(items__programme=programme)
            ).values("pk")
        )

    def in_force(self):
        """Approved and not replaced by a newer version."""
        return self.filter(state__in=[PlanState.APPROVED, PlanState.RUNNING, PlanState.CLOSED])

    def with_sums(self):
        """Each with the sums of its items: `classes`, `learners`, `amount`."""

        def total(model, of_plan, column):
            mine = model.objects.filter(**{of_plan: OuterRef("pk")}).order_by().values(of_plan)
            return Coalesce(Subquery(mine.annotate(n=Sum(column)).values("n")), 0)

        return self.annotate(
            classes=total(PlanItem, "plan", "classes"),
            learners=total(PlanItem, "plan", "learners"),
            amount=total(PlanCost, "item__plan", "amount"),
        )

    def for_list(self):
        return self.select_related("unit", "replaces").order_by(
            "-starts_on", "number", "-version_no"
        )


class Plan(Versioned):
    """A plan of a year or period, of the province (`unit` null) or of a unit under it.

    An approved plan never changes: a new row with the next `version_no` replaces it.
    """

    number = models.CharField("số, ký hiệu", max_length=60, blank=True)
    title = models.CharField("tên kế hoạch", max_length=300)
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến ngày")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="plans", verbose_name="đơn vị"
    )
    programmes = models.ManyToManyField(
        Programme, blank=True, related_name="plans", verbose_name="chương trình, đề án"
    )
    state = models.CharField(
        "trạng thái", max_length=12, choices=PlanState.choices, default=PlanState.DRAFT
    )
    state_since = models.DateTimeField(null=True, blank=True, editable=False)
    version_no = models.PositiveSmallIntegerField("bản", default=1, editable=False)
    replaces = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        editable=False,
        verbose_name="thay bản",
    )
    change_reason = models.CharField("lý do điều chỉnh", max_length=300, blank=True)
    bases = models.TextField("căn cứ", blank=True)
    purpose = models.TextField("mục đích, yêu cầu", blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    return_reason = models.CharField("lý do trả lại", max_length=300, blank=True, editable=False)
    approved_number = models.CharField("số quyết định phê duyệt", max_length=60, blank=True)
    approved_on = models.DateField("ngày phê duyệt", null=True, blank=True)
    signer = models.CharField("người ký", max_length=120, blank=True)
    approved_file = models.FileField("văn bản phê duyệt", upload_to="plans/%Y", blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )

    objects = PlanQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "kế hoạch"
        verbose_name_plural = "kế hoạch"
        ordering = ["-starts_on", "number", "-version_no"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__lte=F("ends_on")),
                name="plan_period",
                violation_error_message="Ngày kết thúc phải sau ngày bắt đầu.",
            ),
            models.UniqueConstraint(
                fields=["number", "version_no"],
                condition=~Q(number=""),
                name="plan_number_once",
                violation_error_message="Số kế hoạch này đã có.",
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.title}".strip()

    @property
    def state_kind(self):
        """The kind of badge that shows the state."""
        return STATE_KINDS[self.state]


class OfPlanQuerySet(models.QuerySet):
    """Rows that hang on a plan: seen by whoever sees the plan."""

    def visible_to(self, account):
        return self.filter(plan__in=Plan.objects.visible_to(account))


class PlanItem(Versioned):
    """A line of a plan: what is taught to how many in how many classes, by whom, for what."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="items", verbose_name="kế hoạch")
    code = models.CharField("mã mục", max_length=20)
    order = models.PositiveIntegerField("thứ tự", default=0)
    title = models.CharField("nội dung, tên lớp", max_length=300)
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="nhóm"
    )
    course = models.ForeignKey(
        Course, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="khóa"
    )
    classes = models.PositiveIntegerField("số lớp", default=1)
    learners = models.PositiveIntegerField("số người", default=0)
    quarter = models.PositiveSmallIntegerField("quý", null=True, blank=True)
    mode = models.CharField(
        "hình thức học", max_length=6, choices=TrainingClass.Mode.choices, blank=True
    )
    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="nơi dạy"
    )
    institution_text = models.CharField("nơi dạy (như ghi)", max_length=200, blank=True)
    place = models.CharField("địa điểm", max_length=200, blank=True)
    lead_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="chủ trì"
    )
    audience = models.JSONField("dành cho ai", null=True, blank=True)  # a rule
    audience_text = models.CharField("đối tượng (như ghi)", max_length=300, blank=True)
    programme = models.ForeignKey(
        Programme,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="items",
        verbose_name="chương trình, đề án",
    )
    targets = models.ManyToManyField(
        Target, blank=True, related_name="items", verbose_name="phục vụ mục tiêu"
    )
    reserve = models.PositiveIntegerField("suất dự phòng", default=0)
    note = models.CharField("ghi chú", max_length=300, blank=True)

    objects = OfPlanQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "mục kế hoạch"
        verbose_name_plural = "mục kế hoạch"
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "code"],
                name="item_code_once",
                violation_error_message="Mã mục này đã có trong kế hoạch.",
            ),
            models.CheckConstraint(
                condition=Q(quarter__isnull=True) | Q(quarter__gte=1, quarter__lte=4),
                name="item_quarter",
                violation_error_message="Quý phải từ 1 đến 4.",
            ),
        ]

    def __str__(self):
        return f"{self.code}. {self.title}"


class PlanCost(models.Model):
    """Money of an item from a source, given to a unit; in đồng."""

    item = models.ForeignKey(PlanItem, models.CASCADE, related_name="costs")
    source = models.ForeignKey(FundingSource, models.PROTECT, verbose_name="nguồn")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="giao cho"
    )
    amount = models.PositiveBigIntegerField("số tiền (đồng)")

    class Meta:
        verbose_name = "kinh phí của mục"
        verbose_name_plural = "kinh phí của mục"
        ordering = ["id"]

    def __str__(self):
        return f"{self.source}: {self.amount}"


class Quota(Versioned):
    """The seats of an item for a unit: as proposed from the gap, as agreed, and why changed."""

    item = models.ForeignKey(PlanItem, models.CASCADE, related_name="quotas")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="quotas", verbose_name="đơn vị")
    seats = models.PositiveIntegerField("số suất")
    proposed = models.PositiveIntegerField("hệ thống đề xuất", null=True, blank=True)
    carried = models.PositiveIntegerField("chuyển từ kỳ trước", default=0)
    reason = models.CharField("lý do điều chỉnh", max_length=250, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "suất phân bổ"
        verbose_name_plural = "suất phân bổ"
        constraints = [models.UniqueConstraint(fields=["item", "unit"], name="quota_once_a_unit")]

    def __str__(self):
        return f"{self.unit}: {self.seats}"


class PlannedClass(models.Model):
    """A class that carries out an item of a plan."""

    item = models.ForeignKey(PlanItem, models.PROTECT, related_name="planned_classes")
    training_class = models.OneToOneField(
        TrainingClass, models.CASCADE, related_name="planned", verbose_name="lớp"
    )

    class Meta:
        verbose_name = "lớp của mục"
        verbose_name_plural = "lớp của mục"

    def __str__(self):
        return f"{self.item_id} {self.training_class_id}"


class ClassCost(Versioned):
    """A cost of a class from a source: planned and spent, in đồng."""

    training_class = models.ForeignKey(
        TrainingClass, models.PROTECT, related_name="costs", verbose_name="lớp"
    )
    source = models.ForeignKey(FundingSource, models.PROTECT, verbose_name="nguồn")
    what = models.CharField("khoản chi", max_length=200)
    planned = models.PositiveBigIntegerField("dự toán (đồng)", default=0)
    spent = models.PositiveBigIntegerField("đã chi (đồng)", default=0)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "chi phí lớp"
        verbose_name_plural = "chi phí lớp"
        ordering = ["id"]

    def __str__(self):
        return f"{self.what}: {self.spent}"


class CostNorm(Period):
    """The most that may be planned for something, by validity date and document."""

    class Per(models.TextChoices):
        LEARNER = "learner", "một người học"
        CLASS = "class", "một lớp"

    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="nhóm"
    )
    per = models.CharField("tính cho", max_length=8, choices=Per.choices, default=Per.LEARNER)
    amount = models.PositiveBigIntegerField("tối đa (đồng)")
    legal_basis = models.CharField("căn cứ", max_length=250, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = "định mức chi"
        verbose_name_plural = "định mức chi"
        constraints = [period_constraint("cost_norm_period")]

    def __str__(self):
        return f"{self.category or 'Mọi nội dung'}: {self.amount}"
