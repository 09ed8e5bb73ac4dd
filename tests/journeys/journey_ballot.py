"""An elector with a slip: opens its address, answers, has the ballot signed and casts it; then it is counted again.

The two sides are processes apart, and the page comes from a server of files.
"""

from __future__ import annotations

import base64
import functools
import json
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.ballots.conftest import Ground, prepared, sides
from tests.ballots.sides import cast, fetch
from tests.ballots.test_two_processes import house
from tests.ballots.voter import fill_in
from tests.journeys.conftest import OUT
from tests.journeys.traveller import SCREENS, Tally, Traveller
from xianfeng.ballots import lists, protocol
from xianfeng.web import voting

NEXT, LEFT = "填好了，下一步", "还差一步：点“投出”才算投了票"
Voted = tuple[Ground, str]


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """As docs/ballots.md asks of whoever serves the page."""


@pytest.fixture
def poll(tmp_path: Path) -> Iterator[Voted]:
    """A poll with its page served: the ground, and the page's address."""
    with sides(tmp_path) as (issuing, box):
        ground = prepared(tmp_path, issuing, box, electors=20, title="某村党支部工作群众评议")
        issuing.serve()
        box.serve()
        page = tmp_path / "page"
        addresses = [f"http://127.0.0.1:{side.port}" for side in (issuing, box)]
        voting.write(voting.files(voting.Page(ground.poll, *addresses, delay=0)), page)
        server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=page))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield ground, f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            server.server_close()


@pytest.fixture
def phone(browser: Browser, screen: str) -> Iterator[Page]:
    context = browser.new_context(**SCREENS[screen], locale="zh-CN")
    page = context.new_page()
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if "Security Policy" in message.text else None)
    yield page
    assert refused == []
    assert context.cookies() == []
    context.close()


@pytest.fixture
def voter(phone: Page, screen: str, request: pytest.FixtureRequest) -> Iterator[Traveller]:
    """Whoever holds the phone, with his taps counted and every page looked at."""
    tally = Tally("ballot", screen)
    yield (made := Traveller(phone, "", {}, {}, tally, OUT))
    request.node.user_properties.append(("tally", vars(tally)))
    assert made.faults == []


def slip(ground: Ground, code: str) -> str:
    """What the slip's QR adds to the page's address."""
    return f"#{ground.poll.fingerprint[:32]}.{code}"


def answer(page: Page, choice: str, stars: str) -> None:
    page.get_by_label(choice, exact=True).check()
    page.get_by_label(stars, exact=True).check()


def test_an_elector_votes_by_code_and_is_counted(voter: Traveller, poll: Voted, tmp_path: Path) -> None:
    ground, address = poll
    phone = voter.page
    phone.goto(address + slip(ground, ground.codes[0]))
    for choice in ("满意", "五星"):
        voter.tap_on(phone.get_by_label(choice, exact=True))
    phone.get_by_label("您想说的话").fill("路修好了")
    voter.look()
    voter.tap(NEXT)
    phone.get_by_role("heading", name=LEFT).wait_for()
    stored = phone.evaluate("JSON.stringify({...localStorage, ...sessionStorage})")
    assert ground.codes[0] not in stored
    (kept,) = json.loads(phone.evaluate("Object.values(localStorage)[0]"))["signed"]
    sealed = {name: base64.b64decode(value) for name, value in kept.items()}
    answers = ground.poll.form.packed({"content": "满意", "service": "五星", "code": "路修好了"})
    assert not any(answers in value or "路修好了".encode() in value for value in sealed.values())
    voter.look()
    voter.tap("投出")
    phone.get_by_role("heading", name="已投出").wait_for()
    ballot = phone.locator("[data-ballot]:visible").inner_text()
    voter.look()
    assert phone.evaluate("localStorage.length") == 0
    assert "#" not in phone.url

    for code in ground.codes[4:13]:  # of fewer than ten nothing is told
        others = fill_in(ground.poll, {"content": "满意", "service": "五星"})
        assert "receipt" in cast(ground.box, others, fetch(ground.issuing, others, code))
    found = counted(ground, tmp_path)
    assert "九成以上：满意" in found
    assert "九成以上：五星" in found
    assert (tmp_path / "sealed" / lists.TEXTS).read_text() == "您想说的话\t路修好了"
    assert ballot in {_name(ground, line) for line in lists.ballots(ground.folder)}


def test_what_is_left_blank_is_asked_about_once_before_nothing_can_be_changed(voter: Traveller, poll: Voted) -> None:
    ground, address = poll
    phone = voter.page
    phone.goto(address + slip(ground, ground.codes[6]))
    voter.tap_on(phone.get_by_label("满意", exact=True))
    voter.tap(NEXT)
    phone.get_by_text("有 1 题没有选").wait_for()
    assert phone.evaluate("localStorage.length") == 0
    voter.look()
    voter.tap(NEXT)
    phone.get_by_role("heading", name=LEFT).wait_for()


def test_what_is_wrong_with_a_code_or_a_text_stands_beside_its_field(voter: Traveller, poll: Voted) -> None:
    """Whoever has a slip without a QR's address types the code; what he answered stays."""
    ground, address = poll
    phone = voter.page
    voter.refusals.add(409)
    phone.goto(address)
    code, fault = phone.get_by_label("票码（印在票条上）"), phone.locator("#code-fault")
    assert not fault.is_visible()
    answer(phone, "满意", "五星")
    code.fill(ground.codes[7][:-1] + ("A" if ground.codes[7][-1] != "A" else "B"))
    voter.tap(NEXT)
    fault.get_by_text("票码抄写有误").wait_for()
    assert "请对照票条逐组核对" in fault.inner_text()
    assert code.evaluate("field => field === document.activeElement")
    assert code.get_attribute("aria-invalid") == "true"
    assert phone.locator("main > [role=alert]").inner_text() == ""
    voter.look()
    code.fill(ground.codes[7])
    phone.get_by_label("您想说的话").fill("长" * 400)
    voter.tap(NEXT)
    phone.locator("#q-code-fault").get_by_text("写得太长了").wait_for()
    assert not fault.is_visible()
    phone.get_by_label("您想说的话").fill("路修好了")
    voter.tap(NEXT)
    phone.get_by_role("heading", name=LEFT).wait_for()
    voter.tap("投出")
    phone.get_by_role("heading", name="已投出").wait_for()


