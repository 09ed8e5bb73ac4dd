"""A signal: a community files the same text twice, is asked before anybody else, explains; the office lets it rest."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from tests.demo import kept
from tests.journeys.conftest import Enter, World
from tests.journeys.served import BIN
from tests.journeys.traveller import Traveller

TEXT = "给楼里三十户老人装了扶手和夜灯，钱由居民议事会定，装好以后逐户验收，名单和花费贴在楼道口"
AGAIN = TEXT.replace("三十户", "四十二户")
BECAUSE = "两栋楼分两批装，第二批照第一批的写法记的，验收单都有。"
CHECKED = "看了两批的验收单，属实。"
SAME = re.compile(r"“实事内容”与第 \d+ 号记录有 \d+% 相同")
LIST, TOLD = "/desk/signals", "/office/judgement/signals/"


def look_through(data: Path) -> None:
    """What the worker does every day."""
    command = [BIN / "xianfeng", "signals", "find"]
    done = subprocess.run(command, env=kept.environment(data), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_from_a_text_filed_twice_to_what_the_office_lets_rest(enter: Enter, world: World) -> None:
    author, office = enter("signal_author"), enter("signal_office")
    author.sign_in("xingyuan")
    office.sign_in("gulou")
    for text in (TEXT, AGAIN):
        author.open("/desk/gulou-today/deed/new")
        author.type("实事内容", text)
        author.tap("提交", role="button", within="main", exact=True)
        author.see(re.compile(r"第 \d+ 号已登记"))
    look_through(world.data)

    author.open(LIST)
    author.tap(SAME, role="link", within="main")
    author.see(TEXT.split("三十户", maxsplit=1)[0], "有关的记录")
    address = author.page.url.removeprefix(author.site)
    office.open(TOLD)
    assert _told(office) == 0, "the author has it first"

    author.type("怎么回事", BECAUSE)
    author.tap("说明情况")
    author.see("已记下", "已说明")

    office.open(TOLD)
    assert _told(office) == 1
    office.tap(SAME, role="link", within="main")
    office.see(BECAUSE)
    assert office.page.url.endswith(address)
    office.type("不再提示的理由", CHECKED)
    office.tap("不再提示", role="button", within="main")
    office.see("已记下")
    assert _told(office) == 0
    author.open(LIST)
    assert author.page.locator("section[aria-labelledby=own]").get_by_role("link", name=SAME).count() == 0
    author.see("已经了结", CHECKED)


def _told(traveller: Traveller) -> int:
    return traveller.page.locator("main").get_by_role("link", name=SAME).count()
