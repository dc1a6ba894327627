"""What the ids of addresses are, one module an app; test_access tries them all.

A module has `fill(side)`, which gives a Side one of everything that its addresses can name, and
PLACES (beginning of an address's name → its ids), SHARED (ids that are nobody's, the same for all
units) and MAY_BE_GONE (addresses that may answer 404 for the own unit too).
"""

from tests.places import cadres, courses, nominations, plans, reports

APPS = [cadres, courses, nominations, plans, reports]
PLACES = {start: ids for app in APPS for start, ids in app.PLACES.items()}
SHARED = tuple(start for app in APPS for start in app.SHARED)
MAY_BE_GONE = {name for app in APPS for name in app.MAY_BE_GONE}


class Side:
    """One unit (of this name) with one of everything that an address can name."""

    def __init__(self, name):
        self.name = name
        for app in APPS:
            app.fill(self)
