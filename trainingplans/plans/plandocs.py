"""Plans as JSON: reading a document with every problem named."""

from dataclasses import dataclass, field

from cadres.models import Unit
from cadres.roles import ALL
from cadres.rules.base import allowed, shown
from cadres.units import UnitFinder, UnitNotFound
from courses.models import Category, Course, Institution
from trainingplans.lib.text import fold
from trainingplans.plans.counting import rule_of
from trainingplans.plans.docvalues import (
    count_of,
    day_of,
    lines_of,
    mode_of,
    money_of,
    quarter_of,
    state_of,
    text_of,
)
from trainingplans.plans.models import FundingSource, PlanState, Target

PLAN_REQUIRED = ["number", "title", "from", "to", "unit", "items"]
PLAN_OPTIONAL = ["status", "programme", "programmes", "bases", "purpose"]
PRINTED_ONLY = ["version", "totals", "progress"]  # what `plan show` adds; not read
ITEM_REQUIRED = ["code", "title", "category", "classes", "learners"]
ITEM_OPTIONAL = [
    "course",
    "quarter",
    "lead_unit",
    "institution",
    "mode",
    "place",
    "audience",
    "audience_rule",
    "note",
    "reserve",
    "costs",
    "quotas",
    "serves",
]


@dataclass
class ItemEntry:
    """An item as a document gives it, with rows in place of names."""

    columns: dict
    costs: list = field(default_factory=list)  # [(source, unit or None, amount)]
    quotas: list = field(default_factory=list)  # [(unit, seats)]
    serves: list = field(default_factory=list)  # targets


@dataclass
class PlanEntry:
    """A plan as a document gives it; `chains`: [[{number, title}, …], …] from the top."""

    columns: dict
    chains: list
    items: list


