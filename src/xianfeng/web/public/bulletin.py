"""Bulletins: the list of a campaign's, one issue as it was closed, and its files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from xianfeng.bulletins import export
from xianfeng.bulletins.closing import document_of, latest, scheme_of
from xianfeng.bulletins.corrections import Correction, corrections
from xianfeng.bulletins.models import Closing
from xianfeng.ledger import versions
from xianfeng.ledger.models import Record
from xianfeng.remembered import Remembered
from xianfeng.scheme.nodes import Scheme
from xianfeng.web import access, outward, scope
from xianfeng.web.frame import scheme_or_404
from xianfeng.web.kept import Recent
from xianfeng.web.papers import FILES, kept
from xianfeng.web.public import sheets
from xianfeng.web.public.issues import Issue, Related, closed_issues, related
from xianfeng.web.scope import Scope
from xianfeng.web.tables import Table, answer

_bodies: Remembered[SafeString] = Remembered(32)
_compared: Recent[tuple[Correction, ...]] = Recent(15)


@dataclass(frozen=True)
class BulletinsPage:
    """`series`: a column each, and the special issues of all of them."""

    scheme: Scheme
    series: tuple[Table, ...]


@dataclass(frozen=True)
class Download:
    title: str
    href: str


@dataclass(frozen=True)
class BulletinPage:
    scheme: Scheme
    closing: Closing
    title: str
    figures: int
    downloads: tuple[Download, ...]
    corrections: Table
    related: Related
    permalink: str
    body: SafeString


@access.reading
def bulletins(request: HttpRequest, name: str) -> HttpResponse:
    scheme = scheme_or_404(name)
    found = closed_issues(name)
    columns = {series: [issue for issue in found if issue.series == series] for series in _series(found)}
    if special := [issue for issue in found if issue.special]:
        columns[gettext("专刊")] = special
    tables = tuple(sheets.issues(series, issues, at) for at, (series, issues) in enumerate(columns.items(), start=1))
    page = BulletinsPage(scheme=scheme, series=tables)
    return answer(request, *page.series) or render(request, "public/bulletins.html", {"page": page})


def _series(found: Sequence[Issue]) -> dict[str, None]:
    return dict.fromkeys(issue.series for issue in found)


@access.reading
def bulletin(request: HttpRequest, name: str, bulletin: str) -> HttpResponse:
    closing = closing_or_404(name, bulletin)
    scheme = scheme_of(closing)
    document = document_of(closing)
    page = BulletinPage(
        scheme=scheme,
        closing=closing,
        title="".join(scheme.bulletins[bulletin].title),
        figures=len(document.sources),
        downloads=tuple(
            Download(words % {"title": title}, reverse(address, args=[name, bulletin, suffix]))
            for words, address in (("%(title)s", "bulletin_file"), (gettext("数据来源单 %(title)s"), "source_sheet"))
            for suffix, (title, _) in FILES.items()
        ),
        corrections=sheets.corrections(_readable(_differences(closing), versions.current(name), scope.of(request))),
        related=related(closing),
        permalink=outward.address(request, request.path),
        body=_body(closing, scheme),
    )
    return answer(request, page.corrections) or render(request, "public/bulletin.html", {"page": page})


def _differences(closing: Closing) -> tuple[Correction, ...]:
    """What it would say differently by now, or a moment ago: each says as of which entry."""
    return _compared.of((closing.id, closing.document), lambda: corrections(closing))


def _body(closing: Closing, scheme: Scheme) -> SafeString:
    """Of what is closed nothing changes but the language in which a figure's definition is told."""
    written = (closing.document, closing.scheme_id, closing.content, get_language())
    # The HTML writer escapes every text it is given and writes no other markup than its own.
    return _bodies.of(written, lambda: mark_safe(export.article(document_of(closing), scheme)))  # noqa: S308


def _readable(found: Sequence[Correction], scheme: Scheme, seen: Scope) -> Iterator[Correction]:
    """Those of figures that this reader may see today, each with the changed records that he may open."""
    numbers = {change.record for correction in found for change in correction.changes}
    records = Record.objects.filter(id__in=numbers)
    closed = set(records.values_list("id", flat=True)) - set(seen.records(records).values_list("id", flat=True))
    for correction in found:
        query = correction.source.query
        measure = scheme.measures.get(query.measure) if query else None
        if query is None or (measure is not None and seen.measure(measure, query.organisation)):
            changes = tuple(change for change in correction.changes if change.record not in closed)
            yield replace(correction, changes=changes)


@access.reading
def bulletin_file(request: HttpRequest, name: str, bulletin: str, suffix: str) -> HttpResponse:
    return kept(document_of(closing_or_404(name, bulletin)), f"{name}-{bulletin}", suffix)


@access.reading
def source_sheet(request: HttpRequest, name: str, bulletin: str, suffix: str) -> HttpResponse:
    closing = closing_or_404(name, bulletin)
    sheet = export.source_sheet(document_of(closing), scheme_of(closing))
    return kept(sheet, f"{name}-{bulletin}-sources", suffix)


def closing_or_404(name: str, bulletin: str) -> Closing:
    closing = latest(name, bulletin)
    if closing is None:
        raise Http404(gettext("没有这期简报，或者还没有定稿"))
    return closing
