"""`xianfeng ledger file`, `amend`, `withdraw` and `show`: work from a table, and what becomes of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.commands import run, told
from tests.ledger import factories
from tests.ledger.factories import DAY, World
from xianfeng.ledger import actions
from xianfeng.ledger.models import Record
from xianfeng.problems import Problem, Problems

HEADINGS = "组织代码,日期,来源编号,题目,人数,形式,承办单位,参加人数（党员）,参加人数（群众）"
GOOD = "350121100200,2012-03-01,a-1,学党章,12,授课,350121100,8,4"


@pytest.fixture
def world(db: None) -> World:
    return factories.world()


def table(path: Path, *rows: str) -> str:
    file = path / "学习.csv"
    file.write_text("\n".join(["二〇一二年学习台账", HEADINGS, *rows]), encoding="utf-8")
    return str(file)


def refused(*arguments: str) -> Problem:
    with pytest.raises(Problem) as found:
        run(*arguments)
    return found.value


def test_a_table_is_filed_once(world: World, tmp_path: Path) -> None:
    path = table(tmp_path, GOOD, "350121101200,2012年3月2日,a-2,读报,3,讨论,,,")
    assert "“学习”共 2 条已登记" in told("ledger", "file", "trial-2012", "学习", path, "--state", "已举行")
    first, second = Record.objects.order_by("id")
    assert (first.organisation, first.state, second.organisation) == (world.village, "held", world.other_village)
    shown = told("ledger", "show", str(first.id))
    for expected in (
        "组织 青口村",
        "形式：（空） → 授课",
        "承办单位：（空） → 青口镇",
        "党员 8人，群众 4人",
        "人数：（空） → 12人",
    ):
        assert expected in shown
    told("ledger", "file", "trial-2012", "study", path, "--state", "held")
    assert Record.objects.count() == 2


def test_a_preview_writes_nothing(world: World, tmp_path: Path) -> None:
    assert "没有写入" in told("ledger", "file", "trial-2012", "study", table(tmp_path, GOOD), "--preview")
    assert not Record.objects.exists()


def test_everything_or_nothing_with_the_lines_of_the_sheet(world: World, tmp_path: Path) -> None:
    path = table(tmp_path, GOOD, "350121100200,2012-03-01,a-2,,多,授课,,,", "999,2012-03-01,a-3,读报,1,授课,,,")
    problem = refused("ledger", "file", "trial-2012", "study", path)
    assert isinstance(problem, Problems)
    assert [each.place for each in problem.problems] == ["第 5 行 组织代码"]
    problem = refused(
        "ledger", "file", "trial-2012", "study", table(tmp_path, GOOD, "350121100200,2012-03-01,,,多,,,,")
    )
    assert isinstance(problem, Problems)
    assert {each.place.split()[1] for each in problem.problems} == {"4"}
    assert not Record.objects.exists()


def test_an_unknown_heading_is_not_left_out_in_silence(world: World, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("组织代码,日期,题目,人次\n350121100200,2012-03-01,学党章,1\n", encoding="utf-8")
    assert "人次" in str(refused("ledger", "file", "trial-2012", "study", str(path)))


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["study2", "t.csv"], "ledger.unknown_kind"),
        (["study", "t.csv", "--state", "好了"], "ledger.unknown_state"),
    ],
)
def test_mistakes_are_explained(world: World, arguments: list[str], code: str) -> None:
    assert refused("ledger", "file", "trial-2012", *arguments).code == code


def test_a_record_is_amended_and_withdrawn_with_reasons(world: World) -> None:
    record = str(world.file().id)
    assert "已更正" in told("ledger", "amend", record, "人数=13", "host=350121100", "--reason", "漏记一人")
    shown = told("ledger", "show", record)
    assert "更正（福州市，导入）：漏记一人" in shown
    assert "人数：12人 → 13人" in shown
    assert "承办单位：（空） → 青口镇" in shown
    assert "已撤销" in told("ledger", "withdraw", record, "--reason", "重复登记")
    assert "状态：已举行 → 已撤" in told("ledger", "show", record)


def test_a_withdrawal_is_looked_at_first(world: World) -> None:
    record = world.file()
    shown = told("ledger", "withdraw", str(record.id), "--reason", "重复登记", "--preview")
    assert f"学习 第 {record.id} 号 · 已举行\n组织 青口村" in shown
    assert "没有写入" in shown
    assert Record.objects.get(id=record.id).state == "held"
    told("ledger", "withdraw", str(record.id), "--reason", "重复登记")
    assert refused("ledger", "withdraw", str(record.id), "--reason", "重复登记", "--preview").code == "ledger.withdrawn"


def test_corrections_say_what_is_wrong_with_them(world: World) -> None:
    record = str(world.file().id)
    assert refused("ledger", "amend", record, "人数13", "--reason", "漏记").code == "ledger.assignment"
    assert refused("ledger", "amend", record, "人数=12", "--reason", "漏记").code == "ledger.nothing_changed"
    assert refused("ledger", "withdraw", "999999", "--reason", "重复").code == "ledger.unknown_record"


def test_moves_and_states_are_told_by_their_titles(world: World) -> None:
    record = world.file()
    actions.move(by=world.of(world.town), record=record.id, move="redo", day=DAY, reason="人数不实")
    shown = told("ledger", "show", str(record.id))
    assert "状态：已举行 → 草稿" in shown
    assert "退回（青口镇，任职" in shown
