"""Whose arrears these are: those below the reader's own desk, in a campaign that reaches there."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext

from xianfeng.duties import naming
from xianfeng.duties.models import Round
from xianfeng.registry import desks, tree
from xianfeng.registry.lineage import Node
from xianfeng.registry.models import Place
from xianfeng.scheme.nodes import Scheme
from xianfeng.sentences import translated
from xianfeng.web import scope


@dataclass(frozen=True)
class Own:
    """`node`: the division or unit of the desk, `desk` all its organisations; `children`: whose the places right under
    them are."""

    node: Node
    place: int
    desk: tuple[int, ...]
    children: dict[int, int]


def own_or_404(request: HttpRequest) -> Own:
    node = scope.of(request).reader.organisation
    desk = desks.at(node.id) if node else None
    if node is None or desk is None:
        raise Http404(gettext("没有现任的任职"))
    head = tree.named([desk.organisation], timezone.localdate())[desk.organisation]
    places = (desk.place, *desk.attached)
    rows = Place.objects.filter(parent__in=places, ended_seq=None).exclude(id__in=places)
    children = dict(rows.values_list("id", "organisation_id"))
    return Own(head, desk.place, desks.of(node.id), children)


def round_or_404(name: str, number: int) -> Round:
    row = Round.objects.filter(id=number, scheme=name).first()
    if row is None:
        raise Http404(gettext("没有这一轮"))
    return row


def is_over(scheme: Scheme) -> bool:
    """Whether nobody is reminded of anything any more."""
    return scheme.until < timezone.localdate()


def heading(row: Round) -> str:
    return translated(naming.what(row))
