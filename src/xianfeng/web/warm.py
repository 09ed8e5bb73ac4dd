"""What takes long the first time, done before a reader asks: the figures' libraries and texts, and what entries change.

A process that serves pages does it beside its work, and again whenever the books have grown: an entry changes the
figures of one register, and whoever opens a dashboard next need not wait for all of them; the closed bulletins are
composed again as their verification does, and the search's index takes in what came. When it fails nothing is lost: the
page that needs it says what is wrong, or does it itself.
"""

from __future__ import annotations

import atexit
import gc
import logging
import threading
import time
from collections.abc import Iterator

from django.db import close_old_connections, connection

from xianfeng import figures
from xianfeng.bulletins.models import Closing
from xianfeng.bulletins.verifying import verify
from xianfeng.figures.interface import Figures, Query
from xianfeng.ledger import versions
from xianfeng.log import append
from xianfeng.log.models import Entry, Posting
from xianfeng.registry import changes, tree
from xianfeng.remembered import one_page
from xianfeng.scheme.measuring import Measure
from xianfeng.scheme.nodes import Scheme
from xianfeng.scheme.usage import kinds_of
from xianfeng.search import index
from xianfeng.web import maps
from xianfeng.web.figure import breakdowns
from xianfeng.web.frame import campaigns, last_day
from xianfeng.web.kept import renew

PAUSE = 1.0  # seconds between two looks
CLOSED = 20  # bulletins, the latest, that a process composes again when it begins
SHARE = 10  # of the time at most one part in so many is spent so, however much is filed
AT_FIRST = 1  # the same until a process has done all of it once: a text that is not there costs its reader 20 ms
_BEHIND_ALL = (changes.STREAM, "scheme")  # streams whose entries change any figure
_log = logging.getLogger(__name__)
_ending = threading.Event()


def begin() -> threading.Thread:
    thread = threading.Thread(target=_stay_warm, name="warm", daemon=True)
    thread.start()
    atexit.register(_end, thread)
    return thread


def _end(thread: threading.Thread) -> None:
    """Waited for: a thread that is within a figures' library when the interpreter goes away aborts the process."""
    _ending.set()
    thread.join()


def _stay_warm() -> None:
    known, closed, pause, share = -1, 0, 0.0, AT_FIRST
    parts: Iterator[object] = iter(())
    while not _ending.wait(pause):
        begun, idle = time.monotonic(), False
        try:
            head = append.head()
            if head == known:
                idle = next(parts, None) is None
                share = SHARE if idle else share
            else:
                index.catch_up()
                prepare(after=known)
                closed = compose(after=closed)
                renew()
            if known < 0:
                parts = divided()
                gc.freeze()  # what a process keeps for good is not walked through again while somebody waits
            known = head
        except Exception:  # noqa: BLE001 -- whatever it is, it is the pages' to say
            _log.exception("figures could not be prepared")
        close_old_connections()
        pause = max(PAUSE if idle else 0, share * (time.monotonic() - begun))
    connection.close()


def prepare(*, after: int) -> None:
    """What the entries after this one changed, of all campaigns: all as of one state of the books."""
    changed = _changed(after)
    engine = figures.engine().moment()
    with one_page():
        for link in reversed(campaigns()):
            if not _ending.is_set():
                _ask(engine, versions.current(link.name), changed)


def _changed(after: int) -> frozenset[str] | None:
    """The registers in which something was entered; None: any figure may be another."""
    if Entry.objects.filter(seq__gt=after, stream__in=_BEHIND_ALL).exists():
        return None
    return frozenset(Posting.objects.filter(seq__gt=after).values_list("register", flat=True))


def compose(*, after: int) -> int:
    """The bulletins closed after this entry; the last of them."""
    closings = Closing.objects.filter(id__gt=after).order_by("-id")[:CLOSED]
    for closing in reversed(closings):
        if not _ending.is_set():
            verify(closing, rehash=False)
            after = closing.id
    return after


def _ask(engine: Figures, scheme: Scheme, changed: frozenset[str] | None) -> None:
    """A campaign's figures at its root: they are then known at any organisation and for any period."""
    root = tree.by_any_code(scheme.at)
    measures = [measure.name for measure in scheme.measures.values() if _is_behind(scheme, measure, changed)]
    if root is None or not measures:
        return
    until = last_day(scheme)
    queries = [Query(scheme=scheme.hash, measure=name, organisation=root.id, until=until) for name in measures]
    maps.known(scheme.at)
    engine.figures(queries)
    engine.breakdown(queries[0], "children")


def divided() -> Iterator[object]:
    """One after another the tables of every measure's page but the first: how each is asked is put together once."""
    for link in reversed(campaigns()):
        scheme = versions.current(link.name)
        root = tree.by_any_code(scheme.at)
        for measure in scheme.measures.values():
            if root is None:
                break
            query = Query(scheme=scheme.hash, measure=measure.name, organisation=root.id, until=last_day(scheme))
            for axis, field in breakdowns.divisions(scheme, measure):
                yield figures.engine().breakdown(query, axis, field=field)


def _is_behind(scheme: Scheme, measure: Measure, changed: frozenset[str] | None) -> bool:
    return changed is None or any(scheme.key(kind.name) in changed for kind in kinds_of(scheme, measure))
