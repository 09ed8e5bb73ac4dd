"""The codes on electors' slips: 80 bits and a sign that catches misreadings, kept by the issuer as HMACs only.

The check is a weighted sum in the field of 32 elements; sixteen different weights find every single misread sign and
every two signs that changed places.
"""

from __future__ import annotations

import hmac
import re
import secrets

from xianfeng.crockford import ALPHABET, typed

SIGNS = 16
_POLYNOMIAL = 0b100101  # x⁵ + x² + 1, whose root has 31 different powers
_GROUPS = (4, 4, 4, 5)
_DIGEST = re.compile(r"[0-9a-f]{64}")


def fresh() -> str:
    """A code as it is printed: 7K2M-9QX4-TB0W-3HZ8R."""
    signs = "".join(secrets.choice(ALPHABET) for _ in range(SIGNS))
    return shown(signs + _check(signs))


def shown(signs: str) -> str:
    groups, start = [], 0
    for width in _GROUPS:
        groups.append(signs[start : start + width])
        start += width
    return "-".join(groups)


def read(text: str) -> str:
    """A code as it was typed, in any of its spellings; '' for one that is misread or is none."""
    signs = typed(text)
    return shown(signs) if len(signs) == SIGNS + 1 and _check(signs[:-1]) == signs[-1] else ""


def digest(code: str, *, poll: str, key: bytes) -> str:
    """What is kept of a code: of use only with the issuer's key, and for one poll."""
    return hmac.digest(key, f"xianfeng ballots code\n{poll}\n{code}".encode(), "sha256").hex()


def numbered(many: int, *, poll: str, key: bytes) -> dict[str, str]:
    """So many fresh codes by what is kept of each, in the order of that: a code's place is its number, which printer
    and issuer both know."""
    made = (fresh() for _ in range(many))
    return dict(sorted((digest(code, poll=poll, key=key), code) for code in made))


def is_digest(text: str) -> bool:
    """Whether a text can be what is kept of a code, and is none itself."""
    return _DIGEST.fullmatch(text) is not None


def _check(signs: str) -> str:
    total = 0
    for sign in signs:
        total = _times_root(total ^ ALPHABET.index(sign))
    return ALPHABET[total]


def _times_root(element: int) -> int:
    doubled = element << 1
    return doubled ^ _POLYNOMIAL if doubled & 32 else doubled
