"""Moments as the tables of duties hold them: in the form in which they are asked for again.

SQLite compares texts. What is compared with a moment that Django puts into a question has to be written as Django
writes it, to the last digit.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, overload

from django.db import connection


@overload
def kept(at: dt.datetime) -> Any: ...
@overload
def kept(at: None) -> None: ...
def kept(at: dt.datetime | None) -> Any:
    return None if at is None else connection.ops.adapt_datetimefield_value(at)
