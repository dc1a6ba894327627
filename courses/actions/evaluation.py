"""Writes about questionnaires."""

from django.db import transaction

from cadres.audit import record
from courses.models import EvaluationAnswer, Questionnaire
from trainingplans.lib.commands import Refused


@transaction.atomic
def change_questionnaire(form, questions, *, by):
    """Save a questionnaire with its questions; Refused where answers would lose theirs.

    Words may be mended at any time; a question that was answered stays, and so does its kind.
    """
    before = Questionnaire.objects.select_for_update().get(pk=form.instance.pk)
    kept = {question["code"]: question["kind"] for question in questions}
    gone = [q for q in before.questions if kept.get(q["code"]) != q["kind"]]
    answered = EvaluationAnswer.objects.filter(round__questionnaire=before)
    if gone and answered.exists():
        names = "; ".join(f"“{question['text']}”" for question in gone)
        raise Refused(
            f"Đã có phiếu trả lời, không bỏ hay đổi cách trả lời của câu: {names}. "
            "Sửa lời câu hỏi, hoặc thêm câu mới."
        )
    if not questions:
        raise Refused("Phiếu phải có ít nhất một câu hỏi.")
    row = form.save(commit=False)
    row.questions = questions
    row.version = before.version + 1
    row.save()
    record("questionnaire.change", by=by, subject=row)
    return row
