"""Attendance of a class as it is read: sessions in order, marks by learner, who missed how much."""

import re
from collections import defaultdict

from courses.models import Attendance, ClassSession
from courses.results import learners_of, studying
from trainingplans.lib.text import fold

PRESENT, EXCUSED, ABSENT = (str(mark) for mark in Attendance.Mark.values)
MARKS = [PRESENT, EXCUSED, ABSENT]
LETTERS = {PRESENT: "x", EXCUSED: "p", ABSENT: "v"}  # as they are typed in a grid
PARTS = [str(part) for part in ClassSession.Part.values]
TOO_MANY = 20  # percent of sessions missed, from which the page warns
# What offices and schools write into the cells of their sheets.
SAID = {
    PRESENT: ["x", "co", "co mat", "v/", "✓", "✔", "1", "+", "cm", "den", "du"],
    EXCUSED: ["p", "cp", "co phep", "phep", "vang co phep", "xin phep"],
    ABSENT: ["v", "k", "kp", "khong phep", "vang", "vang khong phep", "0", "-", "vk"],
}
READ = {text: mark for mark, texts in SAID.items() for text in texts}


def sessions_of(training_class):
    """The sessions of a class by day, then morning, afternoon, evening; numbered from 1."""
    rows = ClassSession.objects.filter(training_class=training_class).select_related("instructor")
    ordered = sorted(rows, key=lambda row: (row.on, PARTS.index(row.part), row.pk))
    for number, row in enumerate(ordered, 1):
        row.number = number
    return ordered


def marks_of(training_class, learners):
    """{learner's id: {session id: mark}}."""
    found = {row.pk: {} for row in learners}
    rows = Attendance.objects.filter(session__training_class=training_class, enrolment__in=found)
    for learner, session, mark in rows.values_list("enrolment", "session", "mark"):
        found[learner][session] = mark
    return found


def read_mark(text):
    """The mark that a cell of a sheet or of the grid means; "" for empty, None for nonsense."""
    text = re.sub(r"[.\s]+", " ", fold(text)).strip()
    return READ.get(text) if text else ""


def missed(marks):
    """(sessions missed, sessions marked) of one learner."""
    told = list(marks.values())
    return sum(mark != PRESENT for mark in told), len(told)


def too_often(gone, held):
    """Whether that is more than may be missed."""
    return held > 0 and gone * 100 > held * TOO_MANY


def sessions_without_marks(training_class, on):
    """The sessions up to a day of which a learner who is there since the start has no mark."""
    here = set(studying(training_class).filter(replaces__isnull=True).values_list("pk", flat=True))
    told = defaultdict(set)
    rows = Attendance.objects.filter(session__training_class=training_class)
    for session, learner in rows.values_list("session", "enrolment"):
        told[session].add(learner)
    return [row for row in sessions_of(training_class) if row.on <= on and here - told[row.pk]]


def grid_of(training_class, account):
    """(sessions, learners, marks): everything that a grid shows; three queries."""
    learners = list(learners_of(training_class, account))
    return sessions_of(training_class), learners, marks_of(training_class, learners)
