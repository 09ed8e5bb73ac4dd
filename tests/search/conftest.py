"""A county with two towns, and the small campaign of the ledger's tests, to be searched."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from tests.ledger import factories
from tests.ledger.factories import World
from xianfeng.registry.models import Place
from xianfeng.search import index, query
from xianfeng.search.query import Hits
from xianfeng.search.sight import Sight
from xianfeng.search.terms import Kind

PUBLIC = Sight()
ALL = Sight(everything=True)


@dataclass(frozen=True)
class Library:
    world: World
    everything: Sight = field(default=ALL)

    def at(self, organisation: int) -> Sight:
        paths = Place.objects.filter(organisation=organisation).values_list("path", flat=True)
        return Sight(paths=tuple(paths))

    def hits(self, text: str, kind: Kind = Kind.RECORD, sight: Sight = ALL, **given: object) -> Hits:
        index.extend()
        return query.find(text, sight=sight, kind=kind, **given)  # type: ignore[arg-type]

    def found(self, text: str, kind: Kind = Kind.RECORD, sight: Sight = ALL, **given: object) -> list[int]:
        """What is found, by the numbers of what it is."""
        return [row.about for row in self.hits(text, kind, sight, **given).rows]

    def file(self, name: str, organisation: int | None = None, **values: object) -> int:
        """A record of the village (or another organisation), its name public, its text not."""
        place = organisation or self.world.village
        filed = self.world.file(by=self.world.of(place), organisation=place, values={"name": name, **values})
        return filed.id


@pytest.fixture
def library(db: None) -> Library:
    return Library(factories.world())
