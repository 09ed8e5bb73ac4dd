"""A citizen's matter: brought by the code on the village board, received and passed on by the clerk, answered by
whoever handles it, and brought back by the citizen, who never says who he is."""

from __future__ import annotations

import re

from tests.journeys.conftest import Enter
from tests.journeys.traveller import Traveller

VILLAGE = "350102100004"
WORDS = "楼道里的灯坏了三个月，晚上老人不敢下楼"


def opened(traveller: Traveller) -> None:
    """The matter, from the board."""
    traveller.open("/desk/matters/")
    traveller.tap(re.compile(WORDS[:12]), role="link", within="main")
    traveller.title(re.compile("群众诉求第"))


def step(traveller: Traveller, move: str, **answers: str) -> None:
    """One step of it: its form, what it asks, and its button."""
    opened(traveller)
    traveller.tap(move, role="link", within="main", exact=True)
    for label, text in answers.items():
        if label == "承办单位":
            traveller.pick(label, text, text)
        else:
            traveller.type(label, text)
    traveller.tap(move, role="button", within="main", exact=True)
    traveller.page.wait_for_url("**/desk/filed/*")


def test_a_matter_from_the_board_to_its_reopening(enter: Enter) -> None:
    citizen = enter("matter")
    citizen.open(f"/organisations/{VILLAGE}")
    citizen.see("扫码提诉求")
    citizen.tap("提诉求", role="link", within="main", exact=True)
    citizen.title("提诉求")
    citizen.type("诉求内容", WORDS)
    citizen.tick("可以公开")
    citizen.tap("提交诉求")
    citizen.see("诉求已经提交", "待受理", "以前办理“受理”")
    code = citizen.page.url.partition("/follow/")[2].partition("?")[0]

    clerk = enter("matter_clerk")
    clerk.sign_in("xingyuan")
    step(clerk, "受理")
    step(clerk, "派单", 承办单位="洪山镇")

    handler = enter("matter_handler")
    handler.sign_in("hongshan")
    step(handler, "马上办")
    step(handler, "答复", 答复内容="灯已经换好，一共六盏。")

    citizen.open("/matters/follow")
    citizen.type("查询码", code.lower())
    citizen.tap("查进展", role="button", within="main")
    citizen.see("已答复待确认", "灯已经换好", "洪山镇")
    citizen.unfold("没有解决，要求再办")
    citizen.type("理由", "五楼的还不亮")
    citizen.tap("没有解决，要求再办", role="button", within="main")
    citizen.see("待承办", "五楼的还不亮")

    opened(handler)
    handler.see("五楼的还不亮", re.compile("要求再办次数"))
