"""Ten years of courses behind the invented officials, and what learners thought of ended classes.

The proportions are those of a report of the field: one lượt of đào tạo to nearly nine of bồi dưỡng.
"""

import random
import uuid
from bisect import bisect_right
from datetime import timedelta

from cadres.models import Official, Standing
from courses.evaluation.questionnaires import SCORE, in_use
from courses.evaluation.rounds import OPEN_DAYS, OVER, open_rounds
from courses.models import (
    Category,
    Course,
    Enrolment,
    EvaluationAnswer,
    EvaluationRound,
    EvaluationToken,
    Questionnaire,
    TrainingClass,
)
from reports.demo import bulk
from trainingplans.lib.dates import add_months, today
from trainingplans.lib.text import fold

YEARS = 10
TRAINED = 0.86  # of the officials; the others have nothing behind them
DEGREES = 0.104  # of all lượt
RECENT = timedelta(days=240)
# (title, content, days, weight)
LONG = [
    ("Trung cấp lý luận chính trị – hành chính", "DT.CT.TC", 200, 42),
    ("Cao cấp lý luận chính trị", "DT.CT.CC", 240, 10),
    ("Đại học Luật (vừa làm vừa học)", "DT.CM.DH", 900, 22),
    ("Đại học Quản lý nhà nước (vừa làm vừa học)", "DT.CM.DH", 900, 14),
    ("Thạc sĩ Quản lý công", "DT.CM.THS", 600, 12),
]
SHORT = [
    ("Bồi dưỡng quản lý nhà nước ngạch chuyên viên", "BD.QLNN.CV", 40, 14),
    ("Bồi dưỡng quản lý nhà nước ngạch chuyên viên chính", "BD.QLNN.CVC", 30, 5),
    ("Bồi dưỡng kiến thức quốc phòng, an ninh đối tượng 4", "BD.QPAN.4", 4, 14),
    ("Bồi dưỡng kiến thức dân tộc nhóm đối tượng 4", "BD.DTOC.4", 4, 9),
    ("Bồi dưỡng tiếng Tày", "BD.TDT", 45, 5),
    ("Bồi dưỡng tiếng Mông", "BD.TDT", 45, 4),
    ("Nghiệp vụ văn thư, lưu trữ", "BD.VTVL.VTLT", 3, 9),
    ("Cải cách hành chính, giải quyết thủ tục theo cơ chế một cửa", "BD.VTVL.CCHC", 2, 10),
    ("Nghiệp vụ tư pháp – hộ tịch", "BD.VTVL.TPHT", 3, 6),
    ("Kỹ năng tiếp công dân, giải quyết khiếu nại, tố cáo", "BD.VTVL.TCD", 2, 5),
    ("Nghiệp vụ thi đua, khen thưởng", "BD.VTVL.TDKT", 2, 3),
    ("Kỹ năng số, chuyển đổi số cho cán bộ, công chức", "BD.TH", 2, 10),
    ("Bồi dưỡng lãnh đạo, quản lý cấp xã", "BD.LD.XA", 10, 3),
    ("Tập huấn theo nhu cầu của dự án", "", 2, 3),
]
SCHOOLS = ["Trường Chính trị tỉnh", "Học viện Hành chính và Quản trị công", "Bộ CHQS tỉnh"]
GRADES = ["Giỏi", "Khá", "Khá", "Đạt", "Đạt"]
ANSWERED = 0.7  # of those asked
POINTS = [5, 5, 4, 4, 4, 3, 5, 4, 3, 2]
REMARKS = [
    "Thêm bài tập tình huống sát với xã.",
    "Lớp đông quá, nên chia nhóm.",
    "Giảng viên nhiệt tình, ví dụ dễ hiểu.",
    "Nên mở vào tháng ít việc.",
]


def make_past(seed, *, by):
    """Lượt of the past for most officials; how many."""
    chance = random.Random(f"{seed}:past")  # noqa: S311 - a demonstration, not a secret
    categories = dict(Category.objects.values_list("code", "pk"))
    courses, recent = _granting(), today() - RECENT
    people = Official.objects.order_by("pk").values_list("pk", "gender", "ethnic_group_id")
    standings = _standings()
    rows = []
    for pk, gender, group in people:
        if pk in standings and chance.random() < TRAINED:
            for title, code, first, last in _courses(chance):
                snapshot = _snapshot(standings[pk], first)
                if snapshot is None:
                    continue
                fixed = {"official_id": pk, "gender": gender, "ethnic_group_id": group}
                rows.append(_enrolment(chance, title, categories.get(code), first, last, code))
                if last > recent:  # too new for the record: it waits for the review
                    rows[-1].course_id = courses.get(code)
                for name, value in (fixed | snapshot).items():
                    setattr(rows[-1], name, value)
    before = bulk.last_id(Enrolment)
    bulk.insert(Enrolment, rows)
    bulk.count_on([Enrolment])
    bulk.keep_history(Enrolment, before, by=by)
    return len(rows)


