"""Actors and owners as tables keep them, `kind:number`, read within a query."""

from __future__ import annotations

from django.db.models import BigIntegerField, Case, F, Value, When
from django.db.models.functions import Cast, Substr


def number(column: str, kind: str) -> Case:
    """The number behind `kind:` in a column; NULL where it holds something else."""
    said = f"{kind}:"
    behind = Cast(Substr(F(column), len(said) + 1), BigIntegerField())
    return Case(
        When(**{f"{column}__startswith": said}, then=behind), default=Value(None), output_field=BigIntegerField()
    )
