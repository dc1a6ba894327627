"""Telling units what became of their nominations: one line an account, with the number."""

from collections import defaultdict

from django.urls import reverse

from cadres.notify import clerks_of, leaders_of, notify

CLERK_PAGE, LEADER_PAGE = "courses:class_nominations", "courses:class_sign_off"
# Act → (who is told, their page, the sentence).
WORDS = {
    "nomination.prepare": (leaders_of, LEADER_PAGE, "{n} đề cử chờ ký trình: {title}."),
    "nomination.send_back": (clerks_of, CLERK_PAGE, "Lãnh đạo trả lại {n} đề cử: {title}."),
    "accept": (clerks_of, CLERK_PAGE, "Sở Nội vụ chấp nhận {n} đề cử: {title}."),
    "reserve": (clerks_of, CLERK_PAGE, "Sở Nội vụ xếp dự bị {n} đề cử: {title}."),
    "return": (clerks_of, CLERK_PAGE, "Sở Nội vụ trả lại {n} đề cử: {title}."),
    "reject": (clerks_of, CLERK_PAGE, "Sở Nội vụ từ chối {n} đề cử: {title}."),
    "reconsider": (clerks_of, CLERK_PAGE, "Sở Nội vụ xét lại {n} đề cử: {title}."),
    "cancel": (clerks_of, CLERK_PAGE, "Lớp {title} đã hủy; đơn vị có {n} đề cử."),
    "decision.approve": (clerks_of, CLERK_PAGE, "{n} người của đơn vị được cử học {title}."),
}


def tell_units(act, training_class, rows):
    """Tell the accounts of the units (or of those above them) of `rows` what was done."""
    if act not in WORDS or not rows:
        return
    accounts_of, page, words = WORDS[act]
    counts = defaultdict(int)
    for row in rows:
        for pk in row.unit.path.split("/"):
            if pk:
                counts[int(pk)] += 1
    url = reverse(page, args=[training_class.pk])
    for account in accounts_of(list(counts)):
        text = words.format(n=counts[account.unit_id], title=training_class.title)
        notify([account], act=act, text=text, url=url)
