"""Five hundred certificates in one PDF, made in the background, in less than a minute."""

import time
from datetime import date
from io import BytesIO

import pytest
from django.test import TestCase
from pypdf import PdfReader

from courses.actions.certificates import issue
from courses.actions.printing import ask
from courses.models import PrintJob
from tests.factories import (
    make_account,
    make_class,
    make_enrolment,
    make_institution,
    make_official,
    make_unit,
)

NUMBER, SECONDS = 500, 60


@pytest.mark.proof
class PrintProof(TestCase):
    def test_five_hundred_certificates_are_ready_within_a_minute(self):
        unit, by = make_unit(), make_account("staff")
        school = make_institution(certificate_series="{so}/{nam}/CC-TCT")
        row = make_class(state="ended", institution=school, capacity=NUMBER)
        learners = [
            make_enrolment(
                make_official(unit, full_name=f"Lường Thị Thắm {place:03}"),
                row,
                completed=True,
                outcome="passed",
            )
            for place in range(NUMBER)
        ]
        ids = [learner.pk for learner in learners]
        issue(row, ids, on=date(2026, 4, 1), signer="Lò Văn Thắng", by=by)
        begin = time.monotonic()
        with self.captureOnCommitCallbacks(execute=True):
            job = ask(row, by=by, root="https://cong.example")
        took = time.monotonic() - begin
        job = PrintJob.objects.get(pk=job.pk)
        self.assertEqual((job.state, job.done, job.total), ("ready", NUMBER, NUMBER))
        pages = PdfReader(BytesIO(job.file.read())).pages
        self.assertEqual(len(pages), NUMBER)
        self.assertIn("LƯỜNG THỊ THẮM 499", pages[-1].extract_text())
        self.assertLess(took, SECONDS)
        print(f"{NUMBER} certificates in {took:.1f} s, {job.file.size // 1024} KiB")  # noqa: T201
