"""A campaign's bulletins as an Atom feed: what has been issued, newest first, each under its permalink."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from xml.etree import ElementTree

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from xianfeng.bulletins.models import Closing
from xianfeng.log.models import Entry
from xianfeng.papers.document import Document, plain, runs_of
from xianfeng.papers.serial import from_json
from xianfeng.scheme.nodes import Scheme
from xianfeng.web import access, outward
from xianfeng.web.frame import scheme_or_404
from xianfeng.web.public.issues import Issue, closed_issues

_ATOM = "http://www.w3.org/2005/Atom"
_MOST = 20  # a reader that comes once a month misses nothing
_SUMMARY = 200  # characters
_CONTROLS = dict.fromkeys(range(32))  # no XML may hold them


@access.reading
def bulletin_feed(request: HttpRequest, name: str) -> HttpResponse:
    scheme = scheme_or_404(name)
    issues = closed_issues(name, most=_MOST)
    moments = dict(Entry.objects.filter(seq__in=[issue.id for issue in issues]).values_list("seq", "at"))
    texts = dict(Closing.objects.filter(id__in=moments).values_list("id", "document"))
    feed = _feed(request, scheme, max(moments.values(), default=dt.datetime(scheme.since.year, 1, 1, tzinfo=dt.UTC)))
    for issue in issues:
        feed.append(_entry(request, issue, moments[issue.id], from_json(json.loads(texts[issue.id]))))
    content = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return HttpResponse(content, content_type="application/atom+xml; charset=utf-8")


def _feed(request: HttpRequest, scheme: Scheme, updated: dt.datetime) -> ElementTree.Element:
    ElementTree.register_namespace("", _ATOM)
    feed = _element("feed")
    here = outward.address(request, reverse("bulletin_feed", args=[scheme.name]))
    _add(feed, "id", here)
    _add(feed, "title", gettext("%(title)s · 简报") % {"title": scheme.title})
    _add(feed, "updated", updated.isoformat())
    _add(feed, "link", rel="self", href=here)
    _add(feed, "link", rel="alternate", href=outward.address(request, reverse("bulletins", args=[scheme.name])))
    return feed


def _entry(request: HttpRequest, issue: Issue, issued: dt.datetime, document: Document) -> ElementTree.Element:
    entry = _element("entry")
    address = outward.address(request, reverse("bulletin", args=[issue.scheme, issue.name]))
    paper = outward.address(request, reverse("bulletin_file", args=[issue.scheme, issue.name, "pdf"]))
    _add(entry, "id", address)
    _add(
        entry,
        "title",
        gettext("%(series)s第%(number)s期：%(title)s")
        % {"series": issue.series, "number": issue.number, "title": issue.title},
    )
    _add(entry, "updated", issued.isoformat())
    _add(entry, "published", issued.isoformat())
    _add(_add(entry, "author"), "name", issue.issuer)
    _add(entry, "link", rel="alternate", type="text/html", href=address)
    _add(entry, "link", rel="enclosure", type="application/pdf", href=paper)
    _add(entry, "category", term=issue.series)
    _add(entry, "summary", _summary(document))
    return entry


def _summary(document: Document) -> str:
    """The beginning of the text."""
    text = "".join(plain(runs) for block in document.body[:3] for runs in runs_of(block))
    return text if len(text) <= _SUMMARY else f"{text[:_SUMMARY]}…"


def _element(name: str, attributes: Mapping[str, str] | None = None) -> ElementTree.Element:
    return ElementTree.Element(f"{{{_ATOM}}}{name}", dict(attributes or {}))


def _add(parent: ElementTree.Element, name: str, text: str = "", **attributes: str) -> ElementTree.Element:
    child = _element(name, attributes)
    child.text = text.translate(_CONTROLS) or None
    parent.append(child)
    return child
