"""A manuscript beside the last issue of its series: figures, the text, and what that issue has to correct."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from xianfeng.accounts.abilities import Ability
from xianfeng.bulletins.closing import document_of, scheme_of
from xianfeng.bulletins.corrections import Correction, corrections
from xianfeng.bulletins.models import Closing, Manuscript
from xianfeng.bulletins.numbers import spoken
from xianfeng.bulletins.wording import Wording, wording
from xianfeng.papers.document import Document, Source, plain, runs_of
from xianfeng.scheme.nodes import Scheme
from xianfeng.web import cells
from xianfeng.web.access import needs
from xianfeng.web.cells import Cell
from xianfeng.web.office.bulletin.manuscript import made_of
from xianfeng.web.office.bulletin.manuscripts import manuscript_or_404
from xianfeng.web.tables import Column, Table, answer

CALL = "{% for c in corrections() %}{{ c.title }}{{ c.old }}更正为{{ c.new }}。{% endfor %}"
_SENTENCE = re.compile(r"[^。；！？]*[。；！？]?")
_Key = tuple[str, str, str]


@dataclass(frozen=True)
class Piece:
    """A stretch of text: the same, new or gone."""

    mark: str  # '', ins or del
    text: str


@dataclass(frozen=True)
class ChangesPage:
    row: Manuscript
    earlier: Closing | None
    table: Table | None
    pieces: tuple[Piece, ...]
    corrections: tuple[Correction, ...]
    call: str = CALL


@require_safe
@needs(Ability.OFFICE)
def changes(request: HttpRequest, number: int) -> HttpResponse:
    row = manuscript_or_404(request, number)
    earlier, made = _earlier(row), made_of(row)
    if earlier is None or made.document is None or made.scheme is None:
        return render(request, "office/bulletin/changes.html", {"page": ChangesPage(row, earlier, None, (), ())})
    then = document_of(earlier)
    page = ChangesPage(
        row=row,
        earlier=earlier,
        table=_table(_figures(then, scheme_of(earlier)), _figures(made.document, made.scheme)),
        pieces=tuple(_pieces(_sentences(then), _sentences(made.document))),
        corrections=corrections(earlier),
    )
    found = answer(request, page.table) if page.table else None
    return found or render(request, "office/bulletin/changes.html", {"page": page})


def _earlier(row: Manuscript) -> Closing | None:
    rows = Closing.objects.filter(issuer=row.issuer, series=row.series).exclude(id=row.closing or 0)
    rows = rows.filter(id__lt=row.closing) if row.closing else rows
    return rows.select_related("scheme").order_by("-number").first()


def _figures(document: Document, scheme: Scheme) -> Mapping[_Key, tuple[Source, Wording]]:
    """What a document prints of measures, each once, by measure, place and row."""
    found: dict[_Key, tuple[Source, Wording]] = {}
    for source in document.sources:
        if source.call == "figure":
            key = (source.name, source.code, (source.row.key or "") if source.row else "")
            found.setdefault(key, (source, wording(source, scheme)))
    return found


def _table(then: Mapping[_Key, tuple[Source, Wording]], now: Mapping[_Key, tuple[Source, Wording]]) -> Table:
    return Table(
        name="figures",
        title=gettext("数据前后对照"),
        columns=(
            Column(gettext("数据")),
            Column(gettext("范围")),
            Column(gettext("上一期"), align="right"),
            Column(gettext("这一期"), align="right"),
            Column(gettext("变化"), align="right"),
        ),
        rows=[_row(then.get(key), now.get(key)) for key in dict.fromkeys([*now, *then])],
        empty=gettext("两期都没有取数。"),
    )


def _row(then: tuple[Source, Wording] | None, now: tuple[Source, Wording] | None) -> tuple[Cell, ...]:
    shown = now or then
    assert shown is not None  # noqa: S101 - the key came from one of them
    source, about = shown
    return (
        cells.text(about.title, link=about.address),
        cells.text(source.at, note=about.period),
        cells.text(then[0].text) if then else cells.nothing(),
        cells.text(now[0].text) if now else cells.nothing(),
        _difference(then[0], now[0]) if then and now else cells.text(gettext("新增") if now else gettext("不再印")),
    )


def _difference(then: Source, now: Source) -> Cell:
    if not then.value or not now.value:
        return cells.nothing()
    if then.is_floor or now.is_floor:
        return cells.text(gettext("不能比"), note=gettext("只知道至少多少"))
    by = Decimal(now.value) - Decimal(then.value)
    if not by:
        return cells.text(gettext("相同"))
    return cells.text(f"{'+' if by > 0 else '-'}{spoken(abs(by), now.show, now.unit)}")


def _sentences(document: Document) -> list[str]:
    lines = [*(plain(line) for line in document.masthead.title)]
    lines += [plain(runs) for block in (*document.editors_note, *document.body) for runs in runs_of(block)]
    return [sentence for line in lines for sentence in _SENTENCE.findall(line) if sentence.strip()]


def _pieces(then: list[str], now: list[str]) -> Iterator[Piece]:
    matcher = difflib.SequenceMatcher(a=then, b=now, autojunk=False)
    for tag, first, last, begin, end in matcher.get_opcodes():
        if tag == "equal":
            yield Piece("", "".join(then[first:last]))
            continue
        if last > first:
            yield Piece("del", "".join(then[first:last]))
        if end > begin:
            yield Piece("ins", "".join(now[begin:end]))
