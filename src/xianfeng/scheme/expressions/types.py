"""The types of values in expressions: few, static, and with a bound, so that no computation can lose a digit.

Every number is a whole number of 10^-scale: 3.70 万元 at scale 2 is 370. The scale is known before anything is
computed, and so is the largest magnitude (`bound`), hence a formula that could overflow a database's 128-bit integer is
refused when the scheme is loaded, not met in production.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Context, Decimal
from enum import StrEnum

LARGEST_STORED = 10**15 - 1  # of a stored number, scaled: money up to 9 999 999 999 999.99 yuan
LARGEST_COMPUTED = 10**38 - 1  # what DECIMAL(38,0) holds; a HUGEINT holds a little more
MOST_PLACES = 6
LARGEST_TALLY = LARGEST_STORED * 1000  # the sum over at most a thousand groups
DAYS_OF_THE_CALENDAR = (dt.date.max - dt.date.min).days

_EXACT = Context(prec=60)  # the default context would round a 30-digit product


class Sort(StrEnum):
    """What can be done with a value."""

    NUMBER = "number"
    TEXT = "text"
    DATE = "date"
    BOOLEAN = "boolean"
    CHOICES = "choices"  # a set of texts
    TALLY = "tally"  # group -> whole number
    REFERENCE = "reference"  # the id of a person, an organisation, a record or a place


@dataclass(frozen=True)
class Type:
    """A sort, with what is known of its values: scale and bound of a number, the texts a choice may be."""

    sort: Sort
    scale: int = 0
    bound: int = LARGEST_STORED
    choices: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.scale <= MOST_PLACES:
            raise ValueError(f"a number has 0 to {MOST_PLACES} decimal places, not {self.scale}")

    def unscaled(self, number: int) -> int | Decimal:
        """The number that a scaled integer of this type stands for: an int at scale 0, else an exact Decimal."""
        return Decimal(number).scaleb(-self.scale, _EXACT) if self.scale else number

    def scaled(self, number: int | str | Decimal) -> int:
        """The scaled integer that a stored number stands for; ValueError when it has more places than declared."""
        if isinstance(number, int):
            return number * int(10**self.scale)
        exact = Decimal(number).scaleb(self.scale, _EXACT)
        whole = int(exact)
        if whole != exact:
            raise ValueError(f"{number} has more than {self.scale} decimal places")
        return whole


INTEGER = Type(Sort.NUMBER)
MONEY = Type(Sort.NUMBER, scale=2)  # yuan, held in fen
PERCENT = Type(Sort.NUMBER, scale=2)  # 58.41 means 58.41%
TEXT = Type(Sort.TEXT)
DATE = Type(Sort.DATE)
BOOLEAN = Type(Sort.BOOLEAN)
TALLY = Type(Sort.TALLY)
REFERENCE = Type(Sort.REFERENCE)


def decimal(places: int) -> Type:
    """A number declared with so many decimal places (at most 6)."""
    return Type(Sort.NUMBER, scale=places)


def choice(values: Iterable[str]) -> Type:
    """A text that is one of these."""
    return Type(Sort.TEXT, choices=tuple(values))


def choices(values: Iterable[str]) -> Type:
    """Any number of these texts."""
    return Type(Sort.CHOICES, choices=tuple(values))
