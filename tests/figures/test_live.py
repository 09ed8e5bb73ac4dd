"""On the installation's own database: what any process has filed is in the next figure asked."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction

from tests.databases import Database
from tests.ledger import factories
from xianfeng import figures, paths
from xianfeng.figures.check import check
from xianfeng.figures.columns import typed
from xianfeng.figures.interface import Query
from xianfeng.figures.lake import Lake
from xianfeng.figures.source import DatabaseSource
from xianfeng.ledger import actions
from xianfeng.registry import actions as registry

MEASURES = """
measures:
  studies: {title: 学习, unit: 次, count: study}
  cost: {title: 经费, unit: 元, sum: study.cost}
  people: {title: 参加人数, unit: 人, sum: study.people}
  village_studies: {title: 村里的学习, count: study, where: "organisation.tier == 'village'"}
"""
OWED = """
obligations:
  yearly: {title: 每村学习, kind: study, of: organisations, where: "level == 'village'", at_least: 1, every: year}
"""
SHARING = """
xianfeng: 1
scheme: others-2012
title: 另一个活动
at: "350100"
include: [core]
runs: {from: 2012-01-01, to: 2012-12-31}
kinds:
  task_force: {fields: {cost: {type: money, title: 经费}}}
measures:
  forces: {title: 突击队, count: task_force}
  cost: {title: 经费, sum: task_force.cost}
