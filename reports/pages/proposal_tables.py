"""What the page of a proposal shows: the sentence on top, tiles, classes, targets, courses."""

from urllib.parse import urlencode

from django.urls import reverse

from reports.forecast import nearest
from reports.pages.forecast import RATES
from reports.proposing.asking import key_of
from reports.proposing.reasons import MONEY, NO_COURSE, TOO_FEW, why_short
from trainingplans.lib.numbers import format_money, format_number


def names_of(material, asked):
    """{key of an offer: what it is called}; only of those that can be planned."""
    courses = {one.course.pk: one.course.name for one in material.courses}
    return {
        offer.key: courses[asked.meant[offer.key][0]]
        for offer in asked.world.offers
        if offer.is_new
    }


class Tables:
    """The parts of the page over its Page (the answer may be missing)."""

    def __init__(self, page):
        self.page, self.material = page, page.material
        self.answer = page.answer
        self.targets = {target.pk: target for target in page.material.targets}
        self.courses = {one.course.pk: one for one in page.material.courses}
        lines = self.answer.lines if self.answer else []
        self.line_of = {line.offer.key: line for line in lines}

    def context(self):
        """Everything for the template."""
        targets = [self._target(pk, row) for pk, row in self.page.forms.targets.items()]
        targets.sort(key=lambda line: -line["short"])  # worst first, else in their own order
        return {
            "items": [self._item(key, row) for key, row in self.page.items.items()],
            "ticked": sum(1 for row in self.page.items.values() if row["lay"].value()),
            "there": self._there(),
            "targets": [line for line in targets if line["needed"]],
            "reached_targets": [line for line in targets if not line["needed"]],
            "past": self.material.past,
            "courses_wrong": any(row.errors for row in self.page.forms.courses.values()),
            "courses": [self._course(pk, row) for pk, row in self.page.forms.courses.items()],
            **(self._sums() if self.answer else {}),
        }

    # ---- classes -------------------------------------------------------------------------------

    def _item(self, key, row):
        course, year = self.page.asked.meant[key]
        known, line = self.courses[course], self.line_of.get(key)
        offer = next(one for one in self.page.asked.world.offers if one.key == key)
        valid = not row.is_bound or row.is_valid()
        classes, seats = (line.classes, line.seats) if line else (0, 0)
        if row.is_bound and valid:
            classes, seats = row.chosen
        return {
            "key": key,
            "row": row,
            "course": known.course,
            "year": year if len(self.page.forms.terms.years) > 1 else None,
            "moves": self._moves(line),
            "spare": line.spare if line else 0,
            "size": _odd_size(offer, classes, seats),
            "jointly": self._jointly(line),
            "people": len(set().union(*self.page.asked.movers_of(key).values())),
            "url": self._people_url(key, course),
            "cost": offer.cost(classes, seats) if valid else None,
            "price": self._price(offer),
        }

    def _price(self, offer):
        parts = [(offer.per_class, "một lớp"), (offer.per_learner, "một người")]
        return ", ".join(f"{format_money(each)} {per}" for each, per in parts if each) or "0 đồng"

    def _people_url(self, key, course):
        chosen = [("muc", target) for target in sorted(self.page.asked.movers_of(key))]
        address = reverse("reports:proposal_people", args=[self.page.plan.pk])
        return f"{address}?{urlencode([('khoa', course), *chosen])}"

    def _moves(self, line):
        """[(target, people expected to attain it)] of a line."""
        gains = line.gains if line else {}
        return [(self.targets[pk], nearest(gain)) for pk, gain in gains.items() if nearest(gain)]

    def _jointly(self, line):
        """[(target, people)] who attain it by this and another course, told at the other one."""
        gains = line.jointly if line else {}
        return [(self.targets[pk], nearest(gain)) for pk, gain in gains.items() if nearest(gain)]

    def _there(self):
        """Seats that are there already and are used."""
        if not self.answer:
            return []
        rows = []
        for supply in self.material.supplies:
            line = self.line_of.get(supply.key)
            if line and line.takers:
                rows.append(
                    {
                        "thing": supply.thing,
                        "is_class": supply.is_class,
                        "takers": line.takers,
                        "room": supply.room,
                        "moves": self._moves(line),
                    }
                )
        return rows

    # ---- targets -------------------------------------------------------------------------------

    def _target(self, pk, row):
        target, forecast = self.targets[pk], self.material.forecasts[pk]
        told = {
            "target": target,
            "row": row,
            "forecast": forecast,
            "room": forecast.room,
            "url": reverse("reports:target", args=[target.pk]),
            "forecast_url": reverse("reports:forecast", args=[target.pk]),
            "share": self._each_year(target, forecast),
            "asked": bool(self.answer) and pk in self.answer.short,
            "short": 0,
        }
        told["needed"] = told["asked"] or bool(forecast.short_by) or bool(row.errors)
        if not told["asked"]:
            return told
        parts = [(line.offer.is_new, line.gains.get(pk, 0)) for line in self.answer.lines]
        short = self.answer.short[pk]
        why = self._why(target) if short else ""
        return told | {
            "there": nearest(sum(gain for is_new, gain in parts if not is_new)),
            "new": nearest(sum(gain for is_new, gain in parts if is_new)),
            "short": short,
            "why": why,
            "mend_url": reverse("courses:catalogue") if why == NO_COURSE else "",
        }

    def _why(self, target):
        page = self.page
        if not page.better or page.better.short[target.pk] >= self.answer.short[target.pk]:
            scarce = ""
        else:
            scarce = TOO_FEW if page.by_hand else MONEY
        return why_short(target, self.material, page.choice, page.asked, self.answer, scarce)

    def _each_year(self, target, forecast):
        """People a year if the need is spread until the deadline; None in its last year."""
        last = self.page.plan.ends_on.year
        years = target.due.year - last + 1
        return -(-forecast.short_by // years) if years > 1 and forecast.short_by else None

    # ---- courses -------------------------------------------------------------------------------

    def _course(self, pk, row):
        known = self.courses[pk]
        rate = known.rate
        number = f", {format_number(rate.number)} người" if rate.number else ""
        return {
            "known": known,
            "row": row,
            "people": len(set().union(*self.material.people_of(pk).values())),
            "rate_told": f"{RATES[rate.of]}{number}",
            "price_told": known.price.told,
            "used": any(key_of(pk, year) in self.line_of for year in self.page.forms.terms.years),
        }

    # ---- sums ----------------------------------------------------------------------------------

    def _sums(self):
        answer, choice = self.answer, self.page.choice
        wanted = [goal for goal in self.page.asked.world.goals if goal.need]
        reached = sum(1 for goal in wanted if not answer.short[goal.key])
        budget, cost = choice.budget, answer.cost
        left = None if budget is None else budget - cost
        better = self.page.better
        more = better and not self.page.by_hand and better.total_short < answer.total_short
        return {
            "answer": answer,
            "wanted": len(wanted),
            "reached": reached,
            "left": left,
            "over": left is not None and left < 0,
            "over_text": f"Các dòng có dấu cần thêm {format_money(-(left or 0))}.",
            "more": better if more else None,
            "more_money": better.cost - budget if more else 0,
            "lead": _lead(answer, len(wanted), reached),
            "tiles": _tiles(answer, len(wanted), reached, budget),
        }


def _odd_size(offer, classes, seats):
    """What is unusual about the size of classes that somebody typed; "" for usual ones."""
    if seats > classes * offer.most:
        return f"nhiều hơn {format_number(offer.most)} người một lớp"
    if seats < classes * offer.least:
        return f"ít hơn {format_number(offer.least)} người một lớp"
    return ""


def _lead(answer, wanted, reached):
    """The answer in one sentence."""
    if not wanted:
        return "Chưa chọn mục tiêu nào cần thêm người."
    opened = (
        f"Mở {format_number(answer.classes)} lớp với {format_number(answer.seats)} suất, "
        f"hết {format_money(answer.cost)}"
        if answer.classes
        else "Không cần mở thêm lớp"
    )
    if reached == wanted:
        return f"{opened}: cả {format_number(wanted)} mục tiêu đang thiếu đạt ngưỡng khi đến hạn."
    short = format_number(answer.total_short)
    return (
        f"{opened}: {format_number(reached)} trong {format_number(wanted)} mục tiêu đang thiếu đạt "
        f"ngưỡng khi đến hạn; các mục tiêu khác còn thiếu cộng lại {short} người."
    )


def _tiles(answer, wanted, reached, budget):
    note = f"ngân sách {format_money(budget)}" if budget is not None else "chưa đặt ngân sách"
    return [
        {"label": "Lớp cần mở", "figure": format_number(answer.classes)},
        {"label": "Suất", "figure": format_number(answer.seats)},
        {"label": "Kinh phí", "figure": format_money(answer.cost), "note": note},
        {
            "label": "Mục tiêu đạt ngưỡng",
            "figure": format_number(reached),
            "unit": f"/ {format_number(wanted)}",
            "note": "trong các mục tiêu đang thiếu",
        },
        {
            "label": "Còn thiếu",
            "figure": format_number(answer.total_short),
            "unit": "người",
            "note": "cộng các mục tiêu",
        },
    ]
