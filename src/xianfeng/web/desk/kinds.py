"""What an address of the desk names: a campaign that binds the reader's organisation, and one of its kinds."""

from __future__ import annotations

import datetime as dt

from django.http import Http404, HttpRequest
from django.utils.translation import gettext

from xianfeng.ledger import powers
from xianfeng.problems import Problem
from xianfeng.registry import tree
from xianfeng.registry.lineage import Node
from xianfeng.registry.models import Place
from xianfeng.remembered import once_a_page
from xianfeng.scheme.nodes import Kind, Scheme
from xianfeng.web import scope
from xianfeng.web.forms.names import Names
from xianfeng.web.forms.weighing import Filer
from xianfeng.web.frame import own_or_404, scheme_or_404


def filer_of(request: HttpRequest) -> Filer:
    """Whoever is signed in, for his own organisation and those below."""
    seen = scope.of(request)
    return Filer(by=seen.reader.actor, own=own_or_404(seen), names=Names(seen))


def has_below(own: Node) -> bool:
    """Whether there is anybody for whom to file."""
    return Place.objects.filter(parent__organisation=own.id, ended_seq=None).exists()


def kind_or_404(name: str, kind: str, own: Node) -> tuple[Scheme, Kind]:
    """A kind of a campaign in which this organisation, or one below it, has something to file."""
    scheme = scheme_or_404(name)
    found = scheme.kinds.get(kind)
    if found is None or not scheme.by_form(found):
        raise Http404(gettext("没有这个台账"))
    if not takes_part(scheme, own):
        raise Http404(gettext("本组织不在这个活动的范围内"))
    return scheme, found


def takes_part(scheme: Scheme, own: Node) -> bool:
    """Whether the campaign binds it, or somebody below it."""
    try:
        root = powers.root_of(scheme)
    except Problem:  # the campaign's root is not registered yet
        return False
    return root == own.id or _in_line(root, own.id, scheme.until)


@once_a_page
def _in_line(one: int, other: int, day: dt.date) -> bool:
    return tree.is_above(one, other, day) or tree.is_above(other, one, day)
