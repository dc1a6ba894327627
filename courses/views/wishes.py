"""Wishes to learn: an official's own page, and the clerk's answers."""

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from cadres.edits import add_form
from cadres.models import Official
from courses.actions import wishes as acts
from courses.models import Course, Wish
from courses.states import NOMINATE
from trainingplans.lib.access import needs
from trainingplans.lib.commands import Refused
from trainingplans.lib.listing import ids_of, page_of

KINDS = {
    Wish.State.OPEN: "wait",
    Wish.State.TAKEN: "done",
    Wish.State.DECLINED: "off",
    Wish.State.WITHDRAWN: "off",
}
ANSWERS = {"nhan": Wish.State.TAKEN, "khong": Wish.State.DECLINED}
RELATED = ["official", "training_class", "course", "category"]


class WishForm(forms.Form):
    """A class that calls, or a course of the catalogue."""

    lop = forms.ModelChoiceField(None, required=False, label="Lớp")
    khoa = forms.ModelChoiceField(None, required=False, label="Khóa", empty_label="Chọn một khóa")
    note = forms.CharField(label="Vì sao", max_length=300, required=False)

    def __init__(self, *args, account, **options):
        super().__init__(*args, **options)
        self.fields["lop"].queryset = acts.classes_to_wish(account)
        courses = Course.objects.filter(is_active=True)
        self.fields["khoa"].queryset = courses.order_by("sort_key")
        for name in ("lop", "khoa"):
            self.fields[name].error_messages["invalid_choice"] = "Không có trong danh sách."

    def clean(self):
        told = super().clean()
        if not self.errors and bool(told.get("lop")) == bool(told.get("khoa")):
            self.add_error("khoa", "Chọn một lớp hoặc một khóa.")
        return told


@require_http_methods(["GET", "POST"])
@needs("courses.wish")
def wishes(request):
    """My wishes and what became of them; POST sends one more."""
    account = request.user
    form = add_form(WishForm, request, account=account)
    if form.is_valid():
        told = form.cleaned_data
        try:
            wish = acts.add_wish(
                by=account, training_class=told["lop"], course=told["khoa"], note=told["note"]
            )
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            what = wish.training_class or wish.course
            messages.success(request, f"Đã gửi nguyện vọng học {what} tới đầu mối đơn vị.")
        return redirect("courses:wishes")
    mine = Wish.objects.filter(official=account.official_id, official__isnull=False)
    context = {
        "form": form,
        "classes": acts.classes_to_wish(account),
        "rows": [(row, KINDS[row.state]) for row in mine.select_related(*RELATED)],
    }
    return render(request, "courses/wishes.html", context, status=422 if form.errors else 200)


@require_POST
@needs("courses.wish")
def wish_withdraw(request, pk):
    wish = get_object_or_404(Wish.objects.filter(official=request.user.official_id), pk=pk)
    try:
        acts.withdraw_wish(wish, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Đã rút nguyện vọng.")
    return redirect("courses:wishes")


@require_http_methods(["GET", "POST"])
@needs(NOMINATE)
def unit_wishes(request):
    """The wishes of the unit's people; the clerk answers."""
    if request.method == "POST":
        return _answer(request)
    people = Official.objects.visible_to(request.user).values("pk")
    rows = Wish.objects.filter(official__in=people).select_related(*RELATED)
    shown = request.GET.get("xem") == "het"
    rows = rows if shown else rows.filter(state=Wish.State.OPEN)
    page = page_of(request, rows.order_by("-id"))
    page.object_list = [(row, KINDS[row.state]) for row in page.object_list]
    return render(request, "courses/unit_wishes.html", {"page": page, "all": shown})


def _answer(request):
    state = ANSWERS.get(request.POST.get("lam"), Wish.State.TAKEN)
    reply = request.POST.get("ly_do", "")[:300]
    try:
        number = acts.answer_wishes(ids_of(request, "chon"), state, by=request.user, reply=reply)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Đã trả lời {number} nguyện vọng.")
    return redirect("courses:unit_wishes")
