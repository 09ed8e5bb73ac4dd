"""One preparation at a time: a second `make demo` waits for the first, and a killed one leaves nothing to clean up."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def turn(path: Path, *, waiting: Callable[[str], None]) -> Iterator[None]:
    """Hold the lock file; `waiting` is told, once, who does if somebody else does. A dead holder's is let go."""
    with path.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            waiting(file.read().strip())
            fcntl.flock(file, fcntl.LOCK_EX)
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield
