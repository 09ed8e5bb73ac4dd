"""One record as its reviewer opens it: the way back to the list he came from, the next that waits there, and its
figure beside last time's and its neighbours'."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from xianfeng.accounts.abilities import Ability
from xianfeng.accounts.reach import Reach
from xianfeng.ledger.models import Record
from xianfeng.web.frame import asked, local
from xianfeng.web.record.at_hand import AtHand
from xianfeng.web.record.beside import Beside, beside
from xianfeng.web.record.filter import filtered, of_kind
from xianfeng.web.record.waiting import waiting
from xianfeng.web.scope import Scope


@dataclass(frozen=True)
class Reviewing:
    """`here`: this page, for what is done from it to lead back to. `next` '': nothing else waits."""

    back: str
    next: str
    here: str
    beside: Beside | None


def reviewing(request: HttpRequest, found: Record, at_hand: AtHand, seen: Scope) -> Reviewing | None:
    """For whoever came from the inbox, or has it to review."""
    back = local(asked(request, "back"), (reverse("inbox"),))
    own = seen.reader.organisation
    mine = any(not doing.way.own for doing in at_hand.doings)
    if own is None or not seen.reader.can(Ability.REVIEW) or not seen.full(found) or not (back or mine):
        return None
    back = back or reverse("inbox")
    chosen = filtered(QueryDict(urlsplit(back).query), seen)
    others = of_kind(waiting(seen, own, name=chosen.campaign, below=chosen.below), chosen).exclude(id=found.id)
    following = others.filter(seq__gt=found.seq).order_by("seq").first() or others.order_by("seq").first()
    return Reviewing(
        back=back,
        next=_address(following.id, back) if following else "",
        here=_address(found.id, back),
        beside=beside([found], Reach(seen.reader.paths)).get(found.id),
    )


def _address(number: int, back: str) -> str:
    return f"{reverse('record', args=[number])}?{urlencode({'back': back})}"
