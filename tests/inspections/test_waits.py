"""What waits in inspections: the visit for who was drawn, the draw for who did not type it."""

from __future__ import annotations

from tests.inspections.plans import County, county
from tests.inspections.test_plans import go, lines, typed
from xianfeng.accounts.abilities import Ability
from xianfeng.inspections import drawing
from xianfeng.inspections.models import InspectionPlan
from xianfeng.inspections.waits import to_do
from xianfeng.ledger.waits import Wait, Waiter


def of(one: County, who: str, *abilities: Ability) -> list[Wait]:
    waiter = Waiter(
        person=one.office.people[who],
        desk=one.office.number["福州市"],
        own=frozenset(),
        abilities=frozenset(abilities),
        campaigns=(one.office.scheme,),
        today=InspectionPlan.objects.order_by("-id")[0].known,
    )
    return [*to_do(waiter)]


def test_a_visit_waits_for_whoever_was_drawn_until_it_is_made(db: None) -> None:
    one = county()
    row = one.drawn()
    visits = list(row.visits.all())
    for who in ("督查员一", "督查员二"):
        going = [visit for visit in visits if f"P-{who}" in visit.inspectors]
        assert sum(wait.count for wait in of(one, who)) == len(going)
        assert of(one, "甲", Ability.OFFICE, Ability.OVERLOOK) == []
        for visit in going:
            go(one, visit)
        assert of(one, who) == []


def test_a_draw_waits_for_another_than_who_typed_it(db: None) -> None:
    one = county()
    row = one.sealed("witnessed", value="")
    typed(one, row, lines(row))
    who = one.office.people
    author = InspectionPlan.objects.get(id=row.id).typed_by
    (other,) = (name for name in ("甲", "乙") if who[name] != author)
    (typist,) = (name for name in ("甲", "乙") if who[name] == author)
    office = (Ability.OFFICE, Ability.OVERLOOK)
    assert of(one, typist, *office) == []
    assert [wait.page for wait in of(one, other, *office)] == [("inspection_draw", row.id)]
    assert of(one, other, Ability.OVERLOOK) == [], "who only follows has nothing to check"
    drawing.confirm(plan=row.id, seen=drawing.typed(row).seq, by=one.by(other, "2012-06-08 17:00"))
    assert of(one, other, *office) == []
