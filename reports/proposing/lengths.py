"""How long a course takes from its opening to its certificates."""

from collections import defaultdict
from math import ceil
from statistics import median

from courses.models import Course, Form, TrainingClass

MONTH = 30.4  # days
USUAL = {Form.BOI_DUONG: 3, Form.DAO_TAO: 24}  # months, where no class has been held yet


def months_of(courses):
    """{course id: months}: the usual length of its classes, else that of its form; two queries."""
    days = defaultdict(list)
    classes = TrainingClass.objects.filter(course__in=courses).exclude(starts_on=None)
    rows = classes.exclude(ends_on=None).order_by()
    for course, starts, ends in rows.values_list("course", "starts_on", "ends_on"):
        days[course].append((ends - starts).days + 1)
    forms = dict(Course.objects.filter(pk__in=courses).values_list("pk", "category__form"))
    return {
        pk: ceil(median(days[pk]) / MONTH) if days[pk] else USUAL[form]
        for pk, form in forms.items()
    }
