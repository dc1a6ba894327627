"""Units over time: the tree, traits of areas, local languages, reorganisations."""

from django.db import models
from simple_history.models import HistoricalRecords

from cadres.choices import Trait, UnitChangeKind, UnitKind
from cadres.models.base import Period, PeriodQuerySet, Versioned, period_constraint
from cadres.roles import ALL, BRANCH


class UnitQuerySet(PeriodQuerySet):
    def branch_of(self, account):
        """The units whose people `account` may see: the one definition of scope."""
        if not getattr(account, "is_active", False):
            return self.none()
        if account.scope == ALL:
            return self.all()
        if account.scope == BRANCH and account.unit_id:
            return self.below(account.unit)
        return self.none()

    def visible_to(self, account):
        """The units that `account` may open: its branch; every unit for those who keep the tree."""
        if account.has_perm("cadres.change_unit"):
            return self.all()
        return self.branch_of(account)

    def below(self, unit):
        """`unit` and everything under it."""
        return self.filter(path__startswith=unit.path)

    def for_list(self):
        """In the order of the tree's names."""
        return self.select_related("parent").order_by("sort_key", "code")


class Unit(Period, Versioned):
    """An agency or organisation with its dates; `path` is "/1/5/", the ids from the top."""

    code = models.CharField("mã đơn vị", max_length=40, unique=True)
    name = models.CharField("tên đơn vị", max_length=200)
    kind = models.CharField("loại", max_length=20, choices=UnitKind.choices)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name="trực thuộc",
    )
    path = models.CharField(max_length=200, editable=False, db_index=True, default="/")
    name_key = models.CharField(max_length=250, editable=False, db_index=True)
    search_key = models.CharField(max_length=250, editable=False, db_index=True)
    sort_key = models.CharField(max_length=1300, editable=False)

    objects = UnitQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["name_key", "search_key", "sort_key", "path"])

    class Meta:
        verbose_name = "đơn vị"
        verbose_name_plural = "đơn vị"
        constraints = [period_constraint("unit_period")]

    def __str__(self):
        return self.name


class UnitTrait(Period):
    """What an area is (minority area, border, khu vực I–III) during a period, and by which text."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="traits", verbose_name="đơn vị")
    trait = models.CharField("đặc điểm", max_length=20, choices=Trait.choices)
    legal_basis = models.CharField("căn cứ", max_length=200, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = "đặc điểm địa bàn"
        verbose_name_plural = "đặc điểm địa bàn"
        constraints = [period_constraint("unit_trait_period")]

    def __str__(self):
        return self.get_trait_display()


class UnitLanguage(Period):
    """A minority language spoken where the unit works."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="languages", verbose_name="đơn vị")
    language = models.ForeignKey("cadres.EthnicGroup", models.PROTECT, verbose_name="tiếng")

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = "tiếng tại địa bàn"
        verbose_name_plural = "tiếng tại địa bàn"
        constraints = [period_constraint("unit_language_period")]

    def __str__(self):
        return f"tiếng {self.language}"


class UnitChange(models.Model):
    """A reorganisation on a day, by a decision."""

    kind = models.CharField("việc", max_length=10, choices=UnitChangeKind.choices)
    on = models.DateField("từ ngày")
    decision = models.CharField("văn bản", max_length=200, blank=True)
    note = models.CharField("ghi chú", max_length=300, blank=True)

    class Meta:
        verbose_name = "sắp xếp đơn vị"
        verbose_name_plural = "sắp xếp đơn vị"
        ordering = ["-on", "-id"]

    def __str__(self):
        return f"{self.get_kind_display()} {self.on:%d/%m/%Y}"


class UnitSuccession(models.Model):
    """An old unit lives on in a new one; several rows where it was divided."""

    change = models.ForeignKey(UnitChange, models.CASCADE, related_name="successions")
    old = models.ForeignKey(Unit, models.PROTECT, related_name="successors", verbose_name="cũ")
    new = models.ForeignKey(Unit, models.PROTECT, related_name="predecessors", verbose_name="mới")
    old_name = models.CharField("tên cũ", max_length=200, blank=True)
    is_default = models.BooleanField("chính", default=True)

    class Meta:
        verbose_name = "đơn vị kế tục"
        verbose_name_plural = "đơn vị kế tục"

    def __str__(self):
        return f"{self.old_name or self.old} → {self.new}"
