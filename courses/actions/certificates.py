"""Writes of the certificate register: issued in bulk, reissued, revoked; records follow."""

from django.db import transaction
from simple_history.utils import bulk_create_with_history

from cadres.audit import record
from courses import granting
from courses.actions.locking import locked_class
from courses.actions.results import OPEN_FOR_RESULTS, Done
from courses.certificates import last_register_no, new_code, number_of, series_of, to_issue
from courses.models import Certificate, Enrolment, Institution
from trainingplans.lib.commands import Refused
from trainingplans.lib.dates import add_years, show, today

ACT = "certificates.issue"


@transaction.atomic
def issue(training_class, ids, *, on, signer, by):
    """Issue certificates to these enrolments of a class, numbered in name order; returns Done.

    The register of the institution and year goes on without a gap, whoever issues at the same
    time. Who holds one is skipped, so that sending twice issues once. Refused for ids of another
    class, for a class without institution or before its results.
    """
    training_class = locked_class(training_class.pk)
    _check(training_class, on)
    learners = {row.pk: row for row in _learners(training_class, ids)}
    if strange := set(ids) - set(learners):
        raise Refused(f"Có {len(strange)} dòng không thuộc lớp này. Mở lại trang rồi cấp tiếp.")
    institution = _locked_institution(training_class.institution_id)
    entitled = [row for row in to_issue(training_class) if row.pk in learners]
    done = Done(skipped=_skipped(learners, entitled))
    if entitled:
        done.changed = _create(institution, entitled, on, signer, by)
        granting.sync([learners[row.pk] for row in entitled], by=by)
        done.event = _record_issue(training_class, done.changed, by)
    return done


def _check(training_class, on):
    if training_class.institution_id is None:
        raise Refused("Lớp chưa ghi cơ sở đào tạo. Ghi ở trang sửa lớp trước khi cấp chứng chỉ.")
    if training_class.state not in OPEN_FOR_RESULTS:
        raise Refused("Lớp chưa khai giảng. Cấp chứng chỉ sau khi có kết quả.")
    if training_class.ends_on and on < training_class.ends_on:
        last = f"{training_class.ends_on:%d/%m/%Y}"
        raise Refused(f"Ngày cấp {on:%d/%m/%Y} trước ngày bế giảng {last}. Chọn ngày từ {last}.")
    _check_soon(on, training_class.ends_on)


def _check_soon(on, after):
    """A ceremony may be ahead; a day years ahead is a slip, and would open its year's register."""
    latest = max(today(), add_years(after or today(), 1))
    if on > latest:
        raise Refused(f"Ngày cấp {show(on)} còn xa. Chọn ngày đến {show(latest)}.")


def _learners(training_class, ids):
    rows = Enrolment.objects.filter(training_class=training_class, pk__in=list(ids))
    rows = rows.select_related(
        "official", "institution", "course__grants_level", "course__grants_language"
    )
    return rows.order_by("official__sort_key", "pk")


def _skipped(learners, entitled):
    getting = {row.pk for row in entitled}
    return [
        (row, "đã có chứng chỉ" if row.completed else "chưa đạt")
        for pk, row in learners.items()
        if pk not in getting
    ]


def _locked_institution(pk):
    """The institution, locked: those who number its papers take turns."""
    return Institution.objects.select_for_update().get(pk=pk)


def _create(institution, learners, on, signer, by, replaces=None):
    series, last = series_of(institution), last_register_no(institution, on.year)
    rows = [
        Certificate(
            enrolment=row,
            institution=institution,
            year=on.year,
            register_no=number,
            number=number_of(series, number, on.year),
            issued_on=on,
            signer=signer.strip()[:120],
            code=new_code(),
            replaces=replaces,
            by=by,
        )
        for number, row in enumerate(learners, last + 1)
    ]
    return bulk_create_with_history(rows, Certificate, default_user=by)


def _record_issue(training_class, papers, by):
    first, last = papers[0].number, papers[-1].number
    detail = {"certificates": [paper.pk for paper in papers], "first": first, "last": last}
    return record(ACT, by=by, subject=training_class, unit=training_class.organiser, detail=detail)


