"""How the chain of places above a place is spelt, so that everything under a place is one range of an index.

Each place adds the same number of letters, its id. A place's parents never change (whoever moves gets new places), so
neither does its path: a subtree is what lies in `span(path)`, compared letter by letter (COLLATE "C" on PostgreSQL).
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
WIDTH = 6  # two thousand million places
_AFTER = "~"  # sorts after every letter
_PAIRS = tuple(high + low for high in LETTERS for low in LETTERS)  # two letters at a time: half a million at an import
_PAIR = len(_PAIRS)


class PathField(models.TextField):  # type: ignore[type-arg] # Django cannot subscript it
    """A text that every database compares by its bytes."""

    def db_parameters(self, connection: BaseDatabaseWrapper) -> Any:
        collation = "C" if connection.vendor == "postgresql" else None
        return {**super().db_parameters(connection), "collation": collation}


def step(place: int) -> str:
    """What a place adds to the path of the place above it."""
    rest, low = divmod(place, _PAIR)
    high, middle = divmod(rest, _PAIR)
    return _PAIRS[high] + _PAIRS[middle] + _PAIRS[low]


def span(path: str) -> tuple[str, str]:
    """[from, before): the paths of a place and of everything under it."""
    return path, path + _AFTER


def places_of(path: str) -> tuple[int, ...]:
    """The places that a path spells, from the root down."""
    return tuple(int(path[at : at + WIDTH], len(LETTERS)) for at in range(0, len(path), WIDTH))
