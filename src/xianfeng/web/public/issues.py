"""Closed bulletins as lists show them."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Q, QuerySet, Subquery

from xianfeng.bulletins.closing import scheme_of
from xianfeng.bulletins.models import Closing

_COMPARED, _RELATED = 60, 5  # issues looked through for the same measures, and shown


@dataclass(frozen=True)
class Issue:
    id: int
    scheme: str
    name: str
    title: str
    series: str
    issuer: str
    number: int
    special: str
    issued: dt.date
    as_of: int


@dataclass(frozen=True)
class Alike:
    """An issue with how many measures it has in common."""

    issue: Issue
    shared: int


@dataclass(frozen=True)
class Beside:
    """The nearest issue before or after. `adjoins`: no number of the series lies between."""

    issue: Issue
    adjoins: bool


@dataclass(frozen=True)
class Related:
    earlier: Beside | None
    later: Beside | None
    alike: tuple[Alike, ...]


def closed_issues(scheme: str = "", *, most: int | None = None) -> tuple[Issue, ...]:
    """Those of one campaign, or of all; the newest first."""
    rows = Closing.objects.order_by("-issued", "-id").select_related("scheme")
    rows = rows.defer("document", "scheme__package")
    if scheme:
        rows = rows.filter(scheme__name=scheme)
    return tuple(_issue(row) for row in rows[:most])


def related(closing: Closing) -> Related:
    """The neighbours in its series, and issues of the campaign that print some of the same measures."""
    series = Closing.objects.filter(issuer=closing.issuer, series=closing.series)
    before = series.filter(number__lt=closing.number).order_by("-number").values("number")[:1]
    after = series.filter(number__gt=closing.number).order_by("number").values("number")[:1]
    beside = series.filter(Q(number=Subquery(before)) | Q(number=Subquery(after)))
    near = {row.number > closing.number: _beside(row, closing) for row in _light(beside)}
    others = _light(Closing.objects.filter(scheme__name=closing.scheme.name).exclude(id=closing.id).order_by("-id"))
    own = _printed(closing.document)
    shared = [(len(own & _measures(row.id)), row) for row in others[:_COMPARED]]
    close = sorted((pair for pair in shared if pair[0]), key=lambda pair: -pair[0])[:_RELATED]
    alike = tuple(Alike(_issue(row), count) for count, row in close)
    return Related(earlier=near.get(False), later=near.get(True), alike=alike)


def _beside(row: Closing, closing: Closing) -> Beside:
    return Beside(_issue(row), adjoins=abs(row.number - closing.number) == 1)


@lru_cache(maxsize=512)
def _measures(closing: int) -> frozenset[str]:
    """The measures that a closing prints, which never change."""
    return _printed(Closing.objects.values_list("document", flat=True).get(id=closing))


def _printed(document: str) -> frozenset[str]:
    return frozenset(source["name"] for source in json.loads(document)["sources"] if source["call"] == "figure")


def _light(rows: QuerySet[Closing]) -> QuerySet[Closing]:
    return rows.select_related("scheme").defer("document", "scheme__package")


def _issue(row: Closing) -> Issue:
    bulletin = scheme_of(row).bulletins[row.bulletin]
    return Issue(
        id=row.id,
        scheme=row.scheme.name,
        name=row.bulletin,
        title="".join(bulletin.title),
        series=row.series,
        issuer=row.issuer,
        number=row.number,
        special=bulletin.special,
        issued=row.issued,
        as_of=row.as_of,
    )
