"""Small changes of a nomination while the unit still holds it."""

from cadres.edits import save_versioned
from courses.models import NominationState
from trainingplans.lib.commands import Refused

HELD = [NominationState.DRAFT, NominationState.PREPARED, NominationState.RETURNED]


def change_nomination(form, *, by):
    """Save place and purpose of a nomination; a Conflict on a newer version."""
    row = form.instance
    if row.state not in HELD and by.scope != "all":
        raise Refused("Đề cử đã gửi Sở Nội vụ. Sở Nội vụ trả lại thì đơn vị mới sửa được.")
    return save_versioned(form, by=by, act="nomination.change", unit=row.unit)
