"""The JSON form of a forecast."""

from reports.figures import as_float, numbers
from reports.forecast import seats_for, worst_units


def forecast_document(found, units):
    """The JSON form of `forecast`; `units`: {id: Unit} of those it names."""
    at_due = found.at_due
    return {
        "on": found.on.isoformat(),
        "due": found.due.isoformat(),
        "now": {**numbers(found.now), "percent": as_float(found.now.percent)},
        "at_due": {
            "population": at_due.population,
            "attained": at_due.attained,
            "percent": as_float(at_due.percent),
            "met": at_due.met(found.target.threshold),
            "short_by": found.short_by,
        },
        "range": {"low": as_float(found.low.percent), "high": as_float(found.high.percent)},
        "parts": [
            {
                "why": part.why,
                "population": part.population,
                "attained": part.attained,
                "people": part.people,
            }
            for part in found.parts
        ],
        "pass_rate": as_float(100 * found.rate.share),
        "seats_needed": found.seats_needed,
        "classes_needed": found.classes_needed,
        "by_unit": [
            {
                "unit": units[pk].name,
                "code": units[pk].code,
                "population": figure.population,
                "attained": figure.attained,
                "short_by": figure.short_by(found.target.threshold),
                "seats_needed": seats_for(figure.short_by(found.target.threshold), found.rate),
            }
            for pk, figure in worst_units(found, units)
        ],
    }
