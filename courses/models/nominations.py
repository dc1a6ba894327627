"""From a unit's proposal to the decision: nominations, wishes, decisions, dated settings."""

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from cadres.choices import StaffKind
from cadres.models import Unit
from cadres.models.base import Period, PeriodQuerySet, Versioned, period_constraint
from cadres.roles import ALL, BRANCH, OWN
from courses.models.catalogue import Category, Course
from courses.models.classes import TrainingClass


class NominationState(models.TextChoices):
    DRAFT = "draft", "Nháp"
    PREPARED = "prepared", "Chờ lãnh đạo đơn vị ký"
    SUBMITTED = "submitted", "Đã trình Sở"
    ACCEPTED = "accepted", "Được chấp nhận"
    RESERVE = "reserve", "Dự bị"
    RETURNED = "returned", "Bị trả lại"
    REJECTED = "rejected", "Bị từ chối"
    DECIDED = "decided", "Có quyết định"
    ENROLLED = "enrolled", "Đã vào lớp"
    WITHDRAWN = "withdrawn", "Đã rút"


GONE = [NominationState.REJECTED, NominationState.WITHDRAWN]


class Decision(Versioned):
    """A decision that sends a list of people to a class; a draft until number and date are in."""

    training_class = models.ForeignKey(
        TrainingClass, models.PROTECT, related_name="decisions", verbose_name="lớp"
    )
    number = models.CharField("số, ký hiệu", max_length=60, blank=True)
    date = models.DateField("ngày ký", null=True, blank=True)
    signer = models.CharField("người ký", max_length=120, blank=True)
    signer_title = models.CharField("chức danh người ký", max_length=150, blank=True)
    bases = models.TextField("căn cứ", blank=True)
    file = models.FileField("bản đã ký", upload_to="decisions/%Y", blank=True)
    approved_at = models.DateTimeField("phê duyệt lúc", null=True, blank=True, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = "quyết định"
        verbose_name_plural = "quyết định"
        ordering = ["-date", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["number", "date"],
                condition=~models.Q(number=""),
                name="decision_number_once",
                violation_error_message="Số quyết định này đã dùng trong ngày đó.",
            )
        ]

    def __str__(self):
        return f"Quyết định {self.number}" if self.number else "Quyết định (dự thảo)"

    @property
    def is_draft(self):
        return not (self.number and self.date)


class NominationQuerySet(models.QuerySet):
    def visible_to(self, account):
        """All for the department; those of the own branch; an official's own; none for schools."""
        if not getattr(account, "is_active", False):
            return self.none()
        if account.scope == ALL:
            return self.all()
        if account.scope == BRANCH:
            return self.filter(unit__in=Unit.objects.branch_of(account))
        if account.scope == OWN:
            return self.filter(official=account.official_id).exclude(official=None)
        return self.none()


class Nomination(Versioned):
    """A unit proposes a person for a class."""

    class Origin(models.TextChoices):
        CLERK = "clerk", "Đầu mối chọn"
        FILE = "file", "Danh sách Excel"
        WISH = "wish", "Nguyện vọng"
        TARGET = "target", "Từ mục tiêu"
        SUBSTITUTE = "substitute", "Thay người"

    training_class = models.ForeignKey(
        TrainingClass, models.PROTECT, related_name="nominations", verbose_name="lớp"
    )
    official = models.ForeignKey(
        "cadres.Official", models.PROTECT, related_name="nominations", verbose_name="cán bộ"
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="nominations", verbose_name="đơn vị đề cử"
    )
    state = models.CharField(
        "trạng thái",
        max_length=10,
        choices=NominationState.choices,
        default=NominationState.DRAFT,
    )
    origin = models.CharField("từ đâu", max_length=10, choices=Origin.choices, default=Origin.CLERK)
    rank = models.PositiveIntegerField("thứ tự ưu tiên", default=0)
    score = models.DecimalField("điểm ưu tiên", max_digits=7, decimal_places=2, null=True)
    reasons = models.JSONField("vì sao", default=list, blank=True)
    purpose = models.CharField("học để làm gì", max_length=250, blank=True)
    target_code = models.CharField("phục vụ mục tiêu", max_length=40, blank=True)
    override_reason = models.CharField("lý do cho học ngoài điều kiện", max_length=300, blank=True)
    override_document = models.CharField("văn bản cho phép", max_length=150, blank=True)
    reply = models.CharField("lý do trả lại, từ chối", max_length=300, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    submitted_at = models.DateTimeField("trình lúc", null=True, blank=True)
    decided_at = models.DateTimeField("xử lý lúc", null=True, blank=True)
    decision = models.ForeignKey(
        Decision,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="nominations",
        verbose_name="quyết định",
    )
    created_at = models.DateTimeField("lập lúc", auto_now_add=True)

    objects = NominationQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "đề cử"
        verbose_name_plural = "đề cử"
        ordering = ["rank", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["training_class", "official"],
                name="nomination_once_a_class",
                violation_error_message="Người này đã có trong danh sách đề cử của lớp.",
            )
        ]
        indexes = [
            models.Index(fields=["state", "unit"], name="nomination_state"),
            models.Index(fields=["official", "state"], name="nomination_official"),
        ]

    def __str__(self):
        return f"{self.official} – {self.training_class}"


