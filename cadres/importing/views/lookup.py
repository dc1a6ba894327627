"""Finding the batch that a page is about."""

from django.shortcuts import get_object_or_404

from cadres.models import ImportBatch


def batch_for(request, pk):
    """The batch if the account may see it; 404 otherwise, as for one that does not exist."""
    batches = ImportBatch.objects.visible_to(request.user).select_related("unit", "by")
    return get_object_or_404(batches, pk=pk, kind="roster")
