"""The sealed leaves in tiles of 256: what proofs are made from without reading the log."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from django.db import DEFAULT_DB_ALIAS

from xianfeng.log import bulk
from xianfeng.log.merkle import SHA256, Algorithm, root_of, split
from xianfeng.log.models import Tile

WIDTH = 256
_COLUMNS = ("start", "width", "root", "leaves")


def write(sealed: int, leaves: Iterable[bytes], algorithm: Algorithm = SHA256) -> None:
    """Keep the leaves of the entries after `sealed`: the tiles they complete, and the one they end in."""
    held = Tiles(sealed, algorithm).leaves(sealed // WIDTH) if sealed % WIDTH else []
    start = sealed - len(held) + 1
    rows: list[bulk.Row] = []
    for leaf in leaves:
        held.append(leaf)
        if len(held) == WIDTH:
            rows.append(_row(start, held, algorithm))
            start += WIDTH
            held = []
    if held:
        rows.append(_row(start, held, algorithm))
    bulk.insert(Tile, _COLUMNS, rows)


def _row(start: int, leaves: list[bytes], algorithm: Algorithm) -> bulk.Row:
    return start, len(leaves), root_of(leaves, algorithm), b"".join(leaves)


class Tiles:
    """The tree over the first `size` sealed entries, read from its tiles. Leaves are counted from 0, as in merkle."""

    def __init__(self, size: int, algorithm: Algorithm = SHA256, alias: str = DEFAULT_DB_ALIAS) -> None:
        self._algorithm = algorithm
        self._alias = alias
        self._size = size
        self._leaves: dict[int, list[bytes]] = {}

    @cached_property
    def _roots(self) -> list[bytes]:
        """Of the complete tiles; not asked for by whoever only goes on with the last one."""
        complete = Tile.objects.using(self._alias).filter(width=WIDTH, start__lte=self._size).order_by("start")
        return [bytes(root) for root in complete.values_list("root", flat=True)]

    def leaves(self, number: int) -> list[bytes]:
        """The leaves of tile `number`, no further than the tree's size."""
        if number not in self._leaves:
            start = number * WIDTH + 1
            width = min(WIDTH, self._size - start + 1)
            tiles = Tile.objects.using(self._alias).filter(start=start, width__gte=width).order_by("width")
            content = bytes(tiles.values_list("leaves", flat=True)[0])
            length = len(self._algorithm.digest(b""))
            self._leaves[number] = [content[place * length : (place + 1) * length] for place in range(width)]
        return list(self._leaves[number])

    def subtree(self, start: int, end: int) -> bytes:
        number, place = divmod(start, WIDTH)
        if (end - 1) // WIDTH == number:
            if end - start == WIDTH:
                return self._roots[number]
            return root_of(self.leaves(number)[place : place + end - start], self._algorithm)
        middle = start + split(end - start)
        return self._algorithm.node(self.subtree(start, middle), self.subtree(middle, end))
