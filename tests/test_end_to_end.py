"""The whole way once, as a newcomer goes it: the demonstration that `xianfeng demo prepare` made from nothing, opened
by `xianfeng demo`, then from a printed number to an entry through the pages that a real server serves.
"""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests import databases
from tests.databases import Database
from tests.demo import city

XIANFENG = Path(sys.executable).with_name("xianfeng")
PRINTED = ("325项", "383项", "增长18%", "5279亿元", "6361亿元", "增长20%", "705支", "834个", "863名", "802个村")


@pytest.fixture
def prepared(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Database]:
    """A copy for this test alone, which nothing was done in since."""
    from tests.conftest import session

    with (
        django_db_blocker.unblock(),  # type: ignore[attr-defined]
        session.copy(session.fresh(), like=city.made()) as database,
        databases.using(database),
    ):
        yield database


@pytest.fixture
def served(prepared: Database, tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """The address of the demonstration and the folder of its files; the whole process group ends with the test."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [XIANFENG, "demo", "--out", tmp_path, "--port", str(port)]
    log = (tmp_path / "demo.log").open("w")
    process = subprocess.Popen(
        [str(part) for part in command], env=prepared.environment, stdout=log, stderr=log, start_new_session=True
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address, process, tmp_path / "demo.log")
        yield address, tmp_path
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=30)
        log.close()


def _wait(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(600):
        assert process.poll() is None, log.read_text()
        try:
            urlopen(address, timeout=60).close()  # noqa: S310 (our own address)
        except URLError:
            time.sleep(0.5)
        else:
            return
    raise AssertionError(log.read_text())


def read(address: str) -> str:
    with urlopen(address, timeout=60) as response:  # noqa: S310 (our own address)
        return response.read().decode()


def links(page: str, start: str) -> list[str]:
    return [unescape(link) for link in re.findall(r'href="([^"]+)"', page) if link.startswith(start)]


def test_from_an_empty_folder_to_the_entry_behind_a_printed_number(
    served: tuple[str, Path], prepared: Database
) -> None:
    (site, out), environment = served, prepared.environment
    bulletin = read(f"{site}/schemes/fuzhou-2010/bulletins/no98")
    words = re.sub(r"<[^>]+>|\s", "", bulletin)
    assert [text for text in PRINTED if text not in words] == []
    assert "演示数据" in bulletin

    (figure, *_) = [link for link in links(bulletin, "/figures/") if "/task_forces/" in link]
    opened = read(site + figure)  # the first click
    assert "705" in opened
    assert "统计口径" in opened
    (record, *_) = links(opened, "/records/")
    assert "办理经过" in read(site + record)  # the second

    special = read(f"{site}/schemes/fuzhou-2012/bulletins/no576")
    assert "编者按" in special
    assert "73554人" in re.sub(r"<[^>]+>|\s", "", special)
    assert "：一致</h2>" in read(f"{site}/verify?bulletin=fuzhou-2012/no576")

    files = {path.name for path in out.iterdir()}
    for name in ("fuzhou-2010-no98", "fuzhou-2012-no576"):
        assert {f"{name}{part}.{suffix}" for part in ("", "-来源单") for suffix in ("html", "docx", "pdf")} <= files
    assert not [name for name in files if name.endswith(".part")]

    for command in ("acceptance", "verify", "ledger check"):
        done = subprocess.run(
            [XIANFENG, *command.split()], env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{command}: {done.stdout[-2000:]}{done.stderr[-2000:]}"
