"""Arguments that several commands share."""

from cadres.units import UnitNotFound, find_unit
from trainingplans.lib.commands import Refused


def unit_named(text):
    """The unit with this code or name, None for no text; Refused where there is none or several."""
    if not text:
        return None
    try:
        return find_unit(text)
    except UnitNotFound as error:
        raise Refused(str(error)) from None
