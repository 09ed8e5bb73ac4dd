"""Briefings in one step: from campaign, organisation, day and form to a page, DOCX, PDF and the source sheet."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from xianfeng.accounts.abilities import Ability
from xianfeng.bulletins import export
from xianfeng.bulletins.briefing import TITLES, Asked, Form, briefing
from xianfeng.figures import engine
from xianfeng.log.append import head
from xianfeng.papers.document import Document
from xianfeng.registry.tree import Node
from xianfeng.scheme.nodes import Scheme
from xianfeng.web import scope
from xianfeng.web.access import needs
from xianfeng.web.frame import SchemeLink, asked, campaigns, day_or_404, last_day, organisation_or_404, scheme_or_404
from xianfeng.web.office.bulletin import facts
from xianfeng.web.office.bulletin.checking import drawn
from xianfeng.web.office.bulletin.tabled import tabled
from xianfeng.web.papers import FILES, kept
from xianfeng.web.tables import answer


@dataclass(frozen=True)
class BriefingPage:
    campaigns: tuple[SchemeLink, ...]
    scheme: Scheme
    at: Node
    until: dt.date
    form: Form
    article: SafeString

    @property
    def forms(self) -> list[tuple[str, str]]:
        return list(TITLES.items())

    @property
    def files(self) -> tuple[str, ...]:
        return tuple(FILES)


@require_safe
@needs(Ability.READ)
def briefings(request: HttpRequest) -> HttpResponse:
    made = _asked(request)
    day, document = made.until, _document(made)
    page = BriefingPage(
        campaigns=campaigns(),
        scheme=made.scheme,
        at=_organisation(request, made.scheme, day),
        until=day,
        form=made.form,
        article=drawn(made.scheme, document),
    )
    table = tabled(document, name="figures", title=_stem(made, document))
    return answer(request, table) or render(request, "office/bulletin/briefings.html", {"page": page})


@require_safe
@needs(Ability.READ)
def briefing_file(request: HttpRequest, suffix: str) -> HttpResponse:
    made = _asked(request)
    document = _document(made)
    return kept(document, _stem(made, document), suffix)


@require_safe
@needs(Ability.READ)
def briefing_sources(request: HttpRequest, suffix: str) -> HttpResponse:
    made = _asked(request)
    document = _document(made)
    return kept(export.source_sheet(document, made.scheme), f"{_stem(made, document)}-数据来源单", suffix)


def _asked(request: HttpRequest) -> Asked:
    """What the address asks for, within what its reader may see."""
    known = campaigns()
    if not known:
        raise Http404(gettext("还没有活动"))
    scheme = scheme_or_404(asked(request, "scheme") or known[-1].name)
    until = day_or_404(request, "until", last_day(scheme))
    form: Form = "page" if asked(request, "form") == "page" else "briefing"
    at, seen = _organisation(request, scheme, until), scope.of(request)
    account = seen.reader.account
    as_of = head()  # before the moment, which holds it
    measures = {measure.name for measure in scheme.measures.values() if seen.measure(measure, at.id)}
    return Asked(
        scheme=scheme,
        organisation=at.id,
        until=until,
        form=form,
        measures=measures,
        engine=engine().moment(),
        as_of=as_of,
        told=facts.told(facts.Around(scheme, at.id, until, account.person_id if account else None)),
    )


def _organisation(request: HttpRequest, scheme: Scheme, day: dt.date) -> Node:
    """The one asked for, else the reader's own; only where he may read everything."""
    seen = scope.of(request)
    own = seen.reader.organisation
    at = organisation_or_404(asked(request, "at") or (own.code if own else scheme.at), day)
    if not seen.within(at.id):
        raise Http404(gettext("没有这个组织"))
    return at


def _document(made: Asked) -> Document:
    return briefing(made, synthetic=settings.XIANFENG_SYNTHETIC)


def _stem(made: Asked, document: Document) -> str:
    return f"{document.masthead.issuer}{TITLES[made.form]}{made.until.isoformat()}"
