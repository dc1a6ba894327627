"""The rows of a frozen report in words: what a workbook says of each person or lượt."""

from cadres.rules import DIMENSIONS, RuleContext
from reports.frozen import ATTAINMENT, STRUCTURE, TURNS
from reports.official.freezing import leads
from trainingplans.lib.dates import parse_iso, show

GROUPS = {"attained": "đạt", "unknown": "chưa rõ", "missing": "chưa đạt"}


def row_words(found):
    """A function from the values of a row of a Snapshot to what is written of them."""
    maker = {ATTAINMENT: _of_targets, STRUCTURE: _of_structure, TURNS: _of_turns}
    return maker.get(found.kind, _of_form)(found)


def _of_targets(found):
    names = {target["code"]: target["name"] for target in found.figures["targets"]}

    def told(values):
        return "; ".join(f"{names[code]}: {GROUPS[group]}" for code, group in values.items())

    return told


def _of_structure(found):
    context = RuleContext(found.on)
    words = {code: each.words(context) for code, each in DIMENSIONS.items()}

    def told(values):
        return "; ".join(
            f"{DIMENSIONS[code].label}: {words[code].get(key, key)}" for code, key in values.items()
        )

    return told


def _of_turns(_found):
    return lambda values: f"{values['title']}, kết thúc {show(parse_iso(values['ended']))}"


def _of_form(found):
    lines = leads(found)

    def told(values):
        cells = ", ".join(f"{lines[line]} (cột {column})" for line, column in values["cells"])
        return f"{values['what']}; tính ở {cells}" if values["what"] else f"Tính ở {cells}"

    return told
