"""What a page found in the books is the same until the next entry, for whoever reads the same part of them.

The last entry is known by its leaf too: a number is not the books', which may have been restored.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import connection

from xianfeng.log.models import Entry
from xianfeng.remembered import Remembered, once_a_page
from xianfeng.web.scope import Scope

Found = TypeVar("Found")
_MOST = 256
_OF_LATE = 600  # seconds


class Kept(Generic[Found]):
    def __init__(self) -> None:
        self._found: Remembered[Found] = Remembered(_MOST)

    def of(self, seen: Scope, question: Hashable, find: Callable[[], Found]) -> Found:
        """`question`: everything besides the scope and the books on which the answer depends."""
        if connection.in_atomic_block:  # what it sees may never come to be
            return find()
        # The key is made before looking: what is found is never older than its key.
        return self._found.of((_last(), seen.key, question), find)


class Recent(Generic[Found]):
    """What takes long to find, and need not be of this very second: found anew once the books have grown and so many
    seconds have gone by. A process that serves pages finds it anew beside its work, before anybody waits for it."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._held: dict[Hashable, _Held[Found]] = {}
        _recent.append(self)

    def of(self, question: Hashable, find: Callable[[], Found]) -> Found:
        """`question`: everything besides the books on which the answer depends; not the reader."""
        if connection.in_atomic_block:  # what it sees may never come to be
            return find()
        held, last, now = self._held.get(question), _last(), time.monotonic()
        if held is None or (held.last != last and now - held.found_at > self._seconds):
            held = self._find(question, find)
        held.asked_at = now
        return held.found

    def renew(self) -> None:
        """What was asked for of late and is no longer of the last entry; what was not is forgotten."""
        for question, held in list(self._held.items()):
            if time.monotonic() - held.asked_at > _OF_LATE:
                self._held.pop(question, None)
            elif held.last != _last():
                self._find(question, held.find).asked_at = held.asked_at

    def _find(self, question: Hashable, find: Callable[[], Found]) -> _Held[Found]:
        last, now = _last(), time.monotonic()  # before looking: what is found is never older
        held = self._held[question] = _Held(find(), last, now, now, find)
        return held


@dataclass
class _Held(Generic[Found]):
    found: Found
    last: tuple[int, bytes]
    found_at: float
    asked_at: float
    find: Callable[[], Found]


_recent: list[Recent[Any]] = []


def renew() -> None:
    for one in _recent:
        one.renew()


@once_a_page
def _last() -> tuple[int, bytes]:
    seq, leaf = Entry.objects.order_by("-seq").values_list("seq", "leaf").first() or (0, b"")
    return seq, bytes(leaf)
