"""What pages found out about the registry is known to a process until the registry's next entry.

Half of what a page asks is where somebody stands and what he is called, and that changes a few times a day.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from typing import Generic, TypeVar

from django.db import connection

from xianfeng.log.append import last_of
from xianfeng.registry.changes import STREAM
from xianfeng.remembered import once_a_page, reading

Key = TypeVar("Key", bound=Hashable)
Found = TypeVar("Found")
_MOST = 50_000  # answers of one question; then it begins anew


class Known(Generic[Key, Found]):
    """The answers to one question about organisations, places and what they were called, and about nothing else."""

    def __init__(self, find: Callable[[Collection[Key]], Mapping[Key, Found]]) -> None:
        """`find`: an answer for each key, which nobody changes later; asked for many at once."""
        self._find = find
        self._held: tuple[tuple[int, bytes], dict[Key, Found]] = ((0, b""), {})

    @classmethod
    def each_by_itself(cls, find: Callable[[Key], Found]) -> Known[Key, Found]:
        """Where many are never asked for at once."""
        return cls(lambda keys: {key: find(key) for key in keys})

    def of(self, key: Key) -> Found:
        return self.each([key])[key]

    def each(self, keys: Iterable[Key]) -> Mapping[Key, Found]:
        """By key. Where something is written, everything is looked up: it may have been written just now. That there is
        nothing (None) is not kept: anybody may ask for codes that nobody bears, as many and as long as he likes."""
        wanted = dict.fromkeys(keys)
        if not reading():
            return self._find(wanted)
        held = self._by_now()
        new = [key for key in wanted if key not in held]
        found = self._find(new) if new else {}
        held.update((key, answer) for key, answer in found.items() if answer is not None)
        return {key: found[key] if key in found else held[key] for key in wanted}

    def _by_now(self) -> dict[Key, Found]:
        if connection.in_atomic_block:  # what it sees may never come to be
            return _of_a_page(self)
        edition = _edition()
        of, held = self._held  # together: another thread may have begun anew
        if of != edition or len(held) > _MOST:
            held = {}
            self._held = (edition, held)
        return held


@once_a_page
def _of_a_page(question: Known[Key, Found]) -> dict[Key, Found]:
    return {}


@once_a_page
def _edition() -> tuple[int, bytes]:
    """Asked before looking: what is found is never older. By its leaf too: a number is not the books', which may have
    been restored."""
    return last_of(STREAM)
