"""Certificates of a class as one PDF: asked for, made in the background, kept for a week."""

import logging
import subprocess
import sys
import tempfile
from datetime import timedelta

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from cadres.audit import record
from courses.certificate_pdf import write_pdf
from courses.certificates import for_list
from courses.models import Certificate, PrintJob
from trainingplans.lib.commands import Refused

logger = logging.getLogger(__name__)
AT_ONCE = 50  # so many pages are made while the page waits
KEPT = timedelta(days=7)
QUIET = timedelta(seconds=60)
BEAT = 10  # pages between two signs of life
State = PrintJob.State


def in_force(training_class, account):
    """The certificates of a class to be printed, in the order of the register."""
    rows = Certificate.objects.visible_to(account).filter(
        enrolment__training_class=training_class,
        revoked_on__isnull=True,
        reissued_as__isnull=True,
    )
    return for_list(rows).order_by("year", "register_no")


@transaction.atomic
def ask(training_class, *, by, root):
    """The PrintJob of a class: the one under way, else a new one. Refused without certificates."""
    running = PrintJob.objects.select_for_update().filter(
        training_class=training_class, by=by, state=State.WORKING, heartbeat__gt=_alive()
    )
    if found := running.first():
        return found
    papers = in_force(training_class, by)
    total = papers.count()
    if not total:
        raise Refused("Lớp chưa có chứng chỉ nào còn hiệu lực để in.")
    _forget_old()
    job = PrintJob.objects.create(
        training_class=training_class, by=by, root=root, total=total, heartbeat=timezone.now()
    )
    first, last = papers.first(), papers.last()
    detail = {"number": total, "first": first.number, "last": last.number}
    record("certificates.print", by=by, subject=training_class, detail=detail)
    transaction.on_commit(lambda: start(job))
    return job


def _alive():
    return timezone.now() - QUIET


def is_broken(job):
    """Whether nothing has worked on an unfinished job for a minute."""
    return job.state == State.BROKEN or (job.state == State.WORKING and job.heartbeat < _alive())


@transaction.atomic
def again(job, *, by):
    """Start a job once more whose process died; Refused while it lives or when it is ready."""
    locked = PrintJob.objects.select_for_update().get(pk=job.pk)
    if not is_broken(locked):
        raise Refused("Tệp in vẫn đang được tạo hoặc đã xong; không cần chạy lại.")
    locked.state, locked.done, locked.heartbeat = State.WORKING, 0, timezone.now()
    locked.save()
    record("certificates.print", by=by, subject=locked.training_class, detail={"again": job.pk})
    transaction.on_commit(lambda: start(locked))


def start(job):
    """Make the file in a process that outlives the request and the browser."""
    if getattr(settings, "IMPORTS_INLINE", False):
        return work(job)
    subprocess.Popen(  # noqa: S603 - own program, no shell
        [sys.executable, "manage.py", "print_certificates", str(job.pk)],
        cwd=settings.BASE_DIR,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def work(job):
    """Make the PDF to its end; what goes wrong is said on the job."""
    try:
        papers = list(in_force(job.training_class, job.by))
        with tempfile.TemporaryFile() as out:
            write_pdf(_counted(papers, job), out, check_url=lambda code: _check_url(job, code))
            out.seek(0)
            job.file.save(f"chung-chi-{job.training_class.code}.pdf", File(out), save=False)
        job.state, job.done, job.total = State.READY, len(papers), len(papers)
    except Exception:
        job.state = State.BROKEN
        logger.exception("print job failed: %s", job.pk)
    job.heartbeat = timezone.now()
    job.save()


def _check_url(job, code):
    return f"{job.root}{reverse('courses:certificate_check', args=[code])}"


def _counted(papers, job):
    """The papers one by one; every few, the job says how far it is."""
    for number, paper in enumerate(papers):
        if number % BEAT == 0:
            PrintJob.objects.filter(pk=job.pk).update(done=number, heartbeat=timezone.now())
        yield paper


def _forget_old():
    """Files of personal data do not lie about: a week later they are gone."""
    for job in PrintJob.objects.filter(created_at__lt=timezone.now() - KEPT):
        if job.file:
            job.file.delete(save=False)
        job.delete()
