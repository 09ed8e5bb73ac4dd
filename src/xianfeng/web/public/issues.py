"""Closed bulletins as lists show them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from xianfeng.bulletins.models import Closing
from xianfeng.ledger import versions


@dataclass(frozen=True)
class Issue:
    scheme: str
    name: str
    title: str
    series: str
    number: int
    special: str
    issued: dt.date
    as_of: int


def closed_issues(scheme: str = "") -> tuple[Issue, ...]:
    """Those of one campaign, or of all; the newest first."""
    rows = Closing.objects.order_by("-issued", "-id").select_related("scheme")
    rows = rows.defer("document", "scheme__package")
    if scheme:
        rows = rows.filter(scheme__name=scheme)
    return tuple(_issue(row) for row in rows)


def _issue(row: Closing) -> Issue:
    bulletin = versions.scheme(row.scheme_id).bulletins[row.bulletin]
    return Issue(
        scheme=row.scheme.name,
        name=row.bulletin,
        title="".join(bulletin.title),
        series=row.series,
        number=row.number,
        special=bulletin.special,
        issued=row.issued,
        as_of=row.as_of,
    )
