"""Links by which a unit files without an account: made by an office above it, bound to one kind, over on a day.

Whoever holds the link is the unit, for this kind and nothing else. The token is shown once and only its hash is kept,
so a link that was lost is revoked and made anew.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from xianfeng.accounts import abilities, reach
from xianfeng.accounts.abilities import Ability
from xianfeng.accounts.models import Link
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.problems import Problem
from xianfeng.sentences import say

LONGEST = dt.timedelta(days=92)
MOST = 500  # made at once: a county's villages


@dataclass(frozen=True)
class Made:
    link: Link
    token: str


@transaction.atomic
def make_links(
    *, organisations: Collection[int], scheme: str, kind: str, many: bool, expires: dt.datetime, by: Actor
) -> tuple[Made, ...]:
    """One link for each organisation, in the order given: one sending, made at one moment. All or none."""
    maker = _maker(by)
    if not 0 < len(organisations) <= MOST:
        raise Problem("accounts.link_count", say("一次可以发 1 到 {most} 个链接。", most=MOST), hint="请分批发放。")
    now = timezone.now()
    if not now < expires <= now + LONGEST:
        hint = say("从今天起，最长 {days} 天。", days=LONGEST.days)
        raise Problem("accounts.link_expiry", "链接的截止日期不对。", hint=hint, field="until")
    within = reach.Reach(reach.holding(maker)).organisations(organisations)
    if set(organisations) - within:
        raise Problem("accounts.outside", "有的组织不在本单位范围内。", hint="请选本单位或下级组织。", field="units")
    sending = {"maker_id": maker, "scheme": scheme, "kind": kind, "many": many, "expires": expires, "made": now}
    return tuple(_make(Link(organisation_id=each, **sending), by) for each in dict.fromkeys(organisations))


@transaction.atomic
def revoke_link(*, link: int, by: Actor) -> Link:
    """Nobody files by it any more; what was filed stays. Done again it changes nothing."""
    maker = _maker(by)
    found = Link.objects.select_for_update().filter(id=link, maker=maker).first()
    if found is None:
        raise Problem("accounts.unknown_link", "没有这个链接。", hint="只能收回本单位发出的链接。")
    if found.revoked is None:
        found.revoked, found.revoked_by = timezone.now(), by.ref
        found.save(update_fields=["revoked", "revoked_by"])
    return found


def opened(token: str) -> Link | None:
    """Whose link this is, while it is good."""
    good = Link.objects.filter(token_hash=_hash(token), revoked=None, expires__gt=timezone.now())
    return good.filter(organisation__closed=None).select_related("organisation", "maker").first()


def actor(link: Link) -> Actor:
    """As the log names who files by it."""
    return Actor(kind=ActorKind.LINK, id=link.pk, organisation=link.organisation_id)


def _make(link: Link, by: Actor) -> Made:
    token = secrets.token_urlsafe(24)
    link.token_hash, link.made_by = _hash(token), by.ref
    link.save()
    return Made(link, token)


def _maker(by: Actor) -> int:
    if by.kind is not ActorKind.APPOINTMENT or by.organisation is None or Ability.FILE not in abilities.of(by.role):
        raise Problem("accounts.not_allowed", "现在的任职不能发放填报链接。", hint="请经办人或活动办公室发放。")
    return by.organisation


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