def test_slips_are_printed_each_with_its_code(phone: Page, poll: Voted, tmp_path: Path) -> None:
    ground, address = poll
    (tmp_path / "codes.txt").write_text("\n".join(ground.codes))
    house("slips", ground.folder, "--codes", tmp_path / "codes.txt", "--site", address, "--out", tmp_path / "slips")
    phone.goto((tmp_path / "slips" / "slips.html").as_uri())
    assert phone.locator(".code-shown").all_inner_texts() == ground.codes
    assert phone.locator("svg.qr").count() == len(ground.codes)


def test_who_is_cut_off_between_the_steps_goes_on(phone: Page, poll: Voted) -> None:
    ground, address = poll
    ground.issuing.stop()
    phone.goto(address + slip(ground, ground.codes[1]))
    answer(phone, "不满意", "一星")
    phone.get_by_role("button", name=NEXT).click()
    phone.get_by_text("稍后再点一次").wait_for()
    port = ground.issuing.port
    ground.issuing.serve(port)
    phone.reload()
    phone.get_by_text("内容不能再改").wait_for()
    phone.get_by_role("button", name=NEXT).click()
    phone.get_by_role("heading", name=LEFT).wait_for()
    phone.reload()
    phone.get_by_role("button", name="投出").click()
    phone.get_by_role("heading", name="已投出").wait_for()


def test_two_electors_share_a_phone_while_the_box_is_not_yet_open(phone: Page, poll: Voted) -> None:
    """What one left signed is neither in the other's way nor taken for his."""
    ground, address = poll
    ground.box.stop()
    for number in (5, 6):
        phone.goto("about:blank")
        phone.goto(address + slip(ground, ground.codes[number]))
        phone.reload()  # the slip is read once
        phone.get_by_role("heading", name="第一步（共两步）：填写").wait_for()
        assert phone.get_by_label("票码").input_value() == ground.codes[number]
        answer(phone, "满意", "五星")
        phone.get_by_role("button", name=NEXT).click()
        phone.get_by_role("heading", name=LEFT).wait_for()
    assert not phone.get_by_text("没有投成").is_visible()
    phone.get_by_role("button", name="投出").click()
    phone.get_by_text("没有投成").wait_for()
    ground.box.serve(ground.box.port)
    phone.get_by_role("button", name="投出").click()
    phone.get_by_role("heading", name="已投出").wait_for()
    assert phone.locator("[data-ballot]:visible").count() == 2
    assert phone.evaluate("localStorage.length") == 0


def test_a_proxy_s_error_is_no_refusal(phone: Page, poll: Voted) -> None:
    """The issuer may have signed what was sent, and signs nothing else for that code."""
    ground, address = poll
    phone.goto(address + slip(ground, ground.codes[14]))
    answer(phone, "不满意", "一星")

    def lost(route: Route) -> None:
        route.fetch()
        route.fulfill(status=502, json={"error": "bad gateway"}, headers={"Access-Control-Allow-Origin": "*"})

    phone.route("**/sign", lost)
    phone.get_by_role("button", name=NEXT).click()
    phone.get_by_text("稍后再点一次").wait_for()
    phone.unroute("**/sign")
    phone.get_by_role("button", name=NEXT).click()
    phone.get_by_role("heading", name=LEFT).wait_for()


def test_a_used_code_and_a_page_of_another_poll_are_told(phone: Page, poll: Voted) -> None:
    ground, address = poll
    for attempt in range(2):
        phone.goto("about:blank")
        phone.goto(address + slip(ground, ground.codes[2]))
        answer(phone, "满意", "三星")
        phone.get_by_role("button", name=NEXT).click()
        if not attempt:
            phone.get_by_role("button", name="投出").click()
            phone.get_by_role("heading", name="已投出").wait_for()
    phone.get_by_text("这个票码已经用过").wait_for()
    phone.get_by_role("button", name="反映：不是我用的").click()  # it stands open, with the code
    phone.get_by_text("已经记下").wait_for()
    answer(phone, "不满意", "三星")  # refused, a ballot can be filled in for another code
    phone.goto("about:blank")
    phone.goto(f"{address}#{'0' * 32}.{ground.codes[3]}")
    phone.get_by_role("heading", name="这不是票条上的那场测评").wait_for()
    phone.reload()
    phone.get_by_role("heading", name="这不是票条上的那场测评").wait_for()
    assert not phone.get_by_role("button", name=NEXT).is_visible()


def counted(ground: Ground, folder: Path) -> str:
    """Both sides close, two observers open, somebody counts again."""
    name = ground.poll.fingerprint
    ground.issuing.do("close", name, folder / "issued.json")
    ground.box.do("close", name, ground.folder, folder / "sealed")
    shares: list[object] = []
    for share in ground.shares[:2]:
        path = folder / f"{share.place}.txt"
        path.write_text(share.text)
        shares += ["--share", path]
    house("open", ground.folder, "--from", folder / "sealed", *shares, "--issuing", folder / "issued.json")
    return house("recount", ground.folder)


def _name(ground: Ground, line: bytes) -> str:
    return protocol.name(protocol.whole(ground.poll, lists.Line.read(line).own))
