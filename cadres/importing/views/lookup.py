"""Finding the batch that a page is about."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from cadres.intake.kinds import KINDS, kinds_of
from cadres.models import ImportBatch


def batch_for(request, pk):
    """The batch if the account may see it; 404 otherwise, as for one that does not exist."""
    batches = ImportBatch.objects.visible_to(request.user).select_related("unit", "by")
    batch = get_object_or_404(batches, pk=pk, kind__in=kinds_of(request.user))
    request.navigation_path = reverse(KINDS[batch.kind].home)
    return batch


def go(request, name, *args, query=""):
    """To another page: a redirect, or for htmx the header that makes it load that page."""
    address = reverse(name, args=args) + (f"?{query}" if query else "")
    if "HX-Request" in request.headers:
        return HttpResponse(headers={"HX-Redirect": address})
    return redirect(address)
