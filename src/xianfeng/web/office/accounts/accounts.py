"""The accounts of the own subtree, with who last signed in when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from xianfeng.accounts import abilities
from xianfeng.accounts.abilities import Ability
from xianfeng.accounts.models import Account
from xianfeng.registry.models import Appointment
from xianfeng.web import access, cells, scope
from xianfeng.web.cells import Cell, Look
from xianfeng.web.frame import asked
from xianfeng.web.office.accounts import administered
from xianfeng.web.parts import Pages, Tab
from xianfeng.web.people import names
from xianfeng.web.scope import Scope
from xianfeng.web.tables import Column, Table, answer, wanted

SHOWN = 100
STATES = {"": _("在用"), "waiting": _("还没有设定密码"), "closed": _("已停用")}
_UNUSABLE = Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)


@dataclass(frozen=True)
class AccountsPage:
    asked: str
    tabs: tuple[Tab, ...]
    table: Table
    pages: Pages


@require_safe
@access.needs(Ability.ACCOUNTS)
def accounts(request: HttpRequest) -> HttpResponse:
    text, after = asked(request, "q").strip(), asked(request, "after")
    state = asked(request, "state")
    state = state if state in STATES else ""
    rows = _in(state, administered.accounts(request)).filter(username__gt=after)
    if text:
        at = Appointment.objects.filter(person=OuterRef("person"), until=None, organisation__name__contains=text)
        rows = rows.filter(Q(username__icontains=text) | Q(person__code__iexact=text) | Exists(at))
    limit = None if wanted(request) else SHOWN + 1
    shown = list(rows.select_related("person").order_by("username")[:limit])
    following = shown[SHOWN - 1].username if limit and len(shown) > SHOWN else ""
    page = AccountsPage(
        asked=text,
        tabs=tuple(Tab(str(title), _address(state=name), current=name == state) for name, title in STATES.items()),
        table=_table(shown[:SHOWN] if limit else shown, scope.of(request), exported=not limit),
        pages=Pages(next=_address(state=state, q=text, after=following) if following else ""),
    )
    return answer(request, page.table) or render(request, "office/accounts/accounts.html", {"page": page})


def _in(state: str, rows: QuerySet[Account]) -> QuerySet[Account]:
    if state == "closed":
        return rows.filter(is_active=False)
    rows = rows.filter(is_active=True)
    return rows.filter(_UNUSABLE) if state == "waiting" else rows.exclude(_UNUSABLE)


def _table(rows: Sequence[Account], seen: Scope, *, exported: bool) -> Table:
    purpose = gettext_noop("导出账号名单") if exported else gettext_noop("查看账号名单")
    named = names([row.person_id for row in rows], seen, purpose=purpose)
    held = held_by([row.person_id for row in rows])
    columns = (
        Column(gettext("用户名")),
        Column(gettext("姓名")),
        Column(gettext("人员编号")),
        Column(gettext("任职")),
        Column(gettext("状态")),
        Column(gettext("最近登录")),
    )
    lines = [
        (
            cells.text(row.username, link=reverse("office_account", args=[row.pk])),
            cells.text(named.get(row.person_id, gettext("已删除"))),
            cells.text(row.person.code),
            cells.text(gettext("；").join(held.get(row.person_id, ())) or gettext("没有现任的任职")),
            state_of(row),
            last_sign_in(row),
        )
        for row in rows
    ]
    return Table("accounts", gettext("账号"), columns, lines, empty=gettext("没有这样的账号。"))


def state_of(account: Account) -> Cell:
    if not account.is_active:
        return cells.text(gettext("已停用"), look=Look.TAG)
    if not account.has_usable_password():
        return cells.text(gettext("还没有设定密码"), look=Look.ATTENTION)
    return cells.text(gettext("在用"), look=Look.DONE)


def last_sign_in(account: Account) -> Cell:
    if account.last_login is None:
        return cells.text(gettext("从未登录"))
    return cells.text(timezone.localtime(account.last_login).strftime("%Y-%m-%d %H:%M"))


def held_by(people: Sequence[int]) -> dict[int, list[str]]:
    """By person, the offices held now: where, and as what."""
    found: dict[int, list[str]] = {}
    rows = Appointment.objects.filter(person__in=people, until=None).select_related("organisation").order_by("id")
    for row in rows:
        found.setdefault(row.person_id, []).append(f"{row.organisation.name} · {abilities.title(row.role)}")
    return found


def _address(**given: str) -> str:
    asked_ = urlencode({name: value for name, value in given.items() if value})
    return reverse("office_accounts") + (f"?{asked_}" if asked_ else "")
