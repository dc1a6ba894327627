"""Names of units that somebody may have meant by another one. All of them folded (`lib.text`)."""

import difflib
import re

# How alike two words are (0 to 1) of which one may be a slip for the other (luong, lung; not
# tan, ha), and of which one may be meant where all other words are right (lap, lam).
SLIP, SOUND = 0.75, 0.6
ALIKE = 0.85  # names whose spaces differ
KIND = re.compile(r"^(?:xa|phuong|thi tran|dac khu) (?=\S)")


def near_names(text, names):
    """Up to three of the names that are worth naming to who wrote the text, the likest first."""
    close = difflib.get_close_matches(text, names, n=10, cutoff=0.6)
    return [name for name in close if _is_near(text, name)][:3]


def is_slip(text, name):
    """Whether a text may be a slip of the pen for the name, word for word."""
    ours, theirs = text.split(), name.split()
    return len(ours) == len(theirs) and all(map(_is_slip, ours, theirs))


def _likeness(ours, theirs):
    return difflib.SequenceMatcher(None, ours, theirs).ratio()


def _is_slip(ours, theirs):
    return _likeness(ours, theirs) >= SLIP


def _is_near(text, name):
    """Every commune is "xã …", so that word says nothing; and of two words one has to be right."""
    ours, theirs = (KIND.sub("", one).split() for one in (text, name))
    if len(ours) != len(theirs):
        less, more = sorted((set(ours), set(theirs)), key=len)
        return (len(less) > 1 and less <= more) or _likeness(
            "".join(ours), "".join(theirs)
        ) >= ALIKE
    wrong = [pair for pair in zip(ours, theirs, strict=True) if pair[0] != pair[1]]
    return all(_is_slip(*pair) for pair in wrong) or (
        len(wrong) == 1 < len(ours) and _likeness(*wrong[0]) >= SOUND
    )
