"""What every page knows."""

from django.conf import settings


def portal(request):
    """The portal's and the office's names."""
    return {"portal_name": settings.PORTAL_NAME, "portal_office": settings.PORTAL_OFFICE}
