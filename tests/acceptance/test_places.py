"""A number must be printed, and in its own sentence: figures that change places or stay off the page are found out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.acceptance.systems import SCHEMES, expectations
from tests.databases import Database, undone
from xianfeng.acceptance import books, compare, places
from xianfeng.acceptance.compare import Outcome
from xianfeng.bulletins.compose import compose
from xianfeng.demo.prepare import office
from xianfeng.ledger import actions
from xianfeng.scheme import loader

# That either database has the same figures: test_acceptance.py.
pytestmark = pytest.mark.database_either

TEMPLATE = "bulletins/no98.md"
CALL = re.compile(r"\{\{ ((?:figure|constant|rule)\(.*?\)) \}\}")


def held_against(change: Callable[[str], str]) -> dict[str, Outcome]:
    """The outcomes of no. 98 composed from a changed template, by part."""
    from xianfeng.figures import engine

    texts = loader.package(SCHEMES / "fuzhou-2010")
    with undone():
        changed = {**texts, TEMPLATE: change(texts[TEMPLATE])}
        assert changed != texts
        actions.adopt(changed, by=office("fuzhou-2010"))
        made = compose("fuzhou-2010", "no98")
        found = compare.outcomes(expectations("fuzhou-2010"), books.composed(made, engine()))
    return {outcome.row.part: outcome for outcome in found if not outcome.equal}


def exchanged(one: str, other: str) -> Callable[[str], str]:
    return lambda text: text.replace(one, "#").replace(other, one).replace("#", other)


@pytest.mark.parametrize(
    ("one", "other", "parts"),
    [
        ("figure('task_forces')", "figure('vanguard_posts')", {"党员突击队", "党员先锋岗"}),
        ("figure('projects_growth')", "figure('investment_growth')", {"项目数增长", "总投资增长"}),
        ("constant('duty_hours')", "figure('doctor_line_hours')", {"值班时长", "家庭责任医生电话"}),
    ],
)
def test_figures_that_changed_places_are_found_out(demo_city: Database, one: str, other: str, parts: set[str]) -> None:
    wrong = held_against(exchanged(one, other))
    assert set(wrong) == parts
    assert all("印在别处" in outcome.wrong for outcome in wrong.values())


def test_a_figure_printed_once_more_elsewhere_is_found_out(demo_city: Database) -> None:
    wrong = held_against(lambda text: f"{text}又有{{{{ figure('task_forces') }}}}支队伍。")
    assert {part: outcome.wrong for part, outcome in wrong.items()} == {
        "党员突击队": "印在别处：争优上新水平又有【705】支队伍"
    }


def test_figures_that_a_template_asks_for_and_does_not_print_are_none_of_the_bulletins(demo_city: Database) -> None:
    def silenced(text: str) -> str:
        calls = CALL.findall(text)
        assert len(calls) > 30
        return "".join(f"{{% set x{n} = {call} %}}" for n, call in enumerate(calls)) + CALL.sub("若干", text)

    wrong = held_against(silenced)
    printing = {"figure", "constant", "rule", "standard"}
    rows = expectations("fuzhou-2010").rows
    asked = {row.part for row in rows if printing & set(row.check) and row.part not in ("期号", "印发日期")}
    assert asked <= set(wrong)
    assert {wrong[row.part].wrong for row in rows if row.mark == "R"} == {"简报没有印这个数据"}


@pytest.mark.parametrize("system", ["fuzhou-2010", "fuzhou-2012"])
def test_no_two_numbers_of_a_bulletin_could_change_places(demo_city: Database, system: str) -> None:
    """Every row quotes enough that nothing but its own place is in its sentences."""
    from xianfeng.figures import engine

    named = expectations(system)
    closed = books.of(named, engine())
    for outcome in compare.rows(named, closed):
        held = outcome.found.held
        own = [place for place in closed.places if place.what in held]
        for other in (place for place in closed.places if place.what not in held):
            moved = [replace(place, before=other.before, after=other.after) for place in own]
            for place in moved:
                there = replace(closed, places=(*own, place))
                assert list(places.faults(outcome.row, held, there)), (outcome.row.part, other)


def test_a_form_that_the_document_does_not_write_needs_its_own_sentence(demo_city: Database) -> None:
    from xianfeng.figures import engine

    named = expectations("fuzhou-2010")
    closed = books.of(named, engine())
    (row,) = [row for row in named.rows if row.part == "团组织覆盖"]

    def wrong_with(*beside: str) -> str:
        (outcome,) = compare.rows(replace(named, rows=(replace(row, beside=beside),)), closed)
        return outcome.wrong

    assert wrong_with(*row.beside) == ""
    assert "beside" in wrong_with()
    assert "没有印在这句话里" in wrong_with(*row.beside, "所有村全覆盖")
    assert "印在别处" in wrong_with("所有村全覆盖")
    assert "印在别处" in wrong_with("所有")
