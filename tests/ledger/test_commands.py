"""`xianfeng ledger check` and `ledger show`, as an operator meets them."""

from __future__ import annotations

import typer
from typer.testing import CliRunner

from tests.ledger.factories import DAY, World
from xianfeng.cli import ledger
from xianfeng.ledger import actions
from xianfeng.ledger.models import Record
from xianfeng.problems import Problem


def run(*arguments: str) -> tuple[int, str, BaseException | None]:
    app = typer.Typer()
    ledger.register(app)
    result = CliRunner().invoke(app, list(arguments))
    return result.exit_code, result.output, result.exception


def test_sound_books_are_said_to_be(world: World) -> None:
    world.file()
    assert run("ledger", "check")[:2] == (0, "全部记录和统计明细与办理记录一致。\n")


def test_a_changed_record_is_named_and_the_command_fails(world: World) -> None:
    record = world.file()
    Record.objects.filter(id=record.id).update(state="checked")
    code, output, _ = run("ledger", "check")
    assert code == 1
    assert f"record {record.id} state：存的是 checked，按办理记录应是 held" in output


def test_a_record_is_shown_with_its_history(world: World) -> None:
    record = world.file(values={"phone": "13800001111"})
    actions.move(by=world.of(world.town), record=record.id, move="redo", day=DAY, reason="人数不实")
    code, output, _ = run("ledger", "show", str(record.id))
    assert code == 0
    for told in ("学习 第", "草稿", "人数：（空） → 12", "退回", "人数不实"):
        assert told in output
    assert "13800001111" not in output


def test_an_unknown_record_is_a_problem(world: World) -> None:
    assert isinstance(run("ledger", "show", "999999")[2], Problem)
