"""What became of the nominations of whoever reads, of his organisation or of himself: decided how, why, and whether he
can object and until when."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from xianfeng.accounts.abilities import Ability
from xianfeng.commendations.outcomes import Outcome, outcomes
from xianfeng.commendations.rules import titles
from xianfeng.ledger import mentions, versions
from xianfeng.ledger.image import WITHDRAWN
from xianfeng.ledger.models import Record
from xianfeng.web import access, cells, scope
from xianfeng.web.cells import Cell, Look
from xianfeng.web.frame import own_or_404
from xianfeng.web.record.certificates import certificates
from xianfeng.web.record.objections import objecting_for
from xianfeng.web.record.values import state_title
from xianfeng.web.scope import Scope
from xianfeng.web.tables import Column, Table, answer

_MOST = 50


@dataclass(frozen=True)
class OwnPage:
    table: Table


@require_safe
@access.needs(Ability.READ)
def own_commendations(request: HttpRequest) -> HttpResponse:
    seen = scope.of(request)
    columns = (
        Column(gettext("荣誉")),
        Column(gettext("对象")),
        Column(gettext("现在")),
        Column(gettext("从哪天起")),
        Column(gettext("理由")),
        Column(gettext("批准文号")),
        Column(gettext("异议")),
        Column(gettext("荣誉证书")),
    )
    rows = [_row(one, seen) for one in outcomes(_own(seen), mine=objecting_for(seen))]
    empty = gettext("还没有推荐。") if seen.reader.can(Ability.FILE) else gettext("还没有人推荐您。")
    table = Table("own", gettext("本单位和本人的评选表彰"), columns, rows, empty=empty)
    return answer(request, table) or render(request, "desk/commendations.html", {"page": OwnPage(table)})


def _own(seen: Scope) -> list[Record]:
    """The latest that he may read in full and that name him or his organisation, or were filed there."""
    own = own_or_404(seen).id
    desk = {own, seen.head or own}
    person = seen.reader.account.person_id if seen.reader.account else None
    registers = {scheme.key(rule.kind) for scheme in versions.all_current() for rule in scheme.commendations.values()}
    named = Q(id__in=mentions.naming(*desk, *([person] if person else [])))
    filed = Q(holder__in=desk, subject__in=desk) if seen.reader.can(Ability.FILE) else Q(pk__in=[])
    held = Record.objects.filter(named | filed, register__in=registers).exclude(state=WITHDRAWN).order_by("-id")
    return [row for row in held[:_MOST] if seen.full(row)]


def _row(one: Outcome, seen: Scope) -> tuple[Cell, ...]:
    record = reverse("record", args=[one.record.id])
    return (
        cells.text(titles(one.scheme, one.rule)[one.award], link=record),
        cells.text(gettext("一名党员") if one.personal else gettext("本组织")),
        cells.text(state_title(one.kind, one.record.state), look=Look.TAG),
        cells.day(one.since),
        cells.text(one.because) if one.because else cells.nothing(),
        cells.text(one.approval) if one.approval else cells.nothing(),
        _objecting(one) if seen.reader.can(Ability.ANSWER) else cells.nothing(),
        _certificate(one.record, seen),
    )


def _certificate(record: Record, seen: Scope) -> Cell:
    """Its files, where it stands awarded and is the reader's to have."""
    links = format_html_join(
        " ",
        '<a href="{}">{}</a>',
        (
            (reverse("certificate_file", args=[record.id, suffix]), suffix.upper())
            for suffix in certificates(record, seen)
        ),
    )
    return cells.text("", beside=links) if links else cells.nothing()


def _objecting(one: Outcome) -> Cell:
    if not one.may:
        return cells.nothing()
    words = gettext("可以提异议")
    if one.until:
        words = gettext("可以提异议，公示到 {day}").format(day=f"{one.until:%Y-%m-%d}")
    return cells.text(words, link=reverse("objection", args=[one.record.id]))
