"""Blind signatures, RSABSSA-SHA384-PSS-Randomized of RFC 9474: the issuer signs what it cannot see, anyone verifies.

A signature takes 2·d of a 3072-bit modulus by the Chinese remainder theorem. The base is blinded once more and the
powers are taken in constant time, so that how long a request takes says nothing about the key; the result is checked
before it leaves, since one faulty half of it would give the key away (Boneh, DeMillo and Lipton 1997).
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from functools import lru_cache

import gmpy2
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from xianfeng.problems import Problem

BITS = 3072
EXPONENT = 65537
SALT = 48  # bytes, that of the randomized variants
PREFIX = 32  # bytes put before a message by whoever prepares it, part of what is signed
_PSS = padding.PSS(mgf=padding.MGF1(hashes.SHA384()), salt_length=SALT)


@dataclass(frozen=True)
class Signer:
    """The private half of a poll's key pair; never printed."""

    p: int = field(repr=False)
    q: int = field(repr=False)
    e: int = EXPONENT

    @classmethod
    def load(cls, pem: bytes) -> Signer:
        key = serialization.load_pem_private_key(pem, password=None)
        if not isinstance(key, rsa.RSAPrivateKey):
            raise TypeError("not an RSA key")
        numbers = key.private_numbers()
        return cls(numbers.p, numbers.q, numbers.public_numbers.e)

    @property
    def modulus(self) -> int:
        return self.p * self.q

    @property
    def size(self) -> int:
        """Bytes of a blinded message, and of a signature."""
        return (self.modulus.bit_length() + 7) // 8

    def sign(self, blinded: bytes) -> bytes:
        """BlindSign of the RFC: the same request always gets the same answer."""
        message = int.from_bytes(blinded)
        if len(blinded) != self.size or not 0 < message < self.modulus:
            raise Problem("ballots.blinded", "领票请求的格式不对。", hint="请刷新页面后重试。")
        mask = _unit(self.modulus)
        masked = message * gmpy2.powmod(mask, self.e, self.modulus) % self.modulus
        signature = self._power(masked) * gmpy2.invert(mask, self.modulus) % self.modulus
        if gmpy2.powmod(signature, self.e, self.modulus) != message:
            raise ArithmeticError("a fault in a signature; nothing leaves")
        return int(signature).to_bytes(self.size)

    def _power(self, base: int) -> int:
        inverse, exponents = _halves(self)
        of_p = gmpy2.powmod_sec(base % self.p, exponents[0], self.p)
        of_q = gmpy2.powmod_sec(base % self.q, exponents[1], self.q)
        return int(of_q + (of_p - of_q) * inverse % self.p * self.q)


@lru_cache(maxsize=16)
def _halves(signer: Signer) -> tuple[int, tuple[int, int]]:
    d = gmpy2.invert(signer.e, (signer.p - 1) * (signer.q - 1))
    return int(gmpy2.invert(signer.q, signer.p)), (int(d % (signer.p - 1)), int(d % (signer.q - 1)))


def _unit(modulus: int) -> int:
    while True:
        found = secrets.randbelow(modulus)
        if gmpy2.gcd(found, modulus) == 1:
            return found


def fresh() -> tuple[bytes, bytes]:
    """A new key pair: the private half as PEM, the public one as SubjectPublicKeyInfo."""
    key = rsa.generate_private_key(public_exponent=EXPONENT, key_size=BITS)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return private, key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def is_signed(key: bytes, prepared: bytes, signature: bytes) -> bool:
    """Whether a signature is that of a public key (SubjectPublicKeyInfo) under a prepared message."""
    try:
        _public(key).verify(signature, prepared, _PSS, hashes.SHA384())
    except InvalidSignature:
        return False
    return True


def bits(key: bytes) -> int:
    """Of a public key; ValueError for what is none."""
    return _public(key).key_size


@lru_cache(maxsize=64)
def _public(key: bytes) -> rsa.RSAPublicKey:
    try:
        public = serialization.load_der_public_key(key)
    except UnsupportedAlgorithm as fault:
        raise ValueError("not a key that anything here can read") from fault
    if not isinstance(public, rsa.RSAPublicKey):
        raise ValueError("not an RSA key")
    return public
