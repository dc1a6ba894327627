"""What is taught, where and by whom: categories, courses, institutions, instructors."""

from django.db import models
from simple_history.models import HistoricalRecords

from cadres.choices import Ladder
from cadres.models.base import Versioned


class Form(models.TextChoices):
    DAO_TAO = "dao_tao", "Đào tạo"
    BOI_DUONG = "boi_duong", "Bồi dưỡng"


class Category(models.Model):
    """A content of training in the tree of report forms; đào tạo and bồi dưỡng are apart."""

    code = models.CharField("mã", max_length=20, unique=True)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name="thuộc nhóm",
    )
    form = models.CharField("hình thức", max_length=10, choices=Form.choices)
    name = models.CharField("tên", max_length=150)
    ladder = models.CharField(
        "nâng thang trình độ", max_length=20, choices=Ladder.choices, blank=True
    )
    usual_organiser = models.CharField("nơi thường tổ chức", max_length=150, blank=True)
    note = models.CharField("ghi chú", max_length=250, blank=True)

    class Meta:
        verbose_name = "nội dung đào tạo, bồi dưỡng"
        verbose_name_plural = "nội dung đào tạo, bồi dưỡng"
        ordering = ["code"]

    def __str__(self):
        return self.name


class InstitutionQuerySet(models.QuerySet):
    def visible_to(self, account):
        """Every institution; a school sees itself only."""
        if account.role == "school":
            return self.filter(unit=account.unit_id)
        return self.all()

    def for_list(self):
        return self.select_related("unit").order_by("sort_key", "pk")


class Institution(Versioned):
    """A place that teaches; its people log in under `unit`."""

    name = models.CharField("tên cơ sở đào tạo", max_length=200, unique=True)
    short_name = models.CharField("tên viết tắt", max_length=40, blank=True)
    unit = models.OneToOneField(
        "cadres.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="institution",
        verbose_name="đơn vị trên cổng",
        help_text="Tài khoản của đơn vị này thấy các lớp do cơ sở tổ chức.",
    )
    address = models.CharField("địa chỉ", max_length=250, blank=True)
    contact = models.CharField("liên hệ", max_length=200, blank=True)
    contract = models.CharField("hợp đồng, thỏa thuận", max_length=250, blank=True)
    capacity = models.PositiveIntegerField("số học viên cùng lúc", null=True, blank=True)
    certificate_series = models.CharField(
        "mẫu số chứng chỉ",
        max_length=40,
        blank=True,
        help_text="Ví dụ {so}/{nam}/CC-TCT: {so} là số thứ tự trong năm, {nam} là năm cấp.",
    )
    is_active = models.BooleanField("đang hợp tác", default=True)
    search_key = models.CharField(max_length=250, editable=False, db_index=True)
    sort_key = models.CharField(max_length=900, editable=False)

    objects = InstitutionQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_key", "sort_key"])

    class Meta:
        verbose_name = "cơ sở đào tạo"
        verbose_name_plural = "cơ sở đào tạo"
        ordering = ["sort_key"]

    def __str__(self):
        return self.name


class Course(Versioned):
    """A course of the catalogue: content, hours, for whom, and the level that it grants."""

    class OnResult(models.TextChoices):
        """What a passed course does to the record of the official."""

        GRANT = "grant", "Ghi ngay vào hồ sơ"
        REVIEW = "review", "Chờ xem lại rồi ghi"
        NOTHING = "nothing", "Không ghi trình độ"

    code = models.CharField("mã khóa", max_length=40, unique=True)
    name = models.CharField("tên khóa", max_length=250)
    category = models.ForeignKey(
        Category, models.PROTECT, related_name="courses", verbose_name="nội dung"
    )
    hours = models.PositiveIntegerField("số tiết", null=True, blank=True)
    audience = models.JSONField("dành cho ai", null=True, blank=True)  # a rule; null: everybody
    prerequisites = models.JSONField("điều kiện học trước", null=True, blank=True)  # a rule
    on_result = models.CharField(
        "khi học xong", max_length=8, choices=OnResult.choices, default=OnResult.GRANT
    )
    grants_level = models.ForeignKey(
        "cadres.Level",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="đạt bậc",
    )
    grants_language = models.ForeignKey(
        "cadres.EthnicGroup",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="tiếng dân tộc",
    )
    counts_yearly = models.BooleanField("tính vào 40 tiết mỗi năm", default=True)
    repeat_after_years = models.PositiveSmallIntegerField(
        "học lại sau (năm)",
        null=True,
        blank=True,
        help_text="Bỏ trống: đã học thì không cần học lại.",
    )
    legal_basis = models.CharField("căn cứ", max_length=300, blank=True)
    is_active = models.BooleanField("đang dùng", default=True)
    search_key = models.CharField(max_length=320, editable=False, db_index=True)
    sort_key = models.CharField(max_length=1100, editable=False)

    history = HistoricalRecords(excluded_fields=["search_key", "sort_key"])

    class Meta:
        verbose_name = "khóa đào tạo, bồi dưỡng"
        verbose_name_plural = "khóa đào tạo, bồi dưỡng"
        ordering = ["sort_key"]

    def __str__(self):
        return self.name


class InstructorQuerySet(models.QuerySet):
    def visible_to(self, account):
        """Everybody who teaches; a school sees its own people."""
        if account.role == "school":
            return self.filter(institution__unit=account.unit_id, institution__unit__isnull=False)
        return self.all()


class Instructor(Versioned):
    """Somebody who teaches; perhaps an official, perhaps a guest."""

    full_name = models.CharField("họ và tên", max_length=120)
    official = models.ForeignKey(
        "cadres.Official",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="hồ sơ cán bộ",
    )
    institution = models.ForeignKey(
        Institution,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="instructors",
        verbose_name="cơ sở đào tạo",
    )
    grade = models.CharField("học hàm, học vị, chức danh", max_length=120, blank=True)
    languages = models.ManyToManyField(
        "cadres.EthnicGroup", blank=True, related_name="+", verbose_name="dạy được bằng tiếng"
    )
    phone = models.CharField("điện thoại", max_length=20, blank=True)
    email = models.EmailField("thư điện tử", blank=True)
    note = models.CharField("ghi chú", max_length=250, blank=True)
    is_active = models.BooleanField("đang mời giảng", default=True)
    search_key = models.CharField(max_length=250, editable=False, db_index=True)
    sort_key = models.CharField(max_length=500, editable=False)

    objects = InstructorQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_key", "sort_key"])

    class Meta:
        verbose_name = "giảng viên"
        verbose_name_plural = "giảng viên"
        ordering = ["sort_key"]

    def __str__(self):
        return self.full_name
