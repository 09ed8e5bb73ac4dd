"""A voter's page in Python: what the browser does between the slip and the receipt, for tests that have no browser."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from xianfeng.ballots import opening, protocol
from xianfeng.ballots.protocol import Poll


def _mgf1(seed: bytes, length: int) -> bytes:
    blocks = (hashlib.sha384(seed + n.to_bytes(4)).digest() for n in range(length // 48 + 1))
    return b"".join(blocks)[:length]


def encode(message: bytes, bits: int, salt: bytes) -> int:
    """EMSA-PSS-ENCODE of RFC 8017 with SHA-384, into `bits` bits."""
    size = (bits + 7) // 8
    digest = hashlib.sha384(bytes(8) + hashlib.sha384(message).digest() + salt).digest()
    block = bytes(size - len(salt) - 48 - 2) + b"\x01" + salt
    mask = _mgf1(digest, len(block))
    masked = bytearray(a ^ b for a, b in zip(block, mask, strict=True))
    masked[0] &= 0xFF >> (8 * size - bits)
    return int.from_bytes(bytes(masked) + digest + b"\xbc")


def numbers(key: bytes) -> tuple[int, int]:
    public = serialization.load_der_public_key(key)
    assert isinstance(public, RSAPublicKey)
    return public.public_numbers().n, public.public_numbers().e


@dataclass(frozen=True)
class Kept:
    """What a voter's device keeps between the two steps."""

    poll: Poll
    message: bytes
    content: bytes
    blinded: bytes
    inverse: int

    def signature(self, answer: bytes) -> bytes:
        n, _ = numbers(self.poll.key)
        return (int.from_bytes(answer) * self.inverse % n).to_bytes(len(answer))

    def sealed(self) -> bytes:
        return opening.sealed(self.content, public=self.poll.observers, message=self.message)


def fill_in(poll: Poll, answers: Mapping[str, str], *, prefix: bytes = b"", serial: bytes = b"") -> Kept:
    """Steps 5 and 6: commit, prepare, blind. An honest page draws prefix and serial."""
    salt, packed = secrets.token_bytes(protocol.SALT), poll.form.packed(answers)
    message = protocol.prepared(
        poll,
        prefix=prefix or secrets.token_bytes(32),
        serial=serial or secrets.token_bytes(protocol.SERIAL),
        commitment=protocol.commitment(salt, packed),
    )
    n, e = numbers(poll.key)
    mask = secrets.randbelow(n)
    encoded = encode(message, n.bit_length() - 1, secrets.token_bytes(48))
    blinded = encoded * pow(mask, e, n) % n
    return Kept(poll, message, salt + packed, blinded.to_bytes((n.bit_length() + 7) // 8), pow(mask, -1, n))
