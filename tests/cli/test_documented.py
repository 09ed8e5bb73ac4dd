"""The commands that the page on running an installation names exist as written there, options and all."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.core import TyperGroup

from xianfeng import cli

PAGE = Path(__file__).parents[2] / "docs" / "deploy.md"
NAMED = sorted(set(re.findall(r"(?:`|bin/)(xianfeng [^`\n]+)", PAGE.read_text())))


@pytest.fixture(scope="module")
def root() -> Any:
    cli._gather()
    return typer.main.get_command(cli.app)


@pytest.mark.parametrize("written", NAMED)
def test_a_command_of_the_page_exists(root: Any, written: str) -> None:
    command = root
    options = set()
    for word in written.split()[1:]:
        if word.startswith("--"):
            options.add(word)
        elif isinstance(command, TyperGroup):
            assert word in command.commands, written
            command = command.commands[word]
    assert not isinstance(command, TyperGroup), written
    assert options <= {option for parameter in command.params for option in parameter.opts}


def test_the_page_names_commands() -> None:
    assert "xianfeng vault replay" in NAMED
