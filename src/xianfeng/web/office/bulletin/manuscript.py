"""One manuscript: how far it has got, what it looks like, what was done to it, and what may be done next."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from xianfeng.accounts import reader
from xianfeng.accounts.abilities import Ability
from xianfeng.bulletins import content as contents
from xianfeng.bulletins import signing
from xianfeng.bulletins.closing import document_of, scheme_of
from xianfeng.bulletins.compose import Composition
from xianfeng.bulletins.content import Content
from xianfeng.bulletins.disclosure import Concern, concerns
from xianfeng.bulletins.models import Closing, Manuscript
from xianfeng.bulletins.stages import Stage
from xianfeng.ledger import scans
from xianfeng.papers.document import Document
from xianfeng.problems import Problem
from xianfeng.scheme.nodes import Scheme
from xianfeng.web.access import needs
from xianfeng.web.office.bulletin.checking import drawn, each, faults_of
from xianfeng.web.office.bulletin.manuscripts import Done, done, manuscript_or_404
from xianfeng.web.papers import FILES

_WAY = (Stage.DRAFT, Stage.SUBMITTED, Stage.CHECKED, Stage.SIGNED, Stage.ISSUED)


@dataclass(frozen=True)
class Made:
    """What a manuscript comes to, or why it comes to nothing."""

    document: Document | None
    scheme: Scheme | None
    faults: tuple[Problem, ...]


@dataclass(frozen=True)
class ManuscriptPage:
    row: Manuscript
    content: Content
    stage: Stage
    number: int
    own: bool  # the reader has written in it
    faults: tuple[Problem, ...]
    article: SafeString
    concerns: tuple[Concern, ...]
    steps: tuple[Done, ...]
    scans: tuple[object, ...]
    closing: Closing | None

    @property
    def title(self) -> str:
        return "".join(self.content.title)

    @property
    def way(self) -> list[tuple[str, str]]:
        """Each stage with its word and whether it is behind, here or ahead."""
        if self.stage == Stage.DROPPED:
            return []
        at = _WAY.index(self.stage)
        return [(stage.word, "done" if n < at else "here" if n == at else "") for n, stage in enumerate(_WAY)]

    @property
    def files(self) -> tuple[str, ...]:
        return tuple(FILES)

    @property
    def open(self) -> bool:
        return self.stage not in (Stage.ISSUED, Stage.DROPPED)


@require_safe
@needs(Ability.OFFICE)
def manuscript(request: HttpRequest, number: int) -> HttpResponse:
    return render(
        request, "office/bulletin/manuscript.html", {"page": page_of(request, manuscript_or_404(request, number))}
    )


def page_of(request: HttpRequest, row: Manuscript) -> ManuscriptPage:
    made, found = made_of(row), done(request, row)
    return ManuscriptPage(
        row=row,
        content=contents.read(row.content),
        stage=Stage(row.stage),
        number=number_of(row),
        own=reader.of(request).actor.person in row.authors,
        faults=made.faults,
        article=drawn(made.scheme, made.document) if made.document and made.scheme else SafeString(""),
        concerns=concerns(made.document, made.scheme) if made.document and made.scheme else (),
        steps=found,
        scans=tuple(scans.of(each.step for each in found)),
        closing=Closing.objects.filter(id=row.closing).first() if row.closing else None,
    )


def number_of(row: Manuscript) -> int:
    """Its number, or the one that it would get if it were signed now."""
    return row.number or signing.next_number(row)


def made_of(row: Manuscript) -> Made:
    if row.closing:
        closing = Closing.objects.select_related("scheme").get(id=row.closing)
        return Made(document_of(closing), scheme_of(closing), ())
    try:
        made = signing.composed(row, number=number_of(row), draft=row.stage == Stage.DRAFT)
    except Problem as problem:
        return Made(None, None, each(problem))
    return Made(made.document, _scheme(made), faults_of(made))


def _scheme(made: Composition) -> Scheme:
    return contents.within(made.scheme, made.bulletin)
