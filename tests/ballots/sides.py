"""Issuer and box as their operators have them: processes of their own, each with its own folder and database."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.ballots.voter import Kept


@dataclass
class Side:
    """`issuing` or `box`."""

    name: str
    folder: Path
    url: str  # of its database
    port: int = 0
    server: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "XIANFENG_DATA": str(self.folder),
            "DATABASE_URL": self.url,
            "DJANGO_SETTINGS_MODULE": f"xianfeng.config.{self.name}",
        }

    def do(self, *arguments: object, check: bool = True) -> subprocess.CompletedProcess[str]:
        """One of its operator's commands."""
        command = [sys.executable, "-m", f"xianfeng.cli.{self.name}", *map(str, arguments)]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, check=check)

    def script(self, code: str, *arguments: object) -> subprocess.CompletedProcess[str]:
        """What no command does: code inside its application."""
        command = [sys.executable, "-c", f"import django; django.setup()\n{code}", *map(str, arguments)]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)

    def serve(self, port: int = 0) -> None:
        with socket.socket() as free:
            free.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            free.bind(("127.0.0.1", port))
            self.port = free.getsockname()[1]
        command = [
            *(sys.executable, "-m", "gunicorn", "django.core.wsgi:get_wsgi_application()"),
            *("-b", f"127.0.0.1:{self.port}", "--threads", "4", "--no-control-socket"),
        ]
        self.server = subprocess.Popen(command, env=self.environment, stderr=subprocess.DEVNULL, start_new_session=True)
        for _ in range(300):
            with socket.socket() as knock:
                if knock.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)
        raise AssertionError(f"{self.name} does not answer")

    def stop(self) -> None:
        if self.server is not None:
            os.killpg(self.server.pid, signal.SIGKILL)  # its workers with it
            self.server.wait()
            self.server = None

    def ask(self, path: str, *, language: str = "zh-Hans", **sent: str) -> dict[str, Any]:
        address = f"http://127.0.0.1:{self.port}/polls/{path}"
        headers = {"Accept-Language": language}
        request = urllib.request.Request(address, data=json.dumps(sent).encode(), headers=headers, method="POST")
        try:
            with urllib.request.urlopen(request) as answer:  # noqa: S310 -- the same
                return {**json.load(answer), "headers": answer.headers}
        except urllib.error.HTTPError as refused:
            return {**json.load(refused), "headers": refused.headers}


def text(content: bytes) -> str:
    return b64encode(content).decode()


def fetch(issuing: Side, kept: Kept, code: str) -> dict[str, Any]:
    """The first step of a voter's page: what the issuer answers."""
    return issuing.ask(f"{kept.poll.fingerprint}/sign", code=code, blinded=text(kept.blinded))


def cast(box: Side, kept: Kept, signed: dict[str, Any], content: bytes | None = None) -> dict[str, Any]:
    """The second: what the box answers."""
    return box.ask(
        f"{kept.poll.fingerprint}/cast",
        message=text(kept.message),
        signature=text(kept.signature(b64decode(signed["signature"]))),
        content=text(content if content is not None else kept.sealed()),
    )
