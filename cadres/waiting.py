"""What waits for somebody about people: imports, gaps in records, possible doubles."""

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from cadres.filters import MISSING
from cadres.models import ImportBatch, Official
from cadres.people import standings_for
from cadres.roles import ALL
from trainingplans.lib.dates import DAY
from trainingplans.lib.inbox import Item

State = ImportBatch.State
READY = {
    State.PREVIEW: ("Xem và áp dụng danh sách", "file-check"),
    State.BROKEN: ("Chạy lại lần nhập dừng giữa chừng", "file-x"),
    State.REFUSED: ("Xem vì sao không đọc được tệp", "file-x"),
}
IMPORTS_SHOWN, GAPS_SHOWN, NAMES_SHOWN = 20, 3, 3
# The fields that figures of targets and forms need most; keys of the list's filter.
WANTED = [
    "ngay-sinh",
    "gioi-tinh",
    "dan-toc",
    "loai",
    "professional",
    "political-theory",
    "state-management",
]


def imports(account, on):
    """Files that wait to be applied, stopped, or could not be read."""
    if not account.has_perm("cadres.import_roster"):
        return
    rows = ImportBatch.objects.filter(state__in=READY).select_related("by", "unit")
    if account.scope != ALL:
        rows = rows.filter(by=account)
    for batch in rows.order_by("created_at")[:IMPORTS_SHOWN]:
        title, icon = READY[batch.state]
        yield Item(
            title=f"{title} {batch.file_name}",
            url=reverse("imports:batch", args=[batch.pk]),
            icon=icon,
            source=", ".join(str(part) for part in (batch.by, batch.unit) if part),
            since=timezone.localdate(batch.created_at),
        )


def gaps(account, on):
    """The fields that most records lack, each leading to the list of these records."""
    if not account.has_perm("cadres.change_official"):
        return
    people = standings_for(account, on).filter(in_service=True)
    counted = {key.replace("-", "_"): Count("pk", filter=MISSING[key][1]) for key in WANTED}
    counts = people.order_by().aggregate(**counted)
    most = sorted(WANTED, key=lambda key: -counts[key.replace("-", "_")])[:GAPS_SHOWN]
    for key in most:
        if count := counts[key.replace("-", "_")]:
            label = MISSING[key][0]
            yield Item(
                title=f"Bổ sung {label[:1].lower()}{label[1:]} cho {count} người",
                url=f"{reverse('cadres:officials')}?thieu={key}",
                icon="user-pen",
                source="hồ sơ chưa ghi mục này, số liệu tính là chưa rõ",
                count=count,
            )


def doubles(account, on):
    """Records of the same name and birth date: perhaps one person."""
    if not account.has_perm("cadres.change_official"):
        return
    people = Official.objects.visible_to(account).filter(merged_into=None)
    known = people.filter(birth_date__isnull=False, birth_precision=DAY)
    pairs = list(
        known.order_by()
        .values("search_key", "birth_date")
        .annotate(n=Count("pk"))
        .filter(n__gt=1)
        .order_by("search_key")
    )
    if not pairs:
        return
    shown = [Q(search_key=p["search_key"], birth_date=p["birth_date"]) for p in pairs[:NAMES_SHOWN]]
    chosen = shown[0]
    for condition in shown[1:]:
        chosen |= condition
    names = list(dict.fromkeys(people.filter(chosen).values_list("full_name", flat=True)))
    yield Item(
        title=f"{len(pairs)} cặp hồ sơ có thể trùng người",
        url=f"{reverse('cadres:officials')}?q={names[0]}",
        icon="users",
        source=", ".join(names) + (" và người khác" if len(pairs) > NAMES_SHOWN else ""),
        count=len(pairs),
    )
