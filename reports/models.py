"""Reports as they were sent: definition, figures, rows and hash, frozen."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models

from cadres.models import Unit
from cadres.models.base import Period, PeriodQuerySet, period_constraint
from cadres.roles import ALL, BRANCH
from reports.official.columns import MAPPED


class SnapshotQuerySet(models.QuerySet):
    def visible_to(self, account):
        """All for the department and the province; those of the own branch for a unit."""
        if not getattr(account, "is_active", False):
            return self.none()
        if account.scope == ALL:
            return self.all()
        if account.scope == BRANCH:
            return self.filter(unit__in=Unit.objects.branch_of(account))
        return self.none()


class Snapshot(models.Model):
    """A report at the moment it was sent; never changed, later differences are restatements."""

    name = models.CharField("tên báo cáo", max_length=250)
    kind = models.CharField("loại", max_length=30)  # attainment, structure, turns, form code
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="đơn vị"
    )
    on = models.DateField("số liệu đến ngày")
    definition = models.JSONField()  # what was asked, rules and mapping as they were
    figures = models.JSONField()
    rows = models.JSONField(default=list)  # the members behind the figures
    hash = models.CharField("mã băm", max_length=64)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField("gửi lúc", auto_now_add=True)
    note = models.CharField("nơi nhận, ghi chú", max_length=300, blank=True)

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        verbose_name = "báo cáo đã gửi"
        verbose_name_plural = "báo cáo đã gửi"
        ordering = ["-id"]

    def __str__(self):
        return self.name


class FormMapping(Period):
    """Which categories count in a column of an official form, by validity date."""

    form = models.CharField("biểu", max_length=40)
    column = models.CharField("cột", max_length=20)
    category = models.ForeignKey(
        "courses.Category", models.PROTECT, related_name="+", verbose_name="nội dung"
    )

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = "cột của biểu"
        verbose_name_plural = "cột của biểu"
        ordering = ["form", "column", "category"]
        constraints = [period_constraint("form_mapping_period")]

    def __str__(self):
        return f"{self.form} {self.column}"

    def clean(self):
        """A place that the form has, one for a content on any day: else its lượt would be lost."""
        super().clean()
        if self.form not in MAPPED:
            told = f"Không có biểu “{self.form}”. Các biểu xếp nội dung: {', '.join(MAPPED)}."
            raise ValidationError({"form": told})
        if self.column not in MAPPED[self.form]:
            told = f"Biểu {self.form} không có cột “{self.column}”. Các cột: "
            raise ValidationError({"column": f"{told}{', '.join(MAPPED[self.form])}."})
        if not (self.valid_from and self.valid_to):
            return  # told beside those fields
        beside = FormMapping.objects.filter(form=self.form, category=self.category_id)
        beside = beside.filter(valid_from__lt=self.valid_to, valid_to__gt=self.valid_from)
        if other := beside.exclude(pk=self.pk).first():
            told = f"Nội dung này đã ở cột {other.column} trong thời gian đó."
            raise ValidationError({"category": f"{told} Kết thúc dòng kia trước."})
