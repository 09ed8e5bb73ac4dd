"""The documents' figures against the demonstration's bulletins: equal as they are, and only as they are."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from tests.acceptance.systems import expectations, perturb
from tests.databases import Database, undone
from xianfeng.acceptance import books, compare, expected
from xianfeng.bulletins.compose import Composition, compose
from xianfeng.bulletins.unsourced import unsourced
from xianfeng.figures.interface import Query
from xianfeng.ledger import versions
from xianfeng.papers.document import NoteRun
from xianfeng.registry import tree

PERTURBATIONS = YAML(typ="safe").load((Path(__file__).parent / "perturbations.yaml").read_text(encoding="utf-8"))
CASES = [(system, case) for system, cases in PERTURBATIONS.items() for case in cases]
BULLETINS = {"fuzhou-2010": "no98", "fuzhou-2012": "no576"}


def asked_for(row: expected.Row) -> str:
    """The figure of a row, as the perturbations name it."""
    return "@".join(str(row.check[name]) for name in ("figure", "until") if name in row.check)


@pytest.mark.parametrize("system", ["fuzhou-2010", "fuzhou-2012", "jinwan-2010"])
def test_what_the_document_states_is_what_the_closed_bulletin_printed(demo_city: Database, system: str) -> None:
    from xianfeng.figures import engine

    named = expectations(system)
    outcomes = compare.outcomes(named, books.of(named, engine()))
    assert [(outcome.row.row, outcome.row.part, outcome.wrong) for outcome in outcomes if not outcome.equal] == []
    targets = [(outcome.progress, outcome.found.exact) for outcome in outcomes if "target" in outcome.row.check]
    assert targets or system == "fuzhou-2010", "its rules have no number to reach"
    assert all(made is not None and float(made.value) < float(whole) for made, whole in targets), "never finished"


def test_a_campaign_without_a_bulletin_has_not_reached_its_targets_either(demo_city: Database) -> None:
    from xianfeng.figures import engine

    scheme = versions.current("jinwan-2010")
    root = tree.by_code(scheme.at)
    assert root is not None
    until = dt.date(2010, 8, 31)
    query = Query(scheme=scheme.hash, measure="organisations_taking_part", organisation=root.id, until=until)
    found = engine().figure(query).value
    assert found is not None
    assert 0 < found < 1


@pytest.fixture(scope="module")
def untouched() -> dict[str, dict[str, str]]:
    """What each bulletin prints before anything is changed, filled as asked."""
    return {}


@pytest.mark.database_either  # that both have the same figures, unchanged: above
@pytest.mark.parametrize(("system", "case"), CASES, ids=[f"{s}:{'+'.join(c['changes'])[:40]}" for s, c in CASES])
def test_a_changed_plan_changes_its_own_figures_and_no_other_and_is_found_out(
    demo_city: Database, untouched: dict[str, dict[str, str]], system: str, case: dict[str, Any]
) -> None:
    from xianfeng.figures import engine

    before = untouched.setdefault(system, printed(compose(system, BULLETINS[system])))
    with undone():
        perturb(system, case)
        made = compose(system, BULLETINS[system])
        after = printed(made)
        assert {name for name in before if before[name] != after[name]} == set(case["changes"])
        named = expectations(system)
        touched = tuple(row for row in named.rows if asked_for(row) in case["changes"])
        outcomes = list(compare.rows(replace(named, rows=touched), books.composed(made, engine())))
    assert outcomes
    assert not any(outcome.equal for outcome in outcomes)


@pytest.mark.parametrize("system", BULLETINS)
def test_every_result_of_the_list_is_perturbed(system: str) -> None:
    perturbed = {name for case in PERTURBATIONS[system] for name in case["changes"]}
    assert {asked_for(row) for row in expectations(system).rows if row.mark == "R"} == perturbed


@pytest.mark.parametrize("system", BULLETINS)
def test_no_number_of_the_bulletin_lacks_a_call_or_a_listed_note(demo_city: Database, system: str) -> None:
    made = compose(system, BULLETINS[system])
    assert unsourced(made.document) == ()
    listed = {(row.row, str(row.check["note"])) for row in expectations(system).rows if "note" in row.check}
    assert {(note.row, note.text) for note in made.notes} == listed


@pytest.mark.parametrize(("row", "text"), [("Z1", "1234"), ("A4", "1234"), ("A7", "八届九次")])
def test_a_number_of_the_text_that_no_row_has_is_found_out(demo_city: Database, row: str, text: str) -> None:
    from xianfeng.figures import engine

    named = expectations("fuzhou-2010")
    closed = books.of(named, engine())
    invented = replace(closed, notes=(*closed.notes, NoteRun(text, row)))
    (outcome,) = [outcome for outcome in compare.outcomes(named, invented) if not outcome.equal]
    assert (outcome.row.row, outcome.found.printed, outcome.equal) == (row, text, False)
    assert text in outcome.wrong


def printed(made: Composition) -> dict[str, str]:
    """Each figure by its measure, and by its period where that is not the day of issue."""
    texts: dict[str, str] = {}
    for source in made.document.sources:
        if source.query is not None:
            until = "" if source.query.until == made.bulletin.issued else f"@{source.query.until}"
            texts[source.query.measure + until] = source.text
    return texts
