"""Needs: a round per plan year, what each unit answers, and the people named."""

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from cadres.models import Unit
from cadres.models.base import Versioned
from cadres.roles import ALL, BRANCH
from courses.models import Category
from trainingplans.plans.models.planning import Plan
from trainingplans.plans.models.purposes import Target


class NeedRound(Versioned):
    """The department asks the units for their needs of a year, until a day."""

    class State(models.TextChoices):
        DRAFT = "draft", "Đang soạn"
        OPEN = "open", "Đang thu thập"
        CLOSED = "closed", "Đã chốt"

    year = models.PositiveSmallIntegerField("năm kế hoạch", unique=True)
    title = models.CharField("tên đợt", max_length=250)
    opens_on = models.DateField("mở từ ngày")
    due = models.DateField("hạn gửi")
    instructions = models.TextField("hướng dẫn", blank=True)
    plan = models.ForeignKey(
        Plan, models.SET_NULL, null=True, blank=True, related_name="rounds", verbose_name="kế hoạch"
    )
    state = models.CharField("trạng thái", max_length=6, choices=State.choices, default=State.DRAFT)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "đợt thu thập nhu cầu"
        verbose_name_plural = "đợt thu thập nhu cầu"
        ordering = ["-year"]

    def __str__(self):
        return self.title


class NeedState(models.TextChoices):
    WRITING = "writing", "Đang lập"
    SUBMITTED = "submitted", "Chờ lãnh đạo đơn vị ký"
    SIGNED = "signed", "Đã gửi Sở Nội vụ"
    RETURNED = "returned", "Bị trả lại"
    ACCEPTED = "accepted", "Đã tiếp nhận"


class UnitNeedQuerySet(models.QuerySet):
    def visible_to(self, account):
        """All for the department, the own branch's for a unit."""
        if not getattr(account, "is_active", False):
            return self.none()
        if account.scope == ALL:
            return self.all()
        if account.scope == BRANCH:
            return self.filter(unit__in=Unit.objects.branch_of(account))
        return self.none()


class UnitNeed(Versioned):
    """The answer of a unit in a round."""

    round = models.ForeignKey(NeedRound, models.PROTECT, related_name="answers")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="needs", verbose_name="đơn vị")
    state = models.CharField(
        "trạng thái", max_length=9, choices=NeedState.choices, default=NeedState.WRITING
    )
    state_since = models.DateTimeField(null=True, blank=True, editable=False)
    reply = models.CharField("lý do trả lại", max_length=300, blank=True)
    note = models.TextField("ý kiến của đơn vị", blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    reminded_on = models.DateField(null=True, blank=True, editable=False)

    objects = UnitNeedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "nhu cầu của đơn vị"
        verbose_name_plural = "nhu cầu của đơn vị"
        constraints = [models.UniqueConstraint(fields=["round", "unit"], name="need_once_a_unit")]

    def __str__(self):
        return f"{self.round}: {self.unit}"


class Need(Versioned):
    """How many of a unit need a content; `number` counts the named people and those not named."""

    answer = models.ForeignKey(UnitNeed, models.CASCADE, related_name="needs")
    category = models.ForeignKey(
        Category, models.PROTECT, related_name="+", verbose_name="nội dung"
    )
    number = models.PositiveIntegerField("số người")
    note = models.CharField("ghi chú", max_length=250, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "nhu cầu"
        verbose_name_plural = "nhu cầu"
        constraints = [
            models.UniqueConstraint(fields=["answer", "category"], name="need_once_a_category")
        ]

    def __str__(self):
        return f"{self.category}: {self.number}"


class NeedPerson(models.Model):
    """A person named in a need, and why."""

    class Origin(models.TextChoices):
        HAND = "hand", "Đơn vị chọn"
        TARGET = "target", "Chưa đạt mục tiêu"
        WISH = "wish", "Nguyện vọng"

    need = models.ForeignKey(Need, models.CASCADE, related_name="people")
    official = models.ForeignKey("cadres.Official", models.PROTECT, related_name="needs")
    origin = models.CharField(max_length=6, choices=Origin.choices, default=Origin.HAND)
    target = models.ForeignKey(Target, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "người có nhu cầu"
        verbose_name_plural = "người có nhu cầu"
        constraints = [
            models.UniqueConstraint(fields=["need", "official"], name="need_person_once")
        ]

    def __str__(self):
        return f"{self.official}"
