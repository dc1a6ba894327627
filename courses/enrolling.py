"""What an enrolment keeps of a person's day: unit, post, kind, ethnic group, gender."""

from cadres.models import Standing

KEPT = [
    "unit_id",
    "position",
    "staff_kind",
    "rank_code",
    "leadership",
    "in_planning",
    "ethnic_group_id",
    "gender",
]


def snapshot(officials, on):
    """{official id: columns of Enrolment as of the day}; empty for who has no post at all."""
    rows = Standing.objects.at(on).filter(official__in=officials)
    found = {row.pop("official_id"): row for row in rows.values("official_id", *KEPT)}
    return {pk: found.get(pk, {}) for pk in officials}
