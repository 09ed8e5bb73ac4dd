"""What a record names finds it, another record or its author: from filing on, until it is withdrawn."""

from __future__ import annotations

from tests.ledger.factories import DAY, World
from tests.ledger.test_own_records import member
from xianfeng.ledger import actions, rebuild
from xianfeng.ledger.mentions import naming
from xianfeng.ledger.models import Mention, Record


def study(world: World, **values: object) -> Record:
    return actions.file(
        by=world.author, scheme="trial-2012", kind="study", organisation=world.village, day=DAY, values=values
    )


def test_a_record_is_found_from_the_one_that_it_names(world: World) -> None:
    first, other = study(world), study(world)
    named = study(world, earlier=first.id, host=world.town)
    assert list(naming(first.id)) == [named.id]
    assert list(naming(world.town)) == []  # a host acts on nothing
    actions.amend(by=world.author, record=named.id, values={"earlier": other.id}, reason="填错")
    assert (list(naming(first.id)), list(naming(other.id))) == ([], [named.id])
    actions.withdraw(by=world.author, record=named.id, reason="重复")
    assert not naming(first.id, other.id).exists()
    assert list(rebuild.check()) == []


def test_its_author_finds_it_and_nobody_else_whom_it_names(world: World) -> None:
    person = member(world).person
    assert person is not None
    values = {"promiser": "member", "person": person, "text": "周二读报"}
    by, village = world.author, world.village
    filed = actions.file(
        by=by, scheme="trial-2012", kind="commitment", organisation=village, day=DAY, values=values, state="submitted"
    )
    study(world, speaker=person)
    assert list(naming(person)) == [filed.id]


def test_a_mention_that_no_entry_tells_of_is_named(world: World) -> None:
    first = study(world)
    named = study(world, earlier=first.id)
    Mention.objects.update(target=first.id + 1_000)
    (found,) = rebuild.check()
    assert (found.about, found.what) == (f"record {named.id}", "mentions")
    assert (found.stored, found.rebuilt) == (f"[{first.id + 1_000}]", f"[{first.id}]")
