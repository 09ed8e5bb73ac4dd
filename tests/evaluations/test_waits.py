"""What waits in evaluations, and for whom."""

from __future__ import annotations

from tests.evaluations.test_sampling import SAMPLED
from tests.evaluations.test_witnessed import HAND, LINES, SIGNED, WATCHED, confirm
from tests.evaluations.towns import NOW, Towns, closed, counted, roll, towns, twice
from xianfeng.accounts.abilities import Ability
from xianfeng.evaluations import correcting, freezing, results, sheets, witnessed
from xianfeng.evaluations.batches import Counted
from xianfeng.evaluations.waits import to_do
from xianfeng.ledger import versions
from xianfeng.ledger.waits import Waiter

SHEET = counted(20, 5, 3, 1, kept=(20, 9, 0), invalid=1)
OTHER = counted(10, 15, 3, 1, kept=(20, 9, 0), invalid=1)


def mine(here: Towns, person: int, *abilities: Ability) -> list[tuple[str, int]]:
    waiter = Waiter(
        person=person,
        desk=here.county,
        own=frozenset({here.county}),
        abilities=frozenset(abilities or (Ability.OFFICE, Ability.OVERLOOK)),
        campaigns=(versions.current("judged-2012"),),
        today=NOW.date(),
    )
    return [(wait.words, wait.count) for wait in to_do(waiter)]


SECOND, THIRD = "等第二个人录的计票单", "两遍不同、等第三个人复核的计票单"


def test_a_second_reading_waits_for_others_and_a_third_for_who_did_neither(here: Towns) -> None:
    row = closed(here, (40, 40), {1: 30, 2: 20})
    assert mine(here, 1) == []
    sheets.enter(number=row.id, pool=1, batch=1, counted=SHEET, by=here.office(1))
    assert mine(here, 1) == []
    assert mine(here, 2) == [(SECOND, 1)]
    assert mine(here, 2, Ability.OVERLOOK) == [], "who only reads has nothing to count"
    sheets.enter(number=row.id, pool=1, batch=1, counted=OTHER, by=here.office(2))
    assert mine(here, 1) == mine(here, 2) == []
    assert mine(here, 3) == [(THIRD, 1)]


def test_what_agrees_waits_for_nobody_until_it_is_counted_anew(here: Towns) -> None:
    row = closed(here, (40, 40), {1: 30, 2: 20})
    twice(here, row, 1, SHEET)
    twice(here, row, 2, counted(10, 8, 2, 0, kept=(11, 9, 0)))
    assert mine(here, 3) == []
    results.publish(number=row.id, by=here.office())
    assert mine(here, 3) == []
    correcting.correct(number=row.id, pool=1, batch=1, counted=OTHER, reason="录反", by=here.office(3))
    assert mine(here, 1) == mine(here, 3) == []
    assert mine(here, 4) == [(SECOND, 1)]
    correcting.correct(number=row.id, pool=1, batch=1, counted=SHEET, by=here.office(4))
    assert mine(here, 4) == []
    assert mine(here, 5) == [(THIRD, 1)]
    count = sheets.last_count(row, pool=1, batch=1)
    looked = {line: Counted.of(count.sheets[0]).lines()[line] for line in count.differing}
    correcting.settle(number=row.id, pool=1, batch=1, looked=looked, by=here.office(5))
    assert mine(here, 6) == []


def test_a_sample_drawn_by_hand_waits_for_another_than_who_typed_it(db: None) -> None:
    here = towns(SAMPLED)
    made = freezing.begin(scheme="judged-2012", evaluation="yearly", day=NOW.date(), by=here.office())
    freezing.freeze(number=made.id, roll=roll(80, 25), lot=HAND, by=here.office())
    assert mine(here, 2) == []
    witnessed.enter(number=made.id, lines=LINES, witnesses=WATCHED, scan=SIGNED, roll=roll(80, 25), by=here.office(1))
    assert mine(here, 1) == []
    assert mine(here, 2) == [("等您核对的摇号结果", 1)]
    confirm(made, here.office(2))
    assert mine(here, 2) == []
