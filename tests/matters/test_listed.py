"""A list of matters is brought in whole or not at all, and each has a code of its own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from tests.ledger.factories import World
from tests.matters.course import MONDAY
from xianfeng.ledger import actions, versions
from xianfeng.ledger.models import Record
from xianfeng.matters import codes, counterfoils, listed
from xianfeng.matters.listed import Brought
from xianfeng.problems import Problem, Problems

SEED = "5" * 32
TABLE = """12345热线转办单,,,,,
工单编号,诉求内容,类型,联系人,联系电话,可以公开
20120305001,路灯坏了三盏,投诉,王大山,13850012345,是
20120305002,"水管漏水
已经两天",求助,,,
,想办老年证,咨询,,,否
"""


def brought(world: World, tmp_path: Path, text: str = TABLE, seed: str = SEED) -> tuple[Brought, ...]:
    file = tmp_path / "转办单.csv"
    file.write_text(text, encoding="gb18030")
    lines = listed.read(file, versions.current("trial-2012").kinds["matter"])
    by = replace(world.of(world.village, "clerk"), at=MONDAY)
    return listed.bring_in(by=by, scheme="trial-2012", lines=lines, organisations={"": world.village}, seed=seed)


def test_each_has_a_code_that_opens_it(world: World, tmp_path: Path) -> None:
    found = brought(world, tmp_path)
    assert [(one.line.number, one.line.wish.via, one.line.wish.sort) for one in found] == [
        (3, "hotline", "complaint"),
        (5, "hotline", "help"),
        (6, "import", "consult"),
    ]
    assert [one.line.wish.private for one in found] == [False, True, True]
    assert len({one.code for one in found}) == 3
    assert all(counterfoils.opened(codes.read(one.code)) == one.record for one in found)


def test_a_workbook_reads_the_same(world: World, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["诉求内容", "工单号"], ["路灯坏了", "20120305001"]):
        book.active.append(row)
    book.save(tmp_path / "转办单.xlsx")
    (line,) = listed.read(tmp_path / "转办单.xlsx", versions.current("trial-2012").kinds["matter"])
    assert (line.wish.text, line.wish.hotline) == ("路灯坏了", "20120305001")


def test_the_same_list_sent_twice_is_the_same_matters_and_codes(world: World, tmp_path: Path) -> None:
    first = brought(world, tmp_path)
    assert brought(world, tmp_path) == first
    assert Record.objects.filter(kind="matter").count() == 3


def test_what_the_hotline_passed_on_before_keeps_its_code(world: World, tmp_path: Path) -> None:
    first = brought(world, tmp_path)
    again = brought(world, tmp_path, seed="6" * 32)
    assert [one.code for one in again[:2]] == ["", ""]
    assert [one.record for one in again[:2]] == [one.record for one in first[:2]]
    assert again[2].record != first[2].record  # nothing says that it is the same


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param("诉求内容,类型\n路灯,急事\n", ["第 2 行", "没有“急事”这一类"], id="a sort that is none"),
        pytest.param("诉求内容,电话\n,138\n", ["第 2 行", "没有写诉求内容"], id="nothing asked for"),
        pytest.param("诉求内容,可以公开\n路灯,也许\n", ["第 2 行", "也许"], id="neither yes nor no"),
        pytest.param("诉求内容\n", ["表里没有诉求"], id="empty"),
        pytest.param("内容介绍\n路灯\n", ["没有找到表头"], id="another table"),
        pytest.param("诉求内容\n" + "路灯\n" * 201, ["一次最多 200 件"], id="too many"),
    ],
)
def test_a_list_with_a_fault_brings_in_nothing(world: World, tmp_path: Path, text: str, told: list[str]) -> None:
    with pytest.raises(Problem) as refused:
        brought(world, tmp_path, text)
    problem = refused.value
    said = " ".join(map(str, problem.problems if isinstance(problem, Problems) else [problem]))
    assert all(word in said for word in told), said
    assert not Record.objects.filter(kind="matter").exists()


def test_what_the_ledger_refuses_is_told_with_its_row(world: World, tmp_path: Path) -> None:
    long = "诉求内容\n路灯\n" + "长" * 2_001 + "\n"
    with pytest.raises(Problems) as refused:
        brought(world, tmp_path, long)
    assert [(one.code, one.row) for one in refused.value.problems] == [("matters.too_long", 3)]
    assert not Record.objects.filter(kind="matter").exists()


def test_one_that_another_door_let_in_gets_a_code(world: World, tmp_path: Path) -> None:
    """A matter filed as any record is has no counterfoil, until its hotline's number comes in a list."""
    filed = actions.file(
        by=world.of(world.village, "clerk"),
        scheme="trial-2012",
        kind="matter",
        organisation=world.village,
        day=MONDAY.date(),
        values={"text": "路灯坏了", "via": "hotline", "hotline": "20120305001", "private": True},
        reference="hotline 20120305001",
    )
    found = brought(world, tmp_path, "诉求内容,工单号\n路灯坏了,20120305001\n")
    assert found[0].record == filed
    assert counterfoils.opened(found[0].code) == filed
