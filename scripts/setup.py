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
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
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


def data() -> None:
    stamp = ROOT / "node_modules" / ".done"
    if newer(stamp, ROOT / "package-lock.json"):
        return
    if not shutil.which("npm"):
        print("No npm on this machine: installing one into .venv …", flush=True)
        run(*PIP, "--require-hashes", "-r", "requirements/node.txt")
        os.environ["PATH"] = f"{VENV / 'bin'}{os.pathsep}{os.environ['PATH']}"
    print("Fetching the divisions of China and the fonts (about 90 MB) …", flush=True)
    run("npm", "ci", "--loglevel=error")
    stamp.touch()


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
