"""Classes: one run of a course with its sessions and the seats of each unit."""

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from cadres.models import Unit
from cadres.models.base import Versioned
from cadres.roles import ALL, BRANCH, OWN
from courses.models.catalogue import Course, Institution, Instructor


class ClassState(models.TextChoices):
    PLANNED = "planned", "Dự kiến"
    CALLING = "calling", "Đang chiêu sinh"
    DECIDED = "decided", "Có quyết định"
    RUNNING = "running", "Đang mở"
    ENDED = "ended", "Đã kết thúc"
    SETTLED = "settled", "Đã quyết toán"
    CANCELLED = "cancelled", "Đã hủy"


OPEN_TO_UNITS = [state for state in ClassState if state != ClassState.PLANNED]


class TrainingClassQuerySet(models.QuerySet):
    def visible_to(self, account):
        """The classes that `account` may open: the one definition for everything of a class.

        All for the department and the province; for a unit those that have been called and either
        are open to every unit or hold seats, nominees or learners of its branch; for a school its
        own; for an official the classes called and those that they are in.
        """
        if not getattr(account, "is_active", False):
            return self.none()
        if account.scope == ALL:
            return self.all()
        if account.role == "school":
            return self.filter(institution__unit=account.unit_id, institution__unit__isnull=False)
        called = self.filter(state__in=OPEN_TO_UNITS)
        if account.scope == BRANCH:
            branch = Unit.objects.branch_of(account).values("pk")
            mine = Q(seats__unit__in=branch) | Q(nominations__unit__in=branch)
            mine |= Q(enrolments__unit__in=branch) | Q(open_to_all=True)
            return self.filter(pk__in=called.filter(mine).values("pk"))
        if account.scope == OWN and account.official_id:
            mine = Q(state=ClassState.CALLING, open_to_all=True)
            mine |= Q(enrolments__official=account.official_id)
            mine |= Q(nominations__official=account.official_id)
            return self.filter(pk__in=called.filter(mine).values("pk"))
        return self.none()

    def for_list(self):
        return self.select_related("course__category", "institution", "organiser").order_by(
            "-starts_on", "code"
        )


class TrainingClass(Versioned):
    """One run of a course: when, where, for how many, in which state."""

    class Mode(models.TextChoices):
        FULL = "full", "Tập trung"
        PART = "part", "Vừa làm vừa học"
        ONLINE = "online", "Trực tuyến"
        MIXED = "mixed", "Kết hợp"

    code = models.CharField("mã lớp", max_length=40, unique=True)
    title = models.CharField("tên lớp", max_length=250)
    course = models.ForeignKey(Course, models.PROTECT, related_name="classes", verbose_name="khóa")
    institution = models.ForeignKey(
        Institution,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="classes",
        verbose_name="cơ sở đào tạo",
    )
    organiser = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="đơn vị chủ trì",
    )
    place = models.CharField("địa điểm", max_length=250, blank=True)
    mode = models.CharField("hình thức học", max_length=6, choices=Mode.choices, default=Mode.FULL)
    capacity = models.PositiveIntegerField("số chỗ")
    starts_on = models.DateField("khai giảng", null=True, blank=True)
    ends_on = models.DateField("bế giảng", null=True, blank=True)
    nominations_due = models.DateField("hạn đề cử", null=True, blank=True)
    open_to_all = models.BooleanField(
        "mọi đơn vị được đề cử",
        default=False,
        help_text="Bỏ chọn: chỉ những đơn vị được giao suất.",
    )
    state = models.CharField(
        "trạng thái", max_length=10, choices=ClassState.choices, default=ClassState.PLANNED
    )
    state_since = models.DateField("từ ngày", null=True, blank=True, editable=False)
    cancel_reason = models.CharField("lý do hủy", max_length=300, blank=True, editable=False)
    # A rule that narrows the course's own, e.g. from the item of a plan; null: the course's alone.
    audience = models.JSONField("dành riêng cho ai", null=True, blank=True, editable=False)
    note = models.CharField("ghi chú", max_length=500, blank=True)
    search_key = models.CharField(max_length=320, editable=False, db_index=True)

    objects = TrainingClassQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_key"])

    class Meta:
        verbose_name = "lớp"
        verbose_name_plural = "lớp"
        ordering = ["-starts_on", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(starts_on__lte=F("ends_on")),
                name="class_period",
                violation_error_message="Ngày bế giảng phải từ ngày khai giảng trở đi.",
            ),
        ]
        indexes = [models.Index(fields=["state", "starts_on"], name="class_state")]

    def __str__(self):
        return self.title


class OfClassQuerySet(models.QuerySet):
    """Rows that hang on a class: seen by whoever sees the class."""

    def visible_to(self, account):
        return self.filter(training_class__in=TrainingClass.objects.visible_to(account))


class ClassSession(Versioned):
    """A half-day of a class: room, instructor, hours."""

    class Part(models.TextChoices):
        MORNING = "morning", "Sáng"
        AFTERNOON = "afternoon", "Chiều"
        EVENING = "evening", "Tối"

    training_class = models.ForeignKey(
        TrainingClass, models.CASCADE, related_name="sessions", verbose_name="lớp"
    )
    on = models.DateField("ngày")
    part = models.CharField("buổi", max_length=9, choices=Part.choices, default=Part.MORNING)
    place = models.CharField("phòng, địa điểm", max_length=150, blank=True)
    instructor = models.ForeignKey(
        Instructor,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sessions",
        verbose_name="giảng viên",
    )
    hours = models.PositiveSmallIntegerField("số tiết", default=4)
    topic = models.CharField("nội dung", max_length=250, blank=True)

    objects = OfClassQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "buổi học"
        verbose_name_plural = "buổi học"
        # Sáng, Chiều, Tối: their codes do not sort so, `part_order` of courses.sessions does.
        ordering = ["on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["training_class", "on", "part", "place"],
                name="session_once_a_place",
                violation_error_message="Lớp đã có buổi này ở địa điểm này.",
            )
        ]
        indexes = [models.Index(fields=["on", "part"], name="session_day")]

    def __str__(self):
        return f"{self.get_part_display()} {self.on:%d/%m/%Y}"


class SeatQuota(Versioned):
    """The seats (suất) of a unit in a class."""

    training_class = models.ForeignKey(
        TrainingClass, models.CASCADE, related_name="seats", verbose_name="lớp"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị")
    seats = models.PositiveIntegerField("số suất")
    reason = models.CharField("lý do điều chỉnh", max_length=250, blank=True)

    objects = OfClassQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "suất của đơn vị"
        verbose_name_plural = "suất của đơn vị"
        constraints = [
            models.UniqueConstraint(fields=["training_class", "unit"], name="seats_once_a_unit")
        ]

    def __str__(self):
        return f"{self.unit}: {self.seats}"
