"""What a course changes about a rule: the rule as it reads for who has passed the course."""

from dataclasses import dataclass

from cadres.rules.trees import ALL, ANY, EVERYONE, NOT
from courses.models import Course


@dataclass(frozen=True)
class Grant:
    """What somebody holds after a course: a level, a language, the content itself."""

    ladder: str = ""
    rank: int = 0
    language: str = ""
    category: str = ""
    hours: int | None = None

    @classmethod
    def of(cls, course):
        """The Grant of a Course (with category, level and language loaded)."""
        given = {"category": course.category.code, "hours": course.hours}
        level = course.grants_level
        if course.on_result == Course.OnResult.NOTHING or level is None:
            return cls(**given)
        language = course.grants_language.name if course.grants_language else ""
        return cls(ladder=level.ladder, rank=level.rank, language=language, **given)


def passed(rule, grant, context):
    """The rule with each condition that the course fulfils taken as true.

    The same rule comes back where the course fulfils none of them.
    """
    [(key, value)] = rule.items()
    if key in (ALL, ANY):
        return {key: [passed(inner, grant, context) for inner in value]}
    if key == NOT:
        return {NOT: passed(value, grant, context)}
    if key == "speaks_language_of_unit":
        return _spoken(rule, grant, context)
    return EVERYONE if _fulfils(key, value, grant, context) else rule


def helps(rule, grant, context):
    """Whether passing the course changes how the rule reads."""
    return passed(rule, grant, context) != rule


def _fulfils(key, value, grant, context):
    if key == "level_at_least":
        level = context.levels[value["ladder"]][value["level"]]
        return value["ladder"] == grant.ladder and grant.rank >= level.rank > 0
    if key == "has":
        return value == grant.ladder and grant.rank > 0
    if key == "speaks":
        return grant.language in [context.find_group(name).name for name in value]
    if key == "completed":
        return _within(value.get("category"), grant.category) and _long_enough(value, grant)
    return False


def _within(wanted, category):
    return wanted is None or f"{category}.".startswith(f"{wanted}.")


def _long_enough(value, grant):
    least = value.get("hours_at_least")
    return least is None or grant.hours is None or grant.hours >= least


def _spoken(rule, grant, context):
    """The units where the language of the course is spoken need no other language."""
    ids = context.units_by_language.get(grant.language, ())
    if not ids:
        return rule
    codes = sorted(context.units[pk].code for pk in ids)
    return {ANY: [rule, {"in_unit": codes}]}
