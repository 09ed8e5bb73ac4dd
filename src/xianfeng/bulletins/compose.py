"""Composing: template, scheme version and entry number become a document in which every number has its source."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from django.conf import settings

from xianfeng.bulletins import corrections
from xianfeng.bulletins.calls import Desk
from xianfeng.bulletins.citing import Edition
from xianfeng.bulletins.content import Content, within
from xianfeng.bulletins.markdown import parse, parse_line
from xianfeng.bulletins.normalise import normalise
from xianfeng.bulletins.printable import refuse_unprintable
from xianfeng.bulletins.template import Template, render
from xianfeng.figures.interface import Figures
from xianfeng.ledger import versions
from xianfeng.log.append import head
from xianfeng.papers.document import Document, Masthead, NoteRun, Runs, notes_of, printed_only
from xianfeng.problems import Problem
from xianfeng.scheme.nodes import Bulletin, Scheme
from xianfeng.sentences import say


@dataclass(frozen=True, kw_only=True)
class Composition:
    """A bulletin before it is closed."""

    scheme: Scheme
    bulletin: Bulletin
    document: Document
    notes: tuple[NoteRun, ...]
    template: str  # its SHA-256
    as_of: int
    faults: tuple[Problem, ...] = ()  # calls that had no answer; only of a draft that is being looked at
    content: Content | None = None  # where the issue was written at the desk: its own imprint and text


def compose(scheme_name: str, bulletin: str, *, as_of: int | None = None, engine: Figures | None = None) -> Composition:
    """The bulletin as of an entry (default: the last one). Raises `Problem` for a template that may not be printed."""
    scheme = versions.current(scheme_name)
    if bulletin not in scheme.bulletins:
        known = "、".join(scheme.bulletins) or "无"
        raise Problem(
            "bulletin.unknown",
            say("活动“{scheme}”没有简报“{bulletin}”。", scheme=scheme.title, bulletin=bulletin),
            hint=say("已有：{known}。", known=known),
        )
    as_of = head() if as_of is None else as_of
    made = compose_version(scheme, scheme.bulletins[bulletin], as_of=as_of, engine=engine)
    refuse_unprintable(made.document, scheme)
    return made


def compose_content(
    scheme: Scheme, content: Content, *, number: int, as_of: int, engine: Figures | None = None, draft: bool = False
) -> Composition:
    """An issue written at the desk, under a number and as of an entry; may hold what must not be printed.

    As a `draft` it is composed past calls that have no answer, so that all that is wrong can be told at once.
    """
    bulletin = content.numbered(number)
    return compose_version(scheme, bulletin, as_of=as_of, engine=engine, content=content, draft=draft)


def compose_version(
    scheme: Scheme,
    bulletin: Bulletin,
    *,
    as_of: int,
    engine: Figures | None = None,
    synthetic: bool | None = None,
    content: Content | None = None,
    draft: bool = False,
) -> Composition:
    """The same of any adopted version: what `verify` repeats. `synthetic` None: as this installation says.
    With `content` the text is the issue's own, else the version's template.

    What may be printed is asked of new bulletins alone: a closed one stands, whatever the list of idioms says today.
    """
    text = content.text if content else template_of(scheme, bulletin)
    scheme = within(scheme, bulletin) if content else scheme
    moment = (engine or _engine()).moment()
    edition = Edition(scheme=scheme, bulletin=bulletin, engine=moment, as_of=as_of)
    desk = Desk(edition, corrections=corrections.of_previous(edition))
    document = _document(desk, bulletin, text, draft=draft)
    if synthetic is not None:
        document = replace(document, masthead=replace(document.masthead, synthetic=synthetic))
    return Composition(
        scheme=scheme,
        bulletin=bulletin,
        document=document,
        notes=notes_of(document),
        template=hashlib.sha256(text.encode()).hexdigest(),
        as_of=as_of,
        faults=tuple(desk.faults),
        content=content,
    )


def _engine() -> Figures:
    from xianfeng.figures import engine

    return engine()


def template_of(scheme: Scheme, bulletin: Bulletin) -> str:
    """The text of a bulletin of the campaign's file."""
    package = versions.package(scheme.hash)
    if bulletin.template not in package:
        raise Problem(
            "bulletin.no_template",
            say("活动方案里没有模板文件 {template}。", template=bulletin.template),
            hint="模板放在活动方案的文件夹里，重新载入。",
            place=f"bulletins.{bulletin.name}",
        )
    return package[bulletin.template]


def _document(desk: Desk, bulletin: Bulletin, text: str, *, draft: bool) -> Document:
    lines = [Template(name=f"bulletins.{bulletin.name}.title", text=line) for line in bulletin.title]
    templates = (*lines, Template(name=bulletin.template, text=text))
    *titles, body = render(templates, desk.answer, calls=desk.calls, forgive=desk.forgive if draft else None)
    masthead = _masthead(desk, bulletin, titles)
    parsed = parse(body, desk.book.items)
    if bool(parsed.editors_note) != bulletin.editors_note:
        raise Problem(
            "bulletin.editors_note",
            "编者按与活动方案不一致。",
            hint="有编者按：方案写 editors_note: true，模板最前面写 > 编者按：…；没有则两处都不写。",
            place=bulletin.template,
        )
    sources = tuple(desk.book.sources)
    whole = Document(masthead=masthead, editors_note=parsed.editors_note, body=parsed.body, sources=sources)
    return printed_only(whole)


def _masthead(desk: Desk, bulletin: Bulletin, titles: list[str]) -> Masthead:
    """Number, date and copies are the scheme's own statements, and open like any other figure."""

    def stated(field: str, before: str = "", after: str = "") -> Runs:
        mark = desk.rule(f"bulletins.{bulletin.name}.{field}")["mark"]
        return parse_line(before + mark + after, desk.book.items)

    return Masthead(
        series=normalise(bulletin.series),
        number=stated("number", "第", "期") + (stated("total", "（总第", "期）") if bulletin.total else ()),
        issuer=normalise(bulletin.issuer),
        date=stated("issued"),
        special=stated("special") if bulletin.special else (),
        title=tuple(parse_line(title, desk.book.items) for title in titles),
        to=tuple((label, normalise(whom)) for label, whom in bulletin.to.items()),
        copies=stated("copies", "共印", "份") if bulletin.copies else (),
        editor=bulletin.editor,
        synthetic=settings.XIANFENG_SYNTHETIC,
    )
