"""Scores out of answers: shown from five answers on, so that nobody's answer stands alone."""

from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction

from courses.evaluation.questionnaires import ABOUT, SCORE
from courses.models import ClassSession, EvaluationAnswer, EvaluationRound, Questionnaire

FEWEST = 5
BEST = 5


@dataclass
class Mean:
    """Answers summed up; `value` None below FEWEST answers."""

    total: int = 0
    count: int = 0

    def add(self, points):
        self.total += points
        self.count += 1

    @property
    def value(self):
        return Fraction(self.total, self.count) if self.count >= FEWEST else None


@dataclass
class Scored:
    """Answers of one or several rounds: how many, the mean of all, by matter, by question."""

    answers: int = 0
    mean: Mean = field(default_factory=Mean)
    matters: dict = field(default_factory=lambda: defaultdict(Mean))
    questions: dict = field(default_factory=lambda: defaultdict(Mean))
    texts: dict = field(default_factory=lambda: defaultdict(list))

    @property
    def is_shown(self):
        return self.answers >= FEWEST

    def add(self, questions, answers):
        """Take one sheet of answers in."""
        self.answers += 1
        for question in questions:
            value = answers.get(question["code"])
            if value is None:
                continue
            if question["kind"] != SCORE:
                self.texts[question["code"]].append(value)
                continue
            for mean in (
                self.mean,
                self.matters[question["about"]],
                self.questions[question["code"]],
            ):
                mean.add(value)


def scores_of_rounds(rounds):
    """{round id: Scored}; one query for the answers."""
    questions = {one.pk: one.questionnaire.questions for one in rounds}
    scored = {pk: Scored() for pk in questions}
    # By their random ids: the order tells nothing of who came first.
    rows = EvaluationAnswer.objects.filter(round__in=questions).order_by("id")
    for pk, answers in rows.values_list("round", "answers"):
        scored[pk].add(questions[pk], answers)
    return scored


def scores_by(classes, by):
    """[(name, classes, Scored)], worst first: what learners say, by institution, course, teacher.

    `classes`: the TrainingClasses that count. A teacher's score is that of the questions about
    teachers in the classes that he or she taught; with several teachers it is theirs together.
    """
    rounds = EvaluationRound.objects.filter(
        training_class__in=classes, questionnaire__audience=Questionnaire.Audience.LEARNER
    ).select_related("questionnaire", "training_class__course", "training_class__institution")
    rounds = list(rounds)
    names = _names(rounds, by)
    questions = {
        one.pk: [q for q in one.questionnaire.questions if by != "teacher" or q["about"] == by]
        for one in rounds
    }
    groups, counted = defaultdict(Scored), defaultdict(set)
    rows = EvaluationAnswer.objects.filter(round__in=questions).order_by("id")
    owner = {one.pk: one.training_class_id for one in rounds}
    for pk, answers in rows.values_list("round", "answers"):
        for name in names[pk]:
            groups[name].add(questions[pk], answers)
            counted[name].add(owner[pk])
    found = [(name, len(counted[name]), scored) for name, scored in groups.items()]
    return sorted(
        found, key=lambda one: (one[2].mean.value is None, one[2].mean.value or 0, one[0])
    )


def _names(rounds, by):
    """{round id: names of what its class belongs to}."""
    if by == "teacher":
        taught = defaultdict(set)
        sessions = ClassSession.objects.filter(
            training_class__in=[one.training_class_id for one in rounds], instructor__isnull=False
        )
        for pk, name in sessions.values_list("training_class", "instructor__full_name"):
            taught[pk].add(name)
        return {one.pk: sorted(taught[one.training_class_id]) for one in rounds}
    if by == "course":
        return {one.pk: [one.training_class.course.name] for one in rounds}
    return {
        one.pk: [str(one.training_class.institution or "Chưa ghi cơ sở đào tạo")] for one in rounds
    }


def lines_of(one, scored):
    """What the page prints of a round: [{text, about, mean, count, texts}]."""
    return [
        {
            "text": question["text"],
            "about": ABOUT.get(question["about"], ""),
            "is_score": question["kind"] == SCORE,
            "mean": scored.questions[question["code"]].value,
            "percent": percent_of(scored.questions[question["code"]]),
            "texts": scored.texts[question["code"]],
        }
        for question in one.questionnaire.questions
    ]


def percent_of(mean):
    """Where a mean stands between 1 and 5, in percent; None without one."""
    return None if mean.value is None else (mean.value - 1) * 100 / (BEST - 1)
