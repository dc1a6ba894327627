"""Rounds of a class: who is asked, the links that are sent, one answer each without a name.

A token knows whether it was used, an answer knows its round; nothing joins the two. So answering
leaves no audit row and no time, and a link is only known to whom it was sent: a reminder sends a
new one, the old one stops working.
"""

import hashlib
import secrets
import uuid
from datetime import timedelta

from django.db import transaction
from django.urls import reverse

from cadres.audit import record
from cadres.models import Account, OutboxMail
from cadres.notify import body_of, clerks_of, notify
from courses.evaluation.questionnaires import SCORE, in_use
from courses.models import (
    ClassState,
    Enrolment,
    EvaluationAnswer,
    EvaluationRound,
    EvaluationToken,
    Instructor,
    Questionnaire,
)
from trainingplans.lib.commands import Refused
from trainingplans.lib.dates import add_months, show, today
from trainingplans.lib.text import tidy

OPEN_DAYS = timedelta(days=30)
PAUSE = timedelta(days=7)
LONGEST_TEXT = 1000
OVER = (ClassState.ENDED, ClassState.SETTLED)
Audience = Questionnaire.Audience


@transaction.atomic
def open_rounds(training_class, *, by):
    """Ask about a class that has ended: its rounds, old and new; links go out when a round opens.

    Called again it only adds people who came since. Refused before the end of the class.
    """
    if training_class.state not in OVER:
        raise Refused(f"{training_class}: lớp chưa kết thúc, chưa lấy ý kiến đánh giá.")
    rounds = [_round(training_class, one) for one in in_use()]
    invited = sum(_invite(one) for one in rounds)
    sent = sum(send_links(one) for one in rounds)
    if invited:
        detail = {"rounds": len(rounds), "invited": invited, "sent": sent}
        record("evaluation.open", by=by, subject=training_class, detail=detail)
    return rounds


def _round(training_class, questionnaire):
    ended = training_class.ends_on or training_class.state_since or today()
    opens = max(add_months(ended, questionnaire.after_months), ended)
    found, _ = EvaluationRound.objects.get_or_create(
        training_class=training_class,
        questionnaire=questionnaire,
        defaults={"opens_on": opens, "closes_on": max(opens, today()) + OPEN_DAYS},
    )
    return found


def _invite(one):
    """Make the tokens that are missing; how many."""
    known = one.tokens.values_list("enrolment", "instructor", "unit")
    known = set(known)
    wanted = [ids for ids in _people_of(one) if ids not in known]
    EvaluationToken.objects.bulk_create(
        EvaluationToken(
            round=one,
            digest=digest(secrets.token_urlsafe(24)),
            enrolment_id=enrolment,
            instructor_id=instructor,
            unit_id=unit,
        )
        for enrolment, instructor, unit in wanted
    )
    return len(wanted)


def _people_of(one):
    """[(enrolment, instructor, unit)] with one id each: who is asked in a round."""
    finished = one.training_class.enrolments.filter(state=Enrolment.State.FINISHED).order_by("pk")
    if one.questionnaire.audience == Audience.LEARNER:
        return [(pk, None, None) for pk in finished.values_list("pk", flat=True)]
    if one.questionnaire.audience == Audience.TEACHER:
        taught = Instructor.objects.filter(sessions__training_class=one.training_class)
        return [(None, pk, None) for pk in taught.distinct().values_list("pk", flat=True)]
    units = finished.exclude(unit=None).order_by().values_list("unit", flat=True).distinct()
    return [(None, None, pk) for pk in sorted(units)]


# Links


def digest(token):
    """What is kept of the secret in a link."""
    return hashlib.sha256(token.encode()).hexdigest()


def links_of(one):
    """[(EvaluationToken, path)]: a new link for everybody of a round who has not answered."""
    tokens = list(
        one.tokens.filter(used=False).select_related("enrolment__official", "instructor", "unit")
    )
    links = []
    for token in tokens:
        secret = secrets.token_urlsafe(24)
        token.digest, token.reminded_on = digest(secret), today()
        links.append((token, reverse("courses:evaluate", args=[secret])))
    EvaluationToken.objects.bulk_update(tokens, ["digest", "reminded_on"], batch_size=500)
    return links


