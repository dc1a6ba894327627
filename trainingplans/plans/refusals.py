"""A refused move leaves a trace too: who tried what, and why it was not done."""

from django.db import transaction

from cadres.audit import record


@transaction.atomic
def refused(act, refusal, *, by, subject, unit=None):
    """Record that `act` was refused; called after its own transaction was rolled back."""
    told = {"refused": act, "reason": str(refusal)[:300]}
    return record("plans.refused", by=by, subject=subject, unit=unit, detail=told)
