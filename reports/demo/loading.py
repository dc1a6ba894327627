"""Loading the demonstration into an empty database; saying what to look at first."""

from dataclasses import dataclass

from django.core.management import call_command
from django.db import connection, transaction

from cadres.audit import record
from cadres.models import Account, AuditEvent, Official, Unit
from cadres.rules.counting import Pair, count
from reports.demo.accounts import make_accounts
from reports.demo.classes import make_classes
from reports.demo.needs import make_needs
from reports.demo.nominations import make_nominations
from reports.demo.past import make_evaluations, make_past
from reports.demo.places import load_data
from reports.demo.plans import make_plans
from reports.demo.province import OFFICIALS, SEED, build_province
from reports.demo.purposes import make_purposes
from reports.demo.running import make_running
from reports.demo.sent import make_reports
from trainingplans.lib.dates import today
from trainingplans.plans.models import Target

ACT = "demo.load"
FEWEST = 10  # people in a commune whose share is worth showing


def is_empty():
    """Whether nobody has put anything into the database yet."""
    return not Unit.objects.exists() and not Official.objects.exists()


def is_demo():
    """Whether the database holds the demonstration."""
    return AuditEvent.objects.filter(act=ACT).exists()


@transaction.atomic
def load_demo(officials=OFFICIALS, seed=SEED, *, by):
    """Province, targets and accounts in one transaction; {what: how many}."""
    built = build_province(officials, seed, by=by)
    plan = load_data("demo_province.json")
    communes = [built.province.named(plan[key]).unit for key in ("first_commune", "second_commune")]
    make_accounts(built.province, communes)
    loaded = make_purposes(by=by)
    past = make_past(seed, by=by)
    counts = {model._meta.model_name: number for model, number in built.counts.items()}
    counts |= {"unit": len(built.province.units), "target": len(loaded.created)}
    counts |= make_classes(built.province, seed, by=by)
    counts |= make_running(seed, by=by)
    counts["plan"] = make_plans(communes, by=by)  # the classes of the year hang on its plan
    make_needs(communes, seed, by=by)  # the round of the next year's plan
    make_evaluations(seed, by=by)
    counts["past"] = past
    counts["nomination"] = make_nominations(by=by)
    make_reports(by=by)  # last: what comes after them is told as a restatement
    record(ACT, by=by, label="Tỉnh minh họa", unit=built.province.root, detail=counts)
    return counts


def refresh_statistics():
    """Let the database know its tables after so many new rows."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def empty_database():
    """Take everything out again; only `system` is left."""
    call_command("flush", interactive=False, verbosity=0)
    Account.objects.system()


@dataclass
class FirstLook:
    """The commune that lacks most for a target, and how much."""

    target: Target
    unit: Unit
    attained: int
    population: int


def first_look():
    """The commune furthest below the threshold of any target; None where there is none."""
    targets = list(Target.objects.all())
    figures = count([Pair(t.population, t.attained) for t in targets], on=today(), by_unit=True)
    found = [
        (figure.attained / figure.population - float(target.threshold) / 100, number, unit)
        for number, target in enumerate(targets)
        for unit, figure in figures[number].by_unit.items()
        if figure.population >= FEWEST
    ]
    if not found:
        return None
    _, number, unit = min(found)
    figure = figures[number].by_unit[unit]
    unit = Unit.objects.get(pk=unit)
    return FirstLook(targets[number], unit, figure.attained, figure.population)
