"""`make bench`: every benchmark, one after another, with the conditions they ran under.

    python -m benchmarks [NAME …]

Each benchmark is a module with a `main()` that prints lines `what: value (asked: …)`, run in a process of its own so
that one's memory is not another's.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).parent


def conditions() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    packages = ", ".join(f"{name} {version(name)}" for name in ("Django", "duckdb", "ibis-framework", "pyarrow"))
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, {memory:.0f} GiB, "
        f"Python {platform.python_version()}, {packages}"
    )


def main() -> None:
    every = sorted(path.stem for path in HERE.glob("*.py") if not path.stem.startswith("_"))
    asked = sys.argv[1:] or every
    unknown = sorted(set(asked) - set(every))
    if unknown:
        sys.exit(f"No benchmark called {', '.join(unknown)}. There are: {', '.join(every)}")
    print(conditions())
    failed = []
    for name in asked:
        print(f"\n== {name} (load on the machine: {os.getloadavg()[0]:.1f})", flush=True)
        if subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], cwd=HERE.parent, check=False).returncode:
            failed.append(name)
    if failed:
        sys.exit(f"Did not finish: {', '.join(failed)}")


if __name__ == "__main__":
    main()
