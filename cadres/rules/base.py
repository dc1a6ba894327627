"""The closed vocabulary of conditions on people: what a condition is, and the register of all."""

from decimal import Decimal

from django.db.models import Q

CONDITIONS = {}
NOBODY = Q(pk__in=[])
EVERYBODY = ~NOBODY


class RuleError(ValueError):
    """A rule that cannot be read; `problems` are lines in Vietnamese."""

    def __init__(self, problems):
        super().__init__("\n".join(problems))
        self.problems = list(problems)


class Condition:
    """One kind of condition. Subclasses say what a value looks like, means and is called.

    `value` below is what stands beside the code in a rule; all but `problems` get a valid one.
    """

    code = ""
    label = ""  # what the form that composes rules calls it
    shape = ""  # flag, choice, choices, texts, units, groups, range, level or ladder
    about_units = False  # true of a unit's people alike: has `units` instead of `q`

    def options(self, context):
        """The values to choose from, as (code, label); [] where they are typed."""
        return []

    def problems(self, value, context):
        """What is wrong with the value, one line in Vietnamese each."""
        raise NotImplementedError

    def normalise(self, value, context):
        """The value in the one form in which it is stored."""
        return value

    def in_words(self, value, context):
        """A fragment of a sentence in Vietnamese."""
        raise NotImplementedError

    def in_words_not(self, value, context):
        """The same fragment denied."""
        return f"không phải ({self.in_words(value, context)})"

    def ladders(self, value):
        """The ladders that the condition names; people with nothing there are `unknown`."""
        return ()

    def columns(self, value):
        """Columns of Standing that may be NULL; with nothing recorded the condition is false."""
        return ()

    def units(self, value, context):
        """The ids of the units whose people meet the condition (where `about_units`)."""
        raise NotImplementedError

    def q(self, value, context):
        """Who meets the condition, over the columns of Standing, on the day `context.on`."""
        return context.in_units(self.units(value, context))


def register(condition):
    """Add a condition to the vocabulary; an upper layer does it in its AppConfig.ready()."""
    CONDITIONS[condition.code] = condition
    return condition


def allowed(codes):
    """The values to choose from, for an error message."""
    return ", ".join(codes)


def either(words):
    """ "a, b hoặc c"."""
    *some, last = words
    return f"{', '.join(some)} hoặc {last}" if some else last


def list_problems(value, what="giá trị"):
    """Problems of what must be a list of texts with something in it."""
    if not isinstance(value, list) or not value:
        return [f"phải là danh sách có ít nhất một {what}, không phải {shown(value)}."]
    return [f"{shown(v)} không phải là chữ." for v in value if not isinstance(v, str) or not v]


def shown(value):
    """A value as an error message quotes it, shortened."""
    text = f"“{value}”" if isinstance(value, str) else repr(value)
    text = str(value) if isinstance(value, Decimal) else text
    return text if len(text) <= 80 else f"{text[:77]}…"


def once_each(values):
    """The list without repetitions, in its order."""
    return list(dict.fromkeys(values))
