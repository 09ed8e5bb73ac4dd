"""What a form is opened for: a duty, of which the address says the number, whom it is about and whose it is.

A record meets a duty by its day. Where what is done today would count for the next period, the form says so and leaves
the day to whoever knows when it was done.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from xianfeng.duties import naming
from xianfeng.duties.models import Duty, Round
from xianfeng.duties.owed import Owed
from xianfeng.scheme.nodes import Kind, Scheme
from xianfeng.sentences import say, translated
from xianfeng.web.scope import Scope

NAMED = "duty"
_MOST_DIGITS = 18


@dataclass(frozen=True)
class Demanded:
    number: int
    told: str


def address(one: Owed, *, about: str = "", for_: str = "") -> str:
    """The form by which it is done; the codes of whom it is about and of whose it is, where that is another."""
    given = {"about": about, "for": for_, NAMED: one.id}
    return (
        f"{reverse('new', args=[one.scheme, one.kind])}?{urlencode({key: each for key, each in given.items() if each})}"
    )


def of(request: HttpRequest, scheme: Scheme, kind: Kind, seen: Scope) -> Demanded | None:
    """The duty, where its period is over and the next has begun. None: today's work counts for it, or it is not the
    reader's."""
    text = (request.POST if request.method == "POST" else request.GET).get(NAMED, "")
    if not (text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS):
        return None
    duty = Duty.objects.filter(id=int(text)).first()
    round_ = Round.objects.filter(id=duty.round, scheme=scheme.name, kind=kind.name).first() if duty else None
    if duty is None or round_ is None or timezone.localdate() <= round_.reach:
        return None
    if not seen.files_for(duty.organisation) and not seen.files_for(duty.holder or duty.organisation):
        return None
    return Demanded(duty.id, translated(_told(round_)))


def _told(round_: Round) -> str:
    return say(
        "这是“{title}”{stretch}的。日期填当时办的那一天；{reach}以后办的，算下一时段的。",
        title=naming.title(round_),
        stretch=naming.stretch(round_),
        reach=round_.reach,
    )
