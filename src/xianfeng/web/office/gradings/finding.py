"""How the pages of gradings find what an address names, and whose desk decides."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext

from xianfeng.gradings import deciding
from xianfeng.gradings.actions import rule_of
from xianfeng.gradings.models import Proposal
from xianfeng.ledger import versions
from xianfeng.registry.tree import Node
from xianfeng.scheme.grading import Grading
from xianfeng.scheme.nodes import Scheme
from xianfeng.web import scope
from xianfeng.web.frame import own_or_404


@dataclass(frozen=True)
class Opened:
    """A proposal with the version that it was made by. `own`: the organisation that decides about those below it."""

    proposal: Proposal
    scheme: Scheme
    rule: Grading
    own: int
    runs: bool  # whether the reader's office runs the campaign


def opened_or_404(request: HttpRequest, number: int) -> Opened:
    """The same answer for one that is not there and one that grades nobody below the reader."""
    held, seen = Proposal.objects.filter(id=number).first(), scope.of(request)
    own = deciding_for(own_or_404(seen), request)
    if held is None or not deciding.below(held, own, timezone.localdate()).exists():
        raise Http404(gettext("没有这号定级建议"))
    scheme = versions.scheme(held.scheme_id)
    runs = seen.runs(versions.current(held.campaign))
    return Opened(held, scheme, rule_of(scheme, held.grading), own, runs)


def deciding_for(node: Node, request: HttpRequest) -> int:
    """Of a body at one desk with a division, the division."""
    return scope.of(request).head or node.id
