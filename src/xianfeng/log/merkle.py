"""The Merkle tree of RFC 6962: a whole log in one hash, and short proofs about it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Algorithm:
    """A hash by its name, so that a seal says how it was made and another (SM3) can take over."""

    name: str
    new: Callable[[bytes], Any]

    def empty(self) -> bytes:
        return self.digest(b"")

    def leaf(self, content: bytes) -> bytes:
        return self.digest(b"\x00" + content)

    def node(self, left: bytes, right: bytes) -> bytes:
        return self.digest(b"\x01" + left + right)

    def digest(self, content: bytes) -> bytes:
        return bytes(self.new(content).digest())


SHA256 = Algorithm("sha256", hashlib.sha256)
