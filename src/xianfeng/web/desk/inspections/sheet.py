"""A visit's sheet, to take along on paper: what is known of the unit, what is asked, and where to sign."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from xianfeng.accounts import reader
from xianfeng.accounts.abilities import Ability
from xianfeng.inspections import following, visiting
from xianfeng.inspections.following import kind_of
from xianfeng.ledger.models import Mention, Record
from xianfeng.problems import Problem
from xianfeng.registry import tree
from xianfeng.registry.tree import Node
from xianfeng.scheme.nodes import Field, Kind
from xianfeng.scheme.types import Level
from xianfeng.signals import answering
from xianfeng.web import access, scope
from xianfeng.web.desk.facts import Fact, figures_of
from xianfeng.web.desk.inspections.own import Drawn, drawn_or_404
from xianfeng.web.desk.signals.signals import Line, lines
from xianfeng.web.record import items
from xianfeng.web.scope import Scope
from xianfeng.web.tables import Table, answer

SHOWN = 40


@dataclass(frozen=True)
class SheetPage:
    drawn: Drawn
    facts: tuple[Fact, ...]
    signals: tuple[Line, ...]
    open: Table
    earlier: Table
    asked: tuple[tuple[Kind, tuple[Field, ...]], ...]  # what the visit's records ask
    entered: Table | None  # what was entered of this visit


@require_safe
@access.needs(Ability.READ)
def drawn_visit(request: HttpRequest, number: int) -> HttpResponse:
    drawn, seen = drawn_or_404(request, number), scope.of(request)
    page = SheetPage(
        drawn=drawn,
        facts=figures_of(drawn.scheme, drawn.kind, _unit(drawn), seen),
        signals=lines(answering.told_of(drawn.scheme.name, drawn.visit.organisation, timezone.localdate())[:SHOWN]),
        open=items.table("open", _("没有办完的"), _open(drawn, seen), empty=_("没有没办完的承诺、诉求、问题和整改。")),
        earlier=items.table("earlier", _("以往的督查"), _earlier(drawn, seen), empty=_("以前没有督查过。")),
        asked=tuple((kind, _fields(kind, drawn)) for kind in (drawn.kind, *drawn.followers)),
        entered=_entered(drawn),
    )
    tables = (page.open, page.earlier, *((page.entered,) if page.entered else ()))
    return answer(request, *tables) or render(request, "desk/inspections/sheet.html", {"page": page})


@require_POST
@access.needs(Ability.READ)
def visit_missed(request: HttpRequest, number: int) -> HttpResponse:
    drawn = drawn_or_404(request, number)
    try:
        visiting.missed(visit=drawn.visit.id, reason=request.POST.get("reason", ""), by=reader.of(request).actor)
        messages.success(request, gettext("已经登记，原因随抽取结果一起公布。"))
    except Problem as problem:
        messages.error(request, problem.told)
    return redirect("drawn_visit", number)


def _unit(drawn: Drawn) -> Node:
    at = drawn.visit.organisation
    return tree.named([at], timezone.localdate())[at]


def _open(drawn: Drawn, seen: Scope) -> list[Record]:
    """What is open at the unit, or about it: promises, matters, findings, rectifications."""
    at = drawn.visit.organisation
    named = Mention.objects.filter(target=at).values("record")
    rows = Record.objects.filter(Q(holder=at) | Q(subject=at) | Q(id__in=named), level__gt=Level.NONE.rank)
    found = seen.records_in_full(rows).order_by("-day", "-id")[: SHOWN * 5]
    standing = [row for row in found if _counts(kind_of(row)) and kind_of(row).flow.states[row.state].open]
    return standing[:SHOWN]


def _counts(kind: Kind) -> bool:
    """What stands open until somebody has done it: a promise, a request, what a unit has to carry out or answer."""
    return bool(kind.promise or kind.requested or any(field.acts == "handler" for field in kind.fields.values()))


def _earlier(drawn: Drawn, seen: Scope) -> list[Record]:
    register = drawn.scheme.key(drawn.rule.kind)
    rows = Record.objects.filter(register=register, subject=drawn.visit.organisation)
    if drawn.visit.record:
        rows = rows.exclude(id=drawn.visit.record)
    return list(seen.records_in_full(rows).order_by("-day", "-id")[:SHOWN])


def _fields(kind: Kind, drawn: Drawn) -> tuple[Field, ...]:
    known = {kind.subject, drawn.naming(kind), drawn.rule.approval, *(drawn.rule.recorded_as or ("",))[:1]}
    return tuple(field for field in kind.fields.values() if field.name not in known and not field.retired)


def _entered(drawn: Drawn) -> Table | None:
    if drawn.visit.record is None:
        return None
    followed = following.of_visits([drawn.visit.record])
    return items.table("entered", _("已经登记的"), (*followed.visits, *followed.found, *followed.ordered))
