"""A server on the demonstration, for each screen one of its own: what is done on one is not met on the other."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from tests.demo import kept

BIN = Path(sys.executable).parent


def prepare(data: Path) -> None:
    """A copy of the demonstration that is kept, or, completed, of the one in the folder that `JOURNEYS_DEMO` names."""
    ready = os.environ.get("JOURNEYS_DEMO")
    shutil.copytree(ready or kept.demonstration().data, data)
    if ready:
        kept.complete(kept.environment(data))


@contextmanager
def serving(data: Path, *, ahead: int = 0) -> Iterator[str]:
    """The address; whatever the server says goes into its data folder. `ahead`: days that its clock is put forward."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    application = "tests.journeys.ahead" if ahead else "xianfeng.config.wsgi"
    command = [BIN / "gunicorn", application, "--bind", f"127.0.0.1:{port}", "--threads", "4"]
    with (data / "server.log").open("a") as log:
        process = subprocess.Popen(
            command,
            env={**kept.environment(data), "XIANFENG_SITE": address, "JOURNEYS_AHEAD": str(ahead)},
            cwd=kept.ROOT,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            _wait(address, process, data / "server.log")
            yield address
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(timeout=120)


def _wait(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(240):
        assert process.poll() is None, log.read_text()
        try:
            urlopen(f"{address}/account/sign-in", timeout=30).close()  # noqa: S310 -- our own address
        except HTTPError:
            break
        except (URLError, TimeoutError):
            time.sleep(0.25)
        else:
            return
    raise AssertionError(log.read_text())
