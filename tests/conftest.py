"""What every test stands on: a data folder and a database of the session's own.

`XIANFENG_TEST_DATABASE=postgres` runs the suite on PostgreSQL. A test takes `db` (rolled back at its end) or
`transactional` (a database of its own with real commits, for races, threads and child processes).
"""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Iterator
from typing import Any

import django
import hypothesis
import pytest
from django.conf import settings

from tests import databases

# The settings read the environment, so the session's database and folder come first. (Named in pyproject.toml, the
# settings would be loaded before this file.)
session = databases.Session()
os.environ["DJANGO_SETTINGS_MODULE"] = "xianfeng.config.settings"
django.setup()

settings.WHITENOISE_AUTOREFRESH = True  # else every test client reads all static files before its first page
settings.PASSWORD_HASHERS = [  # fast; behind it those in use, for what child processes have hashed
    "django.contrib.auth.hashers.MD5PasswordHasher",
    *settings.PASSWORD_HASHERS,
]

# How long an example takes says more about the machine than about the code; what examples share is the database.
hypothesis.settings.register_profile(
    "house",
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow, hypothesis.HealthCheck.function_scoped_fixture],
)
hypothesis.settings.load_profile("house")

pytest_plugins = ["tests.demo.city"]

# Begun first, that no process is left alone with one at the end.
_LONG = ("tests/test_end_to_end.py", "tests/web/test_matrix.py")
_ONLY = {
    "database_file": not databases.POSTGRES,
    "database_either": not databases.POSTGRES,
    "database_server": databases.POSTGRES,
}


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "database_server: works on the PostgreSQL server; see database_file")
    config.addinivalue_line("markers", "database_either: judges what both find, as other tests show; one will do")
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a run that is told to stop cleans up as at Ctrl-C


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What is not of this run's database: a test of the other's own, whose counterpart is; on PostgreSQL, for it gives
    the same answer there, a test that is marked so or has no database at all (`_no_database` sees to it).
    """
    elsewhere = [
        item
        for item in items
        if any(item.get_closest_marker(name) and not on for name, on in _ONLY.items())
        or (databases.POSTGRES and not _has_database(item))
    ]
    if elsewhere:
        config.hook.pytest_deselected(items=elsewhere)
        left = set(elsewhere)
        items[:] = [item for item in items if item not in left]
    items.sort(key=lambda item: not item.nodeid.startswith(_LONG))


def _has_database(item: pytest.Item) -> bool:
    """Whether it asked for one, by itself or by one of its fixtures; pytest-django keeps all others from it."""
    asked = getattr(item, "fixturenames", ())
    return "django_db_setup" in asked or "db" in asked or item.get_closest_marker("django_db") is not None


@pytest.fixture(autouse=True)
def _no_database(request: pytest.FixtureRequest) -> Iterator[None]:
    """Nor do the child processes of a test that asked for no database find one."""
    with pytest.MonkeyPatch.context() as patch:
        if not _has_database(request.node):
            patch.setenv("DATABASE_URL", "postgresql://nobody@/none?host=/nonexistent")
        yield


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    """Only this machine can be reached: a test that asks the world for something fails here, not on a bad day."""
    connect = socket.socket.connect

    def local(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a test wanted to reach {address}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", local)
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    with (
        django_db_blocker.unblock(),  # type: ignore[attr-defined]
        session.copy(session.working) as database,
        databases.using(database),
        django_db_blocker.block(),  # type: ignore[attr-defined]  # who asks for no database later has none
    ):
        yield


@pytest.fixture
def transactional(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[databases.Database]:
    """A database and a data folder of the test's own, told to child processes by their environment."""
    with (
        django_db_blocker.unblock(),  # type: ignore[attr-defined]
        session.copy(session.fresh()) as database,
        databases.using(database),
    ):
        yield database
