"""'2500 new organisations' is a figure: what happens to organisations is counted like any other work."""

from __future__ import annotations

import datetime as dt

from tests.databases import Database
from tests.registry.trees import DAY, LATER, unit
from xianfeng import figures
from xianfeng.figures.interface import Query
from xianfeng.ledger import versions
from xianfeng.log.actors import CLOCK, Actor, ActorKind
from xianfeng.registry.actions import Founding, found_many, merge, move
from xianfeng.scheme.loader import package

SCHEME = """
xianfeng: 1
scheme: new-bodies
title: 新建组织
at: "city"
historical: true
include: [core]
runs: {from: 2010-01-01, to: 2012-12-31, timezone: Asia/Shanghai}
measures:
  new: {title: 新建党组织, unit: 个, count: registry_event, where: "event == 'found' and type == 'body'"}
  merged: {title: 合并党组织, unit: 个, count: registry_event, where: "event == 'merge'"}
"""


def test_new_organisations_are_counted_where_and_when_they_began(transactional: Database) -> None:
    city = unit("city", type_="division")
    east, west = unit("east", city, type_="division"), unit("west", city, type_="division")
    old = [Founding(code=f"old{n}", name="老支部", type="body", level="branch", parent=east) for n in range(3)]
    new = [
        Founding(code=f"new{n}", name="新支部", type="body", level="branch", parent=east, founded=DAY) for n in range(5)
    ]
    found_many(foundings=old, by=CLOCK)
    first, *others = found_many(foundings=new, by=CLOCK)
    unit("firm", east, founded=DAY)
    move(organisation=first, parent=west, day=LATER, by=CLOCK)
    merge(organisations=others[:2], into=others[2], day=LATER, by=CLOCK)
    folder = transactional.data / "scheme"
    folder.mkdir()
    (folder / "scheme.yaml").write_text(SCHEME, "utf-8")
    office = Actor(kind=ActorKind.IMPORT, organisation=city, role="office")
    version = versions.adopt(package(folder), by=office).hash

    def count(measure: str, organisation: int, until: dt.date, *, now: bool = False) -> object:
        tree = "now" if now else "then"
        query = Query(scheme=version, measure=measure, organisation=organisation, until=until, tree=tree)
        return figures.engine().figure(query).value

    assert count("new", city, DAY) == 5
    assert count("new", east, DAY) == 5
    assert count("new", city, DAY - dt.timedelta(days=1)) in {0, None}
    assert count("new", east, LATER) == 5  # they began there
    assert (count("new", east, LATER, now=True), count("new", west, LATER, now=True)) == (4, 1)
    assert count("merged", city, LATER) == 2
