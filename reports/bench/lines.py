"""A line of the benchmark's answer."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One comparison: ours and the peer's figure in `unit`, their ratio, what is asked of it."""

    what: str
    peer: str
    ours: float
    theirs: float
    unit: str
    ratio: float
    goal: str = ""


def against(what, peer, ours, theirs, goal=""):
    """Processor seconds of both, told in milliseconds."""
    return Line(what, peer, ours * 1000, theirs * 1000, "ms CPU", ours / theirs, goal)
