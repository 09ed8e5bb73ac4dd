"""Making and revoking feeds, and finding whose one is.

The address is shown once and only its hash is kept. Whoever holds it reads what the appointment has before it, for as
long as the appointment and the account last; nothing can be done by it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from xianfeng import tokens
from xianfeng.accounts.models import Account
from xianfeng.accounts.reader import Reader
from xianfeng.agenda.models import Feed
from xianfeng.problems import Problem
from xianfeng.sentences import say

MOST = 5  # of one account at a time: a telephone, a desk, an assistant


@dataclass(frozen=True)
class Made:
    feed: Feed
    token: str


@transaction.atomic
def make(*, by: Reader, now: dt.datetime, below: bool = False) -> Made:
    """For the appointment by which the reader acts now; `below`: with the meetings and rosters under it."""
    if by.account is None or by.appointment is None:
        raise Problem("agenda.no_appointment", "没有现任的任职，没有日程可以订阅。", hint="请先登记任职。")
    account = Account.objects.select_for_update().get(pk=by.account.pk)
    if standing(account).count() >= MOST:
        hint = say("先停用不再用的。")
        raise Problem("agenda.too_many", say("一个账号最多 {most} 个订阅地址。", most=MOST), hint=hint)
    token = tokens.fresh()
    feed = Feed.objects.create(
        account=account, appointment_id=by.appointment.id, below=below, token_hash=tokens.kept(token), made=now
    )
    return Made(feed, token)


@transaction.atomic
def revoke(*, feed: int, by: Reader, now: dt.datetime) -> None:
    """Nothing is read by it any more. Done again it changes nothing."""
    found = Feed.objects.select_for_update().filter(id=feed, account=by.account).first()
    if found is None:
        raise Problem("agenda.unknown_feed", "没有这个订阅地址。", hint="只能停用自己的。")
    if found.revoked is None:
        found.revoked = now
        found.save(update_fields=["revoked"])


def standing(account: Account) -> QuerySet[Feed]:
    """Those by which something can be read, unless account or appointment ended."""
    return Feed.objects.filter(account=account, revoked=None)


def opened(token: str) -> Feed | None:
    """Whose this is, while it is good: not revoked, the account open, the appointment held."""
    found = Feed.objects.filter(token_hash=tokens.kept(token), revoked=None)
    good = found.filter(account__is_active=True, appointment__until=None)
    return good.select_related("appointment__organisation").first()


def was_read(feed: Feed, day: dt.date) -> None:
    """So that its holder sees which are in use."""
    if feed.read != day:
        Feed.objects.filter(id=feed.pk).update(read=day)
