"""Cost norms: what holds now and held before, adding one, ending one on a day."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cadres.edits import add_form, make_once
from cadres.forms.fields import DayField, OnceForm
from courses.models import Category
from trainingplans.lib.access import needs
from trainingplans.lib.dates import EVER, FOREVER, show, today
from trainingplans.plans.actions.norms import add_norm, end_norm
from trainingplans.plans.fields import MoneyField
from trainingplans.plans.models import CostNorm

VIEW, CHANGE = "plans.view_plan", "plans.run_round"


class NormForm(OnceForm):
    """A new norm; the one before for the same ends on its first day."""

    amount = MoneyField(label="Tối đa", unit="dong", help_text="Ví dụ 1.600.000 hoặc 1,6 triệu.")
    valid_from = DayField(label="Áp dụng từ ngày", empty=EVER)
    valid_to = DayField(label="Đến trước ngày", empty=FOREVER)

    class Meta:
        model = CostNorm
        fields = ["category", "per", "amount", "legal_basis", "valid_from", "valid_to"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["category"].queryset = Category.objects.order_by("code")
        self.fields["category"].empty_label = "Mọi nội dung"

    def clean(self):
        data = super().clean()
        first, last = self.cleaned_data.get("valid_from"), self.cleaned_data.get("valid_to")
        if first and last and last <= first:
            self.add_error("valid_to", f"Ngày hết hiệu lực phải sau {show(first)}. Chọn ngày sau.")
        if "amount" in self.cleaned_data and not self.cleaned_data["amount"]:
            self.add_error("amount", "Chưa ghi số tiền. Ghi ví dụ 1.600.000.")
        return data


@needs(VIEW)
@require_GET
def norms(request):
    context = {
        "rows": CostNorm.objects.select_related("category").order_by(
            "category__code", "per", "-valid_from"
        ),
        "on": today(),
        "may_change": request.user.has_perm(CHANGE),
    }
    return render(request, "plans/norms.html", context)


@needs(CHANGE)
@require_http_methods(["GET", "POST"])
def norm_new(request):
    form = add_form(NormForm, request)
    if request.method == "POST" and form.is_valid():

        def make():
            return add_norm(form.instance, by=request.user)

        make_once(form, by=request.user, make=make)
        messages.success(request, "Đã thêm định mức.")
        return redirect("plans:norms")
    context = {"form": form, "cancel_url": reverse("plans:norms")}
    return render(request, "plans/norm_form.html", context, status=422 if form.errors else 200)


@needs(CHANGE)
@require_POST
def norm_end(request, pk):
    """The norm holds until yesterday; it stays for the days before."""
    norm = get_object_or_404(CostNorm, pk=pk)
    end_norm(norm, today(), by=request.user)
    messages.success(request, f"{norm}: hết hiệu lực từ hôm nay.")
    return redirect("plans:norms")
