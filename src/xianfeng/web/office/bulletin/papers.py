"""A manuscript on paper before it is issued: DOCX, PDF, its source sheet, the sign-off sheet, the stamped scan."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from xianfeng.accounts.abilities import Ability
from xianfeng.bulletins import export, stages
from xianfeng.bulletins.models import Manuscript
from xianfeng.papers.sign_off import SignOff
from xianfeng.web import scans
from xianfeng.web.access import needs
from xianfeng.web.office.bulletin import sign_offs
from xianfeng.web.office.bulletin.manuscript import ManuscriptPage, made_of, number_of, page_of
from xianfeng.web.office.bulletin.manuscripts import manuscript_or_404
from xianfeng.web.papers import kept


@dataclass(frozen=True)
class SheetPage:
    paper: ManuscriptPage
    sheet: SignOff


@require_safe
@needs(Ability.OFFICE)
def manuscript_file(request: HttpRequest, number: int, suffix: str) -> HttpResponse:
    row = manuscript_or_404(request, number)
    made = made_of(row)
    if made.document is None:
        raise Http404(gettext("文稿还不能成稿"))
    return kept(made.document, _stem(row), suffix)


@require_safe
@needs(Ability.OFFICE)
def manuscript_sources(request: HttpRequest, number: int, suffix: str) -> HttpResponse:
    row = manuscript_or_404(request, number)
    made = made_of(row)
    if made.document is None or made.scheme is None:
        raise Http404(gettext("文稿还不能成稿"))
    return kept(export.source_sheet(made.document, made.scheme), f"{_stem(row)}-数据来源单", suffix)


@require_safe
@needs(Ability.OFFICE)
def sign_off(request: HttpRequest, number: int) -> HttpResponse:
    """The sheet that goes round on paper; who signs by hand signs in its boxes."""
    shown = page_of(request, manuscript_or_404(request, number))
    page = SheetPage(paper=shown, sheet=sign_offs.of(shown))
    return render(request, "office/bulletin/sign_off.html", {"page": page})


@require_safe
@needs(Ability.OFFICE)
def sign_off_file(request: HttpRequest, number: int) -> HttpResponse:
    row = manuscript_or_404(request, number)
    made = sign_offs.of(page_of(request, row))
    return kept(made, gettext("%(stem)s-签批单") % {"stem": _stem(row)}, "pdf")


@require_safe
@needs(Ability.OFFICE)
def scan(request: HttpRequest, number: int, sha256: str) -> HttpResponseBase:
    row = manuscript_or_404(request, number)
    return scans.answer(stages.steps(row), sha256)


def _stem(row: Manuscript) -> str:
    return f"{row.series}第{number_of(row)}期" + ("" if row.closing else gettext("（送审样稿）"))
