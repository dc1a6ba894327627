"""How well forecasts of past years came true: the same forecast, made then, against what was."""

from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

from cadres.rules import count
from reports.figures import as_float, pair_of, units_for
from reports.forecast import forecast_of
from trainingplans.lib.dates import add_years

YEARS = 3
LONGEST = timedelta(days=366)


@dataclass(frozen=True)
class Trial:
    """A forecast of the past and what came of it, in percent."""

    on: object
    due: object
    forecast: Fraction
    actual: Fraction

    @property
    def error(self):
        return self.forecast - self.actual


def backtest(target, account, on, unit=None):
    """The Trials of the years before `on`, as `account` may see them."""
    return backtest_of(target, on, units_for(account, unit))


def backtest_of(target, on, units=None):
    """The Trials of the years before `on` in which there was somebody to count, newest first."""
    pair = pair_of(target)
    ahead = min(max(target.due - on, timedelta(days=90)), LONGEST)
    trials = []
    for years in range(1, YEARS + 1):
        start = add_years(on, -years)
        due = min(start + ahead, on)
        found = forecast_of(pair, target, start, due, units)
        [actual] = count([pair], on=due, units=units)
        if found.at_due.share is not None and actual.share is not None:
            trials.append(Trial(start, due, 100 * found.at_due.share, 100 * actual.share))
    return trials


def mean_error(trials):
    """The mean size of the errors in points, None without trials."""
    return sum((abs(trial.error) for trial in trials), Fraction()) / len(trials) if trials else None


def backtest_document(trials):
    """The JSON form, with the mean error."""
    return {
        "mean_error": as_float(mean_error(trials)),
        "years": [
            {
                "on": trial.on.isoformat(),
                "due": trial.due.isoformat(),
                "forecast": as_float(trial.forecast),
                "actual": as_float(trial.actual),
                "error": as_float(trial.error),
            }
            for trial in trials
        ],
    }
