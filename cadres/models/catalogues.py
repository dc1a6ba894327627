"""Reference data: loaded by `load_catalogues`, edited in the admin."""

from django.db import models

from cadres.choices import Ladder


class EthnicGroup(models.Model):
    """One of the 54 ethnic groups (list of QĐ 1019/QĐ-TCTK, 2008); also the name of a language."""

    code = models.CharField("mã", max_length=4, unique=True)
    name = models.CharField("tên", max_length=60, unique=True)
    aliases = models.JSONField("tên gọi khác", default=list, blank=True)
    is_minority = models.BooleanField("dân tộc thiểu số", default=True)
    sort_key = models.CharField(max_length=400, editable=False)

    class Meta:
        verbose_name = "dân tộc"
        verbose_name_plural = "dân tộc"
        ordering = ["sort_key"]

    def __str__(self):
        return self.name


class Level(models.Model):
    """A rung of a ladder; a higher `rank` is a higher level, 0 is "not trained"."""

    ladder = models.CharField("thang", max_length=20, choices=Ladder.choices)
    code = models.CharField("mã", max_length=8)
    name = models.CharField("tên", max_length=60)
    rank = models.PositiveSmallIntegerField("bậc")
    aliases = models.JSONField("cách ghi khác", default=list, blank=True)

    class Meta:
        verbose_name = "bậc trình độ"
        verbose_name_plural = "thang trình độ"
        ordering = ["ladder", "rank", "code"]
        constraints = [
            models.UniqueConstraint(fields=["ladder", "code"], name="level_once_a_ladder")
        ]

    def __str__(self):
        return f"{self.get_ladder_display()}: {self.name}"


class Rank(models.Model):
    """A civil-service rank or professional title by its code (01.003, V.07.03.29)."""

    code = models.CharField("mã ngạch", max_length=12, unique=True)
    name = models.CharField("tên ngạch", max_length=120)
    equivalent_group = models.CharField("nhóm tương đương", max_length=8, blank=True)
    kind = models.CharField("loại", max_length=20, blank=True)

    class Meta:
        verbose_name = "ngạch"
        verbose_name_plural = "ngạch, chức danh nghề nghiệp"
        ordering = ["code"]

    def __str__(self):
        return f"{self.code} {self.name}"


class Province(models.Model):
    """A province or city by its code, from the date of its present kind."""

    code = models.CharField("mã", max_length=4, unique=True)
    name = models.CharField("tên", max_length=60)
    full_name = models.CharField("tên đầy đủ", max_length=80)

    class Meta:
        verbose_name = "tỉnh, thành phố"
        verbose_name_plural = "tỉnh, thành phố"
        ordering = ["code"]

    def __str__(self):
        return self.full_name


class Commune(models.Model):
    """A place of the commune level; the agency there is a Unit of its own."""

    code = models.CharField("mã", max_length=5)
    full_name = models.CharField("tên đầy đủ", max_length=80)
    kind = models.CharField("loại", max_length=20)
    province = models.ForeignKey(Province, models.PROTECT, verbose_name="tỉnh")
    valid_from = models.DateField("từ ngày")

    class Meta:
        verbose_name = "xã, phường, đặc khu"
        verbose_name_plural = "xã, phường, đặc khu"
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="commune_once_a_day")
        ]

    def __str__(self):
        return self.full_name
