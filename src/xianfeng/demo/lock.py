"""One preparation at a time: a second `make demo` waits for the first, and a killed one leaves nothing to clean up."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def turn(path: Path, *, waiting: Callable[[str], None]) -> Iterator[None]:
    """Hold the lock file; `waiting` is told who holds it, once, if somebody does. The system lets go of a dead holder's."""
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
