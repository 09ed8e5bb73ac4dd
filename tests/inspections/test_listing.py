"""A frame drawn up from the registry: who is in which stratum, when it was last visited, who must not go there."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.duties.offices import OPERATOR, Office, campaign, day, office
from tests.inspections.frames import LATER
from tests.inspections.test_outcome import run
from xianfeng.inspections.frame import Frame
from xianfeng.problems import Problem
from xianfeng.registry import actions as registry

COUNTY, VILLAGE, OTHER = "350121", "350121100200", "350121100201"


@pytest.fixture
def county(db: None) -> Office:
    one = office(campaign("", since="2012-01-01"))
    one.appoint("县督查员", "闽侯县", "inspector", "2012-01-01")
    one.appoint("镇干部", "青口镇", "office", "2012-01-01")
    one.appoint("村干部", "荆溪村", "clerk", "2012-01-01")
    return one


def made(folder: Path, *more: str) -> Frame:
    run("secret", folder / "secret.txt")
    given = {
        "--under": COUNTY,
        "--title": "季度督查",
        "--approval": "侯组〔2012〕3号",
        "--secret": str(folder / "secret.txt"),
        "--value": "某期号码",
        "--known": str(LATER),
        "--since": "2012-01-01",
        "--visits": "inspection_visit",
        "--each": "1",
    }
    people = [word for who in ("县督查员", "镇干部", "村干部") for word in ("--inspector", f"P-{who}")]
    done = run("frame", folder / "frame.json", *(word for pair in given.items() for word in pair), *people, *more)
    assert done.exit_code == 0, done.output
    return Frame.read((folder / "frame.json").read_text())


def test_units_stand_in_their_strata_with_their_last_visit(county: Office, tmp_path: Path) -> None:
    for moment in ("2012-03-05 10:00", "2012-06-05 10:00"):
        visit: dict[str, Any] = {"about": county.number["青口村"], "form": "random"}
        county.file("inspection_visit", "闽侯县", moment, visit)
    found = made(tmp_path, "--draw", "village=1", "--draw", "township=1")
    assert [(unit.code, unit.stratum, str(unit.visited or "")) for unit in found.units] == [
        ("350121100", "township", ""),
        (VILLAGE, "village", "2012-06-05"),
        (OTHER, "village", ""),
        ("350121101", "township", ""),
        ("350121101200", "village", ""),
    ]
    assert [unit.code for unit in found.excluded("village")] == [VILLAGE]


def test_a_visit_filed_below_takes_nobody_out_of_the_draw(county: Office, tmp_path: Path) -> None:
    """Else a village writes that it was inspected, or its township spares it."""
    visit: dict[str, Any] = {"about": county.number["青口村"], "form": "random"}
    for below in ("青口村", "青口镇", "荆溪村"):
        county.file("inspection_visit", below, "2012-06-05 10:00", visit)
    found = made(tmp_path, "--draw", "village=1")
    assert [unit.visited for unit in found.units] == [None] * len(found.units)


def test_an_inspector_is_kept_from_his_own_line_but_not_by_the_inspectorate(county: Office, tmp_path: Path) -> None:
    found = made(tmp_path, "--draw", "village=1", "--draw", "township=1")
    assert {one.code: set(one.conflicts) for one in found.inspectors} == {
        "P-县督查员": set(),
        "P-镇干部": {"350121100", VILLAGE, OTHER},
        "P-村干部": {"350121101", "350121101200"},
    }


def test_whoever_was_closed_is_in_no_frame(county: Office, tmp_path: Path) -> None:
    merged = county.number["东台村"]
    registry.merge(organisations=[merged], into=county.number["青口村"], day=day("2012-06-01"), by=OPERATOR)
    assert OTHER not in [unit.code for unit in made(tmp_path, "--draw", "village=1").units]


def test_nobody_s_name_is_in_the_file(county: Office, tmp_path: Path) -> None:
    made(tmp_path, "--draw", "village=1")
    said = json.loads((tmp_path / "frame.json").read_text())
    assert [one["title"] for one in said["inspectors"]] == ["P-县督查员", "P-镇干部", "P-村干部"]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (("--draw", "village"), "inspections.stratum"),
        (("--draw", "village=1", "--under", "999"), "inspections.no_organisation"),
        (("--draw", "village=1", "--inspector", "P-无此人"), "inspections.no_person"),
        (("--draw", "village=1", "--visits", "inspection_visits"), "inspections.no_register"),
        (("--draw", "village=1", "--visits", "visit"), "inspections.no_register"),  # what it is about is nobody's name
        (("--draw", "village=1", "--known", "2012-01-01"), "lots.known"),
    ],
)
def test_what_cannot_be_listed_says_why(county: Office, tmp_path: Path, more: tuple[str, ...], code: str) -> None:
    with pytest.raises(Problem, match=re.escape(code)):
        made(tmp_path, *more)
    assert not (tmp_path / "frame.json").exists()
