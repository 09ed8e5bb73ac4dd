"""How a matter comes in: from its requester on a page, or from a clerk to whom he told it. One door for both."""

from __future__ import annotations

import datetime as dt
import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from xianfeng.ledger import actions, versions
from xianfeng.ledger.models import Record
from xianfeng.log import counters
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.matters import arrival, codes, counterfoils
from xianfeng.problems import Problem
from xianfeng.scheme.nodes import Kind, Scheme
from xianfeng.scheme.requesting import Request

CITIZEN = Actor(kind=ActorKind.COUNTERFOIL)  # whose code nobody has yet
LONGEST = 2_000  # characters
_TURN = "hotline"


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What somebody asks for. `via`: how it came in; `hotline`: its number at the hotline that passed it on; `kind`: of
    those that the campaign takes, its first where it says none; `more`: what that kind asks besides."""

    text: str
    via: str
    sort: str = ""
    private: bool = True
    name: str = ""
    phone: str = ""
    hotline: str = ""
    kind: str = ""
    more: Mapping[str, object] = field(default_factory=dict)


_SAID = frozenset(one.name for one in fields(Wish))  # the roles of which a wish says something


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
    kind = taken(versions.current(scheme), wish.kind)
    if len(wish.text) > LONGEST:
        raise Problem("matters.too_long", "写得太长了。", hint="请不要超过 2000 个字。", field=kind.roles["text"])
    wish = replace(wish, hotline=_number(wish.hotline))
    elsewhere = _passed_on(scheme, kind, organisation, wish.hotline)
    if elsewhere is not None:
        return elsewhere
    filed = actions.file(
        by=by,
        scheme=scheme,
        kind=kind.name,
        organisation=organisation,
        day=_today(versions.current(scheme), by),
        values=_values(kind, wish),
        reference=_reference(wish.hotline) if wish.hotline else None,
        for_=organisation if by.kind is ActorKind.APPOINTMENT and by.organisation != organisation else None,
    )
    if not hasattr(filed, "counterfoil"):
        counterfoils.kept(filed.id, printed)
        if by.organisation != organisation:  # whoever wrote it down himself knows
            arrival.tell(filed, now=by.moment)
    return filed


def takes(scheme: Scheme) -> tuple[Kind, ...]:
    """The kinds that a campaign takes from anybody."""
    return tuple(kind for kind in scheme.kinds.values() if kind.intake and kind.request and not kind.objects)


def taken(scheme: Scheme, name: str = "") -> Kind:
    """The one of this name, or the first; a Problem where the campaign takes none."""
    for kind in takes(scheme):
        if name in ("", kind.name):
            return kind
    raise Problem("matters.closed", "这个活动不受理群众诉求。", hint="请向窗口或12345反映。")


def registers() -> frozenset[str]:
    """Those of all kinds in which somebody brings what is his own, whether anybody may just now."""
    known = ((scheme, kind) for scheme in versions.all_current() for kind in scheme.kinds.values())
    return frozenset(scheme.key(kind.name) for scheme, kind in known if kind.request)


def request_of(record: Record) -> Request | None:
    """Which field of a record holds what; as its campaign says it now, of one that was filed before it said so. None of
    a record of another sort."""
    scheme = versions.scheme(record.scheme_id)
    known = scheme.kinds[record.kind].request
    if known is None and scheme.kinds[record.kind].requested:
        now = versions.current(scheme.name).kinds.get(record.kind)
        return now.request if now else None
    return known


def words(record: Record) -> str:
    """What a record's requester asks, in his own words; '' of a record of another sort."""
    request = request_of(record)
    return str(json.loads(record.values).get(request.text, "")) if request else ""


def _number(typed: str) -> str:
    """A hotline's number, however it was typed."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", typed).upper() if sign.isalnum())


def _reference(hotline: str) -> str:
    return f"hotline {hotline}"


def _passed_on(scheme: str, kind: Kind, organisation: int, hotline: str) -> Record | None:
    """The matter that the hotline passed on to another organisation of the campaign under the same number."""
    if not hotline:
        return None
    counters.take(_TURN, 0)  # one at a time, so that of two at once the second finds the first
    register = versions.current(scheme).key(kind.name)
    rows = Record.objects.filter(register=register, reference=_reference(hotline)).exclude(organisation=organisation)
    return next((row for row in rows if versions.scheme(row.scheme_id).name == scheme), None)


def _values(kind: Kind, wish: Wish) -> dict[str, object]:
    """What is said, in the fields that the kind keeps it in."""
    said = {name: getattr(wish, role) for role, name in kind.roles.items() if role in _SAID}
    return {**wish.more, **{name: value for name, value in said.items() if value != ""}}


def _today(scheme: Scheme, by: Actor) -> dt.date:
    return timezone.localdate(by.moment, ZoneInfo(scheme.timezone))
