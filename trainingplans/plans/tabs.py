"""The tabs of a plan: one table; a tab appears with its permission, once its page exists."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse


@dataclass(frozen=True)
class Tab:
    """A part of a plan's page: the URL name (with the plan's pk), words, the permission."""

    name: str
    label: str
    permission: str = "plans.view_plan"


TABS = [
    Tab("plans:plan", "Nội dung"),
    Tab("plans:plan_quotas", "Suất theo đơn vị"),
    Tab("plans:plan_progress", "Tiến độ"),
    Tab("plans:plan_units", "Kế hoạch đơn vị"),
    Tab("plans:plan_changes", "Thay đổi"),
    Tab("plans:plan_papers", "Văn bản"),
]


def tabs_of(plan, account, active):
    """What parts/_tabs.html prints for `account`; `active` is a URL name."""
    return [
        {"label": tab.label, "url": url, "active": tab.name == active, "count": None}
        for tab in TABS
        if account.has_perm(tab.permission) and (url := _url(tab.name, plan))
    ]


def _url(name, plan):
    try:
        return reverse(name, args=[plan.pk])
    except NoReverseMatch:
        return ""
