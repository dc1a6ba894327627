"""Who learnt what: enrolments of classes and of the past in one table, attendance, commitments."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from cadres.choices import Gender, StaffKind
from cadres.models import ImportBatch, Qualification, Unit
from cadres.models.base import Versioned
from cadres.models.officials import partial, precision_field
from cadres.roles import ALL, BRANCH, OWN
from courses.models.catalogue import Category, Course, Form, Institution
from courses.models.classes import ClassSession, TrainingClass
from courses.models.nominations import Decision, Nomination


class EnrolmentQuerySet(models.QuerySet):
    def visible_to(self, account):
        """All for the department; people sent by the own branch; the own ones; a school's own."""
        if not getattr(account, "is_active", False):
            return self.none()
        if account.scope == ALL:
            return self.all()
        if account.scope == BRANCH:
            return self.filter(unit__in=Unit.objects.branch_of(account))
        if account.scope == OWN:
            return self.filter(official=account.official_id).exclude(official=None)
        if account.role == "school":
            mine = TrainingClass.objects.visible_to(account)
            return self.filter(training_class__in=mine)
        return self.none()

    def turns(self, first, last):
        """The lượt of a period, both days counted: completed, on the day on which it ended."""
        return self.filter(completed=True, ends_on__gte=first, ends_on__lte=last)


class Enrolment(Versioned):
    """A person in a class, or in a course of the past: one row is one lượt once `completed`.

    Unit, post, staff kind, ethnic group and gender are those of the day it started and never
    change later, so that reports stay as they were.
    """

    class State(models.TextChoices):
        ENROLLED = "enrolled", "Đang học"
        FINISHED = "finished", "Đã học xong"
        WITHDRAWN = "withdrawn", "Thôi học"
        REPLACED = "replaced", "Được thay người"

    class Outcome(models.TextChoices):
        PASSED = "passed", "Đạt"
        FAILED = "failed", "Không đạt"

    class Origin(models.TextChoices):
        CLASS = "class", "Lớp trên cổng"
        HISTORY = "history", "Danh sách đã qua đào tạo"

    official = models.ForeignKey(
        "cadres.Official", models.PROTECT, related_name="enrolments", verbose_name="cán bộ"
    )
    origin = models.CharField("nguồn", max_length=7, choices=Origin.choices, default=Origin.CLASS)
    training_class = models.ForeignKey(
        TrainingClass,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="enrolments",
        verbose_name="lớp",
    )
    nomination = models.OneToOneField(
        Nomination, models.SET_NULL, null=True, blank=True, related_name="enrolment"
    )
    decision = models.ForeignKey(
        Decision, models.PROTECT, null=True, blank=True, related_name="enrolments"
    )
    replaces = models.OneToOneField(
        "self", models.SET_NULL, null=True, blank=True, related_name="replaced_by"
    )
    batch = models.ForeignKey(
        ImportBatch, models.SET_NULL, null=True, blank=True, related_name="enrolments"
    )
    course = models.ForeignKey(
        Course, models.PROTECT, null=True, blank=True, related_name="enrolments"
    )
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="enrolments"
    )
    title = models.CharField("tên khóa, lớp", max_length=300)
    title_key = models.CharField(max_length=320, editable=False)
    form = models.CharField("hình thức", max_length=10, choices=Form.choices, blank=True)
    starts_on = models.DateField("từ ngày", null=True, blank=True)
    starts_precision = precision_field("biết đến")
    ends_on = models.DateField("đến ngày", null=True, blank=True)  # the last day it may mean
    ends_precision = precision_field("biết đến")
    hours = models.PositiveIntegerField("số tiết", null=True, blank=True)
    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="enrolments"
    )
    institution_text = models.CharField("nơi học (như ghi)", max_length=250, blank=True)
    # The snapshot of the day it started.
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="enrolments")
    position = models.CharField("chức vụ", max_length=250, blank=True)
    staff_kind = models.CharField("loại", max_length=4, choices=StaffKind.choices, blank=True)
    rank_code = models.CharField("mã ngạch", max_length=12, blank=True)
    leadership = models.BooleanField("lãnh đạo, quản lý", default=False)
    in_planning = models.BooleanField("trong quy hoạch", default=False)
    ethnic_group = models.ForeignKey(
        "cadres.EthnicGroup", models.PROTECT, null=True, blank=True, related_name="+"
    )
    gender = models.CharField("giới tính", max_length=3, choices=Gender.choices, blank=True)
    # What became of it.
    state = models.CharField(
        "trạng thái", max_length=9, choices=State.choices, default=State.ENROLLED
    )
    outcome = models.CharField("kết quả", max_length=6, choices=Outcome.choices, blank=True)
    grade = models.CharField("xếp loại", max_length=60, blank=True)
    score = models.DecimalField("điểm", max_digits=5, decimal_places=2, null=True, blank=True)
    completed = models.BooleanField("tính một lượt", default=False, editable=False)
    left_on = models.DateField("thôi học ngày", null=True, blank=True)
    left_reason = models.CharField("lý do thôi học", max_length=250, blank=True)
    certificate_text = models.CharField("số chứng chỉ (như ghi)", max_length=100, blank=True)

    objects = EnrolmentQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["title_key"])

    class Meta:
        verbose_name = "lượt học"
        verbose_name_plural = "lượt học"
        ordering = ["-ends_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["training_class", "official"],
                condition=Q(training_class__isnull=False),
                name="enrolment_once_a_class",
            )
        ]
        indexes = [
            # All that figures of lượt are made of, so that they are read from the index alone.
            models.Index(
                fields=[
                    "ends_on",
                    "official",
                    "category",
                    "form",
                    "unit",
                    "ethnic_group",
                    "gender",
                    "staff_kind",
                    "completed",
                ],
                condition=Q(completed=True),
                name="enrolment_turns",
            ),
            models.Index(fields=["official", "category", "ends_on"], name="enrolment_official"),
        ]

    def __str__(self):
        return f"{self.official}: {self.title}"

    @property
    def started(self):
        """The PartialDate of the start, or None."""
        return partial(self.starts_on, self.starts_precision)


