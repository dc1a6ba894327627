"""Saving what people typed: nothing lost under a newer version, nothing made twice.

A page that changes a row: `form = edit_form(SomeForm, request, row)`; when it is valid,
`conflict = save_versioned(form, by=…, act=…)`; a conflict is shown with `parts/_conflict.html`,
its choices come back to the same page.

A page that adds: `sent_before(request)` first, since what the first sending made would fail the
checks of the second; then `make_once(form, by=…, make=…)`.
"""

from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.apps import apps
from django.db import models, transaction
from django.utils import timezone

from cadres.audit import record
from cadres.models import AuditEvent, FormToken

BOOKKEEPING = {"version", "token"}
KEEP = "keep-"


@dataclass(frozen=True)
class Conflict:
    """A newer version was there: who saved it and when, and each field with both values.

    `fields` is None when the row itself is gone.
    """

    who: str
    when: str
    version: int
    fields: list | None
    hidden: list

    @property
    def gone(self):
        return self.fields is None


def edit_form(form_class, request, row, **options):
    """The form over `row`: as it is for GET, with what was typed (and chosen) for POST."""
    shown = form_class(instance=row, **options)
    if request.method != "POST":
        return shown
    return form_class(_with_choices(request.POST, shown), instance=row, **options)


def add_form(form_class, request, **options):
    """An empty form for GET, the typed one for POST."""
    data = request.POST if request.method == "POST" else None
    return form_class(data, **options)


@transaction.atomic
def save_versioned(form, *, by, act, write=None, unit=None, detail=None):
    """Save a valid form over its row; a Conflict, and nothing written, on a newer version.

    `write(row)` saves it (default `row.save()`); one event `act` is recorded.
    """
    row = form.instance
    now = type(row)._base_manager.select_for_update().filter(pk=row.pk).first()
    if now is None:
        return Conflict(*_last_writer(row), version=0, fields=None, hidden=[])
    differing = _differing(form, now)
    if not differing:
        return None
    if now.version != form.cleaned_data.get("version"):
        return _conflict(form, now, differing)
    row.version = now.version + 1
    row._history_user = by
    if write:
        write(row)
    else:
        row.save()
    record(act, by=by, subject=row, unit=unit, detail={"changed": differing, **(detail or {})})
    return None


def sent_before(request):
    """(whether this add form was sent already, what that made or None if it is gone)."""
    try:
        token = UUID(request.POST.get("token", ""))
    except ValueError:
        return False, None
    sent = FormToken.objects.filter(by=request.user, token=token).first()
    return (True, _made_before(sent)) if sent else (False, None)


@transaction.atomic
def make_once(form, *, by, make):
    """`make()` for a valid form, at most once however often that form is sent.

    (what was made, True), or (what the first sending made, or None if deleted since, False).
    """
    token = form.cleaned_data.get("token")
    if token is None:
        return make(), True
    sent, new = FormToken.objects.get_or_create(by=by, token=token)
    if not new:
        return _made_before(sent), False
    made = make()
    sent.subject, sent.subject_id = made._meta.label_lower, made.pk
    sent.save()
    return made, True


def _made_before(sent):
    if not sent.subject:
        return None
    return apps.get_model(sent.subject)._base_manager.filter(pk=sent.subject_id).first()


def _differing(form, now):
    """The fields in which what was typed differs from the row as it is now."""
    shown = form.for_row(now)
    return [
        name
        for name, field in form.fields.items()
        if name not in BOOKKEEPING and field.has_changed(_initial(shown, name), _typed(form, name))
    ]


def _conflict(form, now, differing):
    shown, base = form.for_row(now), _base(form, now)
    return Conflict(
        *_last_writer(now),
        version=now.version,
        fields=[_both(form, shown, base, name) for name in differing],
        hidden=_hidden(form),
    )


def _base(form, now):
    """The form over the version that the page had shown, or None where no history tells."""
    history = getattr(now, "history", None)
    version = form.cleaned_data.get("version")
    old = history.filter(version=version).first() if history is not None and version else None
    return form.for_row(old.instance) if old else None


def _both(form, shown, base, name):
    """One line of the conflict: both values, and which one is likely to be kept."""
    typed, theirs = _typed(form, name), _initial(shown, name)
    keep = ""
    if base:
        field, before = form.fields[name], _initial(base, name)
        keep = "" if field.has_changed(before, typed) else "theirs"
        if keep == "" and not field.has_changed(before, _as_data(shown[name])):
            keep = "mine"
    return {
        "name": name,
        "label": form.fields[name].label,
        "mine": in_words(form.fields[name], typed),
        "theirs": in_words(form.fields[name], theirs),
        "keep": keep,
    }


def _initial(form, name):
    return form.get_initial_for_field(form.fields[name], name)


def _typed(form, name):
    return form[name].data


def _hidden(form):
    data = getattr(form, "data", {})
    names = [name for name in data if name in form.fields and name != "version"]
    return [{"name": name, "value": value} for name in names for value in data.getlist(name)]


def _last_writer(row):
    """(who, when in words) of the newest change of the row."""
    change = row.history.first() if hasattr(row, "history") else None
    if change:
        return _name(change.history_user), moment(change.history_date)
    event = AuditEvent.objects.filter(subject=row._meta.label_lower, subject_id=row.pk).first()
    return (_name(event.by), moment(event.at)) if event else ("Người khác", "trước đó")


def _name(account):
    return str(account) if account else "Hệ thống"


def moment(at):
    """lúc 09:38 ngày 20/11/2026."""
    return timezone.localtime(at).strftime("lúc %H:%M ngày %d/%m/%Y")


def in_words(field, value):
    """A typed or stored value as the form's reader knows it; "" for none."""
    if isinstance(field, forms.BooleanField):
        return "có" if field.to_python(value) else "không"
    if value in (None, ""):
        return ""
    if isinstance(field, forms.ModelChoiceField):
        return _chosen(field, value)
    if isinstance(field, forms.ChoiceField):
        return dict(_flat(field.choices)).get(str(value), str(value))
    return str(field.widget.format_value(field.prepare_value(value)))


def _chosen(field, value):
    if isinstance(value, models.Model):
        return str(value)
    row = field.queryset.model._base_manager.filter(pk=value).first()
    return str(row) if row else ""


def _flat(choices):
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from ((str(v), text) for v, text in label)
        else:
            yield str(value), label


def _with_choices(post, shown):
    """What was posted, with the row's value wherever a conflict was settled as "theirs"."""
    data = post.copy()
    for name in shown.fields:
        if post.get(KEEP + name) == "theirs":
            value = _as_data(shown[name])
            data.pop(name, None)
            if value is not None:
                data[name] = value
    return data


def _as_data(bound):
    """The value of an unbound field as a browser would send it; None: it would send nothing."""
    value = bound.value()
    if isinstance(bound.field, forms.BooleanField):
        return "on" if value else None
    if isinstance(value, models.Model):
        return str(value.pk)
    text = bound.field.widget.format_value(value)
    return (text[0] if text else "") if isinstance(text, list) else text or ""