class Wish(Versioned):
    """An official would like to learn something; the unit's clerk answers."""

    class State(models.TextChoices):
        OPEN = "open", "Đang chờ"
        TAKEN = "taken", "Đã đưa vào danh sách"
        DECLINED = "declined", "Chưa đáp ứng"
        WITHDRAWN = "withdrawn", "Đã rút"

    official = models.ForeignKey(
        "cadres.Official", models.CASCADE, related_name="wishes", verbose_name="cán bộ"
    )
    training_class = models.ForeignKey(
        TrainingClass,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="wishes",
        verbose_name="lớp",
    )
    course = models.ForeignKey(
        Course, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="khóa"
    )
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="nội dung"
    )
    year = models.PositiveSmallIntegerField("cho năm", null=True, blank=True)
    note = models.CharField("vì sao", max_length=300, blank=True)
    state = models.CharField("trạng thái", max_length=9, choices=State.choices, default=State.OPEN)
    reply = models.CharField("trả lời", max_length=300, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField("gửi lúc", auto_now_add=True)

    objects = NominationQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "nguyện vọng học"
        verbose_name_plural = "nguyện vọng học"
        ordering = ["-id"]

    def __str__(self):
        return f"{self.official}: {self.training_class or self.course or self.category}"


class Check(models.TextChoices):
    """What is checked about a nominee; each can warn, block or be left out, by date."""

    AUDIENCE = "audience", "Đúng đối tượng của khóa"
    PREREQUISITES = "prerequisites", "Đủ điều kiện học trước"
    ALREADY = "already", "Chưa học khóa này, chưa có bậc này"
    SAME_DAYS = "same_days", "Không học lớp khác cùng ngày"
    COMMITMENT = "commitment", "Không còn cam kết phục vụ chưa hết hạn"
    AGE = "age", "Trong tuổi cử đi đào tạo"
    SERVICE = "service", "Đủ thời gian công tác"
    APPRAISAL = "appraisal", "Hoàn thành tốt nhiệm vụ hai năm liền trước"
    QUOTA = "quota", "Còn suất của đơn vị"
    RETIRING = "retiring", "Chưa sắp nghỉ hưu"


class RuleSetting(Period):
    """A value or a severity that a decree or the province sets, with its dates and source."""

    class Severity(models.TextChoices):
        WARN = "warn", "Cảnh báo"
        BLOCK = "block", "Không cho đề cử"
        OFF = "off", "Không kiểm tra"

    key = models.CharField("quy định", max_length=40)
    staff_kind = models.CharField(
        "loại", max_length=4, choices=StaffKind.choices, blank=True, help_text="Trống: mọi loại."
    )
    severity = models.CharField("mức", max_length=5, choices=Severity.choices, blank=True)
    value = models.DecimalField("giá trị", max_digits=12, decimal_places=3, null=True, blank=True)
    legal_basis = models.CharField("căn cứ", max_length=250, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = "quy định theo thời gian"
        verbose_name_plural = "quy định theo thời gian"
        ordering = ["key", "staff_kind", "valid_from"]
        constraints = [
            period_constraint("rule_setting_period"),
            models.UniqueConstraint(
                fields=["key", "staff_kind", "valid_from"], name="rule_setting_once"
            ),
        ]

    def __str__(self):
        return f"{self.key} {self.staff_kind}".strip()


class PolicyWeight(Period):
    """How much a reason counts when people are ranked for a class; edited by staff, by date."""

    reason = models.CharField("lý do", max_length=30)
    weight = models.DecimalField("điểm", max_digits=6, decimal_places=2)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = "trọng số ưu tiên"
        verbose_name_plural = "trọng số ưu tiên"
        ordering = ["reason", "valid_from"]
        constraints = [
            period_constraint("policy_weight_period"),
            models.UniqueConstraint(fields=["reason", "valid_from"], name="policy_weight_once"),
        ]

    def __str__(self):
        return f"{self.reason}: {self.weight}"
