"""Electors by lot: from the sealed list, by a value nobody knew, once; whoever keeps the list can repeat it."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
from collections import Counter
from dataclasses import replace

import pytest

from tests.evaluations.towns import NOW, SCHEME, VILLAGES, Towns, counted, roll, towns, twice
from tests.registry.trees import refused
from xianfeng.evaluations import drawing, electors, freezing, results, slips, stages
from xianfeng.evaluations.models import EvaluationRound
from xianfeng.evaluations.sample import Lot, Sample
from xianfeng.log.actors import Actor
from xianfeng.log.models import Entry
from xianfeng.registry.actions import enter, join

SAMPLED = SCHEME.replace("electorate: list", "electorate: list\n    sample: 30")
LATER = NOW.date() + dt.timedelta(days=3)
LOT = Lot(value="福彩双色球第2012072期开奖号码", known=LATER)
VALUE = "03 07 12 15 22 31"


@pytest.fixture
def here(db: None) -> Towns:
    return towns(SAMPLED)


def later(here: Towns) -> Actor:
    return replace(here.office(), at=NOW + dt.timedelta(days=3))


def frozen(here: Towns, *sizes: int, lot: Lot | None = LOT) -> EvaluationRound:
    row = freezing.begin(scheme="judged-2012", evaluation="yearly", day=NOW.date(), by=here.office())
    freezing.freeze(number=row.id, roll=roll(*sizes), lot=lot, by=here.office())
    row.refresh_from_db()
    return row


def test_a_value_of_a_day_that_never_comes_draws_nobody(here: Towns) -> None:
    row = freezing.begin(scheme="judged-2012", evaluation="yearly", day=NOW.date(), by=here.office())
    with refused("lots.far"):
        freezing.freeze(
            number=row.id, roll=roll(80, 25), lot=replace(LOT, known=dt.date(9999, 12, 31)), by=here.office()
        )


def test_so_many_of_each_list_and_all_of_a_shorter_one(here: Towns) -> None:
    row = frozen(here, 80, 25)
    assert [(one.title, one.electors) for one in row.electorates.all()] == [("第1村", 30), ("第2村", 25)]
    sample = freezing.read(row).sample
    assert sample is not None
    assert (sample.each, sample.listed) == (30, (80, 25))
    found = drawing.draw(number=row.id, value=VALUE, roll=roll(80, 25), by=later(here))
    assert {code: len(people) for code, people in found.items()} == {VILLAGES[0]: 30, VILLAGES[1]: 25}
    assert set(found[VILLAGES[0]]) < set(roll(80)[VILLAGES[0]])
    assert drawing.listed(number=row.id, roll=roll(80, 25), by=later(here)) == found


def test_what_decides_is_sealed_before_it_can_be_known(here: Towns) -> None:
    row = freezing.begin(scheme="judged-2012", evaluation="yearly", day=NOW.date(), by=here.office())
    with refused("evaluations.no_value"):
        freezing.freeze(number=row.id, roll=roll(80), by=here.office())
    with refused("lots.known"):
        freezing.freeze(number=row.id, roll=roll(80), lot=replace(LOT, known=NOW.date()), by=here.office())


def test_not_before_its_day_not_twice_and_no_slip_before(here: Towns) -> None:
    row = frozen(here, 80)
    with refused("lots.too_early"):
        drawing.draw(number=row.id, value=VALUE, roll=roll(80), by=here.office())
    with refused("evaluations.undrawn"):
        slips.issue(number=row.id, issued={1: 30}, by=later(here))
    with refused("evaluations.undrawn"):
        drawing.listed(number=row.id, roll=roll(80), by=later(here))
    drawing.draw(number=row.id, value=VALUE, roll=roll(80), by=later(here))
    with refused("evaluations.drawn"):
        drawing.draw(number=row.id, value="1", roll=roll(80), by=later(here))
    slips.issue(number=row.id, issued={1: 30}, by=later(here))


def test_another_list_than_the_sealed_one_is_refused_and_so_is_who_is_judged(here: Towns) -> None:
    row = frozen(here, 80)
    with refused("evaluations.other_list"):
        drawing.draw(number=row.id, value=VALUE, roll=roll(79), by=later(here))
    with refused("evaluations.no_list"):
        drawing.draw(number=row.id, value=VALUE, roll=None, by=later(here))
    with refused("ledger.wrong_actor"):
        drawing.draw(number=row.id, value=VALUE, roll=roll(80), by=here.village(0))


def test_no_entry_names_whom_the_lot_met_and_the_secret_stays_until_the_end(here: Towns) -> None:
    row = frozen(here, 80)
    drawing.draw(number=row.id, value=VALUE, roll=roll(80), by=later(here))
    bodies = [entry.body for entry in Entry.objects.filter(stream=stages.STREAM)]
    assert not any("-000" in body or "secret" in body for body in bodies)


def test_whoever_keeps_the_list_repeats_the_draw_from_what_was_published(here: Towns) -> None:
    row = frozen(here, 80)
    found = drawing.draw(number=row.id, value=VALUE, roll=roll(80), by=later(here))
    slips.issue(number=row.id, issued={1: 30}, by=later(here))
    slips.close(number=row.id, returned={1: 25}, by=later(here))
    twice(here, EvaluationRound.objects.get(id=row.id), 1, counted(15, 5, 5, 0, kept=(15, 10, 0)))
    results.publish(number=row.id, by=later(here))
    told = {step.move: step.body for step in stages.steps(row)}
    secret, statement = bytes.fromhex(told["reveal"]["secret"]), row.frozen.encode()
    seed = hashlib.sha256(
        b"xianfeng inspections seed\0" + hashlib.sha256(statement).digest() + secret + b"030712152231"
    ).digest()
    tickets = {
        who: hmac.digest(seed, json.dumps([VILLAGES[0], who], separators=(",", ":")).encode(), "sha256")
        for who in roll(80)[VILLAGES[0]]
    }
    by_hand = tuple(sorted(sorted(tickets, key=tickets.__getitem__)[:30]))
    assert found == {VILLAGES[0]: by_hand}
    assert electors.sealed([VILLAGES[0]], {VILLAGES[0]: by_hand}, secret).hex() == told["draw"]["drawn"]
    assert hashlib.sha256(b"xianfeng inspections commitment\0" + secret).hexdigest() in row.frozen


def test_members_are_drawn_as_they_stood_when_the_round_was_frozen(db: None) -> None:
    here = towns(SAMPLED.replace("electorate: list", "electorate: members"))
    joined = NOW.date() - dt.timedelta(days=1)
    for number in range(40):
        person = enter(code=f"p{number:03}", name=f"党员{number}", day=joined, by=here.office())
        join(person=person, organisation=here.villages[0], day=joined, by=here.office())
    row = freezing.begin(scheme="judged-2012", evaluation="yearly", day=NOW.date(), by=here.office())
    freezing.freeze(number=row.id, roll=None, lot=LOT, by=here.office())
    newcomer = enter(code="p999", name="新党员", day=LATER, by=later(here))
    join(person=newcomer, organisation=here.villages[0], day=LATER, by=later(here))
    found = drawing.draw(number=row.id, value=VALUE, roll=None, by=later(here))
    assert len(found[VILLAGES[0]]) == 30
    assert "p999" not in found[VILLAGES[0]]


def test_nobody_is_likelier_than_another() -> None:
    """Each of forty is drawn thirty times in forty: no one much more or less over four hundred values."""
    secret, everybody = bytes(32), roll(40)[VILLAGES[0]]
    bound = hashlib.sha256(b"xianfeng inspections commitment\0" + secret).hexdigest()
    sample = Sample(each=30, value="某期号码", known=LATER, commitment=bound, listed=(40,))
    times = Counter[str]()
    for value in range(400):
        times.update(sample.drawn(bytes(32), VILLAGES[:1], roll(40), secret=secret, value=str(value))[VILLAGES[0]])
    spread = sum((times[who] - 300) ** 2 / 75 for who in everybody) * 39 / 40
    assert spread < 78  # chi-square, 39 degrees of freedom: an honest draw exceeds it twice in ten thousand
