"""A draft plan from the targets: what to open, for whom, at what cost; then items of the plan."""

from collections import Counter
from dataclasses import replace

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cadres.edits import make_once, sent_before
from cadres.intake.people import one_of
from cadres.models import AuditEvent, Official, Unit
from reports.figures import units_for
from reports.pages.proposal_forms import ProposalForms, all_valid
from reports.pages.proposal_tables import Tables, names_of
from reports.proposing import NoSolver, effect_of, propose
from reports.proposing.asking import asked
from reports.proposing.reading import read
from trainingplans.lib.access import needs
from trainingplans.lib.commands import Refused
from trainingplans.lib.dates import show, today
from trainingplans.lib.listing import page_of
from trainingplans.lib.money import UNITS
from trainingplans.lib.numbers import format_number, format_percent
from trainingplans.plans.actions import proposed as actions
from trainingplans.plans.models import Plan, Target
from trainingplans.plans.planpages import may_edit, money_unit
from trainingplans.plans.undo import offer_undo_at

CHANGE = "plans.change_plan"
ACT, SOLVE, TRY, ADD = "act", "tinh", "xem", "dua"


class Page:
    """One asking: the plan, what was read for it, the forms, and the answer."""

    def __init__(self, request, plan):
        self.request, self.plan, self.on = request, plan, today()
        self.act = request.POST.get(ACT, SOLVE)
        units = units_for(request.user, plan.unit)
        targets = list(Target.objects.visible_to(request.user).for_list())
        self.material = read(plan, targets, self.on, units)
        self.first = max(self.on, plan.starts_on)
        years = range(max(plan.starts_on.year, self.on.year), plan.ends_on.year + 1)
        data = request.POST if request.method == "POST" else None
        self.forms = ProposalForms(
            data,
            self.material,
            years=list(years) or [plan.ends_on.year],
            money_unit=money_unit(request),
        )
        self.asked = self.choice = self.answer = None
        self.better = None  # the Answer if money were no limit
        self.items, self.no_solver = {}, False

    @property
    def by_hand(self):
        """Whether the classes are those that somebody typed."""
        return self.act in (TRY, ADD)

    def solve(self):
        """Answer what the forms ask; whether everything typed could be read."""
        sound = self.forms.data is None or self.forms.is_valid()
        self.choice = self.forms.choice() if sound else self.forms.first_choice()
        self.asked = asked(self.material, self.choice, self.first)
        typed = self.by_hand or not sound
        if typed:
            self.items = self._typed_items()
        if not sound or not all_valid(self.items.values()):
            return False
        try:
            self._answer()
        except NoSolver:
            self.no_solver = True
        return True

    def _typed_items(self):
        names = names_of(self.material, self.asked)
        keys = [key for key in self.request.POST.getlist("dong") if key in names]
        return self.forms.item_rows(dict.fromkeys(keys), names)

    def _answer(self):
        world = self.asked.world
        if self.by_hand:
            taken = {k: row.chosen for k, row in self.items.items() if row.cleaned_data["lay"]}
            self.answer = effect_of(world, taken)
        else:
            self.answer = propose(world)
            found = {line.offer.key: (line.classes, line.seats) for line in self._planned()}
            self.items = self.forms.item_rows(found, names_of(self.material, self.asked), found)
        if self.answer.total_short and (self.by_hand or world.budget is not None):
            self.better = propose(replace(world, budget=None))

    def _planned(self):
        return [line for line in self.answer.lines if line.offer.is_new]

    def wanted(self):
        """[actions.Wanted] of the rows that are ticked."""
        courses = {one.course.pk: one for one in self.material.courses}
        targets = {target.pk: target for target in self.material.targets}
        offers = {offer.key: offer for offer in self.asked.world.offers}
        sources = {str(source.pk): source for source in self.forms.sources}
        rows = []
        for key, row in self.items.items():
            if not row.cleaned_data["lay"]:
                continue
            pk, year = self.asked.meant[key]
            classes, learners = row.chosen
            served = self.asked.movers_of(key)
            rows.append(
                actions.Wanted(
                    course=courses[pk].course,
                    classes=classes,
                    learners=learners,
                    amount=offers[key].cost(classes, learners),
                    source=sources[row.cleaned_data["nguon"]],
                    targets=[targets[target] for target in sorted(served)],
                    note=self._note(offers[key], year),
                )
            )
        return rows

    def _note(self, offer, year):
        rate = format_percent(100 * offer.rate)
        told = f"Đề xuất từ mục tiêu ngày {show(self.on)}, tỉ lệ đạt {rate}"
        return f"{told}; mở năm {year}" if len(self.forms.terms.years) > 1 else told

    def context(self):
        """What the page shows."""
        return {
            "plan": self.plan,
            "forms": self.forms,
            "all_forms": [*self.forms.forms, *self.items.values()],
            "money_words": UNITS[money_unit(self.request)][0],
            "no_solver": self.no_solver,
            "by_hand": self.by_hand,
            **Tables(self).context(),
        }


