"""Locks that writes about a class take first."""

from courses.models import TrainingClass


def locked_class(pk):
    """The class, locked until the end of the transaction: writes about one class take turns."""
    rows = TrainingClass.objects.select_for_update(of=("self",))
    return rows.select_related(
        "course__category",
        "course__grants_level",
        "course__grants_language",
        "institution",
        "organiser",
    ).get(pk=pk)
