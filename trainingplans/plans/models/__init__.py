"""Why: programmes, funding sources, targets; plans, their quotas and money; needs."""

from trainingplans.plans.models.needs import Need, NeedPerson, NeedRound, NeedState, UnitNeed
from trainingplans.plans.models.planning import (
    AGREED,
    ClassCost,
    CostNorm,
    Plan,
    PlanCost,
    PlanItem,
    PlannedClass,
    PlanState,
    Quota,
)
from trainingplans.plans.models.purposes import FundingSource, Programme, Target

__all__ = [
    "AGREED",
    "ClassCost",
    "CostNorm",
    "FundingSource",
    "Need",
    "NeedPerson",
    "NeedRound",
    "NeedState",
    "Plan",
    "PlanCost",
    "PlanItem",
    "PlanState",
    "PlannedClass",
    "Programme",
    "Quota",
    "Target",
    "UnitNeed",
]
