"""Who: accounts, units, officials, and what is known of them over time."""

from cadres.models.accounts import Account
from cadres.models.audit import AuditEvent, FormToken
from cadres.models.catalogues import Commune, EthnicGroup, Level, Province, Rank
from cadres.models.finding import PositionKey
from cadres.models.intake import (
    Change,
    ImportBatch,
    ImportCoverage,
    ImportRow,
    MatchDecision,
    SenderMapping,
)
from cadres.models.marks import DataMark
from cadres.models.messages import CalendarFeed, Notification, OutboxMail
from cadres.models.officials import (
    Appraisal,
    Official,
    PartyStatus,
    PlanningEntry,
    Posting,
    Qualification,
)
from cadres.models.standings import Standing
from cadres.models.units import Unit, UnitChange, UnitLanguage, UnitSuccession, UnitTrait

__all__ = [
    "Account",
    "Appraisal",
    "AuditEvent",
    "CalendarFeed",
    "Change",
    "Commune",
    "DataMark",
    "EthnicGroup",
    "FormToken",
    "ImportBatch",
    "ImportCoverage",
    "ImportRow",
    "Level",
    "MatchDecision",
    "Notification",
    "Official",
    "OutboxMail",
    "PartyStatus",
    "PlanningEntry",
    "PositionKey",
    "Posting",
    "Province",
    "Qualification",
    "Rank",
    "SenderMapping",
    "Standing",
    "Unit",
    "UnitChange",
    "UnitLanguage",
    "UnitSuccession",
    "UnitTrait",
]
