"""A server on the demonstration, for each screen one of its own: what is done on one is not met on the other."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

BIN = Path(sys.executable).parent


def environment(data: Path) -> Mapping[str, str]:
    """For a child process: that installation, whatever database the tests themselves stand on."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "XIANFENG_SITE")}
    return {**kept, "XIANFENG_DATA": str(data)}


def prepare(data: Path) -> None:
    """The demonstration, made here, or copied where `JOURNEYS_DEMO` names a folder in which it is ready."""
    ready = os.environ.get("JOURNEYS_DEMO")
    if ready:
        shutil.copytree(ready, data)
    command = [BIN / "xianfeng", "demo", "prepare", "--out", data.with_name("papers")]  # adds what is missing
    subprocess.run(command, env=environment(data), check=True, stdout=subprocess.DEVNULL)


@contextmanager
def serving(data: Path) -> Iterator[str]:
    """The address; whatever the server says goes into its data folder."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    command = [BIN / "gunicorn", "xianfeng.config.wsgi", "--bind", f"127.0.0.1:{port}", "--threads", "4"]
    with (data / "server.log").open("w") as log:
        process = subprocess.Popen(
            command, env={**environment(data), "XIANFENG_SITE": address}, stdout=log, stderr=log, start_new_session=True
        )
        try:
            _wait(address, process, data / "server.log")
            yield address
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(timeout=30)


def _wait(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(240):
        assert process.poll() is None, log.read_text()
        try:
            urlopen(f"{address}/account/sign-in", timeout=30).close()  # noqa: S310 -- our own address
        except HTTPError:
            break
        except URLError:
            time.sleep(0.25)
        else:
            return
    raise AssertionError(log.read_text())
