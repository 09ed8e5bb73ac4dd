"""What a pasted code or number proves."""

from __future__ import annotations

import re

import pytest
from pytest_django.fixtures import Settings

from tests.web.conftest import Site
from xianfeng.bulletins.closing import close
from xianfeng.bulletins.compose import compose
from xianfeng.ledger import versions
from xianfeng.log.actors import CLOCK
from xianfeng.log.seals import seal

TOWN = "350121105"


def found(page: str) -> list[str]:
    return re.findall(r"<h3>([^<]+)</h3>", page)


def test_the_code_printed_in_a_bulletin_leads_to_its_verification(site: Site) -> None:
    site.file("task_force", TOWN, name="突击队")
    closing = close(compose("fuzhou-2010", "no98"), by=site.office)
    for code in (closing.root, closing.root[:8], f" {closing.root[:16].upper()} "):
        page = site.get(f"/verify?code={code}")
        assert found(page) == ["创先争优活动简报第98期", f"前 {closing.sealed:,} 条办理记录的校验码"]
        assert "/verify?bulletin=fuzhou-2010/no98" in page


def test_a_number_may_be_an_issue_and_an_entry(site: Site) -> None:
    site.file("task_force", TOWN, times=100, name="突击队 {n}")
    closing = close(compose("fuzhou-2010", "no98"), by=site.office)
    for number in ("98", "第98期", "第 98 条"):
        page = site.get(f"/verify?code={number}")
        assert found(page) == ["创先争优活动简报第98期", "第 98 条办理记录"]
        assert f"它封在前 {closing.sealed:,} 条的校验码" in page
        assert "从那时起没有改过" in page


def test_an_entry_after_the_last_seal_is_said_to_be_unsealed(site: Site) -> None:
    seal(by=CLOCK)
    (number,) = site.file("task_force", TOWN, name="突击队")
    page = site.get(f"/verify?code={number}")
    assert "还没有封存" in page
    assert "从那时起没有改过" not in page


def test_an_entry_tells_nobody_of_a_record_he_may_not_see(site: Site, settings: Settings) -> None:
    (closed,) = site.file("site_service", TOWN, members=4711)
    (public,) = site.file("task_force", TOWN, name="突击队")
    settings.XIANFENG_SYNTHETIC = False
    page = site.get(f"/verify?code={closed}")
    assert found(page) == [f"第 {closed:,} 条办理记录"]
    assert f"/records/{closed}" not in page
    assert f"/records/{public}" in site.get(f"/verify?code={public}")


def test_a_scheme_s_hash_is_known(site: Site) -> None:
    known = versions.current("fuzhou-2010").hash
    assert found(site.get(f"/verify?code={known[:12]}")) == ["“福州市创先争优活动（2010年）”方案的一个版本"]


@pytest.mark.parametrize("code", ["ffffffff0000", "abc", "九十八", "<b>1</b>", "9" * 18, "0", "a" * 900])
def test_what_was_never_published_is_not_found(site: Site, code: str) -> None:
    page = site.get(f"/verify?code={code}")
    assert found(page) == ["没有找到"]
    assert "<b>1" not in page
