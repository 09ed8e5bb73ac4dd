"""Makes the environment of `make demo` and `make test`: setup.py run|test|data.

Runs on the machine's own Python with nothing installed. One set-up at a time: a file lock, which the system releases
even when its holder is killed, lets a second `make demo` wait for the first instead of meeting a half-made environment.
Every step can be repeated: what was cut short is made again.
"""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BUILT = ROOT / "src" / "xianfeng" / "web" / "static" / "build" / "manifest.json"  # written last
READ = {".ts", ".css", ".svg", ".html", ".py"}
PIP = [str(VENV / "bin" / "pip"), "install", "--quiet", "--disable-pip-version-check"]


def run(*command: str) -> None:
    subprocess.run(command, check=True, cwd=ROOT)  # noqa: S603 - fixed commands


def newer(stamp: Path, *sources: Path) -> bool:
    return stamp.exists() and all(source.stat().st_mtime <= stamp.stat().st_mtime for source in sources)


def venv() -> None:
    pip = VENV / "bin" / "pip"
    works = pip.exists() and subprocess.run([pip, "--version"], capture_output=True, check=False).returncode == 0  # noqa: S603 - fixed
    if not works:
        print("Creating .venv …", flush=True)
        shutil.rmtree(VENV, ignore_errors=True)
        run(sys.executable, "-m", "venv", str(VENV))


def packages(what: str) -> None:
    lock = ROOT / "requirements" / f"{what}.txt"
    stamp = VENV / f"{what}.done"
    if newer(stamp, lock, ROOT / "pyproject.toml"):
        return
    venv()
    print(f"Installing what `{what}` needs, from {lock.relative_to(ROOT)} (about a minute) …", flush=True)
    run(*PIP, "--require-hashes", "-r", str(lock))
    run(*PIP, "--no-deps", "--no-build-isolation", "-e", ".")
    for done in {"run"} if what == "run" else {"run", "test"}:
        (VENV / f"{done}.done").touch()


def npm(*arguments: str) -> None:
    os.environ["PATH"] = f"{os.environ['PATH']}{os.pathsep}{VENV / 'bin'}"  # one of an earlier set-up, if any
    if not shutil.which("npm"):
        print("No npm on this machine: installing one into .venv …", flush=True)
        run(*PIP, "--require-hashes", "-r", "requirements/node.txt")
    run("npm", "--loglevel=error", *arguments)


def data() -> None:
    """What comes from npm, and the pages' scripts and styles built from it."""
    stamp = ROOT / "node_modules" / ".done"
    if not newer(stamp, ROOT / "package-lock.json"):
        print("Fetching the divisions of China, the fonts and the front end's packages (about 100 MB) …", flush=True)
        npm("ci")
        stamp.touch()
    if not newer(BUILT, stamp, *front_end()):
        print("Building the pages' scripts and styles …", flush=True)
        npm("run", "--silent", "build")


def front_end() -> Iterator[Path]:
    """What the build reads: its scripts, the sources, and every page, for only styles that a page names are kept."""
    yield from (ROOT / "scripts").glob("*.mjs")
    pages = ROOT / "src" / "xianfeng"
    yield from (path for path in pages.rglob("*") if path.suffix in READ and BUILT.parent not in path.parents)


def main() -> None:
    if sys.version_info < (3, 11):  # noqa: UP036 - this is the script that finds out
        sys.exit(f"Xianfeng needs Python 3.11 or newer; this is {sys.version.split()[0]}. Try: make PYTHON=python3.12")
    with (ROOT / ".setup.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Another set-up is under way; waiting for it …", flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        for what in sys.argv[1:]:
            data() if what == "data" else packages(what)


if __name__ == "__main__":
    try:
        main()
    except subprocess.CalledProcessError as failure:
        command = " ".join(map(str, failure.cmd))[:120]
        sys.exit(f"Set-up stopped: `{command}` failed. Mend what it says above, then run make again.")
    except KeyboardInterrupt:
        sys.exit(130)
