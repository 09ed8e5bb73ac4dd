"""What the acceptance does not let pass: rows that hold nothing, rows left out, lists and terms that differ."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import typer
from ruamel.yaml import YAML
from typer.testing import CliRunner

from tests.acceptance.systems import SCHEMES, expectations
from tests.databases import Database
from xianfeng.acceptance import books, checks, compare, expected
from xianfeng.acceptance.compare import Outcome
from xianfeng.problems import Problem

ROW = {"row": "A5", "part": "项目数", "mark": "R", "basis": "each", "text": "383项", "expected": "383"}
RESULT = {**ROW, "check": {"figure": "projects"}}
RULE = {"row": "A8", "part": "值班", "mark": "T", "text": "值班", "reason": "规定"}


def data(*rows: Mapping[str, Any], **changed: Any) -> dict[str, Any]:
    return {"expected": 1, "system": "s", "source": "s.txt", "covers": "A1-A2", "rows": list(rows), **changed}


@pytest.mark.parametrize(
    ("written", "code"),
    [
        (data(), "no_rows"),
        ({name: value for name, value in data(RESULT).items() if name != "rows"}, "no_rows"),
        ({name: value for name, value in data(RESULT).items() if name != "covers"}, "covers"),
        (data(RESULT, covers="A1-B2"), "covers"),
        (data({**RESULT, "basis": ""}), "mark"),
        (data({**RESULT, "expected": ""}), "nothing_held"),
        (data({**ROW, "check": {"note": "383"}}), "result"),
        (data({**RULE, "check": {"figure": "projects"}}), "result"),
        (data({**RESULT, "progress": "projects"}), "progress"),
        (data({**RESULT, "beside": "增加到383项"}), "beside"),
        (data({**RULE, "check": {"standard": "five"}, "exact": 5}), "items"),
        (data({**RULE, "check": {"choices": "kind.field"}, "exact": 5}), "items"),
        (data({**RULE, "check": {"obligation": "rosters"}}), "nothing_held"),
        (data({**RULE, "check": {"constant": "hours"}}), "nothing_held"),
    ],
)
def test_expectations_that_would_hold_nothing_are_refused(tmp_path: Path, written: Any, code: str) -> None:
    path = tmp_path / "figures.yaml"
    YAML(typ="safe").dump(written, path)
    with pytest.raises(Problem) as refused:
        expected.read(path)
    assert refused.value.code == f"acceptance.{code}"
    assert refused.value.hint


class City:
    """A system's expectations and its outcomes, held once for all tests that only look at them."""

    def __init__(self, name: str) -> None:
        from xianfeng.figures import engine

        self.system = expectations(name)
        self.books = books.of(self.system, engine())
        self.outcomes = list(compare.rows(self.system, self.books))

    def outcome(self, row: str, part: str) -> Outcome:
        (found,) = [one for one in self.outcomes if (one.row.row, one.row.part) == (row, part)]
        return found

    def wrong_with(self, outcome: Outcome, **changed: Any) -> str:
        """What is told of a row that says something else."""
        altered = replace(self.system, rows=(replace(outcome.row, **changed),))
        (found,) = compare.rows(altered, self.books)
        return found.wrong


@pytest.fixture(scope="module")
def cities() -> dict[str, City]:
    return {}


@pytest.fixture
def city(demo_city: Database, cities: dict[str, City], request: pytest.FixtureRequest) -> City:
    name = getattr(request, "param", "fuzhou-2010")
    return cities.setdefault(name, cities.get(name) or City(name))


both = pytest.mark.parametrize("city", ["fuzhou-2010", "fuzhou-2012"], indirect=True)
every = pytest.mark.parametrize("city", ["fuzhou-2010", "fuzhou-2012", "jinwan-2010"], indirect=True)


@both
def test_a_row_of_something_printed_cannot_be_left_out(city: City) -> None:
    """Of whatever a row was held against in the bulletin: without the row, the bulletin says more than the document."""
    held = [outcome for outcome in city.outcomes if outcome.found.held]
    assert {outcome.row.mark for outcome in held} == {"R", "T", "N"}
    assert all(outcome in held for outcome in city.outcomes if outcome.row.mark == "R")
    assert list(compare.unlisted(city.outcomes, city.books)) == []
    for left_out in held:
        found = list(compare.unlisted([outcome for outcome in city.outcomes if outcome is not left_out], city.books))
        assert {outcome.found.printed for outcome in found} == {one.text for one in left_out.found.held}
        assert not any(outcome.equal for outcome in found)


@every
def test_a_row_of_the_list_cannot_be_left_out(city: City) -> None:
    assert list(compare.holes(city.system)) == []
    for name in city.system.covers:
        rest = tuple(row for row in city.system.rows if row.row != name)
        (hole,) = compare.holes(replace(city.system, rows=rest))
        assert (hole.row.row, hole.equal) == (name, False)