"""
UNTIL = dt.date(2012, 12, 31)

FILE_ONE = """
import django; django.setup()
from tests.ledger import factories
from xianfeng.ledger.models import SchemeVersion
ids = [int(n) for n in "{ids}".split(",")]
world = factories.World(*ids, version=SchemeVersion.objects.last())
world.file()
"""


def measured(world: factories.World, more: str = "") -> factories.World:
    """The trial, with measures: a new version of its scheme."""
    package = factories.package(factories.SCHEME + MEASURES + more)
    return replace(world, version=actions.adopt(package, by=world.importer))


@pytest.fixture
def world() -> factories.World:
    return measured(factories.world())


def ask(world: factories.World, measure: str, organisation: int | None = None, *, tree: str = "then") -> object:
    query = Query(
        scheme=world.version.hash, measure=measure, organisation=organisation or world.city, until=UNTIL, tree=tree
    )
    return figures.engine().figure(query).value


def owed(world: factories.World, **asked: Any) -> tuple[object, int | None, int | None]:
    """The studies of villages, how many villages owe some, and how many of these have reported none."""
    query = Query(scheme=world.version.hash, measure="village_studies", organisation=world.city, until=UNTIL)
    figure = figures.engine().figure(replace(query, **asked))
    return figure.value, figure.expected, figure.missing


def _elsewhere(world: factories.World) -> tuple[object, object]:
    try:
        ask(world, "cost", world.county, tree="now")
        below, whole = ask(world, "studies", world.town), ask(world, "studies")
        return whole, below
    finally:
        connection.close()


@pytest.mark.usefixtures("transactional")
class TestCommitted:
    def test_what_another_process_files_is_in_the_next_figure(
        self, transactional: Database, world: factories.World
    ) -> None:
        world.file(values={"cost": "12.50", "people": {"members": 2, "masses": 3}})
        assert (ask(world, "studies"), ask(world, "cost"), ask(world, "people")) == (1, Decimal("12.50"), 5)
        ids = (
            world.province,
            world.city,
            world.county,
            world.town,
            world.village,
            world.other_town,
            world.other_village,
        )
        script = FILE_ONE.format(ids=",".join(map(str, ids)))
        subprocess.run([sys.executable, "-c", script], env=transactional.environment, check=True, timeout=60)
        assert ask(world, "studies") == 2

    def test_a_page_is_of_one_state_of_the_books_and_the_next_of_the_next(self, world: factories.World) -> None:
        world.file(values={"cost": "1.00"})
        page = figures.engine().moment()
        query = Query(scheme=world.version.hash, measure="studies", organisation=world.city, until=UNTIL)
        world.file()
        assert page.figure(query).value == 1
        assert sum(row.figure.records for row in page.breakdown(query, "level")) == 1
        assert len(page.trace(query).records) == 1
        assert figures.engine().moment().figure(query).value == 2

    def test_threads_share_what_was_answered_and_each_sees_the_next_entry(self, world: factories.World) -> None:
        """At other places and for other periods in between: a thread's cursor stands elsewhere than the last."""

        def both() -> set[object]:
            with ThreadPoolExecutor(1) as other:
                here, there = ask(world, "studies"), other.submit(_elsewhere, world).result()
            assert (here, ask(world, "studies", world.town)) == there
            return {here, *there}

        world.file()
        assert both() == {1}
        world.file()
        assert both() == {2}

    def test_the_lake_and_the_tail_are_one(self, world: factories.World) -> None:
        record = world.file(values={"cost": "1.00"})
        kept, source = Lake(paths.room("lake")), DatabaseSource()
        manifest = kept.extend(source, least=1)
        assert [segment.register for segment in manifest.segments] == ["trial-2012.study"]
        actions.amend(by=world.author, record=record.id, values={"cost": "2.50"}, reason="写错")
        world.file(organisation=world.other_village, by=world.of(world.other_village), values={"cost": "4.00"})
        assert (ask(world, "studies"), ask(world, "cost")) == (2, Decimal("6.50"))
        assert check(kept, source) == []
        kept.extend(source, least=1)
        assert (ask(world, "cost"), check(kept, source)) == (Decimal("6.50"), [])

    def test_campaigns_that_share_a_register_each_read_their_own_fields(self, world: factories.World) -> None:
        """From the lake and from the tail, whichever of them is asked first."""
        others = actions.adopt(factories.package(SHARING), by=world.importer)
        shared = "kinds:\n  task_force: {fields: {size: {type: integer, title: 人数}}}\n"
        text = factories.SCHEME.replace("kinds:\n", shared) + MEASURES
        text += "  forces: {title: 突击队, count: task_force}\n  size: {title: 人数, sum: task_force.size}\n"
        world = replace(world, version=actions.adopt(factories.package(text), by=world.importer))

        def file(scheme: str, **values: object) -> None:
            actions.file(
                by=world.author,
                scheme=scheme,
                kind="task_force",
                organisation=world.village,
                day=factories.DAY,
                state="filed",
                values={"name": "突击队", **values},
            )

        def told() -> tuple[object, ...]:
            other = replace(world, version=others)
            return ask(other, "forces"), ask(other, "cost"), ask(world, "forces"), ask(world, "size")

        file("trial-2012", size=7)
        assert told() == (1, 0, 1, 7)
        file("others-2012", cost="2.50")
        assert told() == (2, Decimal("2.50"), 2, 7)
        Lake(paths.room("lake")).extend(DatabaseSource(), least=1)
        assert told() == (2, Decimal("2.50"), 2, 7)
        file("others-2012", cost="1.00")
        assert told() == (3, Decimal("3.50"), 3, 7)
        assert check(Lake(paths.room("lake")), DatabaseSource()) == []

    def test_a_register_that_was_asked_before_has_the_fields_of_a_later_version(self, world: factories.World) -> None:
        world.file(values={"cost": "1.00"})
        assert ask(world, "cost") == Decimal("1.00")
        text = factories.SCHEME.replace(
            "kinds:\n", "kinds:\n  task_force: {fields: {size: {type: integer, title: 人数}}}\n"
        )
        text += MEASURES + "  size: {title: 人数, sum: task_force.size}\n"
        wider = replace(world, version=actions.adopt(factories.package(text), by=world.importer))
        assert (ask(wider, "size"), ask(wider, "cost")) == (0, Decimal("1.00"))

    def test_an_earlier_entry_stays_what_it_was_whatever_came_of_it_and_of_others(self, world: factories.World) -> None:
        query = Query(scheme=world.version.hash, measure="cost", organisation=world.city, until=UNTIL)
        record = world.file(values={"cost": "1.00"})
        early = figures.engine().figure(query)
        registry.rename(organisation=world.town, name="新名镇", code="350121100", day=UNTIL, by=world.importer)
        same = figures.engine().figure(query)
        assert (same.value, same.as_of > early.as_of) == (early.value, True)
        actions.amend(by=world.author, record=record.id, values={"cost": "2.50"}, reason="写错")
        asked = [figures.engine().figure(replace(query, as_of=at)).value for at in (None, early.as_of, same.as_of)]
        assert asked == [Decimal("2.50"), Decimal("1.00"), Decimal("1.00")]

    def test_what_is_proven_is_asked_of_the_log_alone(self, world: factories.World) -> None:
        record = world.file(values={"cost": "1.00"})
        Lake(paths.room("lake")).extend(DatabaseSource(), least=1)
        manifest = paths.room("lake") / "manifest.json"
        emptied = {**json.loads(manifest.read_text()), "segments": []}
        manifest.write_text(json.dumps(emptied))
        query = Query(scheme=world.version.hash, measure="cost", organisation=world.city, until=UNTIL)
        assert ask(world, "cost") == Decimal("0.00")
        assert figures.from_log().figure(query).value == Decimal("1.00")
        actions.amend(by=world.author, record=record.id, values={"cost": "2.50"}, reason="写错")
        assert figures.from_log().figure(query).value == Decimal("2.50")
        (difference,) = check(Lake(paths.room("lake")), DatabaseSource())
        assert difference.about.startswith("trial-2012.study/")

    def test_what_is_rolled_back_was_never_there(self, world: factories.World) -> None:
        world.file()
        with transaction.atomic():
            world.file()
            assert ask(world, "studies") == 2
            transaction.set_rollback(True)
        assert ask(world, "studies") == 1
        world.file(organisation=world.other_village, by=world.of(world.other_village))
        assert (ask(world, "studies"), ask(world, "studies", world.town)) == (2, 1)

    @pytest.mark.parametrize("batch", [1, 2, 3, 4])
    def test_the_postings_of_an_entry_stay_together(self, world: factories.World, batch: int) -> None:
        """However few are read at a time: an entry that takes back and posts anew is in one segment."""
        record = world.file(values={"cost": "1.00"})
        actions.amend(by=world.author, record=record.id, values={"cost": "2.50"}, reason="写错")
        actions.amend(by=world.author, record=record.id, values={"cost": "3.50"}, reason="又写错")
        source = DatabaseSource(batch=batch)
        kept = [set(raw.column("seq").to_pylist()) for raw in source.postings(0, source.head())]
        assert sum(len(seqs) for seqs in kept) == len(set().union(*kept))
        lake = Lake(paths.room("lake"))
        segments = lake.extend(source, least=1).segments
        assert sum(segment.rows for segment in segments if "study" in segment.register) == 5
        assert check(lake, source) == []

    def test_every_day_and_number_comes_through_unchanged(self, world: factories.World) -> None:
        """The database's postings, typed, are what was filed."""
        world.file(values={"hours": "1.5", "started": "2012-02-29", "media": ["web", "press"], "everybody": True})
        (raw,) = DatabaseSource().postings(0, DatabaseSource().head())
        (row,) = typed(DatabaseSource().registers()["trial-2012.study"], raw).to_pylist()
        assert row["f_hours"] == 15
        assert row["f_started"] == dt.date(2012, 2, 29)
        assert row["f_media"] == ["web", "press"]
        assert row["f_everybody"] is True
        assert (row["day"], row["e_held"], row["sign"]) == (factories.DAY, factories.DAY, 1)


