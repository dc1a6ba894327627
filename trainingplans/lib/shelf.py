"""Things kept in memory by key, the newest ones; safe among threads."""

from collections import OrderedDict
from threading import Lock

SHELVES = []


class Shelf:
    """At most `most` things; what was put there first goes first."""

    def __init__(self, most):
        self._most, self._things, self._lock = most, OrderedDict(), Lock()
        SHELVES.append(self)

    def get(self, key):
        """What is kept under a key, None for nothing."""
        return self._things.get(key)

    def put(self, key, thing):
        """Keep a thing under a key, in place of another one there."""
        with self._lock:
            self._things[key] = thing
            self._things.move_to_end(key)
            while len(self._things) > self._most:
                self._things.popitem(last=False)

    def clear(self):
        """Forget all."""
        with self._lock:
            self._things.clear()


def forget():
    """Empty all shelves, for whoever measures what it costs without them."""
    for shelf in SHELVES:
        shelf.clear()
