"""The key of whatever the log numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

if TYPE_CHECKING:
    Whole = models.BigIntegerField[int, int]
else:
    Whole = models.BigIntegerField  # Django cannot subscript it


class NumberField(Whole):
    """A key that is given with the row: the sequence number of the entry that began it.

    SQLite keeps a row under its number only where the column's type reads "integer" (which holds 64 bits there); under
    "bigint" it would keep, and with every row fill, an index besides.
    """

    def db_type(self, connection: BaseDatabaseWrapper) -> str | None:
        return "integer" if connection.vendor == "sqlite" else super().db_type(connection)