class PlanReader:
    """Reads a document for `account`; look at `problems` before using the entry."""

    def __init__(self, account):
        self.account = account
        self.problems = []
        self.units = UnitFinder(Unit.objects.all())
        self.branch = None
        if account.scope != ALL:
            self.branch = set(Unit.objects.branch_of(account).values_list("pk", flat=True))
        self.categories = {row.code.casefold(): row for row in Category.objects.all()}
        self.courses = {row.code.casefold(): row for row in Course.objects.all()}
        sources = list(FundingSource.objects.all())
        self.sources = {fold(row.name): row for row in sources}
        self.sources |= {row.code.casefold(): row for row in sources}
        self.targets = {row.code: row for row in Target.objects.visible_to(account)}
        self.institutions = {row.search_key: row for row in Institution.objects.all()}

    def read(self, document):
        """The PlanEntry of a document, None when it is not one."""
        if not isinstance(document, dict):
            self.problems.append("Tệp phải là một kế hoạch: {…}.")
            return None
        self._keys("Kế hoạch", document, PLAN_REQUIRED, PLAN_OPTIONAL + PRINTED_ONLY)
        columns = {
            "number": self._take("Kế hoạch", document, "number", text_of(60)),
            "title": self._take("Kế hoạch", document, "title", text_of(300)),
            "starts_on": self._take("Kế hoạch", document, "from", day_of),
            "ends_on": self._take("Kế hoạch", document, "to", day_of),
            "unit": self._take("Kế hoạch", document, "unit", self._own_unit),
            "state": self._take("Kế hoạch", document, "status", state_of) or PlanState.DRAFT,
            "bases": self._take("Kế hoạch", document, "bases", lines_of) or "",
            "purpose": self._take("Kế hoạch", document, "purpose", lines_of) or "",
        }
        starts, ends = columns["starts_on"], columns["ends_on"]
        if starts and ends and ends < starts:
            self.problems.append(f"Kế hoạch: to {ends} trước from {starts}. Sửa một trong hai.")
        return PlanEntry(columns, self._chains(document), self._items(document.get("items", [])))

    # ---- pieces ----

    def _keys(self, here, entry, required, optional):
        keys = required + optional
        for key in [key for key in entry if key not in keys]:
            self._problem(here, f"không có khóa {shown(key)}. Các khóa: {allowed(keys)}.")
        for key in [key for key in required if key not in entry]:
            self._problem(here, f"thiếu khóa {key}.")

    def _take(self, here, entry, key, read):
        """The value of a key as `read` understands it; None with a problem, or when missing."""
        if key not in entry:
            return None
        try:
            return read(entry[key])
        except (ValueError, UnitNotFound) as fault:
            self._problem(here, f"{key}: {fault}")
            return None

    def _problem(self, here, text):
        self.problems.append(f"{here}: {text}")

    def _chains(self, document):
        more, read = self._list("Kế hoạch", document, "programmes"), []
        chains = [document.get("programme") or [], *more]
        for chain in chains:
            if not isinstance(chain, list):
                self._problem(
                    "Kế hoạch", f"programme phải là danh sách, không phải {shown(chain)}."
                )
                continue
            read.append([self._programme(link, place) for place, link in enumerate(chain, 1)])
        return [chain for number, chain in enumerate(read) if chain and chain not in read[:number]]

    def _programme(self, link, place):
        here = f"Chương trình thứ {place}"
        if not isinstance(link, dict):
            self._problem(here, f"phải là {{number, title}}, không phải {shown(link)}.")
            return {}
        self._keys(here, link, ["title"], ["number"])
        number = self._take(here, link, "number", text_of(60, empty=True))
        return {"number": number or "", "title": self._take(here, link, "title", text_of(300))}

    def _items(self, entries):
        if not isinstance(entries, list):
            self._problem("Kế hoạch", f"items phải là danh sách, không phải {shown(entries)}.")
            return []
        items = [self._item(entry, number) for number, entry in enumerate(entries, 1)]
        codes = [item.columns.get("code") for item in items]
        for code in sorted({code for code in codes if code and codes.count(code) > 1}):
            self._problem(f"Mục {code}", "mã mục này có hai lần. Mỗi mục một mã.")
        return items

    def _item(self, entry, number):
        if not isinstance(entry, dict):
            self._problem(f"Mục thứ {number}", f"phải là {{…}}, không phải {shown(entry)}.")
            return ItemEntry({})
        code = entry.get("code")
        here = f"Mục {code}" if isinstance(code, str) and code else f"Mục thứ {number}"
        self._keys(here, entry, ITEM_REQUIRED, ITEM_OPTIONAL)
        columns = self._item_columns(here, entry) | {"order": number}
        item = ItemEntry(columns)
        item.costs = [self._cost(here, cost) for cost in self._list(here, entry, "costs")]
        item.quotas = [self._quota(here, quota) for quota in self._list(here, entry, "quotas")]
        item.serves = [self._serves(here, code) for code in self._list(here, entry, "serves")]
        self._check_seats(here, item)
        return item

    def _list(self, here, entry, key):
        value = entry.get(key) or []
        if isinstance(value, list):
            return value
        self._problem(here, f"{key} phải là danh sách, không phải {shown(value)}.")
        return []

    def _item_columns(self, here, entry):
        def take(key, read):
            return self._take(here, entry, key, read)

        institution, as_written = take("institution", self._institution) or (None, "")
        return {
            "code": take("code", text_of(20)),
            "title": take("title", text_of(300)),
            "category": take("category", self._category),
            "course": take("course", self._course),
            "classes": take("classes", count_of),
            "learners": take("learners", count_of),
            "quarter": take("quarter", quarter_of),
            "lead_unit": take("lead_unit", self._any_unit),
            "institution": institution,
            "institution_text": as_written,
            "mode": take("mode", mode_of) or "",
            "place": take("place", text_of(200, empty=True)) or "",
            "audience_text": take("audience", text_of(300, empty=True)) or "",
            "audience": take("audience_rule", rule_of),
            "note": take("note", text_of(300, empty=True)) or "",
            "reserve": take("reserve", count_of) or 0,
        }

    def _cost(self, here, cost):
        if not isinstance(cost, dict):
            self._problem(here, f"costs: phải là {{…}}, không phải {shown(cost)}.")
            return None, None, 0
        here = f"{here}, kinh phí"
        self._keys(here, cost, ["source", "amount"], ["unit"])
        source = self._take(here, cost, "source", self._source)
        unit = self._take(here, cost, "unit", self._any_unit)
        return source, unit, self._take(here, cost, "amount", money_of)

    def _quota(self, here, quota):
        if not isinstance(quota, dict):
            self._problem(here, f"quotas: phải là {{…}}, không phải {shown(quota)}.")
            return None, 0
        here = f"{here}, suất"
        self._keys(here, quota, ["unit", "seats"], [])
        unit = self._take(here, quota, "unit", self._branch_unit)
        return unit, self._take(here, quota, "seats", count_of)

    def _serves(self, here, code):
        if isinstance(code, str) and code in self.targets:
            return self.targets[code]
        self._problem(here, f"serves: không có mục tiêu mã {shown(code)}.")
        return None

    def _check_seats(self, here, item):
        units = [unit.pk for unit, _ in item.quotas if unit]
        for unit, _ in item.quotas:
            if unit and units.count(unit.pk) > 1:
                self._problem(here, f"suất: đơn vị {unit.name} có hai dòng. Gộp thành một.")
                break
        seats, reserve = sum(n or 0 for _, n in item.quotas), item.columns["reserve"]
        learners = item.columns["learners"]
        if learners is not None and seats + reserve > learners:
            told = f"tổng suất {seats + reserve} lớn hơn số học viên {learners}"
            self._problem(here, f"{told}. Giảm suất hoặc tăng số học viên.")

    # ---- names of other things ----

    def _any_unit(self, value):
        return None if value in (None, "") else self.units.find(text_of(250)(value))

    def _branch_unit(self, value):
        unit = self.units.find(text_of(250)(value))
        if self.branch is not None and unit.pk not in self.branch:
            raise ValueError(f"{shown(value)} ngoài phạm vi đơn vị của tài khoản.")
        return unit

    def _own_unit(self, value):
        if value in (None, ""):
            if self.branch is not None:
                raise ValueError("kế hoạch của tỉnh do Sở Nội vụ lập; ghi đơn vị của tài khoản.")
            return None
        return self._branch_unit(value)

    def _course(self, value):
        if value in (None, ""):
            return None
        if row := self.courses.get(text_of(40)(value).casefold()):
            return row
        raise ValueError(f"không có khóa mã {shown(value)}. Xem mã ở trang Danh mục khóa.")

    def _category(self, value):
        if value is None:
            return None  # a draft may not have one yet
        if row := self.categories.get(text_of(40)(value).casefold()):
            return row
        raise ValueError(f"không có nội dung mã {shown(value)}. Xem mã ở trang Danh mục.")

    def _source(self, value):
        text = text_of(100)(value)
        if row := self.sources.get(fold(text)) or self.sources.get(text.casefold()):
            return row
        names = allowed(sorted({row.name for row in self.sources.values()}))
        raise ValueError(f"không có nguồn kinh phí {shown(value)}. Các nguồn: {names}.")

    def _institution(self, value):
        text = text_of(200, empty=True)(value)
        row = self.institutions.get(fold(text)) if text else None
        return row, "" if row else text
