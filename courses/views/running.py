"""What the pages of a running class share: uploads, undo of the last act, who may do what."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from cadres.intake.types import IntakeError
from cadres.models import AuditEvent
from cadres.views.common import offer_undo
from courses.actions import attendance as marking
from courses.actions import results as grading
from courses.class_page import class_of
from courses.named_sheets import read_named_sheet
from trainingplans.lib.access import needs
from trainingplans.lib.commands import Refused
from trainingplans.lib.numbers import format_number
from trainingplans.lib.sheets import MIME

RUN = "courses.run_class"
ACCEPT = ".xlsx,.xlsm,.xlsb,.xls,.ods,.csv"
UNDOES = {
    marking.ACT: (marking.undo_marks, "courses:class_attendance"),
    marking.UNDO: (marking.undo_marks, "courses:class_attendance"),
    grading.ACT: (grading.undo_results, "courses:class_results"),
    grading.UNDO: (grading.undo_results, "courses:class_results"),
}
SHOWN = 5


class SheetForm(forms.Form):
    """One workbook."""

    file = forms.FileField(
        label="Tệp Excel",
        allow_empty_file=True,
        help_text="xlsx, xls, ods hoặc csv. Cột “Họ và tên” là bắt buộc; thứ tự cột tùy ý.",
        error_messages={"required": "Chưa chọn tệp. Chọn tệp danh sách của lớp."},
    )


def read_upload(form):
    """The NamedSheet of a valid upload form; None with the error on the form."""
    try:
        return read_named_sheet(form.cleaned_data["file"].read())
    except IntakeError as fault:
        form.add_error("file", fault.message)
        return None


def workbook(data, name):
    """The answer that downloads a workbook."""
    response = HttpResponse(data, content_type=MIME)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def tell(request, done, what, training_class):
    """Say what a bulk act did: changed with an undo, skipped with the reasons."""
    if done.event:
        text = f"Đã ghi {format_number(len(done.changed))} {what}."
        undo = reverse("courses:class_undo", args=[training_class.pk, done.event.pk])
        offer_undo(request, text, undo)
    elif not done.skipped:
        messages.info(request, "Không có gì thay đổi.")
    for row, why in done.skipped[:SHOWN]:
        messages.warning(request, f"Giữ nguyên {getattr(row, 'official', 'một ô')}: {why}.")
    if len(done.skipped) > SHOWN:
        messages.warning(request, f"Và {len(done.skipped) - SHOWN} mục khác được giữ nguyên.")


@require_POST
@needs(RUN)
def class_undo(request, pk, event):
    """Take back one act of marks or results of this class."""
    training_class = class_of(request, pk)
    subject = training_class._meta.label_lower
    found = AuditEvent.objects.filter(pk=event, subject=subject, subject_id=pk, act__in=UNDOES)
    act = found.first()
    if act is None:
        raise Http404
    undo, back = UNDOES[act.act]
    try:
        done = undo(act, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        tell(request, done, "mục như trước", training_class)
    return redirect(back, pk)
