"""What somebody who leaves a role leaves behind: drafts, an account without a role, links that the unit gave out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count
from django.utils import timezone

from xianfeng.accounts.models import Account, Draft, Link
from xianfeng.registry import open_items
from xianfeng.registry.models import Appointment, Organisation

TOLD = 200


@dataclass(frozen=True)
class Leaving:
    """`idle`: the account of a person who holds nothing else; None when there is none or it is still needed."""

    appointment: Appointment
    account: Account | None
    idle: Account | None
    drafts: int


@dataclass(frozen=True)
class Left:
    """What is open at the organisation itself, whoever leaves."""

    items: tuple[str, ...]
    more: int
    links: tuple[Link, ...]


def leaving(held: Sequence[Appointment]) -> tuple[Leaving, ...]:
    people = [row.person_id for row in held]
    accounts = {row.person_id: row for row in Account.objects.filter(person__in=people, is_active=True).order_by("-id")}
    going = {row.id for row in held}
    busy = _busy(people, going)
    drafts = dict(Draft.objects.filter(appointment__in=going).values_list("appointment").annotate(Count("id")))
    return tuple(
        Leaving(
            appointment=row,
            account=(account := accounts.get(row.person_id)),
            idle=None if row.person_id in busy else account,
            drafts=drafts.get(row.id, 0),
        )
        for row in held
    )


def left(organisation: Organisation) -> Left:
    items = [item.title for item in open_items.at(organisation.id)]
    links = Link.objects.filter(maker=organisation, revoked=None, expires__gt=timezone.now())
    return Left(tuple(items[:TOLD]), max(0, len(items) - TOLD), tuple(links.select_related("organisation")[:TOLD]))


def _busy(people: Iterable[int], going: Iterable[int]) -> set[int]:
    """Those who hold something else."""
    others = Appointment.objects.filter(person__in=people, until=None).exclude(id__in=going)
    return set(others.values_list("person_id", flat=True))
