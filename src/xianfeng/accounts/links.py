"""Links by which a unit files without an account: made by an office above it, bound to one kind, over on a day.

Whoever holds the link is the unit, for this kind and nothing else. The token is shown once and only its hash is kept,
so a link that was lost is revoked and made anew. What is asked for twice under one reference is made once: its tokens
follow from the reference, which is kept nowhere, and the installation's key.
"""

from __future__ import annotations

import base64
import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from xianfeng import tokens
from xianfeng.accounts import abilities, reach
from xianfeng.accounts.abilities import Ability
from xianfeng.accounts.models import Link
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.problems import Problem
from xianfeng.sentences import say

LONGEST = dt.timedelta(days=92)
MOST = 500  # made at once: a county's villages
_SENDING = ("organisation_id", "maker_id", "scheme", "kind", "many", "expires", "made", "made_by")


@dataclass(frozen=True)
class Made:
    link: Link
    token: str


@transaction.atomic
def make_links(
    *,
    organisations: Collection[int],
    scheme: str,
    kind: str,
    many: bool,
    expires: dt.datetime,
    by: Actor,
    reference: str = "",
) -> tuple[Made, ...]:
    """One link for each organisation, in the order given: one sending, made at one moment. All or none.

    `reference`: the asker's own key; the same sending asked for again gives the same links.
    """
    maker = _maker(by)
    if not 0 < len(organisations) <= MOST:
        raise Problem("accounts.link_count", say("一次可以发 1 到 {most} 个链接。", most=MOST), hint="请分批发放。")
    now = by.moment
    if not now < expires <= now + LONGEST:
        hint = say("从今天起，最长 {days} 天。", days=LONGEST.days)
        raise Problem("accounts.link_expiry", "链接的截止日期不对。", hint=hint, field="until")
    within = reach.Reach(reach.holding(maker)).organisations(organisations)
    if set(organisations) - within:
        raise Problem("accounts.outside", "有的组织不在本单位范围内。", hint="请选本单位或下级组织。", field="units")
    sending = {"maker_id": maker, "scheme": scheme, "kind": kind, "many": many, "expires": expires, "made": now}
    links = [Link(organisation_id=each, made_by=by.ref, **sending) for each in dict.fromkeys(organisations)]
    return tuple(_make(link, reference) for link in links)


@transaction.atomic
def revoke_link(*, link: int, by: Actor) -> Link:
    """Nobody files by it any more; what was filed stays. Done again it changes nothing."""
    maker = _maker(by)
    found = Link.objects.select_for_update().filter(id=link, maker=maker).first()
    if found is None:
        raise Problem("accounts.unknown_link", "没有这个链接。", hint="只能收回本单位发出的链接。")
    if found.revoked is None:
        found.revoked, found.revoked_by = by.moment, by.ref
        found.save(update_fields=["revoked", "revoked_by"])
    return found


def opened(token: str) -> Link | None:
    """Whose link this is, while it is good."""
    good = Link.objects.filter(token_hash=tokens.kept(token), revoked=None, expires__gt=timezone.now())
    return good.filter(organisation__closed=None).select_related("organisation", "maker").first()


def actor(link: Link) -> Actor:
    """As the log names who files by it."""
    return Actor(kind=ActorKind.LINK, id=link.pk, organisation=link.organisation_id)


def _make(link: Link, reference: str) -> Made:
    if not reference:
        token = tokens.fresh()
        link.token_hash = tokens.kept(token)
        link.save()
        return Made(link, token)
    token = _token(link, reference)
    given = {name: getattr(link, name) for name in _SENDING}
    found, _ = Link.objects.get_or_create(token_hash=tokens.kept(token), defaults=given)
    if found.revoked is not None:
        raise Problem("accounts.link_revoked", "这些链接已经收回。", hint="要再发的，请重新打开这一页。")
    return Made(found, token)


def _token(link: Link, reference: str) -> str:
    """One that only this installation can make of a reference, for this unit and this sending."""
    asked = (
        reference,
        link.maker_id,
        link.organisation_id,
        link.scheme,
        link.kind,
        link.many,
        link.expires.isoformat(),
    )
    digest = salted_hmac("xianfeng.accounts.links", repr(asked), algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest[:24]).decode()


def _maker(by: Actor) -> int:
    if by.kind is not ActorKind.APPOINTMENT or by.organisation is None or Ability.FILE not in abilities.of(by.role):
        raise Problem("accounts.not_allowed", "现在的任职不能发放填报链接。", hint="请经办人或活动办公室发放。")
    return by.organisation
