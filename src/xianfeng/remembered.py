"""What a process has found out and remembers: what was asked for last, up to a weight, and found by one thread at a
time.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Found = TypeVar("Found")


class Remembered(Generic[Found]):
    """Whoever asks for what another thread is about to find waits for it, instead of finding it beside that thread."""

    def __init__(self, most: int, weight: Callable[[Found], int] = lambda _: 1) -> None:
        """`most`: the weight of all that is remembered. What weighs more by itself is found each time."""
        self._most = most
        self._weight = weight
        self._known: OrderedDict[Hashable, Found] = OrderedDict()
        self._finding: dict[Hashable, Lock] = {}
        self._heavy = 0
        self._lock = Lock()

    def of(self, asked: Hashable, find: Callable[[], Found]) -> Found:
        """What is known under this key; else what `find` finds, which may ask for other keys but not for its own."""
        with self._lock:
            if asked in self._known:
                return self._again(asked)
            finding = self._finding.setdefault(asked, Lock())
        with finding:
            with self._lock:
                if asked in self._known:
                    return self._again(asked)
            try:
                found = find()
                with self._lock:
                    self._keep(asked, found)
            finally:
                self._finding.pop(asked, None)
        return found

    def _again(self, asked: Hashable) -> Found:
        self._known.move_to_end(asked)
        return self._known[asked]

    def _keep(self, asked: Hashable, found: Found) -> None:
        weight = self._weight(found)
        if weight > self._most:
            return
        self._known[asked] = found
        self._heavy += weight
        while self._heavy > self._most:
            self._heavy -= self._weight(self._known.popitem(last=False)[1])
