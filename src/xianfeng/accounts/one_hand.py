"""Accounts that were opened by whoever entered their person as well: nobody else has seen that there is such a person.

An administrator may do both, and mostly does so rightly. Whoever invents a person does the same, so that others are
shown the list.
"""

from __future__ import annotations

from django.db.models import F, OuterRef, QuerySet, Subquery

from xianfeng.accounts.models import Account, AccountEvent
from xianfeng.log import refs
from xianfeng.log.models import Entry
from xianfeng.registry.actions.people import STREAM
from xianfeng.registry.models import Appointment


def opened(accounts: QuerySet[Account]) -> QuerySet[AccountEvent]:
    """Of these accounts: how they were opened, where one person did both, by whichever of his appointments."""
    entered = Entry.objects.filter(stream=STREAM, action="enter", seq=OuterRef("account__person"))
    by = entered.annotate(by=refs.number("actor", "appointment")).values("by")
    rows = AccountEvent.objects.filter(action="opened", account__in=accounts)
    rows = rows.annotate(opener=refs.number("actor", "appointment"), enterer=Subquery(by))
    rows = rows.annotate(opened_by=_person("opener"), entered_by=_person("enterer"))
    return rows.filter(opened_by__isnull=False, opened_by=F("entered_by"))


def _person(appointment: str) -> Subquery:
    return Subquery(Appointment.objects.filter(id=OuterRef(appointment)).values("person"))
