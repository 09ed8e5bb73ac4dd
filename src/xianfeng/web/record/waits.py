"""What waits for a reader besides records, of every room that says so, and what is under way where he overlooks it."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from xianfeng.ledger import waits
from xianfeng.ledger.waits import Wait, Waiter
from xianfeng.web.frame import overlooked_campaigns
from xianfeng.web.scope import Scope


def all_waits(seen: Scope) -> tuple[Wait, ...]:
    own, account = seen.reader.organisation, seen.reader.account
    if own is None or account is None:
        return ()
    waiter = Waiter(
        person=account.person_id,
        desk=seen.head or own.id,
        own=frozenset({own.id, seen.head or own.id}),
        abilities=seen.reader.abilities,
        campaigns=overlooked_campaigns(seen),
        today=timezone.localdate(),
    )
    return tuple(waits.of(waiter))


def address(wait: Wait) -> str:
    name, *at = wait.page
    return reverse(str(name), args=at)
