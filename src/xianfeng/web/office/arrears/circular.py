"""A circular as a paper to hand out.

While it is a draft only who decides about it reads it; once it is issued, those whom it names too, and whoever reads
all of the organisation that issued it.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from xianfeng.accounts.abilities import Ability
from xianfeng.duties import circulars, naming
from xianfeng.duties.circulars import Drafted
from xianfeng.duties.models import Circular
from xianfeng.ledger import versions
from xianfeng.registry import desks, tree
from xianfeng.registry.lineage import Node
from xianfeng.sentences import translated
from xianfeng.web import access, scope
from xianfeng.web.entries import actors
from xianfeng.web.scope import Scope


@dataclass(frozen=True)
class Named:
    """`missing`: None where the draft does not say how much."""

    name: str
    missing: int | None


@dataclass(frozen=True)
class CircularPage:
    one: Drafted
    issuer: Node
    campaign: str
    what: str
    due: str
    named: tuple[Named, ...]
    decided_by: str


@require_safe
@access.needs(Ability.READ)
def circular(request: HttpRequest, number: int) -> HttpResponse:
    row = Circular.objects.filter(id=number).first()
    if row is None:
        raise Http404(gettext("没有这份通报"))
    (one,) = circulars.told([row])
    if not _may_read(scope.of(request), one):
        raise Http404(gettext("没有这份通报"))
    page = CircularPage(
        one=one,
        issuer=tree.named([one.organisation], timezone.localdate())[one.organisation],
        campaign=versions.current(one.scheme).title,
        what=translated(one.what),
        due=translated(naming.moment(one.due)),
        named=tuple(Named(name, missing) for name, missing in zip(one.names, one.missing, strict=True)),
        decided_by=actors([one.decided_by]).get(one.decided_by, "") if one.decided_by else "",
    )
    return render(request, "office/arrears/circular.html", {"page": page})


def _may_read(seen: Scope, one: Drafted) -> bool:
    own = seen.reader.organisation
    if own is None:
        return False
    desk = desks.of(own.id)
    if one.organisation in desk and seen.reader.can(Ability.REVIEW):
        return True
    named = not set(desk).isdisjoint(one.organisations)
    return one.decision == "issued" and (named or seen.within(one.organisation))