def _draft(request, pk):
    """The plan that the account may change now; None, and a message, for one that is past it."""
    kept = Plan.objects.kept_by(request.user).select_related("unit")
    plan = get_object_or_404(kept, pk=pk)
    if may_edit(plan, request.user):
        return plan
    state = plan.get_state_display().lower()
    messages.error(request, f"{plan}: không đề xuất được khi {state}.")
    return None


@needs(CHANGE)
@require_http_methods(["GET", "POST"])
def proposal(request, pk):
    """The proposal for a draft: nothing is written before the button that says so is pressed."""
    plan = _draft(request, pk)
    if plan is None or (request.POST.get(ACT) == ADD and sent_before(request)[0]):
        return redirect("plans:plan", pk)
    page = Page(request, plan)
    valid = page.solve()
    if valid and page.act == ADD and not page.no_solver:
        try:
            return _add(page)
        except Refused as refusal:
            messages.error(request, str(refusal))
    return render(request, "reports/proposal.html", page.context(), status=200 if valid else 422)


def _add(page):
    rows, by = page.wanted(), page.request.user

    def make():
        return actions.add_proposed(page.plan, rows, by=by, on=page.on)

    event, new = make_once(page.forms.terms, by=by, make=make)
    if new:
        count, seats = event.detail["count"], event.detail["seats"]
        url = reverse("reports:proposal_undo", args=[page.plan.pk, event.pk])
        words = f"Đã đưa {count} dòng vào kế hoạch, phân {format_number(seats)} suất cho đơn vị."
        offer_undo_at(page.request, url, words)
    return redirect("plans:plan", page.plan.pk)


@needs(CHANGE)
@require_POST
def proposal_undo(request, pk, event):
    """Take out again what `proposal` put into the plan."""
    plan = get_object_or_404(Plan.objects.kept_by(request.user), pk=pk)
    told = get_object_or_404(AuditEvent, pk=event, act=actions.ADD, subject_id=pk)
    try:
        gone, kept = actions.undo_proposed(plan, told, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        words = f"Đã hoàn tác: bỏ {gone} dòng khỏi kế hoạch."
        if kept:
            told = "; ".join(f"mục {code} ({why})" for code, why in kept.items())
            words += f" Giữ: {told}."
        messages.success(request, words)
    return redirect("plans:plan", pk)


@needs(CHANGE)
@require_GET
def proposal_people(request, pk):
    """Whom a course moves to the targets of a plan, by name, and how many in each unit."""
    plan = get_object_or_404(Plan.objects.kept_by(request.user).select_related("unit"), pk=pk)
    targets = list(Target.objects.visible_to(request.user).for_list())
    chosen = set(request.GET.getlist("muc"))
    material = read(
        plan,
        [target for target in targets if not chosen or str(target.pk) in chosen],
        today(),
        units_for(request.user, plan.unit),
    )
    asked_for = request.GET.get("khoa", "")
    known = next((one for one in material.courses if str(one.course.pk) == asked_for), None)
    if known is None:
        raise Http404
    moves = material.people_of(known.course.pk)
    officials = set().union(*moves.values())
    people = Official.objects.filter(pk__in=one_of(officials)).order_by("sort_key", "pk")
    page = page_of(request, people)
    by_unit = Counter(material.unit_of[pk] for pk in officials)
    units = Unit.objects.in_bulk(list(by_unit))
    names = {target.pk: target.name for target in material.targets}
    context = {
        "plan": plan,
        "known": known,
        "page": page,
        "rows": [
            {
                "official": one,
                "unit": units[material.unit_of[one.pk]],
                "targets": [names[pk] for pk, ids in moves.items() if one.pk in ids],
            }
            for one in page
        ],
        "units": sorted(
            ((units[pk], number) for pk, number in by_unit.items()),
            key=lambda row: (-row[1], row[0].sort_key),
        ),
        "targets": [(names[pk], len(ids)) for pk, ids in moves.items()],
    }
    return render(request, "reports/proposal_people.html", context)
