"""`xianfeng demo` where its port is somebody else's: told at once, with a command that works from where one stands."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from xianfeng.cli import demo
from xianfeng.problems import Problem


class Stranger(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write("别的程序".encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Nothing into the test's output."""


@pytest.fixture
def taken() -> Iterator[int]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Stranger) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


def test_a_port_of_somebody_else_is_told_before_anything_is_prepared(
    taken: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "xianfeng").touch()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("XIANFENG_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(sys, "argv", ["bin/xianfeng", "demo"])
    app = typer.Typer()
    demo.register(app)
    refused = CliRunner().invoke(app, ["demo", "--port", str(taken), "--out", str(tmp_path / "out")]).exception
    assert isinstance(refused, Problem)
    assert refused.code == "demo.port"
    assert refused.hint.startswith("换一个：bin/xianfeng demo --port ")
    assert int(refused.hint.split()[-1]) != taken
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bin"]
