"""What a page found in the books is the same until the next entry, for whoever reads the same part of them.

The last entry is known by its leaf too: a number is not the books', which may have been restored.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from django.db import connection

from xianfeng.log.models import Entry
from xianfeng.remembered import Remembered, once_a_page
from xianfeng.web.scope import Scope

Found = TypeVar("Found")
_MOST = 256


class Kept(Generic[Found]):
    def __init__(self) -> None:
        self._found: Remembered[Found] = Remembered(_MOST)

    def of(self, seen: Scope, question: Hashable, find: Callable[[], Found]) -> Found:
        """`question`: everything besides the scope and the books on which the answer depends."""
        if connection.in_atomic_block:  # what it sees may never come to be
            return find()
        # The key is made before looking: what is found is never older than its key.
        return self._found.of((_last(), seen.key, question), find)


@once_a_page
def _last() -> tuple[int, bytes]:
    seq, leaf = Entry.objects.order_by("-seq").values_list("seq", "leaf").first() or (0, b"")
    return seq, bytes(leaf)
