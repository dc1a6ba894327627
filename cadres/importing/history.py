"""What the history of imports says of a batch."""

from cadres.intake.background import is_broken
from cadres.models import ImportBatch
from trainingplans.lib.numbers import format_number

State = ImportBatch.State
STATUS = {
    State.WAITING: "wait",
    State.READING: "wait",
    State.PREVIEW: "info",
    State.APPLYING: "wait",
    State.APPLIED: "done",
    State.UNDOING: "wait",
    State.UNDONE: "off",
    State.REFUSED: "alert",
    State.BROKEN: "alert",
    State.DROPPED: "off",
}


def status_of(batch):
    """(words, kind of badge) of a batch's state; a silent process counts as broken."""
    state = State.BROKEN if is_broken(batch) else State(batch.state)
    return state.label, STATUS[state]


def history_rows(batches):
    """One row a batch for the history table."""
    rows = []
    for batch in batches:
        words, kind = status_of(batch)
        rows.append(
            {
                "batch": batch,
                "status": words,
                "status_kind": kind,
                "counts": counts_in_words(batch),
                "can_undo": batch.state == State.APPLIED,
            }
        )
    return rows


def counts_in_words(batch):
    """“5 thêm mới, 12 cập nhật, 3 từ chối”, or the reason of a refusal."""
    if batch.state == State.REFUSED:
        return batch.message
    words = [
        f"{format_number(batch.counts[key])} {word}"
        for key, word in (
            ("create", "thêm mới"),
            ("update", "cập nhật"),
            ("unchanged", "giữ nguyên"),
            ("reject", "từ chối"),
        )
        if batch.counts.get(key)
    ]
    return ", ".join(words)


def follow_up(batch):
    """{before, after}: the import that this corrected file goes on with, and its own successor."""
    of_sender = ImportBatch.objects.filter(by=batch.by, kind=batch.kind)
    before = of_sender.filter(pk=batch.choices.get("continues") or 0).first()
    after = of_sender.filter(choices__continues=batch.pk).order_by("pk").last()
    return {"before": before, "after": after}
