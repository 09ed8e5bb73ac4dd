"""A record: what it says, where it stands, and everything that was ever done to it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from xianfeng.accounts import abilities
from xianfeng.ledger import versions
from xianfeng.ledger.history import Change, Event, history
from xianfeng.ledger.image import WITHDRAWN
from xianfeng.ledger.models import Record
from xianfeng.ledger.saying import ACTORS
from xianfeng.log.actors import ActorKind
from xianfeng.log.models import Entry
from xianfeng.registry import tree
from xianfeng.registry.models import Appointment, Organisation
from xianfeng.registry.tree import Node
from xianfeng.scheme import titles
from xianfeng.scheme.nodes import Kind, Scheme
from xianfeng.scheme.types import FieldType
from xianfeng.sentences import translated
from xianfeng.web import access, people, scope
from xianfeng.web.record import files
from xianfeng.web.record.at_hand import AtHand, at_hand
from xianfeng.web.record.files import FileLink
from xianfeng.web.record.reviewing import Reviewing, reviewing
from xianfeng.web.record.values import Shown, Speaker, speaker, state_title
from xianfeng.web.scope import Scope

BASIS = {
    "each": _("一条记录计一项"),
    "event": _("一条记录是一次活动，数量相加"),
    "stated": _("照文件所述录入的总数"),
}

UNCOUNTED = _("已撤销，不计入任何数字")


@dataclass(frozen=True)
class ChangeLine:
    """`left`: the files that were taken off by it, for those who may see them."""

    title: str
    before: str
    after: str
    left: tuple[FileLink, ...] = ()


@dataclass(frozen=True)
class EventLine:
    seq: int
    at: dt.datetime
    day: dt.date
    title: str
    who: str
    on_behalf: str
    reason: str
    changes: tuple[ChangeLine, ...]


@dataclass(frozen=True)
class RecordPage:
    scheme: Scheme
    record: Record
    kind: str
    basis: str
    state: str
    organisation: Node
    reviewer: Node | None
    path: tuple[Node, ...]
    fields: tuple[Shown, ...]
    history: tuple[EventLine, ...]
    at_hand: AtHand  # what the reader can do with it now
    proven: bool  # whether he may see the entries themselves, with their proofs
    names_read: bool  # whether people's names are on the page, which is written down
    review: Reviewing | None = None  # for a reviewer: where he came from, what is next


@access.reading
def record(request: HttpRequest, number: int) -> HttpResponse:
    found = Record.objects.filter(id=number).first()
    if found is None:
        return _organisation_event(number)
    scheme = versions.scheme(found.scheme_id)
    kind = scheme.kinds[found.kind]
    seen = scope.of(request)
    if not seen.record(found):
        raise Http404(gettext("没有这条记录"))
    page = _page(found, scheme, kind, seen)
    page = replace(page, review=reviewing(request, found, page.at_hand, seen))
    return render(request, "public/record.html", {"page": page})


def _organisation_event(number: int) -> HttpResponse:
    """What happened to an organisation counts like a record, and its page is the organisation's."""
    entry = Entry.objects.filter(seq=number, stream="organisation").first()
    node = Organisation.objects.filter(id=entry.about).first() if entry else None
    if node is None:
        raise Http404(gettext("没有这条记录"))
    return redirect(f"{reverse('organisation', args=[node.code])}#entry-{number}")


def _page(found: Record, scheme: Scheme, kind: Kind, seen: Scope) -> RecordPage:
    values = json.loads(found.values)
    events = history(found.id)
    also = {found.organisation, *(id_ for event in events for id_ in (event.organisation, event.on_behalf) if id_)}
    if found.reviewer:
        also.add(found.reviewer)
    told = [
        values,
        *(
            {change.field: side}
            for event in events
            for change in event.changes
            for side in (change.before, change.after)
        ),
    ]
    known = files.ever(found.id) if seen.full(found) else files.of_records([found.id]).get(found.id, {})
    says = speaker(kind, told, also, found.day, called=_called(found, seen), files=known)
    return RecordPage(
        scheme=scheme,
        record=found,
        kind=kind.title,
        basis=str(UNCOUNTED if found.state == WITHDRAWN else BASIS[kind.basis]),
        state=_standing(found, kind),
        organisation=says.organisations[found.organisation],
        reviewer=says.organisations.get(found.reviewer) if found.reviewer else None,
        path=tree.path(found.organisation, found.day),
        fields=tuple(
            says.say(field, values.get(name)) for name, field in seen.record_fields(found).items() if name in values
        ),
        history=tuple(_event(event, says, found, seen, by) for event, by in zip(events, _who(events), strict=True)),
        at_hand=at_hand(found, scheme, kind, seen),
        proven=seen.full(found),
        names_read=seen.personal(found)
        and any(kind.fields[name].type is FieldType.PERSON for name in values if name in kind.fields),
    )


def _called(found: Record, seen: Scope) -> Callable[[Collection[int]], Mapping[int, str]]:
    """Whoever may read what is personal on a record reads the names of those it is about."""
    if not seen.personal(found):
        return people.coded if seen.full(found) else people.unnamed
    return lambda wanted: people.named(wanted, seen, purpose=gettext_noop("查看记录"))


def _standing(found: Record, kind: Kind) -> str:
    """Its state, with how far it has been reviewed; what was withdrawn is no draft."""
    state, level = state_title(kind, found.state), translated(titles.RANKS[found.level])
    return state if found.state == WITHDRAWN or state == level else f"{state}（{level}）"


def _who(events: Sequence[Event]) -> Iterator[str]:
    """As what each was done: in which role, or in which other way."""
    acted = [(kind, int(number or 0)) for kind, __, number in (event.actor.partition(":") for event in events)]
    held = {number for kind, number in acted if kind == ActorKind.APPOINTMENT}
    roles = dict(Appointment.objects.filter(id__in=held).values_list("id", "role"))
    for kind, number in acted:
        role = roles.get(number) if kind == ActorKind.APPOINTMENT else None
        yield abilities.title(role) if role else translated(ACTORS[kind])


def _event(event: Event, says: Speaker, found: Record, seen: Scope, by: str) -> EventLine:
    full = seen.full(found)
    organisation = says.organisations.get(event.organisation) if event.organisation else None
    on_behalf = says.organisations.get(event.on_behalf) if event.on_behalf else None
    return EventLine(
        seq=event.seq,
        at=event.at,
        day=event.day,
        title=translated(event.title),
        who=f"{organisation.name} · {by}" if organisation else by,
        on_behalf=on_behalf.name if on_behalf else "",
        reason=event.reason if full or seen.public_reason(found, event) else "",
        changes=tuple(_change(change, says) for change in event.changes) if full else (),
    )


def _change(change: Change, says: Speaker) -> ChangeLine:
    if change.personal:
        return ChangeLine(change.title, "", gettext("（个人信息，不显示）"))
    field = says.kind.fields.get(change.field)
    if field is not None:
        left = tuple(file for file in says.held(field, change.before) if file.sha256 not in (change.after or ()))
        return ChangeLine(change.title, says.text(field, change.before), says.text(field, change.after), left)
    return ChangeLine(
        translated(change.title), _plain(change.field, change.before, says), _plain(change.field, change.after, says)
    )


def _plain(name: str, value: object, says: Speaker) -> str:
    """A value of the record's header: its state, its holder, its reviewer."""
    if value is None:
        return ""
    if name == "state":
        return state_title(says.kind, str(value))
    node = says.organisations.get(value) if isinstance(value, int) else None
    return node.name if node else str(value)
