"""A member and the promise that names him: its author's moves are his to make, and nothing else is."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from tests.ledger.factories import DAY, World
from xianfeng.ledger import actions
from xianfeng.ledger.history import history
from xianfeng.ledger.models import Record
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.problems import Problem
from xianfeng.registry.actions import enter
from xianfeng.scheme.types import Level

LATER = DAY + dt.timedelta(days=5)


def member(world: World, code: str = "m-1", *, at: int | None = None) -> Actor:
    person = enter(code=code, name="党员", day=DAY, by=world.importer)
    return Actor(kind=ActorKind.APPOINTMENT, id=900, organisation=at or world.village, role="member", person=person)


def promise(world: World, by: Actor) -> Record:
    filed = actions.file(
        by=world.author,
        scheme="trial-2012",
        kind="commitment",
        organisation=world.village,
        day=DAY,
        values={"promiser": "member", "person": by.person, "text": "周二读报"},
        state="submitted",
    )
    return actions.move(by=world.of(world.town), record=filed.id, move="review", day=DAY)


def codes(refused: Problem) -> set[str]:
    return {each.code for each in getattr(refused, "problems", [refused])}


def test_whom_a_promise_names_adjusts_it_with_a_reason(world: World) -> None:
    own = member(world)
    record = promise(world, own)
    changed = actions.move(
        by=own, record=record.id, move="adjust", day=LATER, values={"text": "周四读报"}, reason="周二开会"
    )
    assert json.loads(changed.values)["text"] == "周四读报"
    last = history(record.id)[-1]
    assert (last.action, last.reason, last.actor) == ("adjust", "周二开会", "appointment:900")
    assert (changed.state, changed.level, changed.reviewer) == ("submitted", Level.FILED.rank, None)
    assert actions.move(by=world.of(world.town), record=record.id, move="review", day=LATER).state == "published"


def test_what_nobody_reads_anew_stays_published(world: World) -> None:
    record = promise(world, own := member(world))
    same = {"text": "周二读报", "promiser": "member"}  # as a form sends all that it shows
    kept = actions.move(by=own, record=record.id, move="adjust", day=LATER, values=same, reason="换了地方")
    assert (kept.state, kept.level) == ("published", Level.REVIEWED.rank)
    done = actions.move(by=own, record=record.id, move="fulfil", day=LATER, values={"result": "读了四次"})
    assert (done.state, done.level) == ("fulfilled", Level.REVIEWED.rank)


@pytest.mark.parametrize("values", [{"promiser": "organisation"}, {"topic": "work"}, {"person": ""}])
def test_he_writes_his_own_words_and_leaves_what_he_is_counted_by(world: World, values: dict[str, str]) -> None:
    record = promise(world, own := member(world))
    with pytest.raises(Problem) as refused:
        actions.move(by=own, record=record.id, move="adjust", day=LATER, values=values, reason="改")
    assert "ledger.not_his_own" in codes(refused.value)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"text": "别的承诺"}, "ledger.reviewed_already"),
        ({"promiser": "organisation"}, "ledger.reviewed_already"),
        ({"person": ""}, "ledger.reviewed_already"),
        ({"due": "2012-12-30"}, ""),  # nothing stood there
        ({"text": "周二读报", "promiser": "member"}, ""),  # as it was
    ],
)
def test_a_reviewed_promise_is_not_rewritten_on_the_way(world: World, values: dict[str, str], code: str) -> None:
    """Fulfilling asks for no reason, so that nobody would be told of what it changed besides."""
    record = promise(world, member(world))
    given = {**values, "result": "读了四次"}
    fulfilling = {"by": world.author, "record": record.id, "move": "fulfil", "day": LATER, "values": given}
    if not code:
        assert actions.move(**fulfilling).state == "fulfilled"
        return
    with pytest.raises(Problem) as refused:
        actions.move(**fulfilling)
    assert code in codes(refused.value)


def test_a_promise_is_adjusted_until_it_is_due(world: World) -> None:
    record = promise(world, member(world))
    adjusting = {"by": world.author, "record": record.id, "move": "adjust", "reason": "雨季"}
    actions.move(**adjusting, day=LATER, values={"due": LATER.isoformat()})
    actions.move(**adjusting, day=LATER, values={"text": "周四读报"})
    with pytest.raises(Problem) as refused:
        actions.move(**adjusting, day=LATER + dt.timedelta(days=1), values={"due": "2012-12-30"})
    assert refused.value.code == "ledger.guard"


def test_he_corrects_and_withdraws_nothing_and_reviews_nothing(world: World) -> None:
    own = member(world)
    record = promise(world, own)
    for doing in (
        lambda: actions.amend(by=own, record=record.id, values={"text": "别的"}, reason="改", day=LATER),
        lambda: actions.withdraw(by=own, record=record.id, reason="不要了", day=LATER),
        lambda: actions.move(by=own, record=record.id, move="lapse", day=LATER),
    ):
        with pytest.raises(Problem) as refused:
            doing()
        assert refused.value.code == "ledger.wrong_actor"


def test_a_promise_that_names_another_is_not_his(world: World) -> None:
    other = member(world, "m-2")
    record = promise(world, member(world))
    with pytest.raises(Problem) as refused:
        actions.move(by=other, record=record.id, move="adjust", day=LATER, values={"text": "别的"}, reason="改")
    assert refused.value.code == "ledger.wrong_actor"


def test_nor_is_his_own_from_another_organisation(world: World) -> None:
    record = promise(world, own := member(world))
    above = Actor(kind=ActorKind.APPOINTMENT, id=901, organisation=world.town, role="member", person=own.person)
    with pytest.raises(Problem) as refused:
        actions.move(by=above, record=record.id, move="adjust", day=LATER, reason="改", for_=world.village)
    assert refused.value.code == "ledger.wrong_actor"


def test_he_cannot_put_another_in_his_place(world: World) -> None:
    own, other = member(world), member(world, "m-2")
    record = promise(world, own)
    with pytest.raises(Problem) as refused:
        actions.move(by=own, record=record.id, move="adjust", day=LATER, values={"person": other.person}, reason="改")
    assert (refused.value.code, refused.value.field) == ("ledger.not_his_own", "person")
