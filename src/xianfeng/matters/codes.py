"""The codes of counterfoils: short enough to be read out on the telephone, too many to be guessed.

Ten signs of Crockford's alphabet, 50 bits, in two groups. Only a hash under the installation's key is kept, so that the
table alone does not let codes be tried.
"""

from __future__ import annotations

import secrets

from django.utils.crypto import salted_hmac

from xianfeng.crockford import ALPHABET, typed

LENGTH = 10
_GROUP = 5


def fresh() -> str:
    return shown("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)))


def in_batch(seed: str, place: int) -> str:
    """The code of one of many that are given out together: the same each time that the same batch is sent."""
    taken = int(salted_hmac("xianfeng.matters.batch", f"{seed}:{place}", algorithm="sha256").hexdigest(), 16)
    return shown("".join(ALPHABET[taken >> 5 * sign & 31] for sign in range(LENGTH)))


def shown(code: str) -> str:
    """As it is printed: 7K2M9-QX4TB."""
    return f"{code[:_GROUP]}-{code[_GROUP:]}"


def read(text: str) -> str:
    """A code as it was typed, in any of its spellings; '' for what is none."""
    code = typed(text)
    return shown(code) if len(code) == LENGTH else ""


def digest(code: str) -> str:
    return salted_hmac("xianfeng.matters.codes", code, algorithm="sha256").hexdigest()
