"""Officials and what is true of them during periods: postings, qualifications, party, planning."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from simple_history.models import HistoricalRecords

from cadres.choices import Gender, Ladder, Source, StaffKind
from cadres.models.base import Period, PeriodQuerySet, Versioned, period_constraint
from cadres.models.finding import may_be_found
from cadres.models.standings import Standing
from cadres.models.units import Unit
from cadres.roles import ALL, OWN
from trainingplans.lib.dates import DAY, PRECISIONS, PartialDate, today
from trainingplans.lib.text import fold, tidy


def precision_field(label):
    """How much of the date beside it is known."""
    return models.CharField(label, max_length=5, choices=PRECISIONS, default=DAY)


def partial(day, precision):
    """The PartialDate of two columns, or None."""
    return PartialDate(day, precision) if day else None


class OfficialQuerySet(models.QuerySet):
    def visible_to(self, account):
        """The officials that `account` may see today; every read about people starts here."""
        if not getattr(account, "is_active", False):
            return self.none()
        if account.scope == ALL:
            return self.all()
        if account.scope == OWN:
            return self.filter(pk=account.official_id)
        return self.in_units(Unit.objects.branch_of(account), on=today())

    def in_units(self, units, on):
        """Those whose main (or last, or first coming) post on the day `on` is in `units`."""
        here = Standing.objects.at(on).filter(official=OuterRef("pk"), unit__in=units)
        return self.filter(Exists(here))

    def search(self, text):
        """By name without diacritics, or the whole personal id or staff code."""
        return self.filter(search_condition(text)) if fold(text) else self


def search_condition(text, of=""):
    """The condition behind `search`; `of` is the way to the official, such as "official__"."""
    key, code = fold(text), tidy(text)
    number = code.replace(" ", "")
    found = (
        Q(**{f"{of}search_key__contains": key})
        | Q(**{f"{of}personal_id": number})
        | Q(**{f"{of}staff_code": code})
    )
    return found & may_be_found(f"{of}pk", key, number, code)


class OfficialRowQuerySet(PeriodQuerySet):
    """Rows that hang on an official: seen by whoever sees the official."""

    def visible_to(self, account):
        return self.filter(official__in=Official.objects.visible_to(account))


class Official(Versioned):
    """A person in the records: cán bộ, công chức, viên chức or a part-time worker."""

    full_name = models.CharField("họ và tên", max_length=120)
    sort_name = models.CharField(
        "xếp theo tên",
        max_length=120,
        blank=True,
        help_text="Chỉ ghi khi tên gọi không phải là từ cuối, ví dụ H'Bia Niê xếp theo “Bia”.",
    )
    search_key = models.CharField(max_length=250, editable=False, db_index=True)
    sort_key = models.CharField(max_length=500, editable=False, db_index=True)
    birth_date = models.DateField("ngày sinh", null=True, blank=True)
    birth_precision = precision_field("biết đến")
    gender = models.CharField("giới tính", max_length=3, choices=Gender.choices, blank=True)
    ethnic_group = models.ForeignKey(
        "cadres.EthnicGroup",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="dân tộc",
        db_index=False,  # lists and figures ask the standings
    )
    personal_id = models.CharField("số CCCD", max_length=12, null=True, blank=True, unique=True)  # noqa: DJ001
    staff_code = models.CharField("mã cán bộ", max_length=40, blank=True, db_index=True)
    recruited_on = models.DateField("ngày tuyển dụng", null=True, blank=True)
    recruited_precision = precision_field("biết đến")
    education = models.CharField("trình độ văn hóa", max_length=20, blank=True)
    phone = models.CharField("điện thoại", max_length=20, blank=True)
    email = models.CharField("thư điện tử", max_length=120, blank=True)
    note = models.CharField("ghi chú", max_length=500, blank=True)
    retires_on = models.DateField("nghỉ hưu (dự kiến)", null=True, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="doubles",
        db_index=False,  # official_merged
    )

    objects = OfficialQuerySet.as_manager()
    history = HistoricalRecords(
        excluded_fields=["search_key", "sort_key"],
        no_db_index=["ethnic_group", "merged_into", "personal_id", "staff_code"],
    )

    class Meta:
        verbose_name = "cán bộ"
        verbose_name_plural = "cán bộ, công chức, viên chức"
        constraints = [
            models.CheckConstraint(
                condition=Q(personal_id__isnull=True) | Q(personal_id__regex=r"^\d{12}$"),
                name="official_personal_id_12_digits",
                violation_error_message="Số CCCD phải có đúng 12 chữ số.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["merged_into"],
                name="official_merged",
                condition=Q(merged_into__isnull=False),
            )
        ]

    def __str__(self):
        return self.full_name

    @property
    def birth(self):
        """The PartialDate of birth, or None."""
        return partial(self.birth_date, self.birth_precision)

    @property
    def recruited(self):
        """The PartialDate of recruitment, or None."""
        return partial(self.recruited_on, self.recruited_precision)

    @property
    def masked_id(self):
        """The personal id with its middle hidden: 0111 •••• 0123."""
        return f"{self.personal_id[:4]} •••• {self.personal_id[-4:]}" if self.personal_id else ""


class Posting(Period, Versioned):
    """A post of an official in a unit; one main post at a time, any number beside it."""

    official = models.ForeignKey(
        Official,
        models.CASCADE,
        related_name="postings",
        verbose_name="cán bộ",
        db_index=False,  # posting_official begins with it
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="postings", verbose_name="đơn vị")
    staff_kind = models.CharField("loại", max_length=4, choices=StaffKind.choices, blank=True)
    position = models.CharField("chức vụ, chức danh", max_length=250, blank=True)
    rank_code = models.CharField("mã ngạch", max_length=12, blank=True)
    leadership = models.BooleanField("giữ chức vụ lãnh đạo, quản lý", default=False)
    is_main = models.BooleanField("vị trí chính", default=True)
    decision = models.CharField("quyết định", max_length=200, blank=True)
    ended_by = models.CharField(
        "lý do thôi",
        max_length=12,
        blank=True,
        choices=[
            ("transferred", "Chuyển đi"),
            ("retired", "Nghỉ hưu"),
            ("left", "Thôi việc"),
            ("changed", "Thay đổi vị trí"),
        ],
    )

    objects = OfficialRowQuerySet.as_manager()
    history = HistoricalRecords(no_db_index=["unit"])

    class Meta:
        verbose_name = "vị trí công tác"
        verbose_name_plural = "vị trí công tác"
        ordering = ["-valid_from", "-id"]
        constraints = [period_constraint("posting_period")]
        indexes = [models.Index(fields=["official", "valid_from"], name="posting_official")]

    def __str__(self):
        return f"{self.position or 'Chưa rõ chức vụ'}, {self.unit}"


class Qualification(Period, Versioned):
    """A level on a ladder. Without a level the `detail` holds the text as it was written."""

    official = models.ForeignKey(
        Official,
        models.CASCADE,
        related_name="qualifications",
        verbose_name="cán bộ",
        db_index=False,  # qualification_official begins with it
    )
    ladder = models.CharField("thang", max_length=20, choices=Ladder.choices)
    level = models.ForeignKey(
        "cadres.Level",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="bậc",
        db_index=False,  # who holds a level is asked of the standings
    )
    detail = models.CharField(
        "chi tiết",
        max_length=250,
        blank=True,
        help_text="Chuyên ngành, tên tiếng dân tộc, hoặc nguyên văn như trong danh sách.",
    )
    awarded_on = models.DateField("cấp ngày", null=True, blank=True)
    awarded_precision = precision_field("biết đến")
    issuer = models.CharField("nơi cấp (như ghi trên bằng)", max_length=200, blank=True)
    certificate_no = models.CharField("số hiệu", max_length=60, blank=True)
    source = models.CharField("nguồn", max_length=12, choices=Source.choices, default=Source.SCREEN)
    verified = models.BooleanField("đã xác minh", default=False)
    revoked_on = models.DateField("thu hồi ngày", null=True, blank=True)

    objects = OfficialRowQuerySet.as_manager()
    history = HistoricalRecords(no_db_index=["level"])

    class Meta:
        verbose_name = "trình độ"
        verbose_name_plural = "văn bằng, chứng chỉ"
        ordering = ["ladder", "-valid_from", "-id"]
        constraints = [period_constraint("qualification_period")]
        indexes = [models.Index(fields=["official", "ladder"], name="qualification_official")]

    def __str__(self):
        return f"{self.get_ladder_display()}: {self.level.name if self.level else self.detail}"

    @property
    def awarded(self):
        """The PartialDate of the award, or None."""
        return partial(self.awarded_on, self.awarded_precision)


class PartyStatus(Period, Versioned):
    """Whether the official is a party member during a period; no row means not recorded."""

    official = models.ForeignKey(
        Official, models.CASCADE, related_name="party_statuses", verbose_name="cán bộ"
    )
    member = models.BooleanField("đảng viên")
    joined_on = models.DateField("ngày vào Đảng", null=True, blank=True)
    joined_precision = precision_field("biết đến")

    objects = OfficialRowQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "đảng viên"
        verbose_name_plural = "đảng viên"
        ordering = ["-valid_from", "-id"]
        constraints = [period_constraint("party_status_period")]

    def __str__(self):
        return "Đảng viên" if self.member else "Chưa là đảng viên"

    @property
    def joined(self):
        """The PartialDate of joining, or None."""
        return partial(self.joined_on, self.joined_precision)


class PlanningEntry(Period, Versioned):
    """Quy hoạch: planned for a post during a term."""

    official = models.ForeignKey(
        Official, models.CASCADE, related_name="planning_entries", verbose_name="cán bộ"
    )
    post = models.CharField("chức danh quy hoạch", max_length=250, blank=True)
    term = models.CharField("nhiệm kỳ, giai đoạn", max_length=40, blank=True)
    decision = models.CharField("quyết định", max_length=200, blank=True)

    objects = OfficialRowQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "quy hoạch"
        verbose_name_plural = "quy hoạch"
        ordering = ["-valid_from", "-id"]
        constraints = [period_constraint("planning_entry_period")]

    def __str__(self):
        return f"Quy hoạch {self.post} {self.term}".strip()


class Appraisal(Versioned):
    """The yearly assessment."""

    GRADES = [
        ("HTXS", "Hoàn thành xuất sắc nhiệm vụ"),
        ("HTT", "Hoàn thành tốt nhiệm vụ"),
        ("HT", "Hoàn thành nhiệm vụ"),
        ("KHT", "Không hoàn thành nhiệm vụ"),
    ]
    official = models.ForeignKey(
        Official, models.CASCADE, related_name="appraisals", verbose_name="cán bộ"
    )
    year = models.PositiveSmallIntegerField("năm")
    grade = models.CharField("xếp loại", max_length=4, choices=GRADES)

    objects = OfficialRowQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "đánh giá, xếp loại"
        verbose_name_plural = "đánh giá, xếp loại"
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["official", "year"],
                name="appraisal_once_a_year",
                violation_error_message="Năm này đã có kết quả đánh giá.",
            )
        ]

    def __str__(self):
        return f"{self.year}: {self.get_grade_display()}"
