"""The schemes that come with the project: they load, and say what their documents leave open."""

from __future__ import annotations

from pathlib import Path

import pytest

from xianfeng.acceptance import expected
from xianfeng.scheme.loader import load
from xianfeng.scheme.nodes import Scheme

SCHEMES = Path(__file__).parents[2] / "schemes"
NAMES = ("fuzhou-2010", "fuzhou-2012", "hangzhou-2011", "jinwan-2010", "shunhe-2010")
WITH_FIGURES = ("fuzhou-2010", "fuzhou-2012", "jinwan-2010", "shunhe-2010")  # Hangzhou's document prints none


def scheme(name: str) -> Scheme:
    loaded = load(SCHEMES / name)
    assert isinstance(loaded, Scheme), "\n".join(f"{fault.file}:{fault.line} {fault.message}" for fault in loaded)
    return loaded


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_scheme_has_no_fault(name: str) -> None:
    loaded = scheme(name)
    assert loaded.name == name
    assert loaded.historical


@pytest.mark.parametrize("name", NAMES)
def test_what_the_document_leaves_open_is_marked_as_a_local_choice(name: str) -> None:
    """A regular obligation has a rhythm that some document states; those of these state one only where listed."""
    five_ones = {"word", "idea", "deed", "pair", "skill"}
    stated = {"contact_service", "leaders_comment", "budget", "plans"} | five_ones
    unmarked = {o.name for o in scheme(name).obligations.values() if not o.local} - stated
    assert unmarked == set()


@pytest.mark.parametrize(("name", "rows"), list(zip(WITH_FIGURES, "ABGF", strict=True)))
def test_every_row_of_the_acceptance_list_is_expected(name: str, rows: str) -> None:
    most = {"A": 20, "B": 20, "F": 14, "G": 9}[rows]
    system = expected.read(SCHEMES / name / "figures.yaml")
    assert system.covers == tuple(f"{rows}{number}" for number in range(1, most + 1))
    assert {row.row for row in system.rows} - {rows} == set(system.covers)  # the letter alone: a rule without a number


def test_results_counted_from_records_have_a_basis_and_targets_are_not_results() -> None:
    for name in WITH_FIGURES:
        for row in expected.read(SCHEMES / name / "figures.yaml").rows:
            assert ("figure" in row.check) == (row.mark == "R"), f"{name} {row.row} {row.part}"


def test_standards_and_terms_of_the_documents() -> None:
    jinwan = scheme("jinwan-2010")
    assert len(jinwan.standards["five_goods"].items) == 5
    assert jinwan.obligations["leaders_comment"].every == "half_year"
    fuzhou = scheme("fuzhou-2012")
    assert [w.title for w in fuzhou.obligations["contact_service"].windows] == ["2月份", "7月份", "10月底或11月初"]
    assert (fuzhou.constants["office_funds"].value, fuzhou.constants["organisation_employees"].value) == (45000, 50)


def test_hangzhou_has_its_six_projects_and_asks_visitors_of_windows_for_stars() -> None:
    hangzhou = scheme("hangzhou-2011")
    assert hangzhou.standards["six_projects"].items == (
        "窗口建支部",
        "党员亮身份",
        "群众评议",
        "党员之星评比",
        "双品牌示范点建设",
        "党群共建行动",
    )
    assert hangzhou.standards["carrier"].items == ("一个支部一面旗", "一名党员一颗星")
    windows = hangzhou.evaluations["windows"]
    assert (windows.electorate, windows.questions["stars"].ask) == ("visitors", "stars")
    assert set(hangzhou.commendations["stars"].awards) == {"star"}
    assert not hangzhou.gradings  # stars are given to members, who are never graded


def test_shunhe_prescribes_no_rhythm_but_five_things_once() -> None:
    """Its speech: unlike a study campaign, this one has no prescribed actions."""
    shunhe = scheme("shunhe-2010")
    once = {name for name, one in shunhe.obligations.items() if (one.every, one.at_least) == ("once", 1)}
    assert once == {"word", "idea", "deed", "pair", "skill"}
    assert not shunhe.commendations  # its three titles are what officials strive to be; nothing says they are awarded
