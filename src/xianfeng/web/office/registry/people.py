"""People as the registry's pages find them, by the office's key or a username, and the accounts that they have."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from xianfeng.accounts.models import Account
from xianfeng.registry.models import Appointment, Person
from xianfeng.web.scope import Scope


def found(scope: Scope, text: str) -> Person | None:
    """The person with this key or username, whose offices all lie within; None: nobody, or somebody of elsewhere."""
    known = Person.objects.filter(code=text).first()
    if known is None:
        account = Account.objects.filter(username__iexact=text, is_active=True).select_related("person").first()
        known = account.person if account else None
    if known is None:
        return None
    held = Appointment.objects.filter(person=known)
    organisations = set(held.filter(until=None).values_list("organisation_id", flat=True))
    organisations = organisations or set(held.values_list("organisation_id", flat=True))
    return known if organisations and organisations <= scope.all_within(organisations) else None


def accounts(people: Iterable[int]) -> dict[int, Account]:
    """The account in use of each person that has one."""
    rows = Account.objects.filter(Q(person__in=list(people)), is_active=True).order_by("-id")
    return {row.person_id: row for row in rows}
