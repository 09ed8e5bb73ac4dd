"""What is handed over once and proves by itself who holds it: a link, an address, the receipt of a form.

Whoever holds it is taken at his word, so nobody may guess one, and only its hash is kept: 192 bits need no key beside
it. Codes that people copy by hand are shorter, and are no tokens (`crockford`).
"""

from __future__ import annotations

import hashlib
import re
import secrets

_TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")


def fresh() -> str:
    return secrets.token_urlsafe(24)


def kept(token: str) -> str:
    """What stands for it in a table."""
    return hashlib.sha256(token.encode()).hexdigest()


def is_token(text: str) -> bool:
    return _TOKEN.fullmatch(text) is not None
