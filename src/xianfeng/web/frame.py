"""How pages find what an address names: it, or the same 404 for what is absent and what is not yours."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext

from xianfeng.ledger import versions
from xianfeng.problems import Problem
from xianfeng.registry import tree
from xianfeng.registry.tree import Node
from xianfeng.scheme.measuring import Measure
from xianfeng.scheme.nodes import Scheme
from xianfeng.web.scope import Scope

EARLIEST, LATEST = dt.date(1949, 10, 1), dt.date(2149, 12, 31)  # no campaign's work lies outside
_ABSENT = ("ledger.unknown_version", "ledger.unknown_scheme")


@dataclass(frozen=True)
class SchemeLink:
    name: str
    title: str


def campaigns() -> tuple[SchemeLink, ...]:
    """Each campaign once, by its newest version's title, in the order they were first adopted."""
    return tuple(SchemeLink(name, title) for name, title in versions.titles().items())


def own_campaigns(seen: Scope) -> tuple[Scheme, ...]:
    """Those that the reader's office runs, as they are now."""
    known = (versions.current(link.name) for link in campaigns())
    return tuple(scheme for scheme in known if seen.runs(scheme))


def overlooked_campaigns(seen: Scope) -> tuple[Scheme, ...]:
    """Those whose rounds, draws and awards the reader follows, as they are now."""
    known = (versions.current(link.name) for link in campaigns())
    return tuple(scheme for scheme in known if seen.overlooks(scheme))


def last_day(scheme: Scheme) -> dt.date:
    """The day up to which a campaign is read unless another is asked for: today, or its end once it is over."""
    return min(scheme.until, timezone.localdate())


def asked(request: HttpRequest, key: str) -> str:
    """A part of the question in the address: printable text or nothing, for a database refuses the rest."""
    text = request.GET.get(key, "")
    if not text.isprintable():
        raise Http404(gettext("地址里有不能显示的字符"))
    return text


def local(address: str, beginnings: tuple[str, ...]) -> str:
    """An address of this site to go back to, one of those that begin like this; '' for any other."""
    fine = address.startswith(beginnings) and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if fine else ""


def number_or_404(request: HttpRequest, key: str) -> int | None:
    text = asked(request, key)
    if not text:
        return None
    if not text.isascii() or not text.isdecimal() or len(text) > 18:
        raise Http404(gettext("“%(text)s”不是编号") % {"text": text})
    return int(text)


def scheme_or_404(name: str, version: str = "") -> Scheme:
    """The version asked for by hash, else the current one."""
    try:
        scheme = versions.scheme(version) if version else versions.current(name)
    except Problem as problem:
        if problem.code not in _ABSENT:
            raise
        raise Http404(problem.message) from problem
    if scheme.name != name:
        raise Http404(gettext("没有这个活动"))
    return scheme


def own_or_404(seen: Scope) -> Node:
    """The organisation for which the reader acts."""
    if seen.reader.organisation is None:
        raise Http404(gettext("没有现任的任职"))
    return seen.reader.organisation


def own_campaign_or_404(seen: Scope, name: str) -> Scheme:
    """The current version of one that the reader's office runs."""
    scheme = scheme_or_404(name)
    if not seen.runs(scheme):
        raise Http404(gettext("没有这个活动"))
    return scheme


def overlooked_or_404(seen: Scope, name: str) -> Scheme:
    """The current version of one whose rounds, draws and awards the reader follows."""
    scheme = scheme_or_404(name)
    if not seen.overlooks(scheme):
        raise Http404(gettext("没有这个活动"))
    return scheme


def measure_or_404(scheme: Scheme, name: str, scope: Scope, organisation: int) -> Measure:
    """The newest version decides who may see a measure, whichever version is asked for."""
    measure = scheme.measures.get(name)
    newest = versions.current(scheme.name).measures.get(name, measure)
    if measure is None or newest is None:
        raise Http404(gettext("没有这个统计指标"))
    if not all(scope.measure(known, organisation) for known in (measure, newest)):
        raise Http404(gettext("没有这个统计指标"))
    return measure


def organisation_or_404(code: str, day: dt.date) -> Node:
    """The organisation that bears a code, called as it was on that day."""
    found = tree.by_any_code(code)
    if found is None:
        raise Http404(gettext("没有这个组织"))
    return tree.named([found.id], day)[found.id]


def day_or_404(request: HttpRequest, key: str, default: dt.date) -> dt.date:
    text = asked(request, key)
    if not text:
        return default
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        raise Http404(gettext("“%(text)s”不是日期，请写成 2010-08-30 的样子") % {"text": text}) from None
    if not EARLIEST <= day <= LATEST:
        years = {"text": text, "first": EARLIEST.year, "last": LATEST.year}
        raise Http404(gettext("“%(text)s”不在 %(first)s 年到 %(last)s 年之间") % years)
    return day
