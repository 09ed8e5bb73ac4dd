"""A matter that goes its way at moments of its own, among the organisations of the ledger's small world."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import Any

from tests.ledger.factories import World
from xianfeng.ledger import actions
from xianfeng.ledger.models import Record
from xianfeng.log.actors import Actor
from xianfeng.matters import codes, counterfoils, intake
from xianfeng.matters.intake import CITIZEN, Wish

CHINA = dt.timezone(dt.timedelta(hours=8))
MONDAY = dt.datetime(2012, 3, 5, 9, 0, tzinfo=CHINA)
WISH = Wish(text="村口的路灯坏了三盏，晚上看不见路。", via="qr", name="王大山", phone="13850012345")


def china(text: str) -> dt.datetime:
    """'2012-03-05 09:15'."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=CHINA)


class Matter:
    """Brought to 青口村; 荆溪镇 is whom it is usually given to."""

    def __init__(self, world: World, wish: Wish = WISH, code: str = "", at: dt.datetime = MONDAY) -> None:
        self.world = world
        self.code = code or codes.fresh()
        self.record = intake.file(
            by=replace(CITIZEN, at=at), scheme="trial-2012", organisation=world.village, wish=wish, code=self.code
        )

    @property
    def requester(self) -> Actor:
        return counterfoils.holder(self.record)

    def do(self, move: str, by: Actor, at: dt.datetime = MONDAY, **given: Any) -> Record:
        values = {name: value for name, value in given.items() if name != "reason"}
        self.record = actions.move(
            by=replace(by, at=at),
            record=self.record.id,
            move=move,
            day=at.date(),
            values=values,
            reason=given.get("reason", ""),
        )
        return self.record

    def assigned(self, to: int | None = None, at: dt.datetime = MONDAY) -> Matter:
        clerk = self.world.of(self.world.village, "clerk")
        self.do("accept", clerk, at)
        self.do("assign", clerk, at, handler=to or self.world.other_town)
        return self

    @property
    def handler(self) -> Actor:
        return self.world.of(self.world.other_town, "clerk")

    @property
    def values(self) -> dict[str, Any]:
        return dict(json.loads(self.record.values))
