"""Somebody going through the pages in a real browser: what he taps and types is counted, every page is looked at.

A page is looked at once it is there: axe finds nothing wrong, the console has no error (a breach of the content policy
is one), nothing is wider than the screen and no tag wider than its cell, and a picture of it is kept.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Error, Locator, Page, Response, expect

SCREENS: Mapping[str, Mapping[str, Any]] = {
    "desktop": {"viewport": {"width": 1280, "height": 900}},
    "phone": {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True},
}
PATIENCE = 120_000  # ms; what is tested here is what happens, not how fast, and the machine may be loaded
_AXE = Axe()
_RULES = {
    "rules": {"target-size": {"enabled": True}},  # off by default: what a thumb can hit
    "resultTypes": ["violations"],  # what passes is not told, which takes as long as to find it
}
_VIOLATIONS = f"axe.run({json.dumps(_RULES)}).then(found => found.violations)"
_WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
_CUT = """[...document.querySelectorAll("td .tag, th .tag")]
    .filter(tag => tag.getBoundingClientRect().right > tag.closest("td, th").getBoundingClientRect().right + 1)
    .map(tag => tag.textContent)"""

_NARROW = """[...document.querySelectorAll(".sheet-table.stack :is(tbody, tfoot) tr")]
    .filter(row => row.offsetParent && row.offsetWidth < row.closest(".scroll").clientWidth / 2).length"""


@dataclass
class Tally:
    """What a journey cost whoever made it."""

    journey: str
    screen: str
    pages: int = 0
    taps: int = 0
    fields: int = 0
    characters: int = 0


@dataclass
class Traveller:
    page: Page
    site: str
    passwords: Mapping[str, str]
    sessions: dict[str, Any]  # of whoever has signed in at this site: his cookie
    tally: Tally
    folder: Path
    faults: list[str] = field(default_factory=list)
    refusals: set[int] = field(default_factory=set)  # statuses that the journey means to meet

    def __post_init__(self) -> None:
        self.page.set_default_timeout(PATIENCE)
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.faults.append(f"{self.page.url}: {error}"))
        self.page.on("response", self._response)

    def open(self, path: str) -> None:
        """An address that one is handed: a code on a board, a link in a chat group, a bookmark."""
        self.page.goto(path if path.startswith("http") else self.site + path)
        self.look()

    def sign_in(self, username: str, password: str = "") -> None:
        """Not counted: it has a journey of its own. Who comes first thing goes on with the sign-in of whoever did so as
        the same before: each costs the server a second, and there are a hundred."""
        known = self.sessions.get(username, []) if self.page.url == "about:blank" and not password else []
        self.page.context.add_cookies(known)
        self.page.goto(f"{self.site}/account/sign-in")
        if known and "/account/sign-in" not in self.page.url:  # another journey may have ended it
            return
        self.page.locator("[name=login]").fill(username)
        self.page.locator("[name=password]").fill(password or self.passwords[username])
        with self.page.expect_navigation():
            self.page.locator("[name=password]").press("Enter")
        self.sessions[username] = [each for each in self.page.context.cookies() if each["name"] == "sessionid"]

    def tap(self, name: str | re.Pattern[str], *, role: str = "", within: str = "body", exact: bool = False) -> None:
        """What bears this name: a link or a button."""
        self._look_if_new()
        scope = self.page.locator(within)
        roles = (role,) if role else ("link", "button")
        found = [scope.get_by_role(each, name=name, exact=exact) for each in roles]  # type: ignore[arg-type]
        target = found[0].or_(found[1]) if len(found) > 1 else found[0]
        self.tap_on(target.first)

    def tap_on(self, target: Locator) -> None:
        self.tally.taps += 1
        if self.tally.screen == "phone":
            target.tap()
        else:
            target.click()

    def unfold(self, name: str) -> None:
        """What a narrow screen keeps folded."""
        summary = self.page.locator("main summary", has_text=name).first
        if summary.count() and not summary.evaluate("summary => summary.parentElement.open"):
            self.tap_on(summary)

    def type(self, label: str, text: str, *, within: str = "body", exact: bool = False) -> None:
        target = self.page.locator(within).get_by_label(label, exact=exact).first
        self.tally.fields += 1
        self.tally.characters += len(text)
        target.fill(text)

    def choose(self, label: str, option: str, *, within: str = "body") -> None:
        self.tally.fields += 1
        self.tally.taps += 2
        self.page.locator(within).get_by_label(label).first.select_option(option)  # its value or its words

    def tick(self, label: str) -> None:
        self.tally.taps += 1
        self.page.get_by_label(label).first.check()

    def pick(self, label: str, text: str, option: str) -> None:
        """In a picker: type a beginning, tap what is offered."""
        box = self.page.get_by_role("combobox", name=label).first
        self.tally.fields += 1
        self.tally.characters += len(text)
        box.press_sequentially(text)
        self.tap_on(self.page.get_by_role("option", name=option).first)

    def upload(self, label: str, path: Path) -> None:
        self.tally.taps += 1
        self.page.get_by_label(label).first.set_input_files(path)

    def paste(self, target: Locator, text: str) -> None:
        """As from Excel: tabs and lines, into the cell that was tapped."""
        self.tap_on(target)
        target.evaluate(
            """(box, text) => {
                const data = new DataTransfer();
                data.setData("text/plain", text);
                box.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
            }""",
            text,
        )

    def see(self, *texts: str | re.Pattern[str]) -> None:
        for text in texts:
            self._wait_for("body", text)
        self._look_if_new()

    def title(self, text: str | re.Pattern[str]) -> None:
        """The page is there that bears this heading."""
        self._wait_for("h1", text)
        self._look_if_new()

    def look(self) -> None:
        """Check and picture the page as it now stands."""
        self.page.wait_for_load_state("load")
        self.page.evaluate("window.looked = true")
        self.tally.pages += 1
        where = self.page.url.removeprefix(self.site)
        self.page.evaluate(_AXE.axe_script)
        for violation in self.page.evaluate(_VIOLATIONS):
            for node in violation["nodes"][:3]:
                self.faults.append(f"axe {where}: {violation['id']}: {node['html'][:160]}")
        wider = self.page.evaluate(_WIDER)
        if wider > 0:
            self.faults.append(f"{where}: {wider} px wider than the screen")
        if narrow := self.page.evaluate(_NARROW):
            self.faults.append(f"{where}: {narrow} rows of a table as narrow as a letter")
        self.faults += [f"{where}: wider than its cell: {tag}" for tag in self.page.evaluate(_CUT)]
        self.folder.mkdir(parents=True, exist_ok=True)
        name = f"{self.tally.journey}-{self.tally.screen}-{self.tally.pages:02}.png"
        self.page.screenshot(path=self.folder / name, full_page=True)

    def _wait_for(self, where: str, text: str | re.Pattern[str]) -> None:
        try:
            expect(self.page.locator(where).first).to_contain_text(text, timeout=PATIENCE)
        except AssertionError:
            shown = self.page.locator("main").inner_text()[:300]
            raise AssertionError(f"{self.page.url} does not say {text!r}, but: {shown}") from None

    def _look_if_new(self) -> None:
        try:
            looked = self.page.evaluate("window.looked === true")
        except Error:  # just then the page went
            self.page.wait_for_load_state("load")
            looked = self.page.evaluate("window.looked === true")
        if not looked:
            self.look()

    def _console(self, message: ConsoleMessage) -> None:
        meant = (f"{words} {status}" for status in self.refusals for words in ("status of", "Status Error Code"))
        if message.type == "error" and not any(words in message.text for words in meant):
            self.faults.append(f"console {self.page.url}: {message.text}")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.refusals:
            self.faults.append(f"{response.status} {response.url}")
        if not response.url.startswith((self.site, "data:", "blob:")):
            self.faults.append(f"asked elsewhere: {response.url}")
