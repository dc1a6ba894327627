"""What waits for somebody about evaluation: classes that ask for an opinion."""

from django.urls import reverse

from courses.evaluation.rounds import open_tokens_of
from trainingplans.lib.inbox import Item

SHOWN = 10


def asked(account, on):
    """Sheets that the account was sent and has not answered."""
    for token in open_tokens_of(account, on)[:SHOWN]:
        yield Item(
            title=f"Đánh giá lớp {token.round.training_class.title}",
            url=reverse("courses:evaluation_mine", args=[token.pk]),
            icon="star",
            source="Phiếu không ghi tên",
            since=token.round.opens_on,
            due=token.round.closes_on,
        )
