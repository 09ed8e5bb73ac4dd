"""One move, two doors: made of a filed record, or brought in with the row; both do and say the same."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.ledger.factories import DAY, World
from xianfeng.ledger import actions
from xianfeng.ledger.actions import Row, Step
from xianfeng.ledger.models import Record
from xianfeng.log.models import Entry
from xianfeng.problems import Problem, Problems

LATER = DAY + dt.timedelta(days=5)
EARLIER = DAY - dt.timedelta(days=1)
VALUES = {"name": "学党章", "count": 12}

Door = Callable[[World, Step, dict[str, object]], int]


def filed_first(world: World, step: Step, values: dict[str, object]) -> int:
    record = world.file(by=world.importer, values=values)
    moved = actions.move(
        by=world.importer,
        record=record.id,
        move=step.move,
        day=step.day,
        values=dict(step.values),
        reason=step.reason,
    )
    return moved.id


def with_the_row(world: World, step: Step, values: dict[str, object]) -> int:
    row = Row(organisation=world.village, day=DAY, values={**VALUES, **values}, moves=(Step("hold", DAY), step))
    (record,) = actions.file_many(by=world.importer, scheme="trial-2012", kind="study", rows=[row])
    return record


DOORS = pytest.mark.parametrize("door", [filed_first, with_the_row])


@DOORS
@pytest.mark.parametrize(
    ("step", "told"),
    [
        pytest.param(Step("redo", LATER, None, {}, "人数不实"), "人数不实", id="a reason"),
        pytest.param(Step("redo", LATER, None, {}, "  好  "), "好", id="a reason with blanks around it"),
        pytest.param(Step("redo", LATER, None, {}, "第一\r\n第二"), "第一\n第二", id="a reason in two lines"),
        pytest.param(Step("redo", LATER, None, {}, "人\u200b数"), "人数", id="a character of no width"),
        pytest.param(Step("check", LATER, None, {}, " \u3000 "), None, id="a reason that says nothing"),
        pytest.param(Step("check", LATER, None, {"text": " 在村部 "}), None, id="with values"),
    ],
)
def test_both_doors_write_the_same(world: World, door: Door, step: Step, told: str | None) -> None:
    record = Record.objects.get(id=door(world, step, {}))
    entry = Entry.objects.get(seq=record.seq)
    assert (entry.action, entry.day, record.state) == (step.move, step.day, STATES[step.move])
    assert json.loads(entry.body).get("reason") == told
    assert json.loads(entry.body)["acting"] == world.city
    assert json.loads(record.values).get("text") == ("在村部" if step.values else None)


STATES = {"redo": "draft", "check": "checked"}


@DOORS
@pytest.mark.parametrize(
    ("step", "values", "codes"),
    [
        pytest.param(Step("redo", LATER), {}, {"reason"}, id="no reason"),
        pytest.param(Step("redo", LATER, None, {}, "  "), {}, {"reason"}, id="a blank reason"),
        pytest.param(Step("redo", LATER, None, {}, "a\x00b"), {}, {"control_character"}, id="a control in the reason"),
        pytest.param(Step("redo", LATER, None, {}, "a\u202eb"), {}, {"control_character"}, id="a turn in the reason"),
        pytest.param(
            Step("check", LATER, None, {}, "a\x00b"), {}, {"control_character"}, id="in a reason nobody asked for"
        ),
        pytest.param(Step("redo", LATER, None, {}, "长" * 20_001), {}, {"text_too_long"}, id="a reason without end"),
        pytest.param(Step("check", EARLIER), {}, {"too_early"}, id="too early"),
        pytest.param(Step("check", dt.date(2999, 1, 1)), {}, {"in_the_future"}, id="tomorrow"),
        pytest.param(Step("check", dt.date(1900, 1, 1)), {}, {"too_long_ago"}, id="a slip of the pen"),
        pytest.param(Step("redo", EARLIER), {}, {"too_early", "reason"}, id="too early and without a reason"),
        pytest.param(
            Step("redo", EARLIER, None, {}, "a\x00b"),
            {},
            {"too_early", "control_character"},
            id="too early, a bad reason",
        ),
        pytest.param(Step("chekc", LATER), {}, {"unknown_move"}, id="no such move"),
        pytest.param(Step("chekc", EARLIER), {}, {"unknown_move", "too_early"}, id="no such move, too early"),
        pytest.param(Step("archive", LATER), {}, {"wrong_state"}, id="not from here"),
        pytest.param(Step("hold", EARLIER), {}, {"wrong_state", "too_early"}, id="not from here, too early"),
        pytest.param(Step("check", LATER), {"count": 0}, {"guard"}, id="the guard"),
        pytest.param(Step("check", EARLIER), {"count": 0}, {"guard", "too_early"}, id="the guard, too early"),
        pytest.param(
            Step("redo", EARLIER, None, {"count": "许多"}),
            {},
            {"not_a_number", "too_early", "reason"},
            id="a value that is none, too early and without a reason",
        ),
        pytest.param(
            Step("check", EARLIER, None, {"host": 10**9}), {}, {"no_such_reference", "too_early"}, id="nobody"
        ),
        pytest.param(
            Step("check", EARLIER, None, {"ended": "2012-02-01", "started": "2012-03-01"}),
            {},
            {"check", "too_early"},
            id="a check, too early",
        ),
    ],
)
def test_both_doors_refuse_the_same(
    world: World, door: Door, step: Step, values: dict[str, Any], codes: set[str]
) -> None:
    with pytest.raises(Problem) as refused:
        door(world, step, values)
    found = refused.value.problems if isinstance(refused.value, Problems) else (refused.value,)
    assert {problem.code.removeprefix("ledger.") for problem in found} == codes
    assert len(found) == len(codes)
