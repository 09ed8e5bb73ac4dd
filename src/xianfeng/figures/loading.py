"""Loading the libraries that figures are computed with: most of what the first figure of a process takes.

What it does not need is left out: pandas, and the collector's search for garbage in what stays for good.
"""

from __future__ import annotations

import atexit
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from importlib.abc import MetaPathFinder

_LIBRARIES = ("pyarrow.compute", "pyarrow.parquet", "duckdb", "ibis", "ibis.backends.sql.compilers")


@cache
def load() -> None:
    """Bring in Arrow, DuckDB and Ibis, once in a process."""
    with _uncollected():
        _arrow()
        for library in _LIBRARIES:
            import_module(library)


class _NoPandas(MetaPathFinder):
    def find_spec(self, fullname: str, path: object = None, target: object = None) -> None:
        if fullname == "pandas":
            raise ModuleNotFoundError("not wanted", name=fullname)


def _arrow() -> None:
    """Arrow without pandas.

    Before its first conversion pyarrow looks, once, whether there is a pandas whose objects it may be given, and so
    loads it (Ibis requires it to be installed): 0.2 s and 40 MB, for types that nobody here hands over.
    """
    import pyarrow as pa

    absent = _NoPandas()
    sys.meta_path.insert(0, absent)
    try:
        pa.array([0])
    finally:
        sys.meta_path.remove(absent)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Nothing that is loaded becomes garbage, but the more is loaded, the longer each search through it takes: set it
    apart from those searches, until the process ends and everything is taken down."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        atexit.register(gc.unfreeze)
        if collects:
            gc.enable()
