"""Plans as JSON: the form they are printed in, which `plan load` takes again."""

from datetime import date

from trainingplans.plans.items import items_with_all
from trainingplans.plans.models import FundingSource
from trainingplans.plans.names import UnitNames
from trainingplans.plans.progress import progress_of
from trainingplans.plans.totals import NO_UNIT, totals_of


def document_of_plan(plan):
    """The JSON form of a plan: what `plan load` takes, with its totals and progress."""
    names, items = UnitNames(), list(items_with_all(plan))
    chains = [chain_of(programme) for programme in plan.programmes.order_by("pk")]
    document = {
        "number": plan.number,
        "title": plan.title,
        "from": _iso(plan.starts_on),
        "to": _iso(plan.ends_on),
        "unit": names(plan.unit_id),
        "status": plan.state,
        "version": plan.version_no,
        "programme": chains[0] if chains else [],
    }
    if len(chains) > 1:
        document["programmes"] = chains
    document |= {key: getattr(plan, key) for key in ("bases", "purpose") if getattr(plan, key)}
    sources = dict(FundingSource.objects.values_list("pk", "name"))
    document["items"] = [_item_document(item, names, sources) for item in items]
    document["totals"] = _totals_document(totals_of(items), names, sources)
    progress = progress_of(plan.items.all())
    document["progress"] = [
        {"code": item.code, "planned": item.learners, **vars(progress[item.pk])} for item in items
    ]
    return document


def _iso(day):
    return day.isoformat() if isinstance(day, date) else day


def chain_of(programme):
    """[{number, title}] from the top programme down to this one."""
    chain = []
    while programme:
        chain.append({"number": programme.number, "title": programme.title})
        programme = programme.parent
    return chain[::-1]


def _item_document(item, names, sources):
    institution = item.institution.name if item.institution else item.institution_text
    document = {
        "code": item.code,
        "title": item.title,
        "category": item.category.code if item.category else None,
        "classes": item.classes,
        "learners": item.learners,
        "quarter": item.quarter,
        "lead_unit": names(item.lead_unit_id),
        "institution": institution,
        "costs": [
            {"source": sources[c.source_id], "unit": names(c.unit_id), "amount": c.amount}
            for c in item.costs.all()
        ],
        "quotas": [{"unit": names(q.unit_id), "seats": q.seats} for q in item.quotas.all()],
        "serves": sorted(target.code for target in item.targets.all()),
    }
    more = {
        "course": item.course.code if item.course else "",
        "mode": item.mode,
        "place": item.place,
        "audience": item.audience_text,
        "audience_rule": item.audience,
        "note": item.note,
        "reserve": item.reserve,
    }
    return document | {key: value for key, value in more.items() if value}


def _totals_document(totals, names, sources):
    return {
        "classes": totals.classes,
        "learners": totals.learners,
        "amount": totals.amount,
        "amount_per_learner": totals.per_learner,
        "by_source": {sources[pk]: amount for pk, amount in totals.by_source.items()},
        "by_unit": {names(pk) or NO_UNIT: amount for pk, amount in totals.by_unit.items()},
    }
