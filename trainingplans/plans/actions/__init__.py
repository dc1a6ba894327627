"""Writes of plans and what they serve: one module a subject."""

from trainingplans.lib.commands import Refused
from trainingplans.plans.actions.purposes import (
    Loaded,
    add_programme,
    attach_document,
    delete_programme,
    delete_target,
    load_targets,
    restore_programme,
    restore_target,
    save_target,
)

__all__ = [
    "Loaded",
    "Refused",
    "add_programme",
    "attach_document",
    "delete_programme",
    "delete_target",
    "load_targets",
    "restore_programme",
    "restore_target",
    "save_target",
]
