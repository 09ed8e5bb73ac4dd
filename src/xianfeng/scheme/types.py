"""The types of fields and the levels of review: what a scheme may say of them, and what each lets others do with it."""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property

YEARS = range(1990, 2100)  # those that working calendars keep: a campaign runs within them
DATED = range(1900, YEARS.stop)  # those of a record's dates: births lie further back


class FieldType(StrEnum):
    TEXT = "text"
    LONG_TEXT = "long_text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    MONEY = "money"  # yuan, two places; held in fen wherever it is computed with
    PERCENT = "percent"  # 58.41 means 58.41%
    DATE = "date"
    DATETIME = "datetime"
    CHOICE = "choice"
    CHOICES = "choices"
    BOOLEAN = "boolean"
    PERSON = "person"
    ORGANISATION = "organisation"
    RECORD = "record"
    TALLY = "tally"  # group -> whole number
    ATTACHMENTS = "attachments"
    PLACE = "place"

    @property
    def is_text(self) -> bool:
        return self in _TEXTS

    @property
    def is_number(self) -> bool:
        """One number: it can be compared, bounded and carried forward."""
        return self in _NUMBERS

    @property
    def is_date(self) -> bool:
        return self in _DATES

    @property
    def is_reference(self) -> bool:
        """It is kept as the number of what it points to."""
        return self in _REFERENCES

    @property
    def is_category(self) -> bool:
        """Its values are few and named beforehand: figures can be parted by them."""
        return self in _CATEGORIES


_TEXTS = frozenset({FieldType.TEXT, FieldType.LONG_TEXT})
_NUMBERS = frozenset({FieldType.INTEGER, FieldType.DECIMAL, FieldType.MONEY, FieldType.PERCENT})
_DATES = frozenset({FieldType.DATE, FieldType.DATETIME})
_REFERENCES = frozenset({FieldType.PERSON, FieldType.ORGANISATION, FieldType.RECORD, FieldType.PLACE})
_CATEGORIES = frozenset({FieldType.CHOICE, FieldType.CHOICES, FieldType.BOOLEAN, FieldType.TALLY})


class Level(StrEnum):
    """How far a state has been reviewed; the order of the members is the order of trust."""

    NONE = "none"  # a draft: in no figure
    FILED = "filed"
    REVIEWED = "reviewed"
    SUBMITTED = "submitted"

    @cached_property
    def rank(self) -> int:
        """0 to 3, as postings hold it."""
        return tuple(Level).index(self)
