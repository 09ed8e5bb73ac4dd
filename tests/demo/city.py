"""The demonstration's city as a fixture: made once a session through the ledger, shared by every test that looks at it.

A test that changes something does so inside `undone()`. Mark the module `xdist_group("demo_city")`, or each worker
makes a city of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests import databases


@pytest.fixture(scope="session")
def _built_city(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[databases.Database]:
    from tests.conftest import session
    from xianfeng.demo.prepare import prepare

    database = session.fresh()
    with django_db_blocker.unblock(), session.copy(database):  # type: ignore[attr-defined]
        with databases.using(database), pytest.MonkeyPatch.context() as patch:
            _point_at(database, patch)
            prepare(say=lambda line: None)
        yield database


@pytest.fixture
def demo_city(
    _built_city: databases.Database, django_db_blocker: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[databases.Database]:
    """The three schemes on Fuzhou and Jinwan, all records filed, no. 98 and no. 576 closed."""
    with django_db_blocker.unblock(), databases.using(_built_city):  # type: ignore[attr-defined]
        _point_at(_built_city, monkeypatch)
        yield _built_city


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written inside is taken back at the end."""
    from django.db import transaction

    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _point_at(database: databases.Database, patch: pytest.MonkeyPatch) -> None:
    from django.conf import settings

    patch.setenv("DATABASE_URL", database.url)
    patch.setenv("XIANFENG_DATA", str(database.data))
    patch.setattr(settings, "XIANFENG_SYNTHETIC", True)
