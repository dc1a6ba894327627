"""What tests of nominating share: one commune and its people, a class, the rules in force."""

from datetime import date

from cadres.models import Unit
from courses.catalogues import load_settings
from courses.eligibility import people_of
from courses.models import Form, PolicyWeight, RuleSetting
from courses.ranking import rank
from tests.factories import (
    make_category,
    make_class,
    make_course,
    make_level,
    make_official,
    make_unit,
)
from trainingplans.lib.dates import today

OPENING = date(2027, 3, 1)
# The two years whose appraisals count: those over on the opening day, and over today.
LAST_YEARS = [min(today().year, OPENING.year) - back for back in (2, 1)]


def load_rules():
    """The rules and weights that `load_catalogues` brings."""
    load_settings()
    return RuleSetting.objects, PolicyWeight.objects


def content(code):
    """A content of training in the form that its code tells."""
    form = Form.DAO_TAO if code.startswith("DT") else Form.BOI_DUONG
    return make_category(code, form=form)


def degree_course(code="DT.CT.TC", **fields):
    """A course of đào tạo: intermediate political theory unless said otherwise."""
    return make_course(content(code), **fields)


class World:
    """A commune, its people, and a class of them."""

    def __init__(self, **course):
        load_rules()
        self.unit = make_unit(name="Xã Nà Bủng")
        self.level = make_level("political_theory", "TC", 2)
        self.course = degree_course(**course)
        self.training_class = make_class(self.course, starts=OPENING, ends=date(2028, 2, 28))

    def person(self, **fields):
        """An official against whom nothing speaks, but for what `fields` say."""
        fields.setdefault("birth_date", date(1990, 5, 6))
        fields.setdefault("gender", "nam")
        fields.setdefault("since", date(2015, 1, 1))
        return make_official(self.unit, **fields)

    def ranked(self, **options):
        """[Ranked] of the commune for the class, and {name: Ranked}."""
        units = Unit.objects.filter(pk=self.unit.pk)
        people = people_of(units, OPENING)
        options.setdefault("training_class", self.training_class)
        return rank(people, on=OPENING, **options)

    def of(self, official, **options):
        """What is said of one official."""
        return next(one for one in self.ranked(**options) if one.official == official)
