"""The notifications of an account: the own ones, unread first seen, marked as read."""

from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from cadres.models import Notification
from cadres.views.common import done
from trainingplans.lib.access import any_account
from trainingplans.lib.listing import page_of

OWN = "shows the account its own notifications only"


@any_account(OWN)
@require_GET
def notices(request):
    own = Notification.objects.filter(account=request.user)
    unread = own.filter(read_at=None)
    only_unread = request.GET.get("chua_doc") == "1"
    context = {
        "page": page_of(request, unread if only_unread else own),
        "unread": unread.count(),
        "only_unread": only_unread,
    }
    return render(request, "cadres/notices.html", context)


@any_account(OWN)
@require_POST
def notice_open(request, pk):
    """Mark one as read and go where it points."""
    notice = get_object_or_404(Notification, account=request.user, pk=pk)
    Notification.objects.filter(pk=pk, read_at=None).update(read_at=timezone.now())
    if notice.url and url_has_allowed_host_and_scheme(notice.url, allowed_hosts=None):
        return redirect(notice.url)
    return redirect("cadres:notices")


@any_account(OWN)
@require_POST
def notices_read(request):
    """Mark all as read."""
    own = Notification.objects.filter(account=request.user, read_at=None)
    count = own.update(read_at=timezone.now())
    return done(request, f"Đã đánh dấu {count} thông báo là đã đọc.", "cadres:notices")
