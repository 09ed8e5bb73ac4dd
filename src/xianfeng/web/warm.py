"""What takes long the first time, done before a reader asks: the figures' libraries and texts, and what entries change.

A process that serves pages does it beside its work, and again whenever the books have grown: an entry changes the
figures of one register, and whoever opens a dashboard next need not wait for all of them; the closed bulletins are
composed again as their verification does. When it fails nothing is lost: the page that needs it says what is wrong, or
does it itself.
"""

from __future__ import annotations

import atexit
import logging
import os
import sys
import threading
import time

from django.db import close_old_connections, connection

from xianfeng import figures
from xianfeng.bulletins.models import Closing
from xianfeng.bulletins.verifying import verify
from xianfeng.figures.interface import Query
from xianfeng.ledger import versions
from xianfeng.log import append
from xianfeng.registry import tree
from xianfeng.web import maps
from xianfeng.web.frame import campaigns, last_day

PAUSE = 1.0  # seconds between two looks
CLOSED = 20  # bulletins, the latest, that a process composes again when it begins
BEHIND = 10  # how much it gives way to a reader's page, as `nice`
SHARE = 10  # of the time at most one part in so many is spent so, however much is filed
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
    if sys.platform == "linux":  # where it is a thread's own
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), BEHIND)
    known, closed, pause = -1, 0, 0.0
    while not _ending.wait(pause):
        begun = time.monotonic()
        try:
            head = append.head()
            if head != known:
                _warm()
                closed = compose(after=closed)
            known = head
        except Exception:  # noqa: BLE001 -- whatever it is, it is the pages' to say
            _log.exception("figures could not be prepared")
        close_old_connections()
        pause = max(PAUSE, SHARE * (time.monotonic() - begun))
    connection.close()


def _warm() -> None:
    for link in reversed(campaigns()):
        if not _ending.is_set():
            ask(link.name)


def compose(*, after: int) -> int:
    """The bulletins closed after this entry; the last of them."""
    closings = Closing.objects.filter(id__gt=after).order_by("-id")[:CLOSED]
    for closing in reversed(closings):
        if not _ending.is_set():
            verify(closing, rehash=False)
            after = closing.id
    return after


def ask(name: str) -> None:
    """A campaign's figures at its root: they are then known at any organisation and for any period."""
    scheme = versions.current(name)
    root = tree.by_any_code(scheme.at)
    if root is None or not scheme.measures:
        return
    queries = [
        Query(scheme=scheme.hash, measure=measure, organisation=root.id, until=last_day(scheme))
        for measure in scheme.measures
    ]
    maps.known(scheme.at)
    engine = figures.engine().moment()
    engine.figures(queries)
    engine.breakdown(queries[0], "children")
