"""Whom a condition means: all at once in DuckDB, one after the other in Python, and who owes a figure, are the same."""

from __future__ import annotations

import datetime as dt

import ibis
import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.registry.events import STEPS, play
from tests.registry.trees import DAY, unit
from xianfeng import population
from xianfeng.figures import owed, tree
from xianfeng.log.actors import CLOCK
from xianfeng.log.append import head
from xianfeng.population import Population
from xianfeng.problems import Problem
from xianfeng.registry import actions
from xianfeng.registry.lineage import Lineage
from xianfeng.registry.models import Organisation
from xianfeng.scheme.build import names
from xianfeng.scheme.expressions import Expression, parse
from xianfeng.scheme.obliging import Obligation

pytestmark = pytest.mark.django_db

WHERE = (
    None,
    "level == 'unit'",
    "level != 'unit' and code != 'b'",
    "tier == 'unit'",
    "tier != 'unit' or type == 'division'",
    "missing(tier) and not missing(category)",
    "name == 'a单位' or code == 'r3'",
)
DAYS = tuple(DAY + dt.timedelta(days=days) for days in (-1000, 0, 7, 20, 60))
Events = list[tuple[str, int, int, int]]


def condition(text: str | None) -> Expression | None:
    return None if text is None else parse(text, names.ORGANISATION)


def registry(events: Events) -> int:
    """After these events, with a clerk in every third organisation, of whom some have left; the root."""
    root, _ = play(events)
    Organisation.objects.filter(code__in=("a", "a-1", "c-2")).update(type="division")
    for number, one in enumerate(Organisation.objects.order_by("id")[::3]):
        person = actions.enter(code=f"p{number}", name="某人", day=DAY, by=CLOCK)
        day = DAYS[1 + number % 3]
        try:
            with transaction.atomic():
                held = actions.appoint(person=person, organisation=one.id, role="clerk", day=day, by=CLOCK)
        except Problem:
            continue
        if number % 2:
            actions.end_appointment(appointment=held, day=day + dt.timedelta(days=13), by=CLOCK)
    return root


@given(STEPS, st.sampled_from(WHERE), st.sampled_from(DAYS), st.integers(0, 30), st.booleans())
@settings(max_examples=25)
def test_asked_of_all_or_of_one_the_answer_is_the_same(
    events: Events, text: str | None, day: dt.date, number: int, itself: bool
) -> None:
    with transaction.atomic():
        registry(events)
        known = [*Organisation.objects.order_by("id").values_list("id", flat=True)]
        root, where, among = known[number % len(known)], condition(text), Lineage()
        all_ = Population(head())
        found = all_.connection.execute(all_.organisations(root, day, where, itself=itself)).fetchall()
        meant = [one for one in known if population.means(one, root, day, where, itself=itself, among=among)]
        assert sorted(row[0] for row in found) == meant
        assert all_.described(root, day, where)["organisation"].to_pylist() == sorted(
            one for one in known if population.means(one, root, day, where, among=among)
        )
        held = all_.connection.execute(all_.holders("clerk", root, day, where)).fetchall()
        below = [one for one in known if population.means(one, root, day, where, among=among)]
        one_by_one = [(one, each) for one in below for each in population.holding(one, "clerk", day)]
        assert sorted((row[0], row[1]) for row in held) == sorted(one_by_one)
        transaction.set_rollback(True)


@given(STEPS, st.sampled_from(DAYS), st.integers(0, 30), st.integers(1, 4))
@settings(max_examples=15)
def test_the_nearest_of_a_level_is_the_same_asked_of_all_or_of_one(
    events: Events, day: dt.date, number: int, step: int
) -> None:
    with transaction.atomic():
        registry(events)
        known = [*Organisation.objects.order_by("id").values_list("id", flat=True)]
        Organisation.objects.filter(id__in=known[::step]).update(level="township")
        root, among = known[number % len(known)], Lineage()
        one_by_one = {one: population.within_of(one, root, day, "township", among=among) for one in known}
        found = Population(head()).within(root, day, "township")
        assert found == {one: above for one, above in one_by_one.items() if above is not None}
        transaction.set_rollback(True)


def test_one_of_a_level_founded_later_above_another_is_not_the_nearest(db: None) -> None:
    """A township that is moved under a new body of its own level keeps its villages."""
    county = unit("county")
    town = unit("town", county)
    village, above = unit("village", town), unit("above", county, founded=DAY)
    Organisation.objects.filter(id__in=(town, above)).update(level="township")
    actions.move(organisation=town, parent=above, day=DAY, by=CLOCK)
    found = Population(head()).within(county, DAY, "township")
    assert found == {town: town, village: town, above: above}
    assert population.within_of(village, county, DAY, "township", among=Lineage()) == town
    assert population.within_of(village, village, DAY, "township", among=Lineage()) is None


@given(STEPS, st.sampled_from(WHERE), st.sampled_from(DAYS))
@settings(max_examples=15)
def test_who_owes_a_figure_on_a_day_is_who_is_meant_on_it(events: Events, text: str | None, day: dt.date) -> None:
    with transaction.atomic():
        root, where = registry(events), condition(text)
        all_ = Population(head())
        meant = all_.connection.execute(all_.organisations(root, day, where)).fetchall()
        rule = Obligation(name="o", title="o", kind="k", of="organisations", every="year", where=where)
        rows = owed.bound([rule])
        rows = rows.filter(rows.bound0 & (rows.begins <= day) & (rows.gone.isnull() | (rows.gone > day)))
        asked = ibis.to_sql(rows.select("organisation", "at"), dialect="duckdb")
        all_.connection.execute(f"CREATE TEMP TABLE organisations AS {tree.ORGANISATIONS}", {"day": day})
        all_.connection.execute(f"SET VARIABLE root = {root}")
        all_.connection.execute(f"SET VARIABLE until = DATE '{day}'")
        found = all_.connection.execute(asked).fetchall()
        assert sorted(found) == sorted((row[0], row[2]) for row in meant)
        transaction.set_rollback(True)