@pytest.mark.django_db
class TestTrees:
    def test_work_stays_where_it_was_done_or_follows_whom_it_belongs_to(self, world: factories.World) -> None:
        world.file()
        registry.move(organisation=world.village, parent=world.other_town, day=dt.date(2012, 6, 1), by=world.importer)
        assert (ask(world, "studies", world.town), ask(world, "studies", world.other_town)) == (1, 0)
        assert ask(world, "studies", world.town, tree="now") == 0
        assert ask(world, "studies", world.other_town, tree="now") == 1
        assert ask(world, "village_studies") == 1

    def test_who_is_raised_later_was_what_it_was(self, world: factories.World) -> None:
        world = measured(world, OWED)
        world.file()
        assert owed(world) == (1, 2, 1)
        day = dt.date(2017, 11, 6)
        registry.raise_(organisation=world.village, level="township", day=day, by=world.importer)
        assert owed(world) == (1, 2, 1)
        assert owed(world, until=day - dt.timedelta(days=1)) == (1, 2, 1)
        assert owed(world, until=day) == (None, 1, 1)
        assert owed(world, tree="now") == (None, 1, 1)

    def test_a_scheme_binds_its_organisation_whatever_its_code_is_now(self, world: factories.World) -> None:
        world = measured(world, OWED)
        world.file()
        before = owed(world), owed(world, tree="now")
        registry.rename(organisation=world.city, code="359900", day=dt.date(2013, 1, 1), by=world.importer)
        assert (owed(world), owed(world, tree="now")) == before == ((1, 2, 1), (1, 2, 1))
        world.file(organisation=world.other_village, by=world.of(world.other_village))
        assert owed(world) == owed(world, tree="now") == (2, 2, 0)
