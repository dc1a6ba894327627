"""Rows written in bulk are the rows that were meant, whatever their texts hold."""

import datetime

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from cadres.intake import bulk
from cadres.intake.records import COLUMNS, RECORDS
from cadres.models import Official

# Neither database takes NUL; halves of characters are cleaned away before.
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=40)
DAYS = st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31))
HARD = ["", "\\N", "\\.", "a\tb", "a\nb", "a\r\nb", "\\", "\\\\t", "“'\""]
FIELDS = ("full_name", "note", "personal_id", "birth_date", "version")
PEOPLE = st.lists(
    st.tuples(
        TEXTS,
        st.sampled_from(HARD) | TEXTS,
        st.none() | st.from_regex(r"[0-9]{12}", fullmatch=True),
        st.none() | DAYS,
        st.integers(1, 2**31 - 1),
    ),
    min_size=1,
    max_size=12,
    unique_by=lambda person: person[2] or object(),
)


class InsertTests(TestCase):
    @settings(max_examples=40, deadline=None)
    @given(PEOPLE)
    def test_texts_days_and_nothing_come_back_as_they_went(self, people):
        Official.objects.all().delete()
        make = RECORDS[Official]
        records = [
            make(id=place, **dict(zip(FIELDS, person, strict=True)))
            for place, person in enumerate(people, 1)
        ]
        bulk.insert_records(Official, records)
        columns = COLUMNS[Official]
        self.assertEqual(
            list(Official.objects.order_by("id").values_list(*columns)),
            [tuple(getattr(record, column) for column in columns) for record in records],
        )