@transaction.atomic
def unissue(event, *, by):
    """Take back what one act issued, while nothing was entered in the register after it.

    The numbers are free again, so that the register has no gap; returns how many.
    """
    training_class = locked_class(event.subject_id)
    institution = _locked_institution(training_class.institution_id)
    papers = Certificate.objects.filter(pk__in=event.detail["certificates"])
    papers = list(papers.order_by("register_no"))
    if not papers:
        raise Refused("Các chứng chỉ này đã được thu lại rồi.")
    last = last_register_no(institution, papers[0].year)
    changed = any(paper.revoked_on or _reissued(paper) for paper in papers)
    if changed or papers[-1].register_no != last:
        raise Refused(
            "Sổ đã có số cấp sau, hoặc chứng chỉ đã được cấp lại, thu hồi. Thu hồi từng chứng chỉ."
        )
    enrolments = [paper.enrolment_id for paper in papers]
    for paper in reversed(papers):
        paper._history_user = by
        paper.delete()
    granting.sync(_learners(training_class, enrolments), by=by)
    detail = {"taken_back": len(papers), "first": papers[0].number, "last": papers[-1].number}
    record(
        "certificates.unissue",
        by=by,
        subject=training_class,
        unit=training_class.organiser,
        detail=detail,
    )
    return len(papers)


def _reissued(paper):
    return Certificate.objects.filter(replaces=paper).exists()


@transaction.atomic
def reissue(certificate, *, on, signer, reason, by):
    """Issue a new paper in place of one that was lost or wrong; the old one no longer counts."""
    institution = _locked_institution(certificate.institution_id)
    old = _locked(certificate)
    if old.revoked_on:
        raise Refused(f"Chứng chỉ {old.number} đã bị thu hồi, không cấp lại.")
    if _reissued(old):
        raise Refused(f"Chứng chỉ {old.number} đã được cấp lại rồi.")
    if not reason.strip():
        raise Refused("Ghi lý do cấp lại.")
    if on < old.issued_on:
        raise Refused(f"Ngày cấp lại trước ngày cấp {old.issued_on:%d/%m/%Y}.")
    _check_soon(on, old.issued_on)
    [new] = _create(institution, [old.enrolment], on, signer, by, replaces=old)
    _follow(old, by)
    _record("certificate.reissue", new, by, reason=reason.strip(), old=old.number)
    return new


@transaction.atomic
def revoke(certificate, *, on, reason, by):
    """Take a certificate out of force from a day on, and the level it proves with it."""
    paper = _locked(certificate)
    if paper.revoked_on or _reissued(paper):
        raise Refused(f"Chứng chỉ {paper.number} không còn hiệu lực.")
    if not reason.strip():
        raise Refused("Ghi lý do thu hồi.")
    if on < paper.issued_on:
        raise Refused(f"Ngày thu hồi trước ngày cấp {paper.issued_on:%d/%m/%Y}.")
    return _set_revoked(paper, on, reason.strip()[:250], "certificate.revoke", by)


@transaction.atomic
def unrevoke(certificate, *, by):
    """Take a revocation back; Refused when the result was corrected or a new paper is there."""
    paper = _locked(certificate)
    if not paper.revoked_on:
        raise Refused(f"Chứng chỉ {paper.number} đang có hiệu lực.")
    if not paper.enrolment.completed:
        raise Refused("Kết quả của người này không còn là đạt. Sửa kết quả trước.")
    newer = Certificate.objects.filter(enrolment=paper.enrolment, pk__gt=paper.pk)
    if newer.filter(revoked_on__isnull=True).exists():
        raise Refused("Người này đã có chứng chỉ khác cho lớp này.")
    return _set_revoked(paper, None, "", "certificate.unrevoke", by)


def _locked(certificate):
    rows = Certificate.objects.select_for_update(of=("self",))
    return rows.select_related("enrolment__official", "enrolment__unit").get(pk=certificate.pk)


def _set_revoked(paper, day, reason, act, by):
    paper.revoked_on, paper.revoke_reason, paper.version = day, reason, paper.version + 1
    paper._history_user = by
    paper.save()
    _follow(paper, by)
    _record(act, paper, by, reason=reason)
    return paper


def _follow(paper, by):
    """The record says what is on the paper."""
    enrolment = paper.enrolment
    granting.sync(_learners(enrolment.training_class_id, [enrolment.pk]), by=by)


def _record(act, paper, by, **detail):
    person = paper.enrolment.official
    detail |= {"official": person.pk, "name": person.full_name}
    record(act, by=by, subject=paper, unit=paper.enrolment.unit, detail=detail)
