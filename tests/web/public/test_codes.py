"""Pages that are passed on as paper bear their own address, as a code and in letters."""

from __future__ import annotations

import re

from tests.web.conftest import Site
from xianfeng.bulletins.closing import close
from xianfeng.bulletins.compose import compose


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
