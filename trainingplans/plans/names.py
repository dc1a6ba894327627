"""How papers and documents name units: by their name, by the code where a name is not unique."""

from collections import Counter

from cadres.models import Unit


class UnitNames:
    """Names of units by id; made once for a document, one query."""

    def __init__(self):
        rows = list(Unit.objects.values_list("pk", "code", "name", "name_key"))
        often = Counter(key for *_, key in rows)
        self.names = {pk: name if often[key] == 1 else code for pk, code, name, key in rows}

    def __call__(self, pk):
        """The name of the unit with this id; None for none."""
        return self.names.get(pk)