class Granted(models.Model):
    """The qualification that a result wrote into the record; taken away with the result.

    Without one: somebody looked at the result and decided to write nothing.
    """

    enrolment = models.OneToOneField(Enrolment, models.CASCADE, related_name="granted")
    qualification = models.OneToOneField(
        Qualification, models.CASCADE, null=True, blank=True, related_name="granted_by"
    )

    class Meta:
        verbose_name = "trình độ do kết quả lớp"
        verbose_name_plural = "trình độ do kết quả lớp"

    def __str__(self):
        return f"{self.enrolment_id} → {self.qualification_id}"


class Attendance(Versioned):
    """Whether a learner was there in a session."""

    class Mark(models.TextChoices):
        PRESENT = "present", "Có mặt"
        EXCUSED = "excused", "Vắng có phép"
        ABSENT = "absent", "Vắng không phép"

    session = models.ForeignKey(ClassSession, models.CASCADE, related_name="attendance")
    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="attendance")
    mark = models.CharField("điểm danh", max_length=7, choices=Mark.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "điểm danh"
        verbose_name_plural = "điểm danh"
        constraints = [
            models.UniqueConstraint(fields=["session", "enrolment"], name="attendance_once")
        ]

    def __str__(self):
        return f"{self.enrolment_id} {self.session_id} {self.mark}"


class OfEnrolmentQuerySet(models.QuerySet):
    """Rows that hang on an enrolment: seen by whoever sees the enrolment."""

    def visible_to(self, account):
        return self.filter(enrolment__in=Enrolment.objects.visible_to(account))


class Commitment(Versioned):
    """To serve after study; who leaves before its end repays (NĐ 171/2025, NĐ 101/2017)."""

    enrolment = models.OneToOneField(Enrolment, models.CASCADE, related_name="commitment")
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến hết ngày")
    cost = models.PositiveBigIntegerField("chi phí đào tạo (đồng)", default=0)
    document = models.CharField("bản cam kết", max_length=150, blank=True)
    released_on = models.DateField("được miễn từ ngày", null=True, blank=True)
    release_reason = models.CharField("lý do miễn", max_length=250, blank=True)

    objects = OfEnrolmentQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "cam kết phục vụ"
        verbose_name_plural = "cam kết phục vụ"

    def __str__(self):
        return f"{self.enrolment_id} đến {self.ends_on:%d/%m/%Y}"