def _granting():
    """{code of a content: the course of it that grants a level}, of the long ones."""
    rows = Course.objects.filter(
        category__code__in=[code for _, code, *_ in LONG], grants_level__isnull=False
    )
    return dict(rows.order_by("-code").values_list("category__code", "pk"))


def _standings():
    """{official id: [(first day, columns of the snapshot)]}, oldest first."""
    columns = ("unit_id", "position", "staff_kind", "rank_code", "leadership", "in_planning")
    found = {}
    rows = Standing.objects.order_by("official", "valid_from").values_list(
        "official", "valid_from", "in_service", *columns
    )
    for official, first, in_service, *values in rows:
        told = dict(zip(columns, values, strict=True)) if in_service else None
        found.setdefault(official, []).append((first, told))
    return found


def _snapshot(periods, day):
    """What somebody was on a day, None out of service."""
    place = bisect_right(periods, day, key=lambda period: period[0])
    return periods[place - 1][1] if place else None


def _courses(chance):
    """[(title, code, first day, last day)] of one person, each title once a year at most."""
    taken = set()
    for _ in range(chance.choices(range(1, 9), weights=[16, 20, 18, 15, 12, 9, 6, 4])[0]):
        table = LONG if chance.random() < DEGREES else SHORT
        title, code, days, _ = chance.choices(table, weights=[one[3] for one in table])[0]
        last = today() - timedelta(days=chance.randrange(20, YEARS * 365))
        if (title, last.year) in taken or (table is LONG and any(title == t for t, _ in taken)):
            continue
        taken.add((title, last.year))
        yield title, code, last - timedelta(days=days), last


def _enrolment(chance, title, category, first, last, code):
    days = (last - first).days
    return Enrolment(
        origin=Enrolment.Origin.HISTORY,
        category_id=category,
        title=title,
        title_key=fold(title),
        form="dao_tao" if code.startswith("DT") else "boi_duong",
        starts_on=first,
        ends_on=last,
        hours=days * 8 if days <= 60 else None,
        institution_text=chance.choice(SCHOOLS),
        grade=chance.choice(GRADES),
        outcome=Enrolment.Outcome.PASSED,
        state=Enrolment.State.FINISHED,
        completed=True,
        certificate_text=f"{chance.randrange(1, 999)}/{last.year}/CN" if days <= 60 else "",
    )


def make_evaluations(seed, *, by):
    """Rounds and answers for the classes that have ended; how many answers."""
    chance = random.Random(f"{seed}:evaluation")  # noqa: S311 - a demonstration, not a secret
    answers, used = [], []
    for training_class in TrainingClass.objects.filter(state__in=OVER).order_by("pk"):
        _asked_in_time(training_class)
        for one in open_rounds(training_class, by=by):
            if one.questionnaire.audience == Questionnaire.Audience.UNIT:
                continue
            for token in one.tokens.order_by("pk"):
                if chance.random() < ANSWERED:
                    used.append(token.pk)
                    answers.append(_answer(chance, one))
    EvaluationAnswer.objects.bulk_create(answers, batch_size=500)
    EvaluationToken.objects.filter(pk__in=used).update(used=True)
    return len(answers)


def _asked_in_time(training_class):
    """The rounds of a class as of its own end: those of past years are over."""
    for questionnaire in in_use():
        opens = add_months(training_class.ends_on, questionnaire.after_months)
        EvaluationRound.objects.create(
            training_class=training_class,
            questionnaire=questionnaire,
            opens_on=opens,
            closes_on=opens + OPEN_DAYS,
        )


def _answer(chance, one):
    told = {
        question["code"]: chance.choice(POINTS)
        for question in one.questionnaire.questions
        if question["kind"] == SCORE
    }
    if chance.random() < 0.25:
        free = [q["code"] for q in one.questionnaire.questions if q["kind"] != SCORE]
        told |= {code: chance.choice(REMARKS) for code in free[:1]}
    return EvaluationAnswer(id=uuid.UUID(int=chance.getrandbits(128)), round=one, answers=told)
