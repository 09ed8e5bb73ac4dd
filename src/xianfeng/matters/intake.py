"""How a matter comes in: from its requester on a page, or from a clerk to whom he told it. One door for both."""

from __future__ import annotations

import datetime as dt
import unicodedata
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from xianfeng.ledger import actions, versions
from xianfeng.ledger.models import Record
from xianfeng.log import counters
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.matters import arrival, codes, counterfoils
from xianfeng.problems import Problem
from xianfeng.scheme.nodes import Scheme

MATTER = "matter"
CITIZEN = Actor(kind=ActorKind.COUNTERFOIL)  # whose code nobody has yet
LONGEST = 2_000  # characters
_TURN = "hotline"


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What somebody asks for. `via`: how it came in; `hotline`: its number at the hotline that passed it on."""

    text: str
    via: str
    sort: str = ""
    private: bool = True
    name: str = ""
    phone: str = ""
    hotline: str = ""


@transaction.atomic
def file(*, by: Actor, scheme: str, organisation: int, wish: Wish, code: str) -> Record:
    """A matter at an organisation, with its counterfoil. The same code again is the same matter, and so is the same
    number of the hotline, to whomever of the campaign it was passed on."""
    printed = codes.read(code)
    if not printed:
        raise Problem("matters.no_code", "页面太旧了，没有收到查询码。", hint="请重新打开页面再提交。")
    known = counterfoils.opened(printed)
    if known is not None:
        return known
    _refuse_closed(scheme)
    if len(wish.text) > LONGEST:
        raise Problem("matters.too_long", "写得太长了。", hint="请不要超过 2000 个字。", field="text")
    wish = replace(wish, hotline=_number(wish.hotline))
    elsewhere = _passed_on(scheme, organisation, wish.hotline)
    if elsewhere is not None:
        return elsewhere
    filed = actions.file(
        by=by,
        scheme=scheme,
        kind=MATTER,
        organisation=organisation,
        day=_today(versions.current(scheme), by),
        values=_values(wish),
        reference=_reference(wish.hotline) if wish.hotline else None,
        for_=organisation if by.kind is ActorKind.APPOINTMENT and by.organisation != organisation else None,
    )
    if not hasattr(filed, "counterfoil"):
        counterfoils.kept(filed.id, printed)
        if by.organisation != organisation:  # whoever wrote it down himself knows
            arrival.tell(filed, now=by.moment)
    return filed


def takes(scheme: Scheme) -> bool:
    """Whether a campaign takes matters."""
    return MATTER in scheme.kinds and scheme.kinds[MATTER].intake


def _refuse_closed(scheme: str) -> None:
    if not takes(versions.current(scheme)):
        raise Problem("matters.closed", "这个活动不受理群众诉求。", hint="请向窗口或12345反映。")


def _number(typed: str) -> str:
    """A hotline's number, however it was typed."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", typed).upper() if sign.isalnum())


def _reference(hotline: str) -> str:
    return f"hotline {hotline}"


def _passed_on(scheme: str, organisation: int, hotline: str) -> Record | None:
    """The matter that the hotline passed on to another organisation of the campaign under the same number."""
    if not hotline:
        return None
    counters.take(_TURN, 0)  # one at a time, so that of two at once the second finds the first
    rows = Record.objects.filter(register=MATTER, reference=_reference(hotline)).exclude(organisation=organisation)
    return next((row for row in rows if versions.scheme(row.scheme_id).name == scheme), None)


def _values(wish: Wish) -> dict[str, object]:
    given = {
        "text": wish.text,
        "sort": wish.sort,
        "via": wish.via,
        "hotline": wish.hotline,
        "name": wish.name,
        "phone": wish.phone,
    }
    return {"private": wish.private, **{name: value for name, value in given.items() if value}}


def _today(scheme: Scheme, by: Actor) -> dt.date:
    return timezone.localdate(by.moment, ZoneInfo(scheme.timezone))
