"""Figures: what the records add up to, at any organisation, for any period, as of any entry.

Importing this room is cheap; `engine` brings in DuckDB and Ibis, some 400 MB of a process, when a figure is first
asked for.
"""

from __future__ import annotations

import os
from functools import lru_cache
from typing import TYPE_CHECKING

from xianfeng.config import paths

if TYPE_CHECKING:
    from xianfeng.figures.interface import Figures


def engine() -> Figures:
    """The engine of this installation, one in each process: on its lake and the tail of its database."""
    return _engine(str(paths.room("lake")), os.getpid())


@lru_cache(maxsize=1)
def _engine(folder: str, process: int) -> Figures:
    from pathlib import Path

    from xianfeng.figures.lake import Lake
    from xianfeng.figures.reference import Reference
    from xianfeng.figures.source import DatabaseSource

    return Reference(DatabaseSource(), Lake(Path(folder)))
