"""`xianfeng figures`: a figure with what it rests on; the lake, and whether it still says what the log says."""

from __future__ import annotations

import pytest
import typer
from typer.testing import CliRunner

from tests.figures.test_live import MEASURES, measured
from tests.ledger import factories
from xianfeng import paths
from xianfeng.cli import figures as commands
from xianfeng.ledger import actions
from xianfeng.problems import Problem

pytestmark = pytest.mark.usefixtures("transactional")


def run(*arguments: str) -> tuple[int, str]:
    app = typer.Typer()
    commands.register(app)
    result = CliRunner().invoke(app, ["figures", *arguments])
    if isinstance(result.exception, Problem):
        raise result.exception
    return result.exit_code, result.output


def test_a_figure_with_its_children() -> None:
    world = measured(factories.world())
    world.file(values={"cost": "12.50"})
    status, told = run("show", "trial-2012", "cost", "--at", "350121", "--until", "2012-12-31", "--by", "children")
    assert status == 0
    assert "经费：12.5元" in told
    assert "依据 1 条记录：已报 1，已审 0，已上报 0" in told
    assert "青口镇\t12.5\t1 条" in told
    assert "荆溪镇\t0\t0 条" in told


def test_a_measure_is_asked_for_by_its_title_too() -> None:
    measured(factories.world()).file(values={"cost": "12.50"})
    by_title = run("show", "trial-2012", "经费", "--at", "350121", "--until", "2012-12-31")
    assert by_title == run("show", "trial-2012", "cost", "--at", "350121", "--until", "2012-12-31")
    with pytest.raises(Problem) as refused:
        run("show", "trial-2012", "党费")
    assert "经费（cost）" in refused.value.hint


OBLIGATIONS = """
obligations:
  studies: {title: 各镇学习, kind: study, of: organisations, where: "level == 'township'", every: year}
"""


def test_not_reported_has_no_unit() -> None:
    world = factories.world()
    actions.adopt(factories.package(factories.SCHEME + OBLIGATIONS + MEASURES), by=world.importer)
    _, told = run("show", "trial-2012", "studies", "--until", "2012-12-31")
    assert "学习：未报（" in told
    assert "应报 2 个组织，未报 2 个" in told


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["trial-2012", "cost", "--until", "2012-2-30"], "figures.day"),
        (["trial-2012", "cost", "--at", "999"], "figures.unknown_organisation"),
        (["trial-2012", "cost", "--by", "colour"], "figures.axis"),
        (["trial-2012", "nothing"], "figures.unknown_measure"),
        (["nowhere-2012", "cost"], "ledger.unknown_scheme"),
    ],
)
def test_mistakes_are_explained(arguments: list[str], code: str) -> None:
    measured(factories.world())
    with pytest.raises(Problem) as refused:
        run("show", *arguments)
    assert refused.value.code == code


def test_the_lake_is_written_checked_and_repaired() -> None:
    measured(factories.world()).file()
    assert "1 个文件，1 行" in run("lake")[1]
    assert run("check")[0] == 0
    (segment,) = paths.room("lake").glob("*/*/*.parquet")
    segment.write_bytes(segment.read_bytes()[:-1])
    status, told = run("check")
    assert status == 1
    assert "文件缺失，或与清单不符" in told
    assert run("check", "--repair")[0] == 0
    assert run("check")[0] == 0
    assert "1 个文件，1 行" in run("lake", "--rebuild")[1]
