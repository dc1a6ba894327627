"""Accounts: the administrator's pages, the own password, signing in and out."""

from django.contrib.auth.views import LoginView, LogoutView, PasswordChangeView
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cadres.actions import add_account, change_account, note_own_password, reset_password
from cadres.edits import add_form, edit_form, make_once, sent_before
from cadres.filters import AccountFilter
from cadres.forms.accounts import AccountForm, NewAccountForm
from cadres.models import Account
from cadres.models.accounts import SYSTEM
from cadres.views.common import done, show_conflict
from trainingplans.lib.access import any_account, needs, open_to_everyone
from trainingplans.lib.listing import page_of, render_page_or_part, rows_of


def _accounts():
    """Every account that people log in with."""
    return Account.objects.exclude(username=SYSTEM).select_related("unit", "official")


@require_GET
@needs("cadres.manage_accounts")
def accounts(request):
    found = AccountFilter(request.GET, _accounts())
    context = {"form": found.form, "page": page_of(request, rows_of(found))}
    return render_page_or_part(
        request, "cadres/accounts.html", "cadres/_accounts_table.html", context
    )


@require_http_methods(["GET", "POST"])
@needs("cadres.manage_accounts")
def account_add(request):
    again, account = sent_before(request)
    form = add_form(NewAccountForm, request)
    if not again and form.is_valid():
        account = _make_account(request, form)
    if account is not None:
        return redirect("cadres:account_edit", account.pk)
    if again:
        return redirect(_list())
    context = {"form": form, "title": "Thêm tài khoản", "cancel_url": _list()}
    return render(request, "cadres/account_form.html", context)


def _make_account(request, form):
    """The account of the form; its first password waits for the next page."""
    made = {}

    def make():
        account, made["password"] = add_account(form.instance, by=request.user)
        return account

    account, new = make_once(form, by=request.user, make=make)
    if new:
        _show_once(request, account, made["password"])
    return account


def _list():
    return reverse("cadres:accounts")


def _show_once(request, account, password):
    """The next page of this account shows the password, and no page after it."""
    request.session["first_password"] = [account.pk, password]


@require_http_methods(["GET", "POST"])
@needs("cadres.manage_accounts")
def account_edit(request, pk):
    account = get_object_or_404(_accounts(), pk=pk)
    username = account.username
    form = edit_form(AccountForm, request, account)
    if form.is_valid() and _locks_itself_out(request, form):
        form.add_error(None, "Không tự đổi vai trò hoặc tự khóa tài khoản đang dùng.")
    if form.is_valid():
        conflict = change_account(form, by=request.user)
        if conflict:
            title = f"Sửa tài khoản {username}"
            return show_conflict(request, conflict, title=title, back=request.path)
        return done(request, f"Đã lưu tài khoản {form.instance.username}.", _list())
    for_pk, password = request.session.pop("first_password", None) or (None, "")
    context = {
        "form": form,
        "title": f"Tài khoản {username}",
        "cancel_url": _list(),
        "account": account,
        "password": password if for_pk == pk else "",
    }
    return render(request, "cadres/account_form.html", context)


def _locks_itself_out(request, form):
    mine = form.instance.pk == request.user.pk
    return mine and (form.instance.role != request.user.role or not form.instance.is_active)


@require_POST
@needs("cadres.manage_accounts")
def account_reset(request, pk):
    """A new first password, shown once."""
    account = get_object_or_404(_accounts(), pk=pk)
    _show_once(request, account, reset_password(account, by=request.user))
    return redirect("cadres:account_edit", pk)


class OwnPasswordView(PasswordChangeView):
    """The own password; whoever got a first one must pass here before anything else."""

    success_url = reverse_lazy("home")

    def form_valid(self, form):
        response = super().form_valid(form)
        note_own_password(self.request.user)
        done(self.request, "Đã đổi mật khẩu. Lần sau đăng nhập bằng mật khẩu mới.", "home")
        return response


sign_in = open_to_everyone("the way in")(LoginView.as_view(redirect_authenticated_user=True))
sign_out = any_account("whoever is in may leave")(LogoutView.as_view())
own_password = any_account("everybody has a password")(OwnPasswordView.as_view())
