"""What checks find, told in English to who asks it of the commands."""

from __future__ import annotations

import pytest
from django.utils import translation
from typer.testing import CliRunner

from tests.ledger import factories
from tests.ledger.factories import World
from xianfeng import cli
from xianfeng.acceptance import compare
from xianfeng.acceptance.expected import System
from xianfeng.ledger.models import Record
from xianfeng.search import index
from xianfeng.search.models import SearchDocument
from xianfeng.sentences import translated


@pytest.fixture
def world(db: None, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setenv("XIANFENG_LANGUAGE", "en")
    return factories.world()


def told(*command: str) -> str:
    with translation.override(None):
        cli._gather()
        result = CliRunner().invoke(cli.app, list(command))
    assert result.exit_code == 1
    return result.output


def test_a_record_that_was_changed(world: World) -> None:
    record = world.file()
    Record.objects.filter(id=record.id).update(level=3)
    said = told("ledger", "check")
    assert f"record {record.id} level: stored is 3, by the entries it should be 1" in said


def test_a_document_that_is_missing_from_the_index(world: World) -> None:
    record = world.file()
    index.extend()
    SearchDocument.objects.filter(about=record.id).delete()
    assert f"Record {record.id}: not in the index" in told("search", "check")


def test_a_row_that_the_expectations_leave_out() -> None:
    system = System(name="trial-2012", source="试点.pdf", bulletin="", covers=("A1",), rows=())
    (hole,) = compare.holes(system)
    with translation.override("en"):
        assert translated(hole.wrong) == "the acceptance list has A1, the expectations do not"
