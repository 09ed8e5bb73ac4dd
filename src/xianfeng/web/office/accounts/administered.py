"""Which accounts are an administrator's: of people whose offices all lie in the own subtree, now or the last time."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext

from xianfeng.accounts.models import Account
from xianfeng.accounts.reach import Reach
from xianfeng.log.bulk import LARGEST
from xianfeng.registry.models import Appointment
from xianfeng.web import scope


def accounts(request: HttpRequest) -> QuerySet[Account]:
    """As `accounts.actions` would allow: who holds an office elsewhere is the common superior's."""
    reach = Reach(scope.of(request).reader.paths)
    held = Appointment.objects.filter(person=OuterRef("person"))
    within = reach.organisation_in("organisation")
    standing, gone = Q(until=None), ~Exists(held.filter(until=None))
    now = Exists(held.filter(standing & within)) & ~Exists(held.filter(standing & ~within))
    once = gone & Exists(held.filter(within)) & ~Exists(held.filter(~within))
    return Account.objects.filter(now | once)


def account_or_404(request: HttpRequest, number: int) -> Account:
    found = accounts(request).filter(id=number).select_related("person").first() if number <= LARGEST else None
    if found is None:
        raise Http404(gettext("没有这个账号"))
    return found
