"""The public where records are real: without the demonstration's mark it sees what schemes make public, and no more."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys import served
from tests.journeys.conftest import Enter, World
from tests.journeys.traveller import SCREENS


@pytest.fixture(scope="module", params=SCREENS)
def world(request: pytest.FixtureRequest, prepared: Path) -> Iterator[World]:
    data = prepared.with_name(f"{request.param}-real")
    shutil.copytree(prepared, data)
    (data / "synthetic").unlink()
    passwords = json.loads((data / "demo_accounts.json").read_text())
    with served.serving(data) as address:
        yield World(request.param, address, data, passwords)


def test_a_citizen_reads_what_is_public_and_is_told_where_it_ends(enter: Enter) -> None:
    citizen = enter("public_citizen")
    citizen.refusals.add(404)
    citizen.open("/")
    citizen.see("点开公开的数，看得到它是怎么算的", "公开的数都可以点开")
    assert "演示数据" not in citizen.page.locator("body").inner_text()
    citizen.tap("福州市创先争优活动（2010年）", within="main")
    citizen.tap("福州市认真贯彻落实", within="main")
    citizen.tap("705", within=".paper")
    citizen.title("党员突击队")
    citizen.tap_on(citizen.page.locator("main a[href^='/records/']").first)
    citizen.title("党员突击队")
    assert citizen.page.locator("main a[href$='/proof']").count() == 0
    citizen.open(citizen.page.url.partition("#")[0] + "/proof")
    citizen.see("封存证明不公开", "怎么办")
    citizen.open("/office/fuzhou-2010/")
    citizen.title("登录")
