"""Commands and files as they can be typed again from where a person stands, whether or not anything is on the PATH."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from xianfeng import paths


def command() -> str:
    """This command, as it was called or as it can be."""
    called = Path(sys.argv[0])
    found = shutil.which(called.name)
    return called.name if found and Path(found).samefile(called) else str(short(called.absolute()))


def migrate() -> str:
    """What makes the tables of an installation."""
    return f"{short(Path(sys.executable))} {short(paths.PROJECT / 'manage.py')} migrate"


def short(path: Path) -> Path:
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
