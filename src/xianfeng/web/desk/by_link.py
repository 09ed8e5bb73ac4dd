"""Filing by a link, without an account: one organisation's form or grid of one kind, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from xianfeng.accounts import links, reach
from xianfeng.accounts.abilities import Ability
from xianfeng.accounts.models import Link
from xianfeng.accounts.reader import Reader
from xianfeng.ledger import versions
from xianfeng.ledger.models import Record
from xianfeng.log.models import Entry
from xianfeng.problems import Problem
from xianfeng.registry.lineage import Node
from xianfeng.scheme.nodes import Kind, Scheme
from xianfeng.web import access, errors, whose
from xianfeng.web.desk.grid import said_of
from xianfeng.web.desk.kinds import takes_part
from xianfeng.web.forms import filing
from xianfeng.web.forms.faults import Fault, Faulted
from xianfeng.web.forms.filing import Filing
from xianfeng.web.forms.gridding import Gridding, GridPage
from xianfeng.web.forms.names import Names
from xianfeng.web.forms.sheet import Question, Sheet, Typed
from xianfeng.web.forms.weighing import Filer
from xianfeng.web.frame import number_or_404
from xianfeng.web.record import steps
from xianfeng.web.record.steps import Step
from xianfeng.web.scope import Scope

_LOOKED_AT = 50  # of the unit's latest records, those filed by this link are told


@dataclass(frozen=True)
class Opened:
    """What a link opens."""

    link: Link
    token: str
    scheme: Scheme
    kind: Kind
    filer: Filer

    @property
    def address(self) -> str:
        return reverse("by_link", args=[self.token])


@dataclass(frozen=True, kw_only=True)
class LinkPage(Faulted):
    """`grid` or, without it, the questions of one form. `received`: what was filed just now, and who is next."""

    link: Link
    scheme: Scheme
    kind: Kind
    address: str
    filed: int
    received: str = ""
    grid: GridPage | None = None
    reference: str = ""
    day: str = ""
    questions: tuple[Question, ...] = ()
    later: tuple[Question, ...] = ()
    steps: tuple[Step, ...] = ()
    faults: tuple[Fault, ...] = ()
    files: bool = False


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@access.public
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    opened = _opened(token)
    if opened is None:
        return _unindexed(render(request, "desk/link_over.html", {"words": errors.words(request)}, status=404))
    setattr(request, whose.LINK, opened.link.pk)
    many = opened.link.many if "many" not in request.GET else request.GET["many"] == "1"
    return _unindexed(_grid(request, opened) if many else _one(request, opened))


def _opened(token: str) -> Opened | None:
    """What the link stands for; None when it is over, or its campaign knows the kind no longer."""
    link = links.opened(token)
    if link is None:
        return None
    try:
        scheme = versions.current(link.scheme)
    except Problem:
        return None
    kind, on = scheme.kinds.get(link.kind), link.organisation
    own = Node(id=on.id, code=on.code, name=on.name, type=on.type, level=on.level, category=on.category)
    if kind is None or not takes_part(scheme, own):
        return None
    reader = Reader(paths=reach.holding(own.id), abilities=frozenset({Ability.READ, Ability.FILE}))
    return Opened(link, token, scheme, kind, Filer(links.actor(link), own, Names(Scope(reader)), free=False))


def _one(request: HttpRequest, opened: Opened) -> HttpResponse:
    filer, scheme, kind = opened.filer, opened.scheme, opened.kind
    sheet = Sheet.of(scheme, kind, filer.names)
    day = filing.usual_day(scheme, filer.own, kind)
    if request.method != "POST":
        offered = filing.prefilled(scheme, kind, filer.own, day)
        typed = sheet.typed_of(offered)
        begun = _filing(opened, reference=filing.fresh_reference(), day=day.isoformat(), typed=typed)
        return render(request, "desk/by_link.html", {"page": _form(request, opened, begun, prefilled=tuple(offered))})
    given = _filing(
        opened,
        reference=filing.reference_of(request),
        day=request.POST.get("day", ""),
        typed=sheet.typed(request.POST, request.FILES),
    )
    outcome = given.file(request.POST.get("do", ""))
    if isinstance(outcome, tuple):
        return render(request, "desk/by_link.html", {"page": _form(request, opened, given, outcome)}, status=422)
    return redirect(f"{opened.address}?many=0&filed={outcome.id}")


def _filing(opened: Opened, *, reference: str, day: str, typed: Typed) -> Filing:
    return Filing(
        opened.filer,
        opened.scheme,
        opened.kind,
        opened.filer.own,
        reference,
        day,
        typed,
        confirmed_by_unit=True,
    )


def _form(
    request: HttpRequest,
    opened: Opened,
    given: Filing,
    faults: Sequence[Fault] = (),
    prefilled: Sequence[str] = (),
) -> LinkPage:
    asked = given.sheet.questions(given.typed, prefilled=prefilled, faults=faults, needed=given.needed(given.steps[0]))
    now, then = filing.split(asked, opened.kind)
    return LinkPage(
        link=opened.link,
        scheme=opened.scheme,
        kind=opened.kind,
        address=f"{opened.address}?many=0",
        filed=_filed_by(opened),
        received=_received(request, opened),
        reference=given.reference,
        day=given.day,
        questions=now,
        later=then,
        steps=given.steps,
        faults=tuple(faults),
        files=any(question.control == "files" for question in asked),
    )


def _grid(request: HttpRequest, opened: Opened) -> HttpResponse:
    filer, scheme, kind = opened.filer, opened.scheme, opened.kind
    found = steps.of_link(scheme, kind, filer.own, timezone.localdate())
    gridding = Gridding.of(request, filer, scheme, kind, found, always=True)
    outcome = gridding.posted(request) if request.method == "POST" else gridding.begun()
    if isinstance(outcome, tuple):
        first = f"{opened.address}?many=1&filed={outcome[0]}"
        return redirect(f"{first}&last={outcome[-1]}" if len(outcome) > 1 else first)
    page = LinkPage(
        link=opened.link,
        scheme=scheme,
        kind=kind,
        address=f"{opened.address}?many=1",
        filed=_filed_by(opened),
        received=_received(request, opened),
        grid=outcome,
    )
    return render(request, "desk/by_link.html", {"page": page}, status=422 if outcome.faults else 200)


def _received(request: HttpRequest, opened: Opened) -> str:
    """What the address says was filed, if this link filed it."""
    if request.method == "POST":
        return ""
    numbers = [number for key in ("filed", "last") if (number := number_or_404(request, key)) is not None]
    mine = _entries(opened).filter(seq__in=numbers).count() if numbers else 0
    if not numbers or mine != len(set(numbers)):
        return ""
    step = steps.of_link(opened.scheme, opened.kind, opened.filer.own, timezone.localdate())[0]
    return said_of(range(numbers[0], numbers[-1] + 1), opened.kind) + step.after


def _filed_by(opened: Opened) -> int:
    """How many of the unit's latest records came by this link."""
    latest = Record.objects.filter(
        organisation=opened.filer.own.id, register=opened.scheme.key(opened.kind.name)
    ).order_by("-id")
    return _entries(opened).filter(seq__in=list(latest.values_list("id", flat=True)[:_LOOKED_AT])).count()


def _entries(opened: Opened) -> QuerySet[Entry]:
    return Entry.objects.filter(actor=links.actor(opened.link).ref, action="file")


def _unindexed(response: HttpResponse) -> HttpResponse:
    response.headers["X-Robots-Tag"] = "noindex"
    return response
