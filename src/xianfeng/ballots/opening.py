"""The observers' opening key: answers lie encrypted to it until two of three observers put their shares together.

Answers are sealed to a P-256 key by an ephemeral one (browsers of any age have it), HKDF-SHA-256 and AES-256-GCM, bound
to the message of their ballot. The private key exists while it is made and while a poll is opened; between, there are
three points of a line whose height at 0 it is (Shamir 1979).
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from xianfeng.crockford import ALPHABET, typed
from xianfeng.problems import Problem

SHARES = 3
POINT = 65  # bytes of a public key, uncompressed
ADDED = POINT + 16  # bytes that sealing adds: the ephemeral key, and the tag
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of the group of P-256
_CURVE = ec.SECP256R1()
_INFO = b"xianfeng ballot opening 1"
_NONCE = bytes(12)  # a key is used once
_WIDTH = 53  # signs of 5 bits for a height of 256 bits and 9 for its check, and one before them for the place
# What the signs write is a multiple of this prime, of which 32 is a primitive root: with one sign misread, or two that
# changed places, it never is.
_CHECK = 509
_CHECKED = 1 << 9


@dataclass(frozen=True)
class Share:
    """What one observer keeps on paper: his place on the line, and its height there."""

    place: int
    height: int

    @property
    def text(self) -> str:
        """For print, in groups of six; the last signs find what was misread."""
        number = (self.place << 5 * _WIDTH) + self.height * _CHECKED
        number += -number % _CHECK
        place, *signs = (ALPHABET[number >> 5 * sign & 31] for sign in reversed(range(1 + _WIDTH)))
        return "-".join([place, *("".join(signs[start : start + 6]) for start in range(0, _WIDTH, 6))])

    @classmethod
    def read(cls, text: str) -> Share:
        signs = typed(text)
        if len(signs) == 1 + _WIDTH:
            number = 0
            for sign in signs:
                number = number << 5 | ALPHABET.index(sign)
            place, height = divmod(number // _CHECKED, 1 << 256)
            if number % _CHECK == 0 and 1 <= place <= SHARES and height < _ORDER:
                return cls(place, height)
        raise Problem("ballots.share", "这一份开票密钥抄写有误。", hint="请对照纸面逐组核对后重新输入。")


def fresh() -> tuple[bytes, tuple[Share, ...]]:
    """A new key: its public half, and the shares of which any two open."""
    key = ec.generate_private_key(_CURVE)
    secret, slope = key.private_numbers().private_value, secrets.randbelow(_ORDER)
    shares = tuple(Share(place, (secret + slope * place) % _ORDER) for place in range(1, SHARES + 1))
    return _point(key.public_key()), shares


def read_public(public: bytes) -> ec.EllipticCurvePublicKey:
    """The public half; ValueError for what is none, or is written otherwise than `fresh` does."""
    key = ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, public)
    if _point(key) != public:
        raise ValueError("not an uncompressed point")
    return key


class Opener:
    """Two observers at one table."""

    def __init__(self, one: Share, other: Share, *, public: bytes) -> None:
        if one.place == other.place:
            raise Problem("ballots.share_twice", "两次输入的是同一份开票密钥。", hint="需要两位监票人各出一份。")
        slope = (one.height - other.height) * pow(one.place - other.place, -1, _ORDER)
        secret = (one.height - slope * one.place) % _ORDER
        if not secret or _point(ec.derive_private_key(secret, _CURVE).public_key()) != public:
            raise Problem("ballots.share_other", "这两份密钥打不开本场测评。", hint="请核对是不是本场的开票密钥。")
        self._key = ec.derive_private_key(secret, _CURVE)
        self._public = public

    def opened(self, sealed: bytes, *, message: bytes) -> bytes | None:
        """What was sealed with this message; None for what was not."""
        try:
            ephemeral = ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, sealed[:POINT])
            key = _derived(self._key.exchange(ec.ECDH(), ephemeral), sealed[:POINT], self._public)
            return AESGCM(key).decrypt(_NONCE, sealed[POINT:], message)
        except (InvalidTag, ValueError):
            return None


def sealed(content: bytes, *, public: bytes, message: bytes) -> bytes:
    """As a voter's page does it."""
    ephemeral = ec.generate_private_key(_CURVE)
    point = _point(ephemeral.public_key())
    shared = ephemeral.exchange(ec.ECDH(), read_public(public))
    return point + AESGCM(_derived(shared, point, public)).encrypt(_NONCE, content, message)


def _derived(shared: bytes, ephemeral: bytes, public: bytes) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=_INFO + ephemeral + public).derive(shared)


def _point(public: ec.EllipticCurvePublicKey) -> bytes:
    return public.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
