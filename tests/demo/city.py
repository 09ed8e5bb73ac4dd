"""The demonstration's city as a fixture, shared by every test that looks at it.

A test that changes something does so inside `undone()`.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests import databases
from tests.databases import undone
from tests.demo import kept

__all__ = ["demo_city", "undone"]


@pytest.fixture(scope="session")
def _built_city(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[databases.Database]:
    """This process's copy: on SQLite of the one that is kept, on PostgreSQL of one made in this run."""
    from tests.conftest import session

    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        city = session.once("city", _prepare, like=session.empty()) if databases.POSTGRES else kept.demonstration()
        with session.copy(session.fresh(), like=city) as database, django_db_blocker.block():  # type: ignore[attr-defined]
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


def _prepare() -> None:
    from django.conf import settings

    from xianfeng.demo.prepare import prepare

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "XIANFENG_SYNTHETIC", True)
        prepare(say=lambda line: None)
