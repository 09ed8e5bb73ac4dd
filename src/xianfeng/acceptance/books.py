"""One system as it stands: its scheme, and its bulletin with everything that it prints."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from xianfeng.acceptance.expected import System
from xianfeng.bulletins import closing
from xianfeng.bulletins.compose import Composition, compose
from xianfeng.bulletins.document import NoteRun, Source, notes_of
from xianfeng.figures.interface import Figures
from xianfeng.ledger import versions
from xianfeng.problems import Problem
from xianfeng.scheme.nodes import Scheme


@dataclass(frozen=True, kw_only=True)
class Books:
    """`printed`: every source of the bulletin; `notes`: its [N] spans."""

    scheme: Scheme
    engine: Figures
    issued: dt.date | None = None  # None: the system has no bulletin
    as_of: int | None = None
    printed: tuple[Source, ...] = ()
    notes: tuple[NoteRun, ...] = ()


def of(system: System, engine: Figures, *, today: bool = False) -> Books:
    """The system as its bulletin was closed, or as it would be printed today; a Problem when it has not been closed."""
    if not system.bulletin:
        return Books(scheme=versions.current(system.name), engine=engine)
    return composed(compose(system.name, system.bulletin, engine=engine), engine) if today else _closed(system, engine)


def composed(made: Composition, engine: Figures) -> Books:
    """A bulletin that has been composed and not closed."""
    return Books(
        scheme=made.scheme,
        engine=engine,
        issued=made.bulletin.issued,
        as_of=made.as_of,
        printed=made.document.sources,
        notes=made.notes,
    )


def _closed(system: System, engine: Figures) -> Books:
    closed = closing.latest(system.name, system.bulletin)
    if closed is None:
        hint = "先定稿，演示用 xianfeng demo prepare。"
        raise Problem("acceptance.not_closed", f"{system.name} 的简报“{system.bulletin}”还没有定稿。", hint=hint)
    document = closing.document_of(closed)
    return Books(
        scheme=versions.scheme(closed.scheme_id),
        engine=engine,
        issued=closed.issued,
        as_of=closed.as_of,
        printed=document.sources,
        notes=notes_of(document),
    )
