"""Who the invented people are: ethnic group, name, sex, birth, number."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from cadres.choices import Gender
from cadres.models import Official
from cadres.officials import set_keys
from cadres.retirement import age_in_months, retires_on
from reports.demo.places import load_data
from trainingplans.lib.dates import DAY, MONTH, YEAR, add_months, add_years

# Where people of the province were born, by the first digits of their numbers.
BIRTHPLACES = {"019": 62, "006": 22, "004": 3, "020": 4, "024": 2, "026": 2, "001": 2, "036": 3}
YEAR_ONLY, MONTH_ONLY, NO_NUMBER, NO_GROUP = 0.05, 0.03, 0.03, 0.004


class Dice:
    """Weighted choices, the tables of sums made once."""

    def __init__(self, rng):
        self.rng, self.tables = rng, {}

    def pick(self, weights):
        """A key of {key: weight}."""
        table = self.tables.get(id(weights))
        if table is None:
            table = (weights, list(weights), list(accumulate(weights.values())))
            self.tables[id(weights)] = table
        return self.rng.choices(table[1], cum_weights=table[2])[0]

    def chance(self, share):
        """True in that share of cases."""
        return self.rng.random() < share

    def day(self, first, last):
        """A day from `first` up to `last`."""
        return first + timedelta(self.rng.randint(0, max(0, (last - first).days)))


@dataclass
class Ages:
    """The ages at which people hold a post, on the day `on`."""

    on: date
    youngest: int
    oldest: int


class People:
    """Makes officials, each with a number of their own."""

    def __init__(self, rng, groups):
        self.rng, self.dice = rng, Dice(rng)
        self.groups, self.names = groups, load_data("demo_names.json")
        self.numbers = set()

    def make(self, shares, women, ages, *, retires=True, retired_on=None):
        """An unsaved Official; one who left by age was born so as to reach it on `retired_on`."""
        gender = Gender.FEMALE if self.dice.chance(women) else Gender.MALE
        group = self.dice.pick(shares)
        birth, precision = self._birth(gender, ages, retires, retired_on)
        official = Official(
            full_name=self._name(group, gender, birth.year),
            birth_date=birth,
            birth_precision=precision,
            gender=gender,
            ethnic_group=None if self.dice.chance(NO_GROUP) else self.groups[group],
            personal_id=None if self.dice.chance(NO_NUMBER) else self._number(gender, birth),
            education="10/10" if birth.year < 1973 and self.dice.chance(0.4) else "12/12",
            retires_on=retires_on(birth, gender),
        )
        official.group_name = group
        set_keys(official)
        return official

    def _birth(self, gender, ages, retires, retired_on):
        """(first possible day, precision) of a birth that suits age and sex."""
        if retired_on is not None:
            birth = add_months(retired_on, -age_in_months(gender, retired_on.year) - 1)
            return birth.replace(day=self.rng.randint(1, 28)), DAY
        first, last = add_years(ages.on, -ages.oldest), add_years(ages.on, -ages.youngest)
        if retires:
            # Nobody is kept in service beyond the age at which people retire.
            while retires_on(first.replace(month=1, day=1), gender) <= ages.on:
                first = add_years(first, 1)
            last = max(first, last)
        birth = self.dice.day(first, last)
        draw = self.rng.random()
        if draw < YEAR_ONLY:
            return birth.replace(month=1, day=1), YEAR
        if draw < YEAR_ONLY + MONTH_ONLY:
            return birth.replace(day=1), MONTH
        return birth, DAY

    def _name(self, group, gender, born):
        """Surname, middle and given name as usual in the group; the young are named like Kinh."""
        parts = self.names[group]
        modern = self.names["Kinh"] if born >= 1995 and self.dice.chance(0.4) else parts
        middle = self.dice.pick(modern[f"middle_{gender}"])
        given = self.rng.choice(modern[f"given_{gender}"])
        return f"{self.dice.pick(parts['surnames'])} {middle} {given}"

    def _number(self, gender, birth):
        """A well-formed number: place, century and sex, year, six digits; each only once."""
        century = 2 * (birth.year >= 2000) + (gender == Gender.FEMALE)
        while True:
            end = self.rng.randrange(1_000_000)
            place = self.dice.pick(BIRTHPLACES)
            number = f"{place}{century}{birth.year % 100:02d}{end:06d}"
            if number not in self.numbers:
                self.numbers.add(number)
                return number
