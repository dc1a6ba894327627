"""How the value of each shape of condition is typed: read from the form, made into a value.

`typed` is what the controls hold, as texts; shapes without an editor of their own are typed as
JSON, so that conditions which other apps register can be composed at once.
"""

import json
import re
from datetime import date

from cadres.rules.base import shown
from trainingplans.lib.dates import DAY, PartialDate, show
from trainingplans.lib.text import tidy

FEW_FLAGS = 2
TEXT_AT_MOST, VALUES_AT_MOST = 2000, 200
YES, NO = "1", "0"
YEARS = re.compile(r"^-?[0-9]{1,3}$")


class Editor:
    """One text in one control."""

    template = "json"

    def typed_of(self, value, context):
        return {"v": json.dumps(value, ensure_ascii=False)}

    def read(self, data, place):
        return {"v": data.get(f"{place}-v", "")[:TEXT_AT_MOST]}

    def value_of(self, typed, condition, context):
        """(value, errors) of what was typed."""
        text = typed.get("v", "")
        if not text.strip():
            return None, ["Chưa ghi giá trị."]
        try:
            return json.loads(text), []
        except (ValueError, RecursionError):
            return None, [f"Không đọc được {shown(text)}. Ghi giá trị dạng JSON."]


class OneOf(Editor):
    template = "select"

    def typed_of(self, value, context):
        return {"v": value}

    def value_of(self, typed, condition, context):
        text = typed.get("v", "")
        return (text, []) if text else (None, ["Chưa chọn. Chọn một dòng trong danh sách."])


class Flag(OneOf):
    """True or false; a condition that only knows true has no control."""

    def typed_of(self, value, context):
        return {"v": YES if value else NO}

    def value_of(self, typed, condition, context):
        if len(condition.options(context)) < FEW_FLAGS:
            return True, []
        text = typed.get("v", "")
        return (text == YES, []) if text in (YES, NO) else (None, ["Chưa chọn có hay không."])


class Level(OneOf):
    """ "professional:TC" of a select grouped by ladder."""

    def typed_of(self, value, context):
        return {"v": f"{value['ladder']}:{value['level']}"}

    def value_of(self, typed, condition, context):
        ladder, _, level = typed.get("v", "").partition(":")
        if not ladder or not level:
            return None, ["Chưa chọn bậc. Chọn một dòng trong danh sách."]
        return {"ladder": ladder, "level": level}, []


class Several(Editor):
    template = "checks"

    def typed_of(self, value, context):
        return {"v": list(value)}

    def read(self, data, place):
        return {"v": [text[:TEXT_AT_MOST] for text in data.getlist(f"{place}-v")][:VALUES_AT_MOST]}

    def value_of(self, typed, condition, context):
        values = typed.get("v", [])
        return (values, []) if values else (None, ["Chưa chọn giá trị nào. Chọn ít nhất một."])


class Picked(Several):
    """Values chosen before, and one more that is being typed."""

    template = "picked"

    def read(self, data, place):
        more = tidy(data.get(f"{place}-more", ""))[:TEXT_AT_MOST]
        return super().read(data, place) | {"more": more}

    def value_of(self, typed, condition, context):
        """The one being typed joins the chosen ones if it can be found."""
        values, more = list(typed.get("v", [])), typed.get("more", "")
        if more:
            if errors := condition.problems([more], context):
                return None, [_first_sentences(text) for text in errors]
            values += condition.normalise([more], context)
            typed |= {"v": list(dict.fromkeys(values)), "more": ""}
        return super().value_of(typed, condition, context)


class Texts(Editor):
    """One text a line."""

    template = "lines"

    def typed_of(self, value, context):
        return {"v": "\n".join(value)}

    def value_of(self, typed, condition, context):
        lines = [tidy(line) for line in typed.get("v", "").splitlines()]
        values = [line for line in lines if line]
        return (values, []) if values else (None, ["Chưa ghi gì. Ghi mỗi dòng một giá trị."])


class Range(Editor):
    """Two whole numbers, either may be missing."""

    template = "range"

    def typed_of(self, value, context):
        return {end: str(value.get(end, "")) for end in ("from", "to")}

    def read(self, data, place):
        return {end: data.get(f"{place}-{end}", "").strip()[:12] for end in ("from", "to")}

    def value_of(self, typed, condition, context):
        ends = {end: text for end, text in typed.items() if text}
        wrong = [text for text in ends.values() if not YEARS.match(text)]
        if wrong:
            return None, [f"{shown(text)} không phải là số năm tròn." for text in wrong]
        value = {end: int(text) for end, text in ends.items()}
        if not value:
            return None, ["Ghi ít nhất một trong hai số."]
        if len(value) > 1 and value["from"] > value["to"]:
            return None, ["Số đầu lớn hơn số sau. Đổi chỗ hai số."]
        return value, []


class Completion(Editor):
    """A content of training, between which days, how many hours; any of them may be missing."""

    template = "completed"
    parts = ("v", "from", "to", "hours")

    def typed_of(self, value, context):
        days = {key: show(date.fromisoformat(value[key])) for key in ("from", "to") if key in value}
        hours = str(value.get("hours_at_least", ""))
        return {"v": value.get("category", ""), "from": "", "to": "", **days, "hours": hours}

    def read(self, data, place):
        return {part: data.get(f"{place}-{part}", "").strip()[:40] for part in self.parts}

    def value_of(self, typed, condition, context):
        value = {"category": typed["v"]} if typed.get("v") else {}
        for end in ("from", "to"):
            if typed.get(end):
                day = typed_day(typed[end])
                if day is None:
                    return None, [f"Ngày {shown(typed[end])} không có. Ghi dạng 31/12/2026."]
                value[end] = day.isoformat()
        if hours := typed.get("hours"):
            if not (hours.isascii() and hours.isdigit()):
                return None, [f"{shown(hours)} không phải là số tiết tròn."]
            value["hours_at_least"] = int(hours)
        return (value, []) if value else (None, ["Chưa ghi gì. Chọn nội dung, hoặc ghi số tiết."])


def typed_day(text):
    """The date of a typed dd/mm/yyyy, None for anything else."""
    try:
        found = PartialDate.parse(text)
    except ValueError:
        return None
    return found.first if found.precision == DAY else None


EDITORS = {
    "completed": Completion(),
    "flag": Flag(),
    "choice": OneOf(),
    "ladder": OneOf(),
    "level": Level(),
    "choices": Several(),
    "units": Picked(),
    "groups": Picked(),
    "texts": Texts(),
    "range": Range(),
}
ANYTHING = Editor()


def editor_of(condition):
    """The editor for a condition's shape."""
    return EDITORS.get(condition.shape, ANYTHING)


def typed_of(condition, value, context):
    """What the controls show for a valid value."""
    return editor_of(condition).typed_of(value, context)


def read(condition, data, place):
    """What was typed into the controls at a place."""
    return editor_of(condition).read(data, place)


def value_of(condition, typed, context):
    """(value in its stored form, []) or (None, errors in Vietnamese)."""
    value, errors = editor_of(condition).value_of(typed, condition, context)
    errors = errors or condition.problems(value, context)
    if errors:
        return None, [text[:1].upper() + text[1:] for text in errors]
    return condition.normalise(value, context), []


def _first_sentences(text):
    """An error without its list of all names, which the control offers anyway."""
    return text.split(" Các tên dùng được")[0]
