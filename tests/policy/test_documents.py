"""What the documents tell a newcomer to do can be done: links lead somewhere, commands and their options exist."""

from __future__ import annotations

import csv
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import typer

from tests.policy.test_conventions import ROOT, tracked
from xianfeng import cli
from xianfeng.registry.imports import columns, organisations

DOCUMENTS = tracked("*.md", "docs/*.md", "docs/**/*.md")
_COMMAND = re.compile(r"^(?:\.venv/bin/)?xianfeng (.+)$", re.MULTILINE)
_TICKED = re.compile(r"`(?:\.venv/bin/)?xianfeng ([^`…]+)`")
_LINK = re.compile(r"\]\((?!https?:)([^)#]+)")


def links() -> Iterator[tuple[Path, str]]:
    return ((path, link) for path in DOCUMENTS for link in _LINK.findall(path.read_text(encoding="utf-8")))


def commands() -> Iterator[tuple[str, str]]:
    for path in DOCUMENTS:
        text = path.read_text(encoding="utf-8")
        for line in [*_COMMAND.findall(text), *_TICKED.findall(text)]:
            yield str(path.relative_to(ROOT)), re.split(r"\s{2,}|\s#\s", line)[0].strip()


@pytest.fixture(scope="module")
def root() -> click.Command:
    cli._gather()
    return typer.main.get_command(cli.app)


def test_links_lead_somewhere() -> None:
    assert [f"{path.name}: {link}" for path, link in links() if not (path.parent / link).exists()] == []


def test_there_are_commands_to_look_at() -> None:
    assert len(set(commands())) > 20


@pytest.mark.parametrize(("document", "line"), sorted(set(commands())))
def test_commands_are_understood(root: click.Command, document: str, line: str) -> None:
    """Parsed and not run; a command that is only named (`xianfeng demo`, `bulletin …`) has to exist."""
    arguments, command = shlex.split(line.replace(" 编号", " 1")), root  # a number that an earlier command printed
    context = click.Context(command, info_name="xianfeng")
    while isinstance(command, click.Group) and arguments:
        name, found, arguments = command.resolve_command(context, arguments)
        assert found is not None, line
        command, context = found, click.Context(found, info_name=name, parent=context)
    if arguments:
        command.make_context(str(context.info_name), arguments, parent=context.parent)


@pytest.mark.parametrize(
    ("title", "words", "needed"),
    [
        ("组织名单", columns._ORGANISATIONS, columns._NEEDED["organisations"]),
        ("联系人名单", columns._CONTACTS, columns._NEEDED["contacts"]),
    ],
)
def test_the_headings_of_lists_are_documented(
    title: str, words: dict[str, tuple[str, ...]], needed: tuple[str, ...]
) -> None:
    text = (ROOT / "docs" / "zh" / "README.md").read_text(encoding="utf-8")
    rows = re.search(rf"\| {title} \|.*\n\|[-|]+\n((?:\|.*\n)+)", text)
    assert rows is not None
    told = [[cell.strip() for cell in row.split("|")[1:3]] for row in rows[1].splitlines()]
    assert [headings.split("、") for _, headings in told] == [list(known) for known in words.values()]
    assert [name for name, _ in told] == [f"{known[0]}{'★' if name in needed else ''}" for name, known in words.items()]


def test_the_example_of_a_list_is_one_that_can_be_imported() -> None:
    text = (ROOT / "docs" / "zh" / "README.md").read_text(encoding="utf-8")
    example = re.search(r"```csv\n(.*?)```", text, flags=re.DOTALL)
    assert example is not None
    headings, *rows = csv.reader(example[1].splitlines())
    known = {word for some in columns._ORGANISATIONS.values() for word in some}
    assert set(headings) <= known
    types = {row[headings.index("类型")] for row in rows}
    assert types <= set(organisations._TYPES)
