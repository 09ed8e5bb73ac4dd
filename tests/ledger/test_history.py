"""What records were at an entry, for whoever prints or compares it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.ledger.factories import World
from xianfeng.ledger import actions, history
from xianfeng.log.append import head


@pytest.fixture
def amended(world: World) -> tuple[int, int, int]:
    """A record whose name was amended by the last of three entries, and another one."""
    first, second = (world.file(values={"name": name}).id for name in ("初稿", "别的"))
    actions.amend(by=world.of(world.village), record=first, values={"name": "定稿"}, reason="核对")
    return first, second, head()


def test_a_record_is_what_it_was_at_the_entry(amended: tuple[int, int, int]) -> None:
    first, second, last = amended
    then, now = (history.images([first, second], as_of=seq) for seq in (last - 1, last))
    assert [then[first].values["name"], now[first].values["name"]] == ["初稿", "定稿"]
    assert then[second] == now[second]
    assert now[first].scheme == "trial-2012"


def test_a_record_not_filed_yet_is_left_out(amended: tuple[int, int, int]) -> None:
    first, second, _ = amended
    assert set(history.images([first, second], as_of=first)) == {first}


def test_many_records_are_one_question(amended: tuple[int, int, int]) -> None:
    first, second, last = amended
    history.images([first], as_of=last)
    with CaptureQueriesContext(connection) as asked:
        history.images([first, second], as_of=last)
    assert len(asked) == 1
