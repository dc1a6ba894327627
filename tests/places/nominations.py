"""Ids from a unit's proposal to the decision; the class and its nomination are made beside."""

from courses.models import Decision, PolicyWeight, Wish


def fill(side):
    side.wish = Wish.objects.create(official=side.person, training_class=side.training_class)
    side.decision = Decision.objects.create(training_class=side.training_class)
    side.weight = PolicyWeight.objects.get_or_create(reason="women", defaults={"weight": 15})[0]


def of_class(side):
    return {"pk": side.training_class.pk}


PLACES = {
    "courses:nomination": lambda side: {"pk": side.nomination.pk},
    "courses:class_exception": lambda side: {**of_class(side), "official": side.person.pk},
    "courses:class_sign_off": of_class,
    "courses:review_undo": lambda side: {**of_class(side), "event": 999},
    "courses:decision": lambda side: {"pk": side.decision.pk},
    "courses:wish_withdraw": lambda side: {"pk": side.wish.pk},
    "courses:rule_edit": lambda side: {"kind": "diem", "pk": side.weight.pk},
}
SHARED = ["courses:rule_edit"]
MAY_BE_GONE = [
    "courses:review_undo",
    "courses:decision_word",
    "courses:decision_signed",
    "courses:decision_unapprove",
]
