"""The audit log."""

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.views.decorators.http import require_GET

from cadres.audit_words import act_in_words
from cadres.filters import AuditFilter
from cadres.models import AuditEvent
from trainingplans.lib.access import needs
from trainingplans.lib.listing import page_of, render_page_or_part, rows_of

# Fields that only forms have, and what they are called there.
FORM_FIELDS = {
    "birth": "ngày sinh",
    "recruited": "ngày tuyển dụng",
    "awarded": "cấp ngày",
    "joined": "ngày vào Đảng",
    "on": "từ ngày",
}


@require_GET
@needs("cadres.view_audit")
def events(request):
    """Who did what, the newest first."""
    found = AuditFilter(request.GET, AuditEvent.objects.select_related("by", "unit"))
    page = page_of(request, rows_of(found))
    rows = [(event, act_in_words(event.act), _detail(event)) for event in page.object_list]
    context = {"form": found.form, "page": page, "rows": rows}
    return render_page_or_part(request, "cadres/audit.html", "cadres/_audit_table.html", context)


def _detail(event):
    """The plain values of an event's detail in one line."""
    detail = dict(event.detail)
    if isinstance(detail.get("changed"), list):
        detail["changed"] = [_label(event.subject, name) for name in detail["changed"]]
    words = {"name": "người", "changed": "mục", "count": "số dòng", "filter": "điều kiện"}
    told = []
    for key, name in words.items():
        value = detail.get(key)
        if value:
            listed = ", ".join(map(str, value)) if isinstance(value, list) else value
            told.append(f"{name}: {listed}")
    return "; ".join(told)


def _label(subject, name):
    """The name of a field as the forms show it."""
    try:
        return str(apps.get_model(subject)._meta.get_field(name).verbose_name)
    except (LookupError, ValueError, FieldDoesNotExist):
        return FORM_FIELDS.get(name, str(name))