def listed(city: City) -> Iterator[Outcome]:
    return (outcome for outcome in city.outcomes if outcome.row.items)


@every
def test_items_are_compared_one_by_one(city: City) -> None:
    assert list(listed(city))
    for outcome in listed(city):
        first, second, *rest = items = outcome.row.items
        others = [(second, first, *rest), items[:-1], (*items, "再加一项"), (f"{first}。", second, *rest)]
        for other in others:
            assert "项" in city.wrong_with(outcome, items=tuple(other)), outcome.row


@pytest.mark.parametrize("city", ["jinwan-2010"], indirect=True)
def test_a_scheme_with_other_words_is_found_out(city: City) -> None:
    """Eight topics are not any eight topics."""
    outcome = city.outcome("G6", "党员承诺内容")
    kind = city.books.scheme.kinds["commitment"]
    field = kind.fields["member_topic"]
    choices = dict(field.choices)
    first, *_ = choices
    field = replace(field, choices={**choices, first: "别的主题"})
    kinds = {**city.books.scheme.kinds, "commitment": replace(kind, fields={**kind.fields, "member_topic": field})}
    altered = replace(city.books, scheme=replace(city.books.scheme, kinds=kinds))
    assert checks.find(outcome.row, altered).items[0] == "别的主题"
    (found,) = compare.rows(replace(city.system, rows=(outcome.row,)), altered)
    assert found.wrong == "第1项是“别的主题”，应为“理论学习”"


@pytest.mark.parametrize("city", ["fuzhou-2012"], indirect=True)
@pytest.mark.parametrize(
    ("term", "other"),
    [
        ("kind", "visit"),
        ("of", "organisations"),
        ("at_least", 2),
        ("every", "month"),
        ("where", "level == 'branch'"),
        ("windows", [{"title": "2月份"}, {"title": "7月份"}]),
        ("windows", [{"title": "2月份", "to": "02-28"}, {"title": "7月份"}, {"title": "10月底或11月初"}]),
        ("windows", [{"title": "2月份"}, {"title": "8月份"}, {"title": "10月底或11月初"}]),
        ("local", False),
        ("evry", "year"),
    ],
)
def test_each_term_of_an_obligation_is_compared(city: City, term: str, other: object) -> None:
    outcome = city.outcome("B9", "集中服务")
    assert outcome.equal
    assert city.wrong_with(outcome, check={**outcome.row.check, term: other})


@every
def test_a_term_that_the_scheme_chose_itself_is_marked_so_and_explained(city: City) -> None:
    """A row may say that the document gives no term, and then the obligation must say whose choice it is."""
    own = [outcome for outcome in city.outcomes if outcome.row.check.get("local")]
    assert own
    for outcome in own:
        assert city.wrong_with(outcome, reason="")
        check = {name: said for name, said in outcome.row.check.items() if name != "local"}
        assert "本地设定" in city.wrong_with(outcome, check=check)


@every
def test_a_target_has_a_progress_or_says_why_nothing_is_counted(city: City) -> None:
    targets = [outcome for outcome in city.outcomes if outcome.row.mark == "T"]
    counted = [outcome for outcome in targets if outcome.progress]
    assert counted
    assert all(outcome.progress or outcome.row.reason for outcome in targets)
    for outcome in targets:
        if "target" not in outcome.row.check:
            assert "没有进度" in city.wrong_with(outcome, progress="", reason="")
            assert "没有计算进度" in city.wrong_with(outcome, progress="no_such_measure")
        if "obligation" in outcome.row.check:
            assert "没有进度" in city.wrong_with(outcome, progress="", reason="规定")


def test_the_command_shows_progress_and_fails_with_what_is_wrong(
    demo_city: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from xianfeng.cli import acceptance

    app = typer.Typer()
    acceptance.register(app)
    told = json.loads(CliRunner().invoke(app, ["jinwan-2010", "--json"]).stdout)
    comments = next(row for row in told[0]["rows"] if row["part"] == "领导点评")
    made = {"measure": "comments", "title": "领导点评", "value": "29", "text": "29次", "records": 29}
    assert comments["progress"] == made
    assert "29次（领导点评）" in CliRunner().invoke(app, ["jinwan-2010"]).stdout

    text = (SCHEMES / "jinwan-2010" / "figures.yaml").read_text(encoding="utf-8")
    (tmp_path / "jinwan-2010").mkdir()
    swapped = text.replace("[理论学习, 理想信念,", "[理想信念, 理论学习,")
    (tmp_path / "jinwan-2010" / "figures.yaml").write_text(swapped, encoding="utf-8")
    monkeypatch.setattr(acceptance, "SCHEMES", tmp_path)
    assert CliRunner().invoke(app, ["jinwan-2010", "--json"]).exit_code == 1
