"""A plan's records through the ledger: made the same each time, filed once each, picked up where they were left."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from typing import Any

from xianfeng.demo import spread
from xianfeng.demo.ground import Ground, Site, by_division, nearest
from xianfeng.demo.plan import Filing, Plan, Planned
from xianfeng.demo.values import Made, Use, column, settled
from xianfeng.ledger.actions import Row, Step, file_many
from xianfeng.ledger.models import Record
from xianfeng.log.actors import Actor

BATCH = 4_000  # records in one transaction: what an interrupted set-up has to do again


def file_plan(plan: Plan, ground: Ground, *, by: Actor) -> Iterator[tuple[Filing, int]]:
    """File what is not yet filed of a plan: each item when it is complete, with how many records were new."""
    made = Filed(plan)
    for item in plan.filings:
        yield item, file_item(plan, item, ground, made, by=by)


def file_item(plan: Plan, item: Filing, ground: Ground, made: Filed, *, by: Actor) -> int:
    """File what is not yet filed of one item, which may be one that the plan has not; how many records were new."""
    missing = [row for row in rows_of(plan, item, ground, made) if row.reference not in made.numbers]
    for first in range(0, len(missing), BATCH):
        batch = missing[first : first + BATCH]
        records = file_many(by=by, scheme=plan.scheme, kind=item.kind, rows=batch)
        made.numbers |= {str(row.reference): record for row, record in zip(batch, records, strict=True)}
    return len(missing)


class Filed:
    """What is in the ledger of a plan, by reference."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        rows = Record.objects.filter(reference__startswith=f"{plan.scheme}/").values_list("reference", "id")
        self.numbers: dict[str, int] = {str(reference): id_ for reference, id_ in rows.iterator()}
        self._items = {item.id: item for item in plan.filings}

    def records(self, item: str) -> list[int]:
        return [self.numbers[reference] for reference in references(self._plan, self._items[item])]

    def subjects(self, item: str) -> set[int]:
        path = item if "/" in item else f"{self._plan.scheme}/{item}"
        rows = Record.objects.filter(reference__startswith=f"{path}/", subject__isnull=False)
        return {subject for subject in rows.values_list("subject", flat=True) if subject is not None}


def references(plan: Plan, item: Filing) -> list[str]:
    return [f"{plan.scheme}/{item.id}/{number:05d}" for number in range(1, item.count + 1)]


@dataclass(frozen=True)
class Drawn:
    """One planned piece of work, before it is filed."""

    reference: str
    site: Site
    day: dt.date
    values: Mapping[str, Any]


def drawn(plan: Plan, item: Filing, ground: Ground, made: Made) -> Iterator[Drawn]:
    """The records of one item, always the same ones."""
    columns = {name: column(spec, _use(plan, item, name, ground, made)) for name, spec in item.values.items()}
    sites = _sites(plan, item, ground, columns)
    random = spread.source(plan.seed, item.id, "days")
    for number, (reference, site) in enumerate(zip(references(plan, item), sites, strict=True)):
        day = spread.day(*item.days, random)
        values = {name: _said(settled(made_[number], day), site) for name, made_ in columns.items()}
        yield Drawn(reference, site, day, values)


def rows_of(plan: Plan, item: Filing, ground: Ground, made: Made) -> list[Row]:
    return [
        Row(
            organisation=one.site.id,
            day=one.day,
            values=one.values,
            reference=one.reference,
            moves=tuple(_steps(plan, item.moves, ground, one)),
        )
        for one in drawn(plan, item, ground, made)
    ]


def _use(plan: Plan, item: Filing, name: str, ground: Ground, made: Made) -> Use:
    random = spread.source(plan.seed, item.id, name)
    return Use(item=item.id, count=item.count, random=random, ground=ground, made=made)


def _sites(plan: Plan, item: Filing, ground: Ground, columns: Mapping[str, Sequence[Any]]) -> list[Site]:
    """Who files each record: a group in turn, a draw from it, or who stands above a value of the record."""
    random = spread.source(plan.seed, item.id, "at")
    if isinstance(item.at, str):
        return list(islice(cycle(spread.shuffled(ground.sites(item.at), random)), item.count))
    if "draw" in item.at:
        return random.choices(ground.sites(item.at["draw"]), k=item.count)
    near = by_division(ground.sites(item.at["in"]))
    return [nearest(site.division, near) for site in columns[item.at["above"]]]


def dated(plan: Plan, moves: Sequence[Planned], one: Drawn) -> Iterator[tuple[Planned, dt.date]]:
    """The moves a record has made by the plan's last day; a record that stops at one makes none after it."""
    random, day = spread.source(plan.seed, one.reference), one.day
    for move in moves:
        day += dt.timedelta(days=random.randrange(move.after[0], move.after[1] + 1))
        if random.randrange(100) >= move.share or day > plan.until:
            return
        yield move, day


def _steps(plan: Plan, moves: Sequence[Planned], ground: Ground, one: Drawn) -> Iterator[Step]:
    for move, day in dated(plan, moves, one):
        yield Step(move.do, day, _acting(move, ground, one.site), move.values, move.reason)


def _acting(move: Planned, ground: Ground, site: Site) -> int | None:
    return None if move.by == "author" else ground.superior(site, move.by)


def _said(value: Any, site: Site) -> Any:
    return value.replace("{place}", site.name) if isinstance(value, str) else value
