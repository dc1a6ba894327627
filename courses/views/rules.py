"""The rules and weights by which nominees are checked and ranked; the template of decisions."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from cadres.choices import StaffKind
from cadres.edits import add_form
from cadres.views.common import done
from courses.actions.rules import change_setting, replace_template
from courses.forms.nominations import TemplateForm
from courses.forms.rules import RuleForm, WeightForm
from courses.models import PolicyWeight, RuleSetting
from courses.papers import NAME, template_bytes
from courses.policy import REASONS, RULES, VALUES
from trainingplans.lib.access import needs
from trainingplans.lib.commands import Refused
from trainingplans.lib.dates import show, today
from trainingplans.lib.documents import CONTENT_TYPES, DOCX
from trainingplans.lib.numbers import format_number
from trainingplans.lib.papers import replaced

VIEW, CHANGE = "courses.view_class", "courses.change_rules"
KINDS = {"quy-dinh": (RuleSetting, RuleForm), "diem": (PolicyWeight, WeightForm)}


@require_GET
@needs(VIEW)
def rules(request):
    """What is checked and what counts, as of today, with what comes and what was."""
    on = today()
    context = {
        "on": on,
        "rules": [_rule(row, on) for row in _rules()],
        "weights": [_weight(row, on) for row in _weights()],
        "may_change": request.user.has_perm(CHANGE),
        "replaced": replaced(NAME) is not None,
    }
    return render(request, "courses/rules.html", context)


def _rules():
    order = {key: place for place, key in enumerate(RULES)}
    rows = RuleSetting.objects.filter(key__in=RULES)
    return sorted(rows, key=lambda row: (order[row.key], row.staff_kind, row.valid_from))


def _weights():
    order = {key: place for place, key in enumerate(REASONS)}
    rows = PolicyWeight.objects.filter(reason__in=REASONS)
    return sorted(rows, key=lambda row: (order[row.reason], row.valid_from))


def _rule(row, on):
    kind = StaffKind(row.staff_kind).label if row.staff_kind else "Mọi loại"
    value = ""
    if row.key in VALUES and row.value is not None:
        value = f"{VALUES[row.key]}: {format_number(row.value)}"
    return _dated(row, on, RULES[row.key]) | {
        "kind": kind,
        "severity": row.get_severity_display(),
        "value": value,
        "url": reverse("courses:rule_edit", args=["quy-dinh", row.pk]),
    }


def _weight(row, on):
    url = reverse("courses:rule_edit", args=["diem", row.pk])
    return _dated(row, on, REASONS[row.reason]) | {"weight": row.weight, "url": url}


def _dated(row, on, label):
    since = show(row.since) if row.since else "trước nay"
    until = f" đến trước {show(row.until)}" if row.until else ""
    return {
        "row": row,
        "label": label,
        "period": since + until,
        "holds": row.valid_from <= on < row.valid_to,
    }


@require_http_methods(["GET", "POST"])
@needs(CHANGE)
def rule_edit(request, kind, pk):
    """From a day on another value holds."""
    if kind not in KINDS:
        raise Http404
    model, form_class = KINDS[kind]
    row = get_object_or_404(model, pk=pk)
    label = RULES.get(row.key, row.key) if kind == "quy-dinh" else REASONS.get(row.reason, "")
    form = add_form(form_class, request, instance=row)
    if form.is_valid():
        try:
            since = form.cleaned_data["since"]
            change_setting(row, form.values, by=request.user, since=since)
        except Refused as refusal:
            form.add_error("since", str(refusal))
        else:
            return done(request, f"Đã đổi “{label}” từ {show(since)}.", reverse("courses:rules"))
    context = {"form": form, "label": label, "row": row}
    status = 422 if form.errors else 200
    return render(request, "courses/rule_form.html", context, status=status)


@require_http_methods(["GET", "POST"])
@needs(CHANGE)
def decision_template(request):
    """The template of decisions: as it is, or replaced by the office's own."""
    if request.method == "GET":
        headers = {"Content-Disposition": 'attachment; filename="mau-quyet-dinh.docx"'}
        return HttpResponse(template_bytes(), content_type=CONTENT_TYPES[DOCX], headers=headers)
    back = reverse("courses:rules")
    if "bo" in request.POST:
        replace_template(None, by=request.user)
        return done(request, "Đã trở lại mẫu quyết định của cổng.", back)
    form = TemplateForm(request.POST, request.FILES)
    if form.is_valid():
        replace_template(form.cleaned_data["file"], by=request.user)
        return done(request, "Đã dùng mẫu quyết định của cơ quan.", back)
    return render(request, "courses/decision_template.html", {"form": form}, status=422)
