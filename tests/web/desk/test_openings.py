"""A move that has to wait, as after a public notice: its record's page says from when on, and offers it not before."""

from __future__ import annotations

import datetime as dt
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from tests.web.desk.conftest import VILLAGE, Desk, text
from xianfeng.ledger import actions, clockwork, rebuild
from xianfeng.ledger.models import Record
from xianfeng.log.actors import Actor, ActorKind

SCHEME = """
xianfeng: 1
scheme: notices-2010
title: 公示
at: "350100"
runs: {from: 2010-01-01, to: 2099-12-31, timezone: Asia/Shanghai}
kinds:
  honour:
    title: 表彰
    fields: {deed: {type: text, title: 事迹, required: true}}
    flow:
      initial: noticed
      states: {noticed: {title: 公示中}, awarded: {title: 已表彰, open: false}, dropped: {title: 不表彰, level: none}}
      moves:
        award: {title: 表彰, from: noticed, to: awarded, by: BY, not_before: 5 workdays}
        drop: {title: 不予表彰, from: noticed, to: dropped, by: superior, needs: [reason]}
"""
DAYS = {"superior": "以前不能办理“表彰”；到那时由青口镇办理。", "clock": "，系统自动办理“表彰”。"}


def noticed(desk: Desk, by: str, *, ago: int = 0) -> Record:
    desk.site.adopt(SCHEME.replace("BY", by))
    village = desk.organisation(VILLAGE)
    then = timezone.now() - dt.timedelta(days=ago)
    actor = Actor(kind=ActorKind.APPOINTMENT, id=village, organisation=village, role="clerk", person=1, at=then)
    today = timezone.localdate(then)
    return actions.file(
        by=actor, scheme="notices-2010", kind="honour", organisation=village, day=today, values={"deed": "修路"}
    )


@pytest.mark.parametrize("by", ["superior", "clock"])
def test_the_page_says_from_when_on_it_can_be_made(desk: Desk, town: Client, by: str) -> None:
    page = unescape(text(town.get(f"/records/{noticed(desk, by).id}")))
    assert DAYS[by] in page
    assert "5个工作日" in page
    assert "/desk/inbox/award?" not in page
    assert "/desk/inbox/drop?" in page


def test_before_that_it_is_refused_with_the_day(desk: Desk, town: Client) -> None:
    record = noticed(desk, "superior")
    sent = {"n": f"{record.id}:{record.seq}", "day": timezone.localdate().isoformat()}
    assert "现在不能这样办理" in text(town.post("/desk/inbox/award", sent))
    assert Record.objects.get(id=record.id).state == "noticed"


def test_by_the_clock_it_happens_by_itself(desk: Desk, town: Client) -> None:
    record = noticed(desk, "clock")
    now = timezone.now()
    clockwork.run(now=now + dt.timedelta(days=4))
    assert Record.objects.get(id=record.id).state == "noticed"
    clockwork.run(now=now + dt.timedelta(days=40))
    assert Record.objects.get(id=record.id).state == "awarded"
    assert DAYS["clock"] not in text(town.get(f"/records/{record.id}"))


def test_the_inbox_keeps_it_apart_until_then_and_counts_it_nowhere(desk: Desk, town: Client) -> None:
    record = noticed(desk, "superior")
    page = text(town.get("/desk/inbox"))
    assert f'name="n" value="{record.id}"' not in page
    assert "还有 1 条到期才能办" in page
    assert f"/records/{record.id}?" in page.split("还有 1 条到期才能办")[1]
    assert "待审核" not in text(town.get("/desk/")).split("<main")[1]


def test_once_its_time_has_come_it_waits_with_the_others(desk: Desk, town: Client) -> None:
    record = noticed(desk, "superior", ago=40)
    page = text(town.get("/desk/inbox"))
    assert f'name="n" value="{record.id}"' in page
    assert "到期才能办" not in page
    assert "待审核" in text(town.get("/desk/")).split("<main")[1]


def test_from_when_on_is_kept_with_the_record_and_checked(desk: Desk) -> None:
    record = noticed(desk, "superior")
    opens = Record.objects.get(id=record.id).opens or ""
    days = (dt.datetime.fromisoformat(opens) - timezone.now()).days
    assert 4 <= days <= 20  # five working days, and holidays between them
    Record.objects.filter(id=record.id).update(opens=None)
    (found,) = rebuild.check()
    assert (found.about, found.what, found.stored) == (f"record {record.id}", "opens", "None")
