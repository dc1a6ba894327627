"""Certificates of a class in one PDF: at once for a few, in the background for many."""

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courses.actions import printing as acts
from courses.class_page import class_of
from courses.models import PrintJob
from courses.views.certificates import ISSUE, TAB, pdf_of
from trainingplans.lib.access import needs
from trainingplans.lib.commands import Refused

PAGE = "courses:print_job"
LEAVE = "Có thể rời trang hoặc tắt trình duyệt, việc vẫn chạy."


@require_http_methods(["GET", "POST"])
@needs(ISSUE)
def class_print(request, pk):
    """All certificates in force of a class, one a page; POST makes the file in the background."""
    training_class = class_of(request, pk)
    papers = acts.in_force(training_class, request.user)
    if request.method == "GET":
        if papers.count() > acts.AT_ONCE:
            messages.info(request, "Lớp có nhiều chứng chỉ. Bấm Tạo PDF để in để cổng tạo tệp.")
            return redirect(TAB, pk)
        return pdf_of(request, papers, f"chung-chi-{training_class.code}.pdf", training_class)
    try:
        job = acts.ask(training_class, by=request.user, root=root_of(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(TAB, pk)
    return redirect(PAGE, job.pk)


def root_of(request):
    """The portal's own address, without a path."""
    return request.build_absolute_uri("/").rstrip("/")


def job_of(request, pk):
    """The job, if the account asked for it; 404 otherwise."""
    rows = PrintJob.objects.visible_to(request.user).select_related("training_class", "by")
    return get_object_or_404(rows, pk=pk)


@require_GET
@needs(ISSUE)
def print_job(request, pk):
    """How far the file is; the file once it is ready."""
    return render(request, "courses/print_job.html", context_of(job_of(request, pk)))


def context_of(job):
    broken = acts.is_broken(job)
    working = job.state == PrintJob.State.WORKING and not broken
    return {"job": job, "broken": broken, "progress": progress_of(job) if working else None}


def progress_of(job):
    return {
        "label": "Đang tạo tệp PDF",
        "done": job.done,
        "total": job.total,
        "note": LEAVE,
        "poll_url": reverse("courses:print_progress", args=[job.pk]),
    }


@require_GET
@needs(ISSUE)
def print_progress(request, pk):
    """The part that the page asks for; one reload when the work is over."""
    context = context_of(job_of(request, pk))
    response = render(request, "courses/_print_progress.html", context)
    # Only when asked by the part that no longer polls: each poll would cut off the reload.
    if "xong" in request.GET:
        response["HX-Refresh"] = "true"
    return response


@require_POST
@needs(ISSUE)
def print_again(request, pk):
    """Start again what stopped half-way."""
    job = job_of(request, pk)
    try:
        acts.again(job, by=request.user)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect(PAGE, pk)


@require_GET
@needs(ISSUE)
def print_file(request, pk):
    """The file that was made."""
    job = job_of(request, pk)
    if job.state != PrintJob.State.READY or not job.file.storage.exists(job.file.name):
        raise Http404
    name = f"chung-chi-{job.training_class.code}.pdf"
    return FileResponse(job.file.open(), as_attachment=True, filename=name)
