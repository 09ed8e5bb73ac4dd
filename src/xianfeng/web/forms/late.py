"""Who was first: what was done to records since a page was made of them, in words."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext

from xianfeng.ledger import history
from xianfeng.registry import tree
from xianfeng.sentences import translated


def since(seen: Mapping[int, int]) -> dict[int, str]:
    """By record, what came after the entry that was seen of it; records of which that was the last are left out."""
    found = history.later(seen)
    acting = {event.organisation for events in found.values() for event in events if event.organisation}
    nodes = tree.named(acting, timezone.localdate())
    said = gettext("{at} {who}办理了“{title}”")
    return {
        record: gettext("；").join(
            said.format(
                at=timezone.localtime(event.at).strftime("%Y-%m-%d %H:%M"),
                who=nodes[event.organisation].name if event.organisation in nodes else gettext("系统"),
                title=translated(event.title),
            )
            for event in events
        )
        for record, events in found.items()
    }


def seq_of(request: HttpRequest) -> int:
    """The last entry that the page with this form was made from."""
    text = request.POST.get("seq", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else 0
