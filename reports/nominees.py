"""Whom to send first so that a target is reached: those who miss it, in the order of the policy."""

from cadres.rules import RuleContext, ladders_named, people
from courses.busy import seats_of
from courses.models import ClassState, TrainingClass
from courses.ranking import Purpose, rank
from reports.figures import pair_of, units_for
from reports.granting import Grant, helps

MISSED = ("missing", "unknown")


def nominees(target, account, on, unit=None, training_class=None):
    """[Ranked] of all who miss the target (those with nothing recorded too) and may be seen.

    With a class they are also checked against it. RuleError for a target that cannot be read.
    """
    return nominees_in(units_for(account, unit), target, on, training_class)


def nominees_in(units, target, on, training_class=None):
    """`nominees` of units (None for all)."""
    found = missing_people(target, units, on)
    return rank(found, on=on, training_class=training_class, purpose=purpose_of(target))


def missing_people(target, units, on):
    """The standings of who misses the target or is not known to have attained it."""
    context, pair = RuleContext(on), pair_of(target)
    parts = [people(pair, which, on=on, units=units, context=context) for which in MISSED]
    return parts[0] | parts[1]


def purpose_of(target):
    """What the ranking has to know of a target."""
    return Purpose(target.code, target.name, target.due)


def nominees_document(ranked):
    """The JSON form of the command-line contract."""
    return {
        "people": [
            {
                "official": one.standing.official_id,
                "name": one.official.full_name,
                "unit": one.standing.unit.name,
                "position": one.standing.position,
                "score": float(one.score),
                "reasons": [reason.words for reason in one.reasons + one.warnings],
                "blocked_by": one.blocked_by,
            }
            for one in ranked
        ]
    }


def classes_for(target, account, context):
    """(those that help, the others) of the classes that call for nominations.

    A class helps if who passes its course may attain the target by it: the course gives what the
    rule asks for, or (where it gives no level) teaches a content of one of the rule's ladders.
    """
    classes = TrainingClass.objects.visible_to(account).filter(state=ClassState.CALLING)
    told = ("course__grants_level", "course__grants_language", "course__category")
    rows = classes.select_related(*told).order_by("nominations_due", "code")
    helping, others = [], []
    for row in rows:
        (helping if _helps(target, row.course, context) else others).append(row)
    return helping, others


def _helps(target, course, context):
    if course.grants_level is None and course.category.ladder in ladders_named(target.attained):
        return True
    return helps(target.attained, Grant.of(course), context)


def first_choice(ranked, training_class, number):
    """The officials (ids) ticked at first: the best eligible that find a seat, `number` at most."""
    seats, chosen = seats_of(training_class), set()
    for one in ranked:
        if len(chosen) >= number or not one.eligible:
            break
        official = one.standing.official_id
        if official not in seats.people and not seats.seat(one.standing.unit):
            chosen.add(official)
    return chosen
