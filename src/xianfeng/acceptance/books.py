"""One system as it stands: its scheme, and its bulletin with everything that it prints."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from xianfeng.acceptance import places
from xianfeng.acceptance.expected import System
from xianfeng.acceptance.places import Place
from xianfeng.bulletins import closing
from xianfeng.bulletins.compose import Composition, compose
from xianfeng.figures.interface import Figures
from xianfeng.ledger import versions
from xianfeng.ledger.powers import root_of
from xianfeng.papers.document import NoteRun, Source, notes_of
from xianfeng.problems import Problem
from xianfeng.scheme.nodes import Scheme
from xianfeng.sentences import say


@dataclass(frozen=True, kw_only=True)
class Books:
    """`day`: the day of issue; of a system without a bulletin, the last day of its run or today. `printed`: every
    source of the bulletin; `notes`: its [N] spans; `places`: where on the page they stand."""

    scheme: Scheme
    engine: Figures
    root: int  # the organisation of the scheme
    day: dt.date
    has_bulletin: bool = True
    as_of: int | None = None
    printed: tuple[Source, ...] = ()
    notes: tuple[NoteRun, ...] = ()
    places: tuple[Place, ...] = ()


def of(system: System, engine: Figures, *, today: bool = False) -> Books:
    """The system as its bulletin was closed, or as it would be printed today; a Problem when it has not been closed."""
    if not system.bulletin:
        scheme = versions.current(system.name)
        day = min(scheme.until, timezone.localdate())
        return Books(scheme=scheme, engine=engine, root=root_of(scheme), day=day, has_bulletin=False)
    return composed(compose(system.name, system.bulletin, engine=engine), engine) if today else _closed(system, engine)


def composed(made: Composition, engine: Figures) -> Books:
    """A bulletin that has been composed and not closed."""
    return Books(
        scheme=made.scheme,
        engine=engine,
        root=root_of(made.scheme),
        day=made.bulletin.issued,
        as_of=made.as_of,
        printed=made.document.sources,
        notes=made.notes,
        places=places.of(made.document),
    )


def _closed(system: System, engine: Figures) -> Books:
    closed = closing.latest(system.name, system.bulletin)
    if closed is None:
        hint = say("先定稿，演示用 xianfeng demo prepare。")
        message = say("{name} 的简报“{bulletin}”还没有定稿。", name=system.name, bulletin=system.bulletin)
        raise Problem("acceptance.not_closed", message, hint=hint)
    document = closing.document_of(closed)
    scheme = versions.scheme(closed.scheme_id)
    return Books(
        scheme=scheme,
        engine=engine,
        root=root_of(scheme),
        day=closed.issued,
        as_of=closed.as_of,
        printed=document.sources,
        notes=notes_of(document),
        places=places.of(document),
    )
