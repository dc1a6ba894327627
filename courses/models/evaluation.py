"""What learners, teachers and units think of a class; answers are not tied to names."""

from django.db import models

from cadres.models.base import Versioned
from courses.models.classes import TrainingClass
from courses.models.enrolments import Enrolment


class Questionnaire(Versioned):
    """Questions for one kind of people; `questions`: [{code, text, kind: score|text, about}]."""

    class Audience(models.TextChoices):
        LEARNER = "learner", "Học viên, cuối lớp"
        TEACHER = "teacher", "Giảng viên"
        UNIT = "unit", "Đơn vị cử đi, sau một thời gian"

    audience = models.CharField("dành cho", max_length=7, choices=Audience.choices)
    title = models.CharField("tên phiếu", max_length=200)
    questions = models.JSONField("câu hỏi", default=list)
    after_months = models.PositiveSmallIntegerField("gửi sau khi kết thúc (tháng)", default=0)
    is_active = models.BooleanField("đang dùng", default=True)

    class Meta:
        verbose_name = "phiếu đánh giá"
        verbose_name_plural = "phiếu đánh giá"

    def __str__(self):
        return self.title


class EvaluationRound(models.Model):
    """One questionnaire sent for one class."""

    training_class = models.ForeignKey(
        TrainingClass, models.PROTECT, related_name="evaluations", verbose_name="lớp"
    )
    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, verbose_name="phiếu")
    opens_on = models.DateField("mở từ ngày")
    closes_on = models.DateField("đến hết ngày")

    class Meta:
        verbose_name = "đợt đánh giá"
        verbose_name_plural = "đợt đánh giá"
        constraints = [
            models.UniqueConstraint(
                fields=["training_class", "questionnaire"], name="evaluation_once_a_class"
            )
        ]

    def __str__(self):
        return f"{self.questionnaire} – {self.training_class}"


class EvaluationToken(models.Model):
    """The right of one person to answer once; it knows whether it was used, not what was said."""

    round = models.ForeignKey(EvaluationRound, models.CASCADE, related_name="tokens")
    digest = models.CharField(max_length=64, unique=True)  # sha256 of the token in the link
    enrolment = models.ForeignKey(
        Enrolment, models.CASCADE, null=True, blank=True, related_name="+"
    )
    unit = models.ForeignKey("cadres.Unit", models.CASCADE, null=True, blank=True, related_name="+")
    instructor = models.ForeignKey(
        "courses.Instructor", models.CASCADE, null=True, blank=True, related_name="+"
    )
    used = models.BooleanField(default=False)
    reminded_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = "lượt mời đánh giá"
        verbose_name_plural = "lượt mời đánh giá"

    def __str__(self):
        return f"{self.round_id}"


class EvaluationAnswer(models.Model):
    """What somebody of a round answered; no name, no token, no time, random order of ids."""

    id = models.UUIDField(primary_key=True)
    round = models.ForeignKey(EvaluationRound, models.CASCADE, related_name="answers")
    answers = models.JSONField(default=dict)  # {code of question: score 1–5 or text}

    class Meta:
        verbose_name = "phiếu trả lời"
        verbose_name_plural = "phiếu trả lời"

    def __str__(self):
        return f"{self.round_id}"
