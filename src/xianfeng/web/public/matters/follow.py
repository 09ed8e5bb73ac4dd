"""Following a matter by its counterfoil: where it stands, by when what comes next, and what its requester may do.

Whoever holds the code sees the answer and who has it in hand, and nothing of who brought it. Every look is counted, so
that codes cannot be tried by the thousand.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from xianfeng.accounts import attempts
from xianfeng.ledger import history, powers, versions
from xianfeng.ledger.flow import REASON
from xianfeng.ledger.guards import Guards
from xianfeng.ledger.history import WITHDRAW
from xianfeng.ledger.image import WITHDRAWN
from xianfeng.ledger.models import Record
from xianfeng.matters import codes, counterfoils, intake
from xianfeng.problems import Problem
from xianfeng.registry import tree
from xianfeng.registry.lineage import Node
from xianfeng.scheme.flowing import REQUESTER, Move
from xianfeng.scheme.nodes import Kind, Scheme
from xianfeng.sentences import translated
from xianfeng.voice import flood
from xianfeng.web import access, outward, scope
from xianfeng.web.forms import late
from xianfeng.web.forms.faults import Fault, Faulted
from xianfeng.web.forms.moving import NOTHING_WRONG, Moving, Posted, Refused
from xianfeng.web.forms.names import Names
from xianfeng.web.forms.sheet import Question, Sheet
from xianfeng.web.record.due import Clock, requested
from xianfeng.web.record.values import Shown, speaker, state_title

LOOKS = flood.Limits(of_sender=300, of_sender_on_thing=100, on_thing=1_000)


@dataclass(frozen=True)
class Line:
    """One thing that was done."""

    at: dt.datetime
    title: str
    who: str
    reason: str


@dataclass(frozen=True)
class Doing(Faulted):
    """One thing that the requester may do now. `since`: what others did since its page was opened."""

    move: Move
    title: str
    questions: tuple[Question, ...]
    reason: str = ""
    since: str = ""
    faults: tuple[Fault, ...] = ()

    @property
    def asks_reason(self) -> bool:
        return REASON in self.move.needs


@dataclass(frozen=True)
class FollowPage:
    typed: str = ""
    wrong: str = ""


@dataclass(frozen=True)
class FollowedPage:
    code: str
    address: str
    new: bool  # it was just filed
    alone: bool  # nobody but whoever filed it was ever shown its code
    record: Record
    scheme: Scheme
    state: str
    organisation: Node
    handler: str
    said: tuple[Shown, ...]
    clocks: tuple[Clock, ...]
    course: tuple[Line, ...]
    doings: tuple[Doing, ...]
    withdrawn: Line | None  # by whom it was taken away, and why


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@access.public
def follow(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return render(request, "public/matters/follow.html", {"page": FollowPage()})
    typed = request.POST.get("code", "")[:40]
    code = codes.read(typed)
    try:
        if code and _looked_up(request, code):
            return redirect("followed", code)
    except Problem as problem:
        return _refused(request, typed, problem.told, 429)
    wrong = gettext("没有这个查询码，请对着回单再输一次。字母和数字一共十个。")
    return _refused(request, typed, wrong, 422)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@access.public
def followed(request: HttpRequest, code: str) -> HttpResponse:
    printed = codes.read(code)
    try:
        record = _looked_up(request, printed) if printed else None
    except Problem as problem:
        return _refused(request, code, problem.told, 429)
    if record is None:
        return _refused(request, code, gettext("没有这个查询码，请对着回单再输一次。"), 404)
    if request.method != "POST":
        return _shown(request, printed, record)
    return _moved(request, printed, record) or redirect("followed", printed)


def _looked_up(request: HttpRequest, code: str) -> Record | None:
    flood.count(LOOKS, room="counterfoils", thing=codes.digest(code)[:16], address=attempts.address(request))
    return counterfoils.opened(code)


def _refused(request: HttpRequest, typed: str, wrong: str, status: int) -> HttpResponse:
    return render(request, "public/matters/follow.html", {"page": FollowPage(typed, wrong)}, status=status)


def _moved(request: HttpRequest, code: str, record: Record) -> HttpResponse | None:
    """None when the move was made; else what was typed, with what is wrong."""
    scheme, kind = _of(record)
    move = kind.flow.moves.get(request.POST.get("do", ""))
    if move is None or REQUESTER not in move.by:
        raise Http404(gettext("没有这一步"))
    sheet = _sheet(request, scheme, kind, move)
    today = timezone.localdate(timezone=ZoneInfo(scheme.timezone))
    posted = Posted.of(request, sheet, day=today.isoformat())
    moving = Moving(counterfoils.holder(record), move.name, sheet)
    refused = moving.make({record.id: late.seq_of(request)}, posted)
    if refused is None:
        return None
    return _shown(request, code, record, _doing(sheet, move, posted, refused), status=refused.status)


def _shown(
    request: HttpRequest, code: str, record: Record, tried: Doing | None = None, *, status: int = 200
) -> HttpResponse:
    scheme, kind = _of(record)
    values = json.loads(record.values)
    brought = intake.request_of(record)
    now = timezone.now()
    named = powers.handlers(kind, values)
    nodes = tree.named({record.organisation, *named}, timezone.localdate())
    says = speaker(kind, [values], (), record.day)
    course = _course(record)
    doings = tuple(_tried(doing, tried) for doing in _doings(request, record, scheme, kind))
    page = FollowedPage(
        code=code,
        address=outward.address(request, reverse("followed", args=[code])),
        new="new" in request.GET and len(course) == 1,
        alone=counterfoils.kept_alone(record),
        record=record,
        scheme=scheme,
        state=state_title(kind, record.state),
        organisation=nodes[record.organisation],
        handler=next((nodes[one].name for one in named), ""),
        said=tuple(
            says.say(kind.fields[name], values[name]) for name in (brought.shown if brought else ()) if name in values
        ),
        clocks=requested(record, now=now),
        course=course,
        doings=doings,
        withdrawn=course[-1] if record.state == WITHDRAWN else None,
    )
    response = render(request, "public/matters/followed.html", {"page": page, "tried": tried}, status=status)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _tried(doing: Doing, tried: Doing | None) -> Doing:
    return tried if tried is not None and tried.move.name == doing.move.name else doing


def _course(record: Record) -> tuple[Line, ...]:
    """What was done, and by which organisation; of reasons those that their moves make public, and why it was taken
    away."""
    events = history.history(record.id)
    names = tree.named({event.organisation for event in events if event.organisation}, record.day)
    return tuple(
        Line(
            event.at,
            translated(event.title),
            names[event.organisation].name if event.organisation in names else "",
            event.reason if event.public or event.organisation is None or event.action == WITHDRAW else "",
        )
        for event in events
    )


def _doings(request: HttpRequest, record: Record, scheme: Scheme, kind: Kind) -> tuple[Doing, ...]:
    guards, now = Guards(), timezone.now()
    asked = (one for one in kind.flow.moves.values() if REQUESTER in one.by and record.state in one.origins)
    moves = [one for one in asked if guards.open(record, one, now=now)]
    return tuple(_doing(_sheet(request, scheme, kind, one), one, Posted()) for one in moves)


def _doing(sheet: Sheet, move: Move, posted: Posted, refused: Refused = NOTHING_WRONG) -> Doing:
    found = refused.faults(sheet.kind)
    asked = sheet.questions(posted.typed, faults=found, needed=[name for name in move.needs if name != REASON])
    since = "".join(refused.since.values())
    return Doing(move, translated(move.title), asked, posted.reason, since, found)


def _sheet(request: HttpRequest, scheme: Scheme, kind: Kind, move: Move) -> Sheet:
    return Sheet.of(scheme, kind, Names(scope.of(request)), only=set(move.needs))


def _of(record: Record) -> tuple[Scheme, Kind]:
    scheme = versions.scheme(record.scheme_id)
    return scheme, scheme.kinds[record.kind]
