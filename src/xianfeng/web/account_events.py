"""What was done to an account, line by line, as its holder and its administrators read it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from xianfeng.accounts.models import AccountEvent
from xianfeng.web.entries import actors

_DONE: Mapping[str, str | Promise] = {
    "opened": _("开账号"),
    "invited": _("发出邀请链接"),
    "confirmed": _("确认邀请链接"),
    "accepted": _("用邀请链接设定密码"),
    "factors_gone": _("撤去两步验证"),
    "signed_out": _("在所有设备上退出登录"),
    "seen": _("看过账号的变动"),
    "closed": pgettext_lazy("账号", "停用"),
}


@dataclass(frozen=True)
class EventLine:
    at: dt.datetime
    title: str
    who: str


def lines(events: Iterable[AccountEvent]) -> tuple[EventLine, ...]:
    rows = list(events)
    known = actors(row.actor for row in rows)
    return tuple(EventLine(row.at, str(_DONE.get(row.action, row.action)), _who(row, known)) for row in rows)


def _who(row: AccountEvent, known: Mapping[str, str]) -> str:
    """Who used a link is not known: what is said is who issued it."""
    if row.actor == f"account:{row.account_id}":
        return gettext("持邀请链接的人") if row.action == "accepted" else gettext("本人")
    who = known.get(row.actor, row.actor)
    if row.action in ("accepted", "factors_gone"):
        return gettext("凭邀请链接，发出人：%(who)s") % {"who": who}
    return who
