"""How one personal value is locked, and what the log keeps of it.

The log keeps a commitment: it proves later which value was filed, and tells nothing to whoever lacks the salt. The salt
is locked in together with the value, so a page of the database left over on some disk gives nothing away once the key
is gone. With the salt at hand, a telephone number could be guessed from its commitment.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from xianfeng import canonical
from xianfeng.vault.keyring import Key

PREFIX = "vault:"
_SALT = 32
_NONCE = 12


def lock(key: Key, owner: str, field: str, value: str) -> tuple[str, bytes]:
    """The commitment to a value and its ciphertext."""
    salt, nonce = secrets.token_bytes(_SALT), secrets.token_bytes(_NONCE)
    sealed = AESGCM(key.secret).encrypt(nonce, salt + value.encode(), _place(owner, field))
    return _commitment(salt, owner, field, value), nonce + sealed


def unlock(key: Key, owner: str, field: str, ciphertext: bytes, commitment: str) -> str | None:
    """The value; None when the ciphertext, its place or its commitment is not what was written."""
    nonce, sealed = ciphertext[:_NONCE], ciphertext[_NONCE:]
    try:
        opened = AESGCM(key.secret).decrypt(nonce, sealed, _place(owner, field))
    except (InvalidTag, ValueError):
        return None
    value = opened[_SALT:].decode()
    return value if hmac.compare_digest(_commitment(opened[:_SALT], owner, field, value), commitment) else None


def _commitment(salt: bytes, owner: str, field: str, value: str) -> str:
    return PREFIX + hmac.new(salt, canonical.dumps([owner, field, value]).encode(), hashlib.sha256).hexdigest()


def _place(owner: str, field: str) -> bytes:
    return canonical.dumps([owner, field]).encode()
