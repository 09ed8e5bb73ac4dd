"""What waits for a reader besides records, of every room that says so, and what is under way where he overlooks it."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from xianfeng.ledger import waits
from xianfeng.ledger.waits import Wait, Waiter
from xianfeng.web.frame import overlooked_campaigns
from xianfeng.web.scope import Scope


def to_do(seen: Scope) -> tuple[Wait, ...]:
    waiter = _waiter(seen)
    return tuple(waits.to_do(waiter)) if waiter else ()


def under_way(seen: Scope) -> tuple[Wait, ...]:
    waiter = _waiter(seen)
    return tuple(waits.under_way(waiter)) if waiter else ()


def _waiter(seen: Scope) -> Waiter | None:
    own, account = seen.reader.organisation, seen.reader.account
    if own is None or account is None:
        return None
    return Waiter(
        person=account.person_id,
        desk=seen.head or own.id,
        own=frozenset({own.id, seen.head or own.id}),
        abilities=seen.reader.abilities,
        campaigns=overlooked_campaigns(seen),
        today=timezone.localdate(),
    )


def address(wait: Wait) -> str:
    name, *at = wait.page
    return reverse(str(name), args=at)
