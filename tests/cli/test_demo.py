"""`xianfeng demo` where its port is somebody else's: told at once, with a command that works from where one stands."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import cast

import click
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


@pytest.mark.parametrize(
    ("command", "own", "expected"),
    [
        ("prepare", [], {"out": Path("x"), "port": 8123}),
        ("serve", [], {"port": 8123}),
        ("serve", ["--port", "8124"], {"port": 8124}),
    ],
)
def test_what_is_said_before_the_subcommand_holds_for_it(
    command: str, own: list[str], expected: dict[str, object]
) -> None:
    app = typer.Typer()
    demo.register(app)
    root = cast(click.Group, typer.main.get_command(app))
    group = cast(click.Group, root.commands["demo"])
    with group.make_context("demo", ["--out", "x", "--port", "8123", command, *own]) as context:
        assert group.callback is not None
        context.invoked_subcommand = command
        context.invoke(group.callback, **context.params)
        with group.commands[command].make_context(command, [*own], parent=context) as found:
            assert found.params == expected


def test_the_port_before_serve_is_the_one_that_is_looked_at(taken: int, monkeypatch: pytest.MonkeyPatch) -> None:
    app = typer.Typer()
    demo.register(app)
    refused = CliRunner().invoke(app, ["demo", "--port", str(taken), "serve"]).exception
    assert isinstance(refused, Problem)
    assert f"端口 {taken} " in refused.message


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