def send_links(one):
    """Tell those who have not answered, if the round is open; how many could be reached."""
    if not one.opens_on <= today() <= one.closes_on:
        return 0
    title = one.training_class.title
    text = f"Mời đánh giá lớp “{title}”, đến hết {show(one.closes_on)}. Phiếu không ghi tên."
    return sum(_tell(token, path, text) for token, path in links_of(one))


def _tell(token, path, text):
    """Whether somebody was reached: by account, or by the e-mail of a guest."""
    if token.enrolment_id:
        accounts = Account.objects.filter(official=token.enrolment.official_id)
    elif token.unit_id:
        accounts = clerks_of([token.unit_id])
    else:
        accounts = Account.objects.filter(official=token.instructor.official_id or 0)
    if notify(accounts, act="evaluation.open", text=text, url=path):
        return 1
    if token.instructor_id and token.instructor.email:
        guest = token.instructor
        body = body_of(guest, text, path)
        OutboxMail.objects.create(to=guest.email, subject=text[:200], body=body)
        return 1
    return 0


def due_rounds(on):
    """Rounds open on a day with somebody who was not asked or reminded for a week."""
    waiting = EvaluationToken.objects.filter(used=False).exclude(reminded_on__gt=on - PAUSE)
    return (
        EvaluationRound.objects.filter(opens_on__lte=on, closes_on__gte=on)
        .filter(pk__in=waiting.values("round"))
        .select_related("training_class", "questionnaire")
        .order_by("pk")
    )


@transaction.atomic
def printed_links(one, *, by):
    """The links of a round to hand out on paper: [(who, path)]; earlier ones stop working."""
    links = [(_name(token), path) for token, path in links_of(one)]
    detail = {"links": len(links), "round": one.pk}
    record("evaluation.links", by=by, subject=one.training_class, detail=detail)
    return links


def _name(token):
    return str(token.enrolment.official if token.enrolment else token.instructor or token.unit)


@transaction.atomic
def remind(one, *, by):
    """Send new links to those of a round who have not answered; how many could be reached."""
    sent = send_links(one)
    detail = {"sent": sent, "round": one.pk}
    record("evaluation.remind", by=by, subject=one.training_class, detail=detail)
    return sent


# Answers


def token_of(secret):
    """The token of a link, None for one that does not (or no longer) exist."""
    related = ("round__training_class", "round__questionnaire")
    return EvaluationToken.objects.filter(digest=digest(secret)).select_related(*related).first()


def tokens_of(account):
    """The tokens that are the account's own: of its record, or of its unit for a clerk."""
    tokens = EvaluationToken.objects.filter(used=False)
    if account.official_id:
        return tokens.filter(enrolment__official=account.official_id)
    if account.role == "clerk" and account.unit_id:
        return tokens.filter(unit=account.unit_id)
    return tokens.none()


def open_tokens_of(account, on):
    """Those of them that may be answered on a day, the first to close first."""
    tokens = tokens_of(account).filter(round__opens_on__lte=on, round__closes_on__gte=on)
    related = ("round__training_class", "round__questionnaire")
    return tokens.select_related(*related).order_by("round__closes_on", "pk")


def why_closed(token):
    """Why a token cannot answer now, or ""."""
    if token.used:
        return "Bạn đã gửi phiếu này rồi. Cảm ơn bạn."
    if today() < token.round.opens_on:
        return f"Phiếu mở từ ngày {show(token.round.opens_on)}."
    if today() > token.round.closes_on:
        return f"Đã hết hạn trả lời ngày {show(token.round.closes_on)}."
    return ""


@transaction.atomic
def answer(token, told):
    """Keep the answers {code: value} of a token, once; Refused for a used or closed one."""
    locked = EvaluationToken.objects.select_for_update().get(pk=token.pk)
    if why := why_closed(locked):
        raise Refused(why)
    questions = locked.round.questionnaire.questions
    answers = {q["code"]: _kept(q, told.get(q["code"])) for q in questions}
    answers = {code: value for code, value in answers.items() if value not in (None, "")}
    if not answers:
        raise Refused("Phiếu chưa có câu trả lời nào. Chọn điểm cho ít nhất một câu.")
    EvaluationAnswer.objects.create(id=uuid.uuid4(), round=locked.round, answers=answers)
    EvaluationToken.objects.filter(pk=locked.pk).update(used=True)


def _kept(question, value):
    if question["kind"] == SCORE:
        return int(value) if str(value) in "12345" and len(str(value)) == 1 else None
    return tidy(value)[:LONGEST_TEXT]
