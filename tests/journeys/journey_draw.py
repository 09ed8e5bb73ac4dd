"""An inspection whose units a public value draws: the plan is sealed before anybody knows the value, drawn on its day,
each visit entered or given up with its reason, the outcome made public, and drawn again by whoever doubts it.

The day comes in a world of its own, whose clock is put forward.
"""

from __future__ import annotations

import datetime as dt
import re
import subprocess
from dataclasses import replace
from pathlib import Path

from tests.demo import kept
from tests.journeys import served
from tests.journeys.conftest import Enter, World
from tests.journeys.traveller import Traveller

PLAN, APPROVAL = "2026年第四季度督查", "鼓组〔2026〕40号"
VALUE, PUBLISHED = "福利彩票双色球第2026140期红球号码，从小到大", "03 07 12 18 25 31"
MISSED = "台风停工，改在下一季度"
AHEAD = 3  # days: the value is out


def test_from_the_plan_to_a_draw_that_anybody_repeats(enter: Enter, later: World, tmp_path: Path) -> None:
    office = enter("draw_office", at=later)
    office.sign_in("gulou")
    plan, fingerprint = _sealed(office)
    anybody = enter("draw_sealed", at=later)
    anybody.open(f"/inspections/{plan.rpartition('/')[2]}")
    anybody.see(VALUE, fingerprint, "督查完以前，抽到谁只有去督查的人知道")
    with served.serving(later.data, ahead=AHEAD) as address:
        then = replace(later, address=address, sessions={})
        office = enter("draw_drawn", at=then)
        office.sign_in("gulou")
        many = _drawn(office, plan)
        inspector = enter("draw_visit", at=then)
        inspector.sign_in("ducha")
        visited = _visited(inspector)
        assert len(visited) == many
        _revealed(office, plan, many)
        anybody = enter("draw_public", at=then)
        outcome = _downloaded(anybody, plan, visited, tmp_path / "outcome.json")
    said = _checked(outcome, fingerprint)
    assert said.returncode == 0, said.stderr
    assert PLAN in said.stdout
    assert PUBLISHED in said.stdout
    for unit in visited:
        assert unit in said.stdout
    outcome.write_text(outcome.read_text().replace(PUBLISHED, "01 02 03 04 05 06"))
    assert _checked(outcome, fingerprint).returncode == 1


def _sealed(office: Traveller) -> tuple[str, str]:
    """The address of the plan, and the fingerprint that is put up."""
    office.open("/office/judgement/inspections/gulou-today/quarterly/new")
    office.type("名称", PLAN)
    office.type("批准文号", APPROVAL)
    tomorrow = dt.datetime.now(dt.UTC) + dt.timedelta(hours=8, days=1)
    office.type("哪天抽", f"{tomorrow:%Y-%m-%d}")
    office.type("用哪个将来公布的数", VALUE)
    office.tap("列出名册", role="button")
    office.see("名册已经列出", "街道（镇）", "社区（村）")
    office.tap("封存名册")
    office.see("已封存，待抽取", "把下面的校验码张贴出去")
    shown = office.page.locator("#fixed ~ dl code").inner_text()
    assert re.fullmatch("[0-9a-f]{64}", shown)
    return office.page.url.removeprefix(office.site), shown


def _drawn(office: Traveller, plan: str) -> int:
    """How many units."""
    office.open(plan)
    office.see("填错了不能重抽")
    office.type("公布的数", PUBLISHED)
    office.tap("抽取", role="button", exact=True)
    office.see("督查中")
    said = re.search(r"抽中 (\d+) 个，已督查 0 个", office.page.locator("main").inner_text())
    assert said
    return int(said[1])


def _visited(inspector: Traveller) -> tuple[str, ...]:
    """What the drawn units are called. The first is visited; the others nobody can go to."""
    inspector.open("/desk/inspections")
    places = inspector.page.locator("#mine tbody tr", has_text=APPROVAL).locator("a")
    names = tuple(places.all_inner_texts())
    for number in range(len(names)):
        inspector.tap_on(places.nth(number))
        inspector.title(names[number])
        if number:
            inspector.unfold("没有去成")
            inspector.type("原因（会公开）", MISSED)
            inspector.tap("登记没有去成")
            inspector.see("原因随抽取结果一起公布")
        else:
            inspector.tap("登记督查", role="link", within="main")
            inspector.type("督查情况", "看了公示栏和台账")
            inspector.tap("提交", role="button", within="main")
            inspector.see("已经登记")
        inspector.open("/desk/inspections")
    return names


def _revealed(office: Traveller, plan: str, many: int) -> None:
    office.open(plan)
    office.see(f"抽中 {many} 个，已督查 {many} 个")
    office.tap("公布抽取结果")
    office.see("任何人都可以重新抽一遍来核对")


def _downloaded(anybody: Traveller, plan: str, visited: tuple[str, ...], to: Path) -> Path:
    anybody.open(f"/inspections/{plan.rpartition('/')[2]}")
    anybody.see(PUBLISHED, MISSED, *visited)
    with anybody.page.expect_download() as outcome:
        anybody.tap("下载抽取结果", role="link", within="main")
    outcome.value.save_as(to)
    return to


def _checked(outcome: Path, fingerprint: str) -> subprocess.CompletedProcess[str]:
    """By whoever has the programme, and nothing else of this installation."""
    command = [served.BIN / "xianfeng", "inspections", "check", outcome, "--sealed", fingerprint]
    own = kept.environment(outcome.parent / "own")
    return subprocess.run(command, env=own, capture_output=True, text=True, check=False)
