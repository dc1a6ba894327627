"""Replacing the templates of papers, with a trace."""

from django.db import transaction

from cadres.audit import record
from trainingplans.lib.papers import replace


@transaction.atomic
def set_template(paper, content, *, by):
    """Keep `content` as the office's own template of a paper; None: the portal's own again."""
    act = "template.replace" if content is not None else "template.drop"
    record(act, by=by, label=paper.label)
    replace(paper.template, content)
