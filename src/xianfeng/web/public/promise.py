"""One promise and what became of it, in plain words: promised, adjusted, kept or not. Its address is on village boards.

Only what the scheme makes public stands here, whoever reads; all that a reader may see else is on the record's page.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from xianfeng.commendations.notices import honours_of
from xianfeng.ledger import versions
from xianfeng.ledger.history import Event, history
from xianfeng.ledger.models import Record
from xianfeng.registry import tree
from xianfeng.registry.tree import Node
from xianfeng.scheme.nodes import Field, Scheme
from xianfeng.sentences import translated
from xianfeng.web import access, outward, scope
from xianfeng.web.public.commended import flags
from xianfeng.web.public.promises import Asked
from xianfeng.web.record import files, standing
from xianfeng.web.record.history import ChangeLine, EventLine, sides
from xianfeng.web.record.standing import Promise, Standing
from xianfeng.web.record.values import Shown, Speaker, speaker


@dataclass(frozen=True)
class PromisePage:
    promise: Promise
    scheme: Scheme
    organisation: Node
    flags: tuple[str, ...]  # what its organisation was awarded and still bears
    path: tuple[Node, ...]
    outlook: str  # how much time there is, or by how much it is over
    fields: tuple[Shown, ...]
    history: tuple[EventLine, ...]
    board: str
    address: str


@access.reading
def promise(request: HttpRequest, number: int) -> HttpResponse:
    seen = scope.of(request)
    found = standing.one(number, seen)
    if found is None:
        raise Http404(gettext("没有这条公开的承诺"))
    return render(request, "public/promise.html", {"page": _page(found, request, seen)})


def _page(found: Record, request: HttpRequest, seen: scope.Scope) -> PromisePage:
    today = timezone.localdate()
    scheme = versions.scheme(found.scheme_id)
    told = standing.promise(found, today, seen)
    values = json.loads(found.values)
    public = seen.public_fields(scheme, told.kind)
    events = history(found.id)
    says = speaker(
        told.kind,
        [values, *sides(events)],
        {found.organisation, *(event.organisation for event in events if event.organisation)},
        found.day,
        files=files.of_records([found.id]).get(found.id, {}),
    )
    organisation = says.organisations[found.organisation]
    shown = (says.say(field, values[name]) for name, field in public.items() if values.get(name) is not None)
    return PromisePage(
        promise=told,
        scheme=scheme,
        organisation=organisation,
        flags=flags(honours_of(found.organisation)),
        path=tree.path(found.organisation, found.day),
        outlook=_outlook(told, today) if scheme.until >= today else "",
        fields=tuple(one for one in shown if one.text != told.words),
        history=tuple(_lines(events, says, organisation, public, lambda event: seen.public_reason(found, event))),
        board=Asked(organisation).address(),
        address=outward.address(request, reverse("promise", args=[found.id])),
    )


def _outlook(told: Promise, today: dt.date) -> str:
    if told.due is None or told.standing is Standing.KEPT:
        return ""
    days = (told.due - today).days
    if days >= 0:
        return gettext("离期限还有 %(days)s 天") % {"days": days}
    return gettext("已经过了期限 %(days)s 天") % {"days": -days}


def _lines(
    events: Iterable[Event],
    says: Speaker,
    promising: Node,
    public: Mapping[str, Field],
    explained: Callable[[Event], bool],
) -> Iterable[EventLine]:
    """What was done with it; of what was changed, what is public."""
    for event in events:
        yield EventLine(
            seq=event.seq,
            at=event.at,
            day=event.day,
            title=gettext("提出承诺") if event.action == "file" else translated(event.title),
            who=_who(event, promising, says),
            reason=event.reason if explained(event) else "",
            changes=() if event.action == "file" else tuple(_changes(event, says, public)),
        )


def _who(event: Event, promising: Node, says: Speaker) -> str:
    """A promise is its unit's own, whoever has written it down."""
    acting = says.organisations.get(event.organisation) if event.organisation else None
    if event.action == "file" and acting is not None and acting.id != promising.id:
        return gettext("%(unit)s（%(by)s代录）") % {"unit": promising.name, "by": acting.name}
    return acting.name if acting else gettext("系统到期办理")


def _changes(event: Event, says: Speaker, public: Mapping[str, Field]) -> Iterable[ChangeLine]:
    for change in event.changes:
        field = public.get(change.field)
        if field is not None and not change.personal:
            yield ChangeLine(field.title, says.text(field, change.before), says.text(field, change.after))
