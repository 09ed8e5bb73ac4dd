"""A command as a person runs it: what it prints, its exit status, or the Problem that it raises."""

from __future__ import annotations

import typer
from click.testing import Result
from typer.testing import CliRunner

from xianfeng.cli import figures, ledger, registry, scheme
from xianfeng.problems import Problem


def run(*arguments: str) -> Result:
    app = typer.Typer()
    for noun in (scheme, registry, ledger, figures):
        noun.register(app)
    result = CliRunner().invoke(app, list(arguments))
    if isinstance(result.exception, Problem):
        raise result.exception
    return result


def told(*arguments: str) -> str:
    """What a command prints that must succeed."""
    result = run(*arguments)
    assert result.exit_code == 0, result.output
    return result.stdout
