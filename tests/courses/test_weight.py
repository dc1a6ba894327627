"""What a clerk on a weak link has to fetch before nominating."""

import gzip
import re
from datetime import date
from urllib.parse import urljoin

from django.test import TestCase
from django.urls import reverse

from cadres.standings import refresh
from tests.factories import make_account, make_class, make_course, make_official, make_unit

MOST = 100_000  # bytes, fonts apart
PEOPLE = 200
PICTURES = re.compile(r"url\(\"?(?!data:)([^)\"]+\.(?:svg|png))")


class WeightTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.unit = make_unit(name="Xã Đông Người")
        people = [make_official(cls.unit, birth_date=date(1990, 1, 1)) for _ in range(PEOPLE)]
        refresh([one.pk for one in people])
        cls.row = make_class(make_course(), starts=date(2027, 3, 1), capacity=40)

    def fetch(self, address):
        """(bytes on the wire, the text) of an address asked for as browsers do."""
        answer = self.client.get(address, headers={"accept-encoding": "gzip"})
        self.assertEqual(answer.status_code, 200, address)
        sent = b"".join(answer.streaming_content) if answer.streaming else answer.content
        if answer.headers.get("Content-Encoding") == "gzip":
            return len(sent), gzip.decompress(sent).decode()
        return len(sent), sent.decode()

    def test_the_page_of_a_large_unit_with_all_its_files_is_light(self):
        self.client.force_login(make_account("clerk", unit=self.unit))
        weight, page = self.fetch(reverse("courses:class_nominations", args=[self.row.pk]))
        self.assertEqual(page.count('name="chon"'), PEOPLE)
        pictures = set()
        files = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page))
        self.assertGreater(len(files), 3)
        for name in files:
            size, text = self.fetch(name)
            weight += size
            if name.endswith(".css"):
                pictures |= {urljoin(name, inner) for inner in PICTURES.findall(text)}
        weight += sum(self.fetch(name)[0] for name in pictures)
        self.assertLess(weight, MOST)
