"""The tabs of a class: one table; a tab appears with its permission, once its page exists."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse


@dataclass(frozen=True)
class Tab:
    """A part of a class's page: the URL name (with the class's pk), words, the permission."""

    name: str
    label: str
    permission: str


TABS = [
    Tab("courses:class", "Tổng quan", "courses.view_class"),
    Tab("courses:class_sessions", "Lịch học", "courses.view_class"),
    Tab("courses:class_seats", "Suất", "courses.view_class"),
    Tab("courses:class_nominations", "Đề cử", "courses.nominate"),
    Tab("courses:class_sign_off", "Ký trình", "courses.sign_nomination"),
    Tab("courses:class_review", "Xét đề cử", "courses.decide_nomination"),
    Tab("courses:class_decision", "Quyết định", "courses.view_class"),
    Tab("courses:class_attendance", "Điểm danh", "courses.run_class"),
    Tab("courses:class_results", "Kết quả", "courses.run_class"),
    Tab("courses:class_certificates", "Chứng chỉ", "courses.view_certificate"),
    Tab("courses:class_evaluation", "Đánh giá", "courses.view_evaluation"),
    Tab("plans:class_costs", "Kinh phí", "plans.view_plan"),
]


def tabs_of(training_class, account, active):
    """What parts/_tabs.html prints for `account`; `active` is a URL name."""
    return [
        {"label": tab.label, "url": url, "active": tab.name == active, "count": None}
        for tab in TABS
        if account.has_perm(tab.permission) and (url := _url(tab.name, training_class))
    ]


def _url(name, training_class):
    try:
        return reverse(name, args=[training_class.pk])
    except NoReverseMatch:
        return ""
