"""One account: whose, what was done to it, and giving a way in anew, signing out everywhere, closing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from xianfeng.accounts import abilities, actions
from xianfeng.accounts.abilities import Ability
from xianfeng.accounts.models import Account, AccountEvent
from xianfeng.problems import Problem
from xianfeng.registry.models import Appointment
from xianfeng.web import access, parts, scope
from xianfeng.web.account_events import EventLine, lines
from xianfeng.web.cells import Cell
from xianfeng.web.office.accounts import administered
from xianfeng.web.office.accounts.accounts import last_sign_in, state_of
from xianfeng.web.office.accounts.opening import handing
from xianfeng.web.parts import Confirmation


@dataclass(frozen=True)
class AccountPage:
    account: Account
    state: Cell
    last: Cell
    sessions: int
    held: tuple[str, ...]
    events: tuple[EventLine, ...]
    unconfirmed: bool  # whether an invitation waits for another administrator than who issued it
    confirms: bool  # whether that may be the reader


@require_safe
@access.needs(Ability.ACCOUNTS)
def account(request: HttpRequest, number: int) -> HttpResponse:
    found = administered.account_or_404(request, number)
    held = Appointment.objects.filter(person=found.person_id, until=None).select_related("organisation").order_by("id")
    waiting = actions.unconfirmed(found)
    page = AccountPage(
        account=found,
        state=state_of(found),
        last=last_sign_in(found),
        sessions=len(UserSession.objects.purge_and_list(found)),
        held=tuple(f"{row.organisation.name} · {abilities.title(row.role)}" for row in held),
        events=lines(AccountEvent.objects.filter(account=found).order_by("-id")),
        unconfirmed=waiting is not None,
        confirms=waiting is not None and waiting.unconfirmed_id != scope.of(request).reader.actor.person,
    )
    return render(request, "office/accounts/account.html", {"page": page})


@never_cache
@require_POST
@access.needs(Ability.ACCOUNTS)
def act(request: HttpRequest, number: int, act: str) -> HttpResponse:
    """`invite`, `confirm`, `sign-out` or `close`; each asks once."""
    found, done = administered.account_or_404(request, number), _ACTS.get(act)
    if done is None:
        raise Http404(gettext("没有这个页面"))
    if not parts.confirmed(request):
        return parts.confirm(request, _question(found, act))
    try:
        return done(request, found)
    except Problem as problem:
        messages.error(request, problem.told)
        return redirect("office_account", found.pk)


def _invite(request: HttpRequest, found: Account) -> HttpResponse:
    return handing(request, found, actions.invite(account=found, by=scope.of(request).reader.actor))


def _confirm(request: HttpRequest, found: Account) -> HttpResponse:
    actions.confirm_invitation(account=found, by=scope.of(request).reader.actor)
    messages.success(request, gettext("已确认，邀请链接现在可以用。"))
    return redirect("office_account", found.pk)


def _sign_out(request: HttpRequest, found: Account) -> HttpResponse:
    actions.sign_out(account=found, by=scope.of(request).reader.actor)
    messages.success(request, gettext("已在所有设备上退出登录。"))
    return redirect("office_account", found.pk)


def _close(request: HttpRequest, found: Account) -> HttpResponse:
    actions.close_account(account=found, by=scope.of(request).reader.actor)
    messages.success(request, gettext("账号已停用。"))
    return redirect("office_account", found.pk)


_ACTS: Mapping[str, Callable[[HttpRequest, Account], HttpResponse]] = {
    "invite": _invite,
    "confirm": _confirm,
    "sign-out": _sign_out,
    "close": _close,
}


def _question(found: Account, act: str) -> Confirmation:
    said = {"username": found.username}
    title, button, consequences = {
        "invite": (
            gettext("给“%(username)s”重发邀请链接") % said,
            gettext("重发邀请链接"),
            [
                gettext("出现一个新链接，只显示一次；以前发出而没有用过的链接作废。"),
                gettext("本人用它设定新密码，原来的密码和两步验证到那时失效。"),
                gettext("账号开着两步验证的，要另一位系统管理员确认以后链接才能用。"),
                gettext("本人下次登录时看到这个链接是谁在什么时候发出的、什么时候用过。"),
            ],
        ),
        "confirm": (
            gettext("确认“%(username)s”的邀请链接") % said,
            gettext("确认这个链接"),
            [
                gettext("确认以后，拿着链接的人可以设定新密码，原来的密码和两步验证失效。"),
                gettext("请先向本人核实：确实是他要的。办理过程里写明是谁确认的。"),
            ],
        ),
        "sign-out": (
            gettext("让“%(username)s”在所有设备上退出登录") % said,
            gettext("全部退出"),
            [gettext("没有提交的内容会丢失；本人可以用密码重新登录。")],
        ),
        "close": (
            gettext("停用账号“%(username)s”") % said,
            gettext("停用这个账号"),
            [
                gettext("本人在所有设备上立即退出，不能再登录；没有用过的邀请链接作废。"),
                gettext("他办过的事都保留；他的任职不变，要卸任的另行办理。"),
                gettext("停用后不能恢复，需要时另开一个账号。"),
            ],
        ),
    }[act]
    return Confirmation(title, consequences, button, reverse("office_account", args=[found.pk]))
