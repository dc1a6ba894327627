"""A small province for tests of rules: ladders, ethnic groups, who meets a rule on a day."""

from datetime import date

from django.test import TestCase

from cadres.catalogues import ethnic_groups, levels, upsert
from cadres.models import EthnicGroup, Level
from cadres.rules import RuleContext, matching

ON = date(2026, 11, 22)


def load_lists():
    """The real ladders and ethnic groups."""
    upsert(Level, ["ladder", "code"], levels())
    upsert(EthnicGroup, ["code"], ethnic_groups())


class RuleTestCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_lists()

    def who(self, rule, on=ON):
        """The names of those who meet the rule, in order."""
        return [row.official.full_name for row in matching(rule, on=on)]

    def both_ways(self, rule, names, everyone, on=ON):
        """The rule finds `names`, its `not` all the others."""
        self.assertCountEqual(self.who(rule, on), names)
        self.assertCountEqual(self.who({"not": rule}, on), sorted(set(everyone) - set(names)))

    def group(self, name):
        return RuleContext(ON).find_group(name)
