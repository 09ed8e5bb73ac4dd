"""`xianfeng calendar`, as an operator uses it."""

from __future__ import annotations

import pytest
import typer
from typer.testing import CliRunner

from tests.registry.trees import refused
from xianfeng.cli import calendar
from xianfeng.log.actors import CLOCK
from xianfeng.registry.actions import Founding, found

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    app = typer.Typer()
    calendar.register(app)
    result = CliRunner().invoke(app, ["calendar", *arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_the_nation_s_years_are_filled_once() -> None:
    first = run("fill", "2026", "2027")
    assert "填入 2 年：2026、2027。" in first
    assert "2027 年放假安排还没有公布" in first
    assert "没有变化" in run("fill", "2026", "2027")
    assert "填入 22 年：2004" in run("fill")  # every year that was announced, and the next one


def test_a_year_is_shown() -> None:
    shown = run("show", "2026")
    assert "2026-10-01 放假 国庆节\n" in shown
    assert "2026-10-10 调休上班 国庆节\n" in shown
    assert "2026-10-11" not in shown
    assert "1月1日起 08:30-12:00 14:30-17:30" in shown
    assert "工作日 248 天" in shown
    assert "暂定" not in shown
    assert "2027年放假安排还没有公布，以下是暂定的。" in run("show", "2027")


def test_days_are_set_for_one_jurisdiction_and_given_back() -> None:
    founding = Founding(code="350102", name="鼓楼区", type="division", level="county", parent=None)
    found(founding=founding, by=CLOCK)
    run("set", "2026-11-19", "放假", "闽台交流日", "--until", "2026-11-20", "--at", "350102", "--source", "市府办通知")
    assert "2026-11-20 放假 闽台交流日" in run("show", "2026", "--at", "350102")
    assert "工作日 246 天" in run("show", "2026", "--at", "350102")
    assert "工作日 248 天" in run("show", "2026")
    run("set", "2026-11-19", "恢复", "--until", "2026-11-20", "--at", "350102")
    assert "工作日 248 天" in run("show", "2026", "--at", "350102")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("set", "2026-11-19", "过节"), "calendars.kind"),
        (("set", "11月19日", "放假", "节"), "calendars.day"),
        (("set", "2026-11-19", "放假", "节", "--at", "999999"), "registry.unknown"),
        (("set", "2026-11-19", "放假"), "calendars.no_title"),
        (("fill", "20266"), "calendars.year"),
    ],
)
def test_slips_are_told(arguments: tuple[str, ...], code: str) -> None:
    with refused(code):
        run(*arguments)
