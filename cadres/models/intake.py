"""Imports: the batch, its rows, what it changed (for undo), what was learnt from its sender."""

from django.conf import settings
from django.db import models

from cadres.models.base import Versioned
from cadres.models.units import Unit
from cadres.roles import ALL, BRANCH, ROLES


class ImportBatchQuerySet(models.QuerySet):
    """Imports, scoped like the people in them."""

    def visible_to(self, account):
        """The imports that `account` may open: all, or those that its branch's clerks sent.

        Not those that the department sent for the branch: they may hold people of other units.
        """
        if not getattr(account, "is_active", False):
            return self.none()
        if account.scope == ALL:
            return self.all()
        clerks = [code for code, role in ROLES.items() if role.scope == BRANCH]
        branch = Unit.objects.branch_of(account)
        return self.filter(by__unit__in=branch, by__role__in=clerks)


class ImportBatch(Versioned):
    """One file sent: previewed, applied, taken back. The stored bytes are what is applied."""

    class State(models.TextChoices):
        WAITING = "waiting", "Đang chờ đọc"
        READING = "reading", "Đang đọc"
        PREVIEW = "preview", "Chờ xem và áp dụng"
        APPLYING = "applying", "Đang ghi"
        APPLIED = "applied", "Đã áp dụng"
        UNDOING = "undoing", "Đang hoàn tác"
        UNDONE = "undone", "Đã hoàn tác"
        REFUSED = "refused", "Không đọc được"
        BROKEN = "broken", "Dừng giữa chừng"
        DROPPED = "dropped", "Đã bỏ"

    KINDS = [("roster", "Danh sách cán bộ"), ("history", "Danh sách đã qua đào tạo")]

    kind = models.CharField("loại", max_length=10, choices=KINDS, default="roster")
    state = models.CharField("trạng thái", max_length=10, choices=State.choices)
    file = models.FileField("tệp", upload_to="imports/%Y/%m", max_length=200)
    file_name = models.CharField("tên tệp", max_length=250)
    sha256 = models.CharField(max_length=64, db_index=True)
    file_kind = models.CharField("dạng", max_length=4, blank=True)
    text_code = models.CharField("bảng mã", max_length=8, blank=True)
    on = models.DateField("danh sách tính đến ngày")
    unit = models.ForeignKey(
        "cadres.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="đơn vị",
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="imports", verbose_name="người gửi"
    )
    absent = models.CharField(
        "người không còn trong danh sách",
        max_length=4,
        choices=[("keep", "Giữ nguyên"), ("end", "Kết thúc vị trí")],
        default="keep",
    )
    mapping = models.JSONField(default=dict, blank=True)  # {sheet: {column: field or null}}
    edits = models.JSONField(default=list, blank=True)  # [[sheet, row, column, text]]
    choices = models.JSONField(default=dict, blank=True)  # decisions taken on the preview
    counts = models.JSONField(default=dict, blank=True)
    issues = models.JSONField(default=list, blank=True)
    report = models.JSONField(default=dict, blank=True)  # sheets, absent people, error, undo result
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message = models.CharField(max_length=300, blank=True)
    heartbeat = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField("gửi lúc", auto_now_add=True)
    applied_at = models.DateTimeField("áp dụng lúc", null=True, blank=True)
    undone_at = models.DateTimeField("hoàn tác lúc", null=True, blank=True)

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        verbose_name = "lần nhập"
        verbose_name_plural = "các lần nhập"
        ordering = ["-id"]

    def __str__(self):
        return f"Lần nhập {self.pk}: {self.file_name}"


class ImportRow(models.Model):
    """A data row of the file: what it said, what became of it."""

    batch = models.ForeignKey(
        ImportBatch, models.CASCADE, related_name="rows", db_index=False
    )  # import_row_place begins with it
    sheet = models.CharField(max_length=100, blank=True)
    row = models.PositiveIntegerField()
    action = models.CharField(max_length=10)
    official = models.ForeignKey("cadres.Official", models.SET_NULL, null=True, related_name="+")
    unit_text = models.CharField(max_length=250, blank=True)
    values = models.JSONField(default=dict)
    raw = models.JSONField(default=list)  # the texts of the row's cells, from column A
    changed = models.JSONField(default=dict)
    reject_field = models.CharField(max_length=30, blank=True)

    class Meta:
        verbose_name = "dòng nhập"
        verbose_name_plural = "dòng nhập"
        ordering = ["id"]
        indexes = [models.Index(fields=["batch", "sheet", "row"], name="import_row_place")]

    def __str__(self):
        return f"{self.sheet}!{self.row} {self.action}"


class ImportCoverage(models.Model):
    """An applied roster told, for the day `on`, who is in this unit (of this kind of staff)."""

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="coverage")
    unit = models.ForeignKey(
        "cadres.Unit", models.PROTECT, related_name="+", db_index=False
    )  # import_coverage_unit begins with it
    staff_kind = models.CharField(max_length=4, blank=True)
    on = models.DateField()

    class Meta:
        verbose_name = "phạm vi danh sách"
        verbose_name_plural = "phạm vi danh sách"
        indexes = [models.Index(fields=["unit", "on"], name="import_coverage_unit")]

    def __str__(self):
        return f"{self.unit_id} {self.staff_kind} {self.on}"


class Change(models.Model):
    """A row that a batch wrote: its image before (null: it was new) and after (null: deleted)."""

    batch = models.ForeignKey(
        ImportBatch, models.CASCADE, related_name="changes", db_index=False
    )  # change_batch_official begins with it
    official_id = models.BigIntegerField(null=True)
    model = models.CharField(max_length=30)
    object_id = models.BigIntegerField()
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        verbose_name = "thay đổi"
        verbose_name_plural = "thay đổi"
        ordering = ["id"]
        indexes = [models.Index(fields=["batch", "official_id"], name="change_batch_official")]

    def __str__(self):
        return f"{self.model} {self.object_id}"


class SenderMapping(models.Model):
    """How a sender's layout was mapped by hand: used again for the same headings."""

    sender = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    layout = models.CharField(max_length=64)  # sha256 of the headings
    mapping = models.JSONField()
    used_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "cách hiểu cột"
        verbose_name_plural = "cách hiểu cột"
        constraints = [
            models.UniqueConstraint(fields=["sender", "layout"], name="sender_layout_once")
        ]

    def __str__(self):
        return f"{self.sender_id} {self.layout[:8]}"


class MatchDecision(models.Model):
    """A human decided whether a row's person is this official; asked once."""

    person_key = models.CharField(max_length=300, db_index=True)  # name | birth | unit
    official = models.ForeignKey("cadres.Official", models.CASCADE, related_name="+")
    same = models.BooleanField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "quyết định trùng người"
        verbose_name_plural = "quyết định trùng người"

    def __str__(self):
        return f"{self.person_key}: {'đúng' if self.same else 'khác'} {self.official_id}"
