"""What: the catalogue of training contents."""

from django.db import models

from cadres.choices import Ladder


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
