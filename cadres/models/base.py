"""What several models share: periods of validity, versions of rows."""

from django.db import models
from django.db.models import F, Q

from trainingplans.lib.dates import EVER, FOREVER


class PeriodQuerySet(models.QuerySet):
    """Rows with a half-open period: `valid_from` counts, `valid_to` is the first day after."""

    def at(self, on):
        """Those that are valid on the day `on`."""
        return self.filter(valid_from__lte=on, valid_to__gt=on)


class Period(models.Model):
    """A row that is true from `valid_from` up to the day before `valid_to`."""

    valid_from = models.DateField("từ ngày", default=EVER)
    valid_to = models.DateField("đến trước ngày", default=FOREVER)

    class Meta:
        abstract = True

    @property
    def since(self):
        """The first day, None for since ever."""
        return None if self.valid_from == EVER else self.valid_from

    @property
    def until(self):
        """The first day that no longer counts, None for an open end."""
        return None if self.valid_to == FOREVER else self.valid_to


def period_constraint(name):
    """The database's own rule that a period has at least one day."""
    return models.CheckConstraint(
        condition=Q(valid_from__lt=F("valid_to")),
        name=name,
        violation_error_message="Ngày kết thúc phải sau ngày bắt đầu.",
    )


class Versioned(models.Model):
    """A row that people edit: `version` grows with each save, forms carry the one they showed."""

    version = models.PositiveIntegerField("phiên bản", default=1, editable=False)

    class Meta:
        abstract = True
