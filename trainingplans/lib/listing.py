"""Lists: the filtered rows, one page of them, whole page or the part that htmx swaps."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

PAGE_SIZE = 50
ID_DIGITS = 19  # an id is less than 2 to the 63rd


def ids_of(request, name):
    """The ids of ticked boxes; what cannot be an id is left out."""
    sent = request.POST.getlist(name)
    return {int(one) for one in sent if one.isascii() and one.isdigit() and len(one) < ID_DIGITS}


def rows_of(filterset):
    """The filtered rows; none when a filter value is invalid, so a typo never lists everyone."""
    return filterset.qs if filterset.is_valid() else filterset.queryset.none()


def page_of(request, rows, size=PAGE_SIZE):
    """The page of `rows` that the address asks for; the nearest one for an odd number."""
    return Paginator(rows, size).get_page(request.GET.get("page"))


def page_by_keys(request, rows, size=PAGE_SIZE, related=()):
    """As `page_of`, for many wide rows: sorts their keys and reads the rows of one page only."""
    keys = rows.select_related(None).values_list("pk", flat=True)
    return page_of_keys(request, keys, rows.model, size, related)


def page_of_keys(request, keys, model, size=PAGE_SIZE, related=()):
    """The page of objects of a model whose keys are given in their order."""
    page = page_of(request, keys, size)
    keys = list(page.object_list)
    found = model.objects.select_related(*related).in_bulk(keys)
    page.object_list = [found[key] for key in keys if key in found]
    return page


def wants_part(request):
    """Whether htmx asks for a part to swap in, not for the whole page."""
    headers = request.headers
    whole = "HX-Boosted" in headers or "HX-History-Restore-Request" in headers
    return "HX-Request" in headers and not whole


def render_page_or_part(request, page, part, context):
    """Render the whole `page`, or only the `part` of it that htmx asked to swap."""
    response = render(request, part if wants_part(request) else page, context)
    patch_vary_headers(response, ["HX-Request"])
    return response
