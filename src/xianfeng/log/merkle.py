"""The Merkle tree of RFC 6962 and 9162: a whole log in one hash, and short proofs about it.

Leaves are counted from 0 here, as in the RFCs; entry n is leaf n − 1. Proofs are made from `subtree(start, end)`, the
root over leaves start … end − 1, so that whoever keeps inner hashes need not read every leaf.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

Subtree = Callable[[int, int], bytes]


@dataclass(frozen=True)
class Algorithm:
    """A hash by its name: a seal says how it was made, so that another (SM3) can take over."""

    name: str
    new: Callable[[bytes], Any]

    def digest(self, content: bytes) -> bytes:
        digest: bytes = self.new(content).digest()
        return digest

    def leaf(self, content: bytes) -> bytes:
        digest: bytes = self.new(b"\x00" + content).digest()  # not through `digest`: there is one to every entry
        return digest

    def node(self, left: bytes, right: bytes) -> bytes:
        return self.digest(b"\x01" + left + right)


SHA256 = Algorithm("sha256", hashlib.sha256)
ALGORITHMS = {SHA256.name: SHA256}


class Frontier:
    """A growing log by the roots of its largest complete subtrees: as many hashes as its size has binary ones."""

    def __init__(self, algorithm: Algorithm = SHA256) -> None:
        self.size = 0
        self._algorithm = algorithm
        self._roots: list[bytes] = []

    def add(self, leaf: bytes) -> None:
        self.size += 1
        grown = self.size
        while grown % 2 == 0:
            leaf = self._algorithm.node(self._roots.pop(), leaf)
            grown //= 2
        self._roots.append(leaf)

    def root(self) -> bytes:
        if not self._roots:
            return self._algorithm.digest(b"")
        root = self._roots[-1]
        for left in reversed(self._roots[:-1]):
            root = self._algorithm.node(left, root)
        return root


def root_of(leaves: Iterable[bytes], algorithm: Algorithm = SHA256) -> bytes:
    frontier = Frontier(algorithm)
    for leaf in leaves:
        frontier.add(leaf)
    return frontier.root()


def split(width: int) -> int:
    """How many of `width` ≥ 2 leaves stand left of the root: the largest power of two below it."""
    return 1 << (width - 1).bit_length() - 1


def inclusion(index: int, size: int, subtree: Subtree) -> list[bytes]:
    """That a leaf stands at `index` of the tree of `size` leaves (RFC 9162, 2.1.3.1)."""
    proof, start, end = [], 0, size
    while end - start > 1:
        middle = start + split(end - start)
        if index < middle:
            proof.append(subtree(middle, end))
            end = middle
        else:
            proof.append(subtree(start, middle))
            start = middle
    return proof[::-1]


def consistency(old: int, size: int, subtree: Subtree) -> list[bytes]:
    """That the tree of `size` leaves begins with the tree of the `old` ≥ 1 first ones (RFC 9162, 2.1.4.1)."""
    proof, start, end = [], 0, size
    while old < end:
        middle = start + split(end - start)
        if old <= middle:
            proof.append(subtree(middle, end))
            end = middle
        else:
            proof.append(subtree(start, middle))
            start = middle
    if start > 0:
        proof.append(subtree(start, end))
    return proof[::-1]


def verify_inclusion(
    leaf: bytes, index: int, size: int, root: bytes, proof: Sequence[bytes], *, algorithm: Algorithm = SHA256
) -> bool:
    """RFC 9162, 2.1.3.2."""
    if not 0 <= index < size:
        return False
    place, last, computed = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            computed = algorithm.node(sibling, computed)
            place, last = _risen(place, last)
        else:
            computed = algorithm.node(computed, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and computed == root


def verify_consistency(
    old: int, old_root: bytes, size: int, root: bytes, proof: Sequence[bytes], *, algorithm: Algorithm = SHA256
) -> bool:
    """RFC 9162, 2.1.4.2."""
    if not 0 < old <= size:
        return False
    if old == size:
        return not proof and old_root == root
    path = list(proof)
    if old & (old - 1) == 0:
        path.insert(0, old_root)
    if not path:
        return False
    place, last = old - 1, size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    before = after = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            before, after = algorithm.node(sibling, before), algorithm.node(sibling, after)
            place, last = _risen(place, last)
        else:
            after = algorithm.node(after, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and before == old_root and after == root


def _risen(place: int, last: int) -> tuple[int, int]:
    """Up past the levels where a right edge has no sibling."""
    while place & 1 == 0 and place != 0:
        place, last = place >> 1, last >> 1
    return place, last
