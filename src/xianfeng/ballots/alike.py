"""When nearly all answered alike: then numbers would tell what each of them answered, and only the answer is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping


def nearly_all(numbers: Mapping[str, int], *, least_cast: int) -> tuple[str, int] | None:
    """The answer that all but a few gave, and how many these may be: a tenth, yet fewer than are told of; or one.

    Whether somebody differs is not told, for whoever does would know what all others answered.
    """
    cast = sum(numbers.values())
    few = max(1, min(cast // 10, least_cast - 1))
    (answer, times), *_ = Counter(numbers).most_common(1)
    return (answer, few) if cast - times <= few else None
