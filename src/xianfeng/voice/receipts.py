"""The code by which whoever wrote something finds it again. Only its hash is kept: the code is all the proof there is.

The form carries it before anything is sent: the same form sent twice is one comment, and leads to the same page.
"""

from __future__ import annotations

import hashlib
import re
import secrets

_CODE = re.compile(r"[A-Za-z0-9_-]{32}")


def fresh() -> str:
    return secrets.token_urlsafe(24)


def kept(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


def is_code(text: str) -> bool:
    return _CODE.fullmatch(text) is not None
