"""An elector with a slip of a round that the house froze: votes by code, and stands in the house's figures unseen.

House, issuer and box are processes apart, and the page comes from a server of files.
"""

from __future__ import annotations

import functools
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.ballots.conftest import sides
from tests.ballots.sides import Side, fetch
from tests.ballots.sides import cast as sent
from tests.ballots.voter import fill_in
from tests.journeys import house
from tests.journeys.conftest import OUT
from tests.journeys.house import House
from tests.journeys.journey_ballot import LEFT, NEXT, Quiet
from tests.journeys.traveller import SCREENS, Tally, Traveller
from xianfeng.ballots import lists
from xianfeng.ballots.protocol import Poll

OTHERS = [{"satisfied": "满意", "kept": "是"}] * 7 + [{"satisfied": "不满意", "kept": "否"}] * 4


@dataclass(frozen=True)
class Round:
    """What stands before the first elector comes, of a round that the house froze."""

    house: House
    poll: Poll
    codes: list[str]
    issuing: Side
    box: Side
    folder: Path
    address: str

    def slip(self, code: str) -> str:
        """What a slip's QR holds."""
        return f"{self.address}#{self.poll.fingerprint[:32]}.{code}"


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Round]:
    office = house.founded(tmp_path / "house", electors=25)
    published, page = tmp_path / "published", tmp_path / "page"
    with sides(tmp_path) as (issuing, box):
        issuing.do("key", tmp_path / "poll.pub")
        issuing.do("printer-key", tmp_path / "printer.key")
        office.do("ballots", "observers", tmp_path)
        keys = ("--key", tmp_path / "poll.pub", "--observers", tmp_path / "observers.pub")
        office.do("evaluations", "poll", office.number, published, *keys)
        office.do("ballots", "codes", published, "--key", tmp_path / "printer.key", "--out", tmp_path)
        issuing.do("open", published / lists.POLL, tmp_path / "digests.txt")
        box.do("open", published / lists.POLL)
        issuing.serve()
        box.serve()
        asked = ("--issuing", f"http://127.0.0.1:{issuing.port}", "--box", f"http://127.0.0.1:{box.port}")
        office.do("evaluations", "page", office.number, published, "--out", page, *asked, "--delay", 0)
        server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=page))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        codes = (tmp_path / "codes.txt").read_text().split()
        address = f"http://127.0.0.1:{server.server_port}/"
        try:
            yield Round(office, lists.poll(published), codes, issuing, box, published, address)
        finally:
            server.shutdown()
            server.server_close()


@pytest.fixture
def voter(browser: Browser, screen: str, request: pytest.FixtureRequest) -> Iterator[Traveller]:
    """Whoever holds the phone, with his taps counted and every page looked at."""
    context = browser.new_context(**SCREENS[screen], locale="zh-CN")
    tally = Tally("evaluation online", screen)
    yield (made := Traveller(context.new_page(), "", {}, {}, tally, OUT))
    request.node.user_properties.append(("tally", vars(tally)))
    context.close()
    assert made.faults == []


def test_an_elector_votes_by_code_and_the_house_takes_what_was_published(
    voter: Traveller, held: Round, tmp_path: Path
) -> None:
    phone, began = voter.page, time.monotonic()
    phone.goto(held.slip(held.codes[0]))
    for choice in ("满意", "是"):
        voter.tap_on(phone.get_by_label(choice, exact=True))
    voter.look()
    voter.tap(NEXT)
    phone.get_by_role("heading", name=LEFT).wait_for()
    voter.tap("投出")
    phone.get_by_role("heading", name="已投出").wait_for()
    took = time.monotonic() - began
    ballot = phone.locator("[data-ballot]:visible").inner_text()
    assert len(ballot) == 64
    # a tap for each question and for each of the two steps
    assert (voter.tally.taps, voter.tally.fields) == (4, 0)
    print(f"voting by code, {voter.tally.screen}: {took:.1f} s with one look by axe")
    for code, answers in zip(held.codes[1:], OTHERS, strict=False):
        kept = fill_in(held.poll, answers)
        assert "receipt" in sent(held.box, kept, fetch(held.issuing, kept, code))

    opened(held, tmp_path)
    held.house.close()
    told = held.house.do("evaluations", "take", held.house.number, held.folder)
    assert "投票12张" in told
    assert sorted(held.house.publish()) == sorted(
        ["satisfied good 8", "satisfied fair 0", "satisfied poor 4", "kept yes 8", "kept no 4"]
    )


def test_whoever_reads_english_is_told_in_english_what_is_refused(browser: Browser, held: Round, screen: str) -> None:
    """The code goes along from page to page, and to no server."""
    used = held.codes[0]
    assert "signature" in fetch(held.issuing, fill_in(held.poll, OTHERS[0]), used)
    page = browser.new_context(**SCREENS[screen], locale="zh-CN").new_page()
    page.goto(held.slip(used))
    page.get_by_role("heading", name="第一步").wait_for()
    page.get_by_role("link", name="English").click()
    page.get_by_role("heading", name="Step one of two: fill in").wait_for()
    assert page.get_by_label("Code (printed on your slip)").input_value() == used
    page.get_by_role("button", name="Filled in, next").click()
    page.get_by_text("have no answer").wait_for()
    page.get_by_role("button", name="Filled in, next").click()
    page.locator("#code-fault").get_by_text("This code was used already").wait_for()
    assert "#" not in page.url
    page.context.close()


def opened(held: Round, folder: Path) -> None:
    """Both sides close, two observers open."""
    name = held.poll.fingerprint
    held.issuing.do("close", name, folder / "issued.json")
    held.box.do("close", name, held.folder, folder / "sealed")
    shares = [part for place in (1, 3) for part in ("--share", folder / f"share-{place}.txt")]
    issued = ("--issuing", folder / "issued.json")
    held.house.do("ballots", "open", held.folder, "--from", folder / "sealed", *shares, *issued)
