"""Who may open a page. Log-in is the default; each view declares its permission."""

from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied


def needs(permission):
    """Let only accounts whose role grants `permission` reach the view; tests read `access`."""

    def decorate(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not request.user.has_perm(permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.access = permission
        return guarded

    return decorate


def any_account(reason):
    """Open to whoever is logged in; `reason` says why no permission is needed."""

    def decorate(view):
        view.access = f"any account: {reason}"
        return view

    return decorate


def open_to_everyone(reason):
    """Open without logging in; `reason` says why that is safe."""

    def decorate(view):
        view.access = f"open: {reason}"
        return login_not_required(view)

    return decorate
