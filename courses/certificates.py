"""Certificates as they are read: numbers and codes, what state a paper is in, the public check."""

import secrets

from django.db.models import Max

from courses.models import Certificate, Enrolment
from courses.results import STUDYING
from trainingplans.lib.commands import Refused

USUAL_SERIES = "{so}/{nam}/CC"
NUMBER, YEAR = "{so}", "{nam}"
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that is read as something else
CODE_LENGTH = 16  # 79 bits: not to be guessed, short enough to be typed
GROUP = 4
VALID, REISSUED, REVOKED = "valid", "reissued", "revoked"
WORDS = {VALID: "Có hiệu lực", REISSUED: "Đã cấp lại", REVOKED: "Đã thu hồi"}
KINDS = {VALID: "done", REISSUED: "off", REVOKED: "alert"}


def series_of(institution):
    """The pattern of an institution's numbers; Refused for one that would repeat numbers."""
    series = institution.certificate_series.strip() or USUAL_SERIES
    if missing := missing_in(series):
        raise Refused(
            f"Mẫu số chứng chỉ “{series}” của {institution} thiếu {missing}. "
            "Sửa mẫu ở trang cơ sở đào tạo."
        )
    return series


def missing_in(series):
    """ "{so} và {nam}": what a pattern lacks to number each paper once; "" for nothing."""
    return " và ".join(part for part in (NUMBER, YEAR) if part not in series)


def number_of(series, register_no, year):
    """12/2026/CC-TCT of {so}/{nam}/CC-TCT; numbers below ten have a nought before."""
    return series.replace(NUMBER, f"{register_no:02d}").replace(YEAR, str(year))


def last_register_no(institution, year):
    """The last number of the register of a year, 0 for none; ask with the institution locked."""
    rows = Certificate.objects.filter(institution=institution, year=year)
    return rows.aggregate(last=Max("register_no"))["last"] or 0


def new_code():
    """A code for the public check that nobody can guess."""
    return "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))


def code_shown(code):
    """ABCD-EFGH-…."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def code_typed(text):
    """The stored form of a code as somebody types it."""
    return "".join(letter for letter in text.upper() if letter in LETTERS)[:24]


def state_of(certificate):
    """valid, reissued or revoked; ask with `reissued_as` selected."""
    if getattr(certificate, "reissued_as", None) is not None:
        return REISSUED
    return REVOKED if certificate.revoked_on else VALID


def to_issue(training_class):
    """Who passed and holds no certificate that is in force, by name order."""
    rows = Enrolment.objects.filter(
        training_class=training_class, completed=True, state__in=STUDYING
    )
    holding = Certificate.objects.filter(
        enrolment__training_class=training_class,
        reissued_as__isnull=True,
        revoked_on__isnull=True,
    )
    rows = rows.exclude(pk__in=holding.values("enrolment"))
    return rows.select_related("official", "unit").order_by("official__sort_key", "pk")


def for_list(rows):
    """Certificates with what lists and papers show."""
    return rows.select_related(
        "institution",
        "reissued_as",
        "enrolment__official",
        "enrolment__unit",
        "enrolment__course",
        "enrolment__training_class",
    ).order_by("-year", "-register_no", "-pk")
