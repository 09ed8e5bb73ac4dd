"""The journeys of those the product is made for, each from end to end in Chromium, on a desk's screen and a phone's.

`make journeys` runs them; `make test` does not (their files are not called test_*). Pictures and the table of taps
go to `out/journeys/`, or where `JOURNEYS_OUT` says.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright
from xdist.scheduler import LoadScopeScheduling

from tests.journeys import served
from tests.journeys.traveller import SCREENS, Tally, Traveller

OUT = Path(os.environ.get("JOURNEYS_OUT", Path(__file__).parents[2] / "out" / "journeys"))
HEAD = ("旅程", "屏幕", "页", "点击", "填写", "字符")
_CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

Enter = Callable[..., Traveller]


@dataclass(frozen=True)
class World:
    """A demonstration of one screen's own."""

    screen: str
    address: str
    data: Path
    passwords: dict[str, str]
    sessions: dict[str, Any] = field(default_factory=dict)


class ByScreen(LoadScopeScheduling):
    """One process has one screen, and with it one server."""

    def _split_scope(self, nodeid: str) -> str:
        return next(screen for screen in SCREENS if f"[{screen}" in nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByScreen:
    return ByScreen(config, log)


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The demonstration as it is made, once for all processes."""
    shared = tmp_path_factory.getbasetemp() if worker_id == "master" else tmp_path_factory.getbasetemp().parent
    with (shared / "prepared.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "prepared.done").exists():
            served.prepare(shared / "prepared")
            (shared / "prepared.done").touch()
    return shared / "prepared"


@pytest.fixture(scope="session", params=SCREENS)
def screen(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="session")
def world(screen: str, prepared: Path) -> Iterator[World]:
    with _world(screen, prepared, prepared.with_name(screen)) as made:
        yield made


@pytest.fixture
def later(screen: str, prepared: Path) -> Iterator[World]:
    """A world of one's own, whose clock may be put forward: nobody else meets the days to come."""
    data = prepared.with_name(f"{screen}-later")
    with _world(screen, prepared, data) as made:
        yield made
    shutil.rmtree(data)


@contextmanager
def _world(screen: str, prepared: Path, data: Path) -> Iterator[World]:
    shutil.copytree(prepared, data)
    passwords = json.loads((data / "demo_accounts.json").read_text())
    with served.serving(data) as address:
        yield World(screen, address, data, passwords)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, _CHROMIUM)), None)
    assert path, "没有 Chromium：make journeys 会装上它，或者说明怎么装"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--lang=zh-CN"])
        yield browser
        browser.close()


@pytest.fixture
def enter(request: pytest.FixtureRequest, browser: Browser, world: World) -> Iterator[Enter]:
    """`enter("village_clerk")`: somebody at a browser of his own; `enter(…, language="en")` with another language."""
    screen = world.screen
    travellers: list[Traveller] = []
    tallies: list[Tally] = []

    def begin(journey: str, *, language: str = "", counted: bool = True, at: World = world) -> Traveller:
        context = browser.new_context(**SCREENS[screen], locale="zh-CN", timezone_id="Asia/Shanghai")
        if language:
            context.add_cookies([{"name": "django_language", "value": language, "url": at.address}])
        tally = Tally(journey, screen)
        if counted:
            tallies.append(tally)
        travellers.append(Traveller(context.new_page(), at.address, at.passwords, at.sessions, tally, OUT))
        return travellers[-1]

    before = request.session.testsfailed
    yield begin
    for traveller in travellers:
        if request.session.testsfailed > before:  # where it stopped
            traveller.page.screenshot(path=OUT / f"{traveller.tally.journey}-{screen}-failed.png")
        traveller.page.context.close()
    request.node.user_properties += [("tally", vars(tally)) for tally in tallies]
    faults = dict.fromkeys(fault for traveller in travellers for fault in traveller.faults)
    if faults:
        pytest.fail("\n".join(faults), pytrace=False)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What each journey costs; who signed in before is not counted, signing in is a journey of its own."""
    lines = ["\t".join(HEAD)]
    reports = (report for some in terminalreporter.stats.values() for report in some)
    done = (report for report in reports if isinstance(report, pytest.TestReport) and report.when == "teardown")
    tallies = [told for report in done for name, told in report.user_properties if name == "tally"]
    lines += sorted("\t".join(map(str, tally.values())) for tally in tallies)
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "taps.tsv").write_text("\n".join(lines) + "\n")
    terminalreporter.section("journeys")
    for line in lines:
        terminalreporter.write_line(line.expandtabs(24))
