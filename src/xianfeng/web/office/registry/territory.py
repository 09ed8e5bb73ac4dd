"""What of the registry a reader may touch: what stands in the own subtree; the own organisation is its superior's.

The registry itself knows no territories, so every number that comes in by an address or a form goes through here.
"""

from __future__ import annotations

import datetime as dt

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext

from xianfeng.accounts.abilities import Ability
from xianfeng.log.bulk import LARGEST
from xianfeng.registry import tree
from xianfeng.registry.changes import GONE
from xianfeng.registry.models import Affiliation, Organisation
from xianfeng.web import scope
from xianfeng.web.frame import day_or_404
from xianfeng.web.scope import Scope


def organisation_or_404(request: HttpRequest, number: int) -> Organisation:
    """An organisation within the reader's subtree."""
    found = Organisation.objects.filter(id=number).exclude(code__startswith=GONE).first() if number <= LARGEST else None
    if found is None or not scope.of(request).within(found.id):
        raise Http404(gettext("没有这个组织"))
    return found


def organisation_of(request: HttpRequest) -> Organisation:
    """The reader's own."""
    own = scope.of(request).reader.organisation
    if own is None:
        raise Http404(gettext("没有这个页面"))
    return Organisation.objects.get(id=own.id)


def changes(seen: Scope, organisation: Organisation) -> bool:
    """Whether the reader may rename, move or end it: it lies below, or nobody stands above."""
    if not seen.reader.can(Ability.REGISTRY) or not seen.within(organisation.id) or organisation.closed:
        return False
    own = seen.reader.organisation
    return own is None or own.id != organisation.id or _is_top(organisation)


def open_or_404(request: HttpRequest, number: int) -> Organisation:
    """One that has not ended: nobody is appointed at another."""
    found = organisation_or_404(request, number)
    if found.closed is not None:
        raise Http404(gettext("这个组织已经撤销"))
    return found


def by_code(seen: Scope, code: str) -> Organisation | None:
    """The organisation of the own subtree that bears a code; None is what does not exist or is another's."""
    found = tree.by_code(code.strip())
    return found if found is not None and seen.within(found.id) else None


def day(request: HttpRequest) -> dt.date:
    return day_or_404(request, "on", timezone.localdate())


def _is_top(organisation: Organisation) -> bool:
    return Affiliation.objects.filter(organisation=organisation, relation="counting", until=None, parent=None).exists()
