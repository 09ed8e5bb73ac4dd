"""A record: what it says, where it stands, and everything that was ever done to it."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from xianfeng.accounts.abilities import Ability
from xianfeng.inspections.orders import is_order
from xianfeng.ledger.history import history
from xianfeng.ledger.image import WITHDRAWN
from xianfeng.ledger.models import Record
from xianfeng.log.models import Entry
from xianfeng.matters.intake import request_of
from xianfeng.matters.publication import publication
from xianfeng.registry import tree
from xianfeng.registry.models import Organisation
from xianfeng.registry.tree import Node
from xianfeng.scheme import titles
from xianfeng.scheme.nodes import Kind, Scheme
from xianfeng.scheme.types import FieldType
from xianfeng.sentences import translated
from xianfeng.web import access, people, scope
from xianfeng.web.frame import asked, local
from xianfeng.web.papers import FILES
from xianfeng.web.record import files
from xianfeng.web.record.alike import Like, alike
from xianfeng.web.record.at_hand import AtHand, at_hand
from xianfeng.web.record.certificates import certificates
from xianfeng.web.record.decided import Rests, rests
from xianfeng.web.record.due import Clock, clocks
from xianfeng.web.record.finding import Opened, record_or_404
from xianfeng.web.record.history import EventLine, lines, sides, told
from xianfeng.web.record.objections import NONE, Objections, objections
from xianfeng.web.record.reviewing import Reviewing, reviewing
from xianfeng.web.record.values import Shown, speaker, state_title
from xianfeng.web.scope import Scope
from xianfeng.web.tables import Table, answer

BASIS = {
    "each": _("一条记录计一项"),
    "event": _("一条记录是一次活动，数量相加"),
    "stated": _("照文件所述录入的总数"),
}

UNCOUNTED = _("已撤销，不计入任何数字")


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
    alike: tuple[Like, ...] = ()  # matters that may be about the same
    publishes: bool = False  # whether an answer may be made public from here
    renews: bool = False  # whether its requester may be given another code
    rests: Rests | None = None  # of a decided class, for whom it may concern
    review: Reviewing | None = None  # for a reviewer: where he came from, what is next
    board: str = ""  # from which the reader came
    clocks: tuple[Clock, ...] = ()  # by when what is to be done, and what follows
    objections: Objections = NONE
    orders: tuple[str, ...] = ()  # the forms in which it is had as the paper that its subject is handed
    certificates: tuple[str, ...] = ()  # and as the certificate of an award
    requested: bool = False  # whether it was asked of the organisation and is no report of its own

    @property
    def course(self) -> Table:
        return told(self.history)

    @property
    def here(self) -> str:
        """This page, for what is done from it to lead back to."""
        return f"{reverse('record', args=[self.record.id])}?{urlencode({'back': self.board})}" if self.board else ""


@access.reading
def record(request: HttpRequest, number: int) -> HttpResponse:
    seen = scope.of(request)
    try:
        opened = record_or_404(number, seen.record)
    except Http404:
        return _organisation_event(number)
    page = _page(opened, seen)
    board = local(asked(request, "back"), (reverse("matters"),)) if seen.reader.signed_in else ""
    review = None if board else reviewing(request, opened.record, page.at_hand, seen)
    page = replace(page, review=review, board=board)
    return answer(request, page.course) or render(request, "public/record.html", {"page": page})


def _organisation_event(number: int) -> HttpResponse:
    """What happened to an organisation counts like a record, and its page is the organisation's."""
    entry = Entry.objects.filter(seq=number, stream="organisation").first()
    node = Organisation.objects.filter(id=entry.about).first() if entry else None
    if node is None:
        raise Http404(gettext("没有这条记录"))
    return redirect(f"{reverse('organisation', args=[node.code])}#entry-{number}")


def _page(opened: Opened, seen: Scope) -> RecordPage:
    found, scheme, kind = opened.record, opened.scheme, opened.kind
    values = json.loads(found.values)
    events = history(found.id)
    also = {found.organisation, *(id_ for event in events for id_ in (event.organisation, event.on_behalf) if id_)}
    if found.reviewer:
        also.add(found.reviewer)
    known = files.ever(found.id) if seen.full(found) else files.of_records([found.id]).get(found.id, {})
    takes = seen.reader.can(Ability.FILE) and seen.within(found.holder)
    timed = clocks(found, now=timezone.now()) if seen.full(found) else ()
    says = speaker(kind, [values, *sides(events)], also, found.day, called=_called(found, seen), files=known)
    return RecordPage(
        scheme=scheme,
        record=found,
        kind=kind.title,
        rests=rests(found, kind, seen),
        basis=str(UNCOUNTED if found.state == WITHDRAWN else BASIS[kind.basis]),
        state=_standing(found, kind),
        organisation=says.organisations[found.organisation],
        reviewer=says.organisations.get(found.reviewer) if found.reviewer else None,
        path=tree.path(found.organisation, found.day),
        fields=tuple(
            says.say(field, values.get(name)) for name, field in seen.record_fields(found).items() if name in values
        ),
        history=lines(events, says, found, seen),
        at_hand=_at_hand(found, scheme, kind, seen, timed),
        proven=seen.full(found),
        alike=alike(found, seen),
        clocks=timed,
        objections=objections(found, kind, seen),
        orders=tuple(FILES) if seen.full(found) and is_order(kind) and found.state != WITHDRAWN else (),
        certificates=certificates(found, seen),
        requested=kind.requested,
        publishes=takes and publication(found) is not None,
        renews=takes and kind.intake and request_of(found) is not None and found.state != WITHDRAWN,
        names_read=seen.personal(found)
        and any(kind.fields[name].type is FieldType.PERSON for name in values if name in kind.fields),
    )


def _at_hand(found: Record, scheme: Scheme, kind: Kind, seen: Scope, timed: Collection[Clock]) -> AtHand:
    """Who is next is said with the day where one is told, and not twice."""
    known = at_hand(found, scheme, kind, seen)
    told = kind.flow.due(found.state) and any(one.deadline for one in timed)
    return replace(known, next="") if told else known


def _called(found: Record, seen: Scope) -> Callable[[Collection[int]], Mapping[int, str]]:
    """Whoever may read what is personal on a record reads the names of those it is about."""
    if not seen.personal(found):
        return people.coded if seen.full(found) else people.unnamed
    return lambda wanted: people.named(wanted, seen, purpose=gettext_noop("查看记录"))


def _standing(found: Record, kind: Kind) -> str:
    """Its state, with how far it has been reviewed; what was withdrawn is no draft."""
    state, level = state_title(kind, found.state), translated(titles.RANKS[found.level])
    return (
        state
        if found.state == WITHDRAWN or state == level
        else gettext("{state}（{level}）").format(state=state, level=level)
    )
