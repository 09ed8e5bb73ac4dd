"""The demonstration from an empty data folder: set-up until the port answers, composing no. 98,
the repeat, and the memory of all its processes together.

    python -m benchmarks.demo
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

XIANFENG = Path(sys.executable).with_name("xianfeng")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "XIANFENG_DATA": f"{folder}/data"}
        environment.pop("DATABASE_URL", None)
        seconds, peak = _until_it_answers(environment, folder)
        print(f"set-up until the port answers: {seconds:.1f} s (asked: < 120 s)")
        print(f"peak resident, all processes together: {peak / 2**20:.0f} MiB (asked: < 1024 MiB)")
        seconds, _ = _until_it_answers(environment, folder)
        print(f"repeat until the port answers: {seconds:.1f} s (asked: < 20 s)")
        subprocess.run([sys.executable, "-c", COMPOSE], env=environment, check=True)


COMPOSE = """
import os, time
os.environ["DJANGO_SETTINGS_MODULE"] = "xianfeng.config.settings"
import django
django.setup()
start, worked, set_up = time.perf_counter(), time.process_time(), time.process_time()
from xianfeng.bulletins import compose
compose.compose("fuzhou-2010", "no98")
first, worked = time.perf_counter(), time.process_time() - worked
compose.compose("fuzhou-2010", "no98")
print(f"composing no. 98 in a new process, all it needs loaded on the way: {first - start:.2f} s (asked: < 2 s)")
print(f"of which on the processor: {worked:.2f} s; before it, starting Python and Django: {set_up:.2f} s")
print(f"composing no. 98 again: {time.perf_counter() - first:.2f} s")
"""


def _until_it_answers(environment: dict[str, str], folder: str) -> tuple[float, int]:
    """Seconds, and the largest sum of resident bytes over the process and its children."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    start, peak = time.perf_counter(), 0
    process = subprocess.Popen(
        [str(XIANFENG), "demo", "--out", f"{folder}/out", "--port", str(port)],
        env=environment,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        while not _answers(port):
            if process.poll() is not None:
                sys.exit("the demonstration stopped")
            peak = max(peak, _resident(process.pid))
            time.sleep(0.1)
        seconds = time.perf_counter() - start
        urlopen(f"http://127.0.0.1:{port}/schemes/fuzhou-2010").close()
        return seconds, max(peak, _resident(process.pid))
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def _answers(port: int) -> bool:
    try:
        urlopen(f"http://127.0.0.1:{port}/", timeout=5).close()
    except URLError:
        return False
    return True


def _resident(group: int) -> int:
    """Resident bytes of a process group, from /proc."""
    pages = 0
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            try:
                if os.getpgid(int(folder.name)) == group:
                    pages += int((folder / "statm").read_text().split()[1])
            except (OSError, IndexError):  # it ended meanwhile
                continue
    return pages * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    main()
