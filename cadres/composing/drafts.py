"""A form whose row holds rules, while they are composed: as typed, in rows or as text."""

import json
from dataclasses import dataclass
from types import SimpleNamespace

from cadres.composing import composer as compose
from cadres.composing.presenting import datalists, present
from cadres.rules import RuleContext, RuleError, describe, validate

ROWS, TEXT = "rows", "text"
SAVE, TRY = "save", "try"
EMPTY = {"all": []}


@dataclass(frozen=True)
class Asked:
    """A rule that a form asks for: its heading, and what having no condition means."""

    title: str
    nothing: str


class Draft:
    """The rules of a form: composed in rows, or typed as JSON text.

    `request` is what the form is made of: the rules stand in it as JSON. `asked` says which
    fields of the row are rules: {name: Asked}.
    """

    asked: dict = {}

    def __init__(self, request, row, context):
        self.context, self.composers, self.rules = context, {}, {}
        self.row = row
        self.request = request
        self.step = ""
        self.mode = ROWS
        if request.method == "POST":
            self._read(request)
        else:
            self.rules = {name: self._stored(name) for name in self.asked}
            self._compose_all()

    @property
    def is_sent(self):
        """Whether the form was sent to be saved."""
        return self.step == SAVE

    @property
    def has_errors(self):
        return any(composer.all_errors for composer in self.composers.values())

    def _stored(self, name):
        """The rule as it is stored; everybody where there is none."""
        return (getattr(self.row, name) if self.row else None) or EMPTY

    def _read(self, request):
        self.step = request.POST.get("step", SAVE)
        data = request.POST.copy()
        for name in self.asked:
            if f"{name}-count" in data:
                self._read_rows(name, data)
            else:
                self._read_text(name, data)
        if self.step in (ROWS, TEXT):
            self._switch(self.step)
        self.request = SimpleNamespace(method="POST", POST=data)

    def _read_rows(self, name, data):
        composer = compose.from_post(name, data)
        compose.apply_step(composer, self.step, data)
        self.composers[name] = composer
        rule = compose.to_rule(composer, self.context)
        if rule is None and not self.is_sent and self.step != TRY:
            self._forget_fresh_errors(composer)
        self.rules[name] = self._as_stored(name, rule)
        data[name] = "" if rule is None else json.dumps(self.rules[name], ensure_ascii=False)

    @staticmethod
    def _forget_fresh_errors(composer):
        """What was just added is not wrong yet."""
        for item in composer.each():
            if item.fresh:
                item.errors = []

    def _as_stored(self, name, rule):
        """The stored rule where what was composed says the same in the same way."""
        if rule is None or self.row is None:
            return rule
        stored = self._stored(name)
        try:
            return stored if compose.same(stored, rule, self.context) else rule
        except RuleError:
            return rule

    def _read_text(self, name, data):
        self.mode = TEXT
        rule = compose.loaded(data.get(name, ""))
        self.rules[name] = rule if rule is not None and self._is_valid(rule) else None

    def _is_valid(self, rule):
        return not validate(rule, self.context)

    def _switch(self, mode):
        """Show rows as text or text as rows; stay where a rule cannot be read."""
        if all(self.rules.values()):
            self.mode = mode
            if mode == ROWS:
                self._compose_all()

    def _compose_all(self):
        """The rows of both rules; text where a stored rule can no longer be read."""
        if all(self._is_valid(rule) for rule in self.rules.values()):
            for name, rule in self.rules.items():
                self.composers[name] = compose.from_rule(name, rule, self.context)
        else:
            self.mode = TEXT

    def presented(self):
        """{composers, datalists}: what the templates print in rows mode."""
        if self.mode == TEXT:
            return {"composers": [], "datalists": {}}
        rules = [
            present(self.composers[name], self.context)
            | {"title": asked.title, "nothing": asked.nothing}
            for name, asked in self.asked.items()
        ]
        return {"composers": rules, "datalists": datalists(rules, self.context)}


def words_of(text):
    """A rule in words from its JSON text; the text where it cannot be read."""
    try:
        return describe(json.loads(text))
    except (ValueError, KeyError, LookupError, TypeError, AttributeError):
        return text


def rule_words(rule, nothing):
    """A stored rule as a sentence's beginning; `nothing` where there is none."""
    if not rule:
        return nothing
    context = RuleContext()
    if validate(rule, context):
        return "Điều kiện này không còn đọc được, cần ghi lại."
    words = describe(rule, context)
    return words[:1].upper() + words[1:]
