"""Pages that are passed on as paper bear their own address, as a code and in letters."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urlsplit

from tests.web.conftest import Site
from xianfeng.bulletins.closing import close
from xianfeng.bulletins.compose import compose

TAKING = """
xianfeng: 1
scheme: matters-2010
title: 群众诉求办理
at: "350100"
include: [core]
runs: {from: 2010-01-01, to: 2099-12-31, timezone: Asia/Shanghai}
kinds:
  matter: {intake: true}
"""


def codes(page: str) -> list[str]:
    """The addresses that stand under drawn codes."""
    drawn = (
        r'<figure class="code"><svg [^>]*class="qr".*?</svg>\s*<figcaption>[^<]+<span class="address">([^<]+)</span>'
    )
    return re.findall(drawn, page, re.DOTALL)


def test_an_organisation_an_issue_and_a_campaign_bear_their_own_address(site: Site) -> None:
    close(compose("fuzhou-2010", "no98"), by=site.office)
    for address in ("/organisations/350121105", "/schemes/fuzhou-2010/bulletins/no98", "/schemes/fuzhou-2010"):
        shown, *_ = codes(site.get(address))
        assert shown.endswith(f"127.0.0.1{address}")


def test_of_an_organisation_on_a_former_day_it_is_the_lasting_address(site: Site) -> None:
    shown, *_ = codes(site.get("/organisations/350121105?on=2010-05-01"))
    assert shown.endswith("/organisations/350121105")


def test_by_the_code_on_a_board_and_that_of_its_counterfoil_a_matter_is_brought_and_followed(site: Site) -> None:
    site.adopt(TAKING)
    _, board = codes(site.get("/organisations/350121105"))
    form = site.get(_local(board))
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
    assert (hidden["for"], hidden["via"]) == ("350121105", "qr")
    sent = {**hidden, "text": "村口的路灯坏了三盏。", "sort": "help"}
    filed = site.client.post(urlsplit(board).path, sent)
    assert filed.status_code == 302
    (counterfoil,) = codes(site.get(filed["Location"]))
    assert counterfoil.endswith(f"127.0.0.1/matters/follow/{hidden['code']}")
    assert "村口的路灯坏了三盏。" in site.get(_local(counterfoil))


def _local(address: str) -> str:
    """What a telephone that read a code opens."""
    parts = urlsplit(unescape(address))
    return f"{parts.path}?{parts.query}"
