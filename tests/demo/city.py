"""The demonstration's city as a fixture, shared by every test that looks at it.

A test that changes something does so inside `undone()`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests import databases
from tests.databases import undone
from tests.demo import kept

__all__ = ["demo_city", "undone"]


@pytest.fixture(scope="session")
def _built_city(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[databases.Database]:
    """This process's copy."""
    from tests.conftest import session

    with (
        django_db_blocker.unblock(),  # type: ignore[attr-defined]
        session.copy(session.fresh(), like=made()) as database,
        django_db_blocker.block(),  # type: ignore[attr-defined]
    ):
        yield database


@pytest.fixture
def demo_city(
    _built_city: databases.Database, django_db_blocker: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[databases.Database]:
    """The three schemes on Fuzhou and Jinwan, all records filed, no. 98 and no. 576 closed."""
    from django.conf import settings

    monkeypatch.setattr(settings, "XIANFENG_SYNTHETIC", True)
    with django_db_blocker.unblock(), databases.using(_built_city):  # type: ignore[attr-defined]
        yield _built_city


def made() -> databases.Database:
    """The demonstration from nothing, to be copied: on SQLite the one that is kept, on PostgreSQL one of this run."""
    from tests.conftest import session

    if not databases.POSTGRES:
        return kept.demonstration()
    return session.once("city", lambda: kept.complete(os.environ), like=session.empty())
