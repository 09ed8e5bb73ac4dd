"""What takes seconds the first time in a process, done before the first reader asks: the figures' libraries and texts.

A process that serves pages begins it beside its work. When it fails nothing is lost: the page that needs a figure says
what is wrong, or does it itself.
"""

from __future__ import annotations

import atexit
import logging
import threading

from django.db import connection

from xianfeng import figures
from xianfeng.figures import periods
from xianfeng.figures.interface import Query
from xianfeng.ledger import versions
from xianfeng.registry import tree
from xianfeng.web import maps
from xianfeng.web.frame import campaigns, last_day

_log = logging.getLogger(__name__)
_ending = threading.Event()


def begin() -> threading.Thread:
    thread = threading.Thread(target=_warm, name="warm", daemon=True)
    thread.start()
    atexit.register(_end, thread)
    return thread


def _end(thread: threading.Thread) -> None:
    """Waited for: a thread that is within a figures' library when the interpreter goes away aborts the process."""
    _ending.set()
    thread.join()


def _warm() -> None:
    try:
        for link in reversed(campaigns()):
            if not _ending.is_set():
                ask(link.name)
    except Exception:  # noqa: BLE001 -- whatever it is, it is the pages' to say
        _log.exception("figures could not be prepared")
    finally:
        connection.close()


def ask(name: str) -> None:
    """A campaign's figures at its root, by the organisations below and by month."""
    scheme = versions.current(name)
    root = tree.by_any_code(scheme.at)
    if root is None or not scheme.measures:
        return
    queries = [
        Query(scheme=scheme.hash, measure=measure, organisation=root.id, until=last_day(scheme))
        for measure in scheme.measures
    ]
    maps.known(scheme.at)
    engine = figures.engine()
    engine.figures(queries)
    engine.breakdown(queries[0], "children")
    for query in queries:
        if periods.flows(scheme, scheme.measures[query.measure]):
            engine.breakdown(query, "month")
