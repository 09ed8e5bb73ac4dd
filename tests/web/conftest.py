"""A small real county for the pages: two towns of Minhou with their villages, the campaign of 2010, a few records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from tests import databases
from tests.matters.taking import taking
from xianfeng import paths
from xianfeng.ledger import actions
from xianfeng.ledger.actions import Row
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.registry import divisions, tree
from xianfeng.registry.actions import Founding, found_many
from xianfeng.scheme import loader

if TYPE_CHECKING:  # the world needs every room
    from tests.web.counts import Growing

DAY = dt.date(2010, 6, 1)


@dataclass
class Site:
    client: Client
    office: Actor

    def file(
        self, kind: str, code: str, *, scheme: str = "fuzhou-2010", times: int = 1, day: dt.date = DAY, **values: Any
    ) -> tuple[int, ...]:
        organisation = tree.by_code(code)
        assert organisation is not None
        rows = [Row(organisation=organisation.id, day=day, values=_numbered(values, n)) for n in range(times)]
        return tuple(actions.file_many(by=self.office, scheme=scheme, kind=kind, rows=rows))

    def adopt(self, text: str) -> None:
        actions.adopt(loader.with_libraries({"scheme.yaml": text}), by=self.office)

    def found_branches(self, town: str) -> int:
        """A branch on each village of a town; how many."""
        organisation = tree.by_code(town)
        assert organisation is not None
        villages = tree.children(organisation.id, DAY, type_="division")
        branches = [
            Founding(
                code=f"{on.code}-D",
                name=f"中共{on.name}支部",
                type="body",
                level="branch",
                category="party",
                parent=on.id,
            )
            for on in villages
        ]
        return len(found_many(foundings=branches, by=self.office))

    def get(self, address: str, status: int = 200) -> str:
        response = self.client.get(address)
        assert response.status_code == status, address
        return response.content.decode()


def _numbered(values: Mapping[str, Any], number: int) -> dict[str, Any]:
    return {name: value.format(n=number + 1) if isinstance(value, str) else value for name, value in values.items()}


@pytest.fixture(scope="session")
def _county(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[databases.Database]:
    """This process's copy."""
    from tests.conftest import session

    with (
        django_db_blocker.unblock(),  # type: ignore[attr-defined]
        session.copy(session.fresh(), like=county()) as database,
        django_db_blocker.block(),  # type: ignore[attr-defined]
    ):
        yield database


@pytest.fixture(scope="module")
def growing(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Growing]:
    """A small world of a module's own that can be made to grow."""
    from tests.conftest import session
    from tests.web import counts

    with django_db_blocker.unblock(), session.copy(session.fresh()) as database, databases.using(database):  # type: ignore[attr-defined]
        yield counts.build()


@pytest.fixture
def site(_county: databases.Database, django_db_blocker: pytest.FixtureRequest, settings: Settings) -> Iterator[Site]:
    """The county as it was founded; what a test does there is taken back."""
    settings.XIANFENG_SYNTHETIC = True
    with django_db_blocker.unblock(), databases.using(_county), databases.undone():  # type: ignore[attr-defined]
        yield there()


def county() -> databases.Database:
    """The county as it is founded, once in a run; to be copied."""
    from tests.conftest import session

    return session.once("county", _found, like=session.empty())


def founded() -> Site:
    """The county in another database."""
    _found()
    return there()


def there() -> Site:
    """The county of the database at hand."""
    return Site(Client(HTTP_HOST="127.0.0.1"), _office())


def _found() -> None:
    source = paths.PROJECT / divisions.SOURCE
    towns = ["350121105", "350121108"]
    divisions.import_(source, under=towns, by=Actor(kind=ActorKind.IMPORT))
    actions.adopt(taking("fuzhou-2010"), by=_office())


def _office() -> Actor:
    root = tree.by_code("350100")
    assert root is not None
    return Actor(kind=ActorKind.IMPORT, organisation=root.id, role="office")
