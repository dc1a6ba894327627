"""Marks of change: what a figure kept aside was counted from, so that it is never read stale."""

from django.db import models


class DataMark(models.Model):
    """A mark of writing in the tables of one kind; written by the database itself, by triggers.

    The sum of the marks of a kind says which writes a figure has seen (`cadres.versions`).
    """

    what = models.CharField(max_length=20, db_index=True)
    token = models.BigIntegerField()

    class Meta:
        verbose_name = "dấu thay đổi"
        verbose_name_plural = "dấu thay đổi"

    def __str__(self):
        return f"{self.what} {self.token}"
