"""Figures: what the records add up to, at any organisation, for any period, as of any entry.

Importing this room is cheap; `engine` brings in DuckDB and Ibis, some 400 MB of a process, when a figure is first
asked for.
"""

from __future__ import annotations

import os
from functools import lru_cache
from typing import TYPE_CHECKING

from xianfeng import paths
from xianfeng.figures.loading import load

if TYPE_CHECKING:
    from xianfeng.figures.interface import Figures
    from xianfeng.figures.questions import Compiler


def engine() -> Figures:
    """The engine of this installation, one in each process: on its lake and the tail of its database."""
    return _engine(str(paths.room("lake")), os.getpid())


def from_log() -> Figures:
    """An engine that trusts no copy: on the database's postings alone, read once in each process and kept.

    What is published, and what proves it, is computed with this one: a lake that somebody has altered agrees with
    itself. Reading the log takes some ten seconds a million postings.
    """
    return _from_log(os.getpid())


@lru_cache(maxsize=1)
def _engine(folder: str, process: int) -> Figures:
    from pathlib import Path

    load()
    from xianfeng.figures.lake import Lake
    from xianfeng.figures.reference import Reference
    from xianfeng.figures.source import DatabaseSource

    threads = int(os.environ.get("XIANFENG_FIGURE_THREADS", "0"))
    return Reference(DatabaseSource(), Lake(Path(folder)), _compiler(process), threads=threads)


@lru_cache(maxsize=1)
def _from_log(process: int) -> Figures:
    load()
    from xianfeng.figures.lake import NoLake
    from xianfeng.figures.reference import Reference
    from xianfeng.figures.source import DatabaseSource

    return Reference(DatabaseSource(), NoLake(), _compiler(process))


@lru_cache(maxsize=1)
def _compiler(process: int) -> Compiler:
    """Shared by both: what is asked does not depend on where the postings lie."""
    from xianfeng.figures.questions import Compiler
    from xianfeng.figures.source import DatabaseSource

    return Compiler(DatabaseSource())
