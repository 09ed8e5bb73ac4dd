"""A county whose people have addresses, so that they can be told things."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db import transaction

from tests.ledger import factories
from tests.ledger.factories import World
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.messages.models import Delivery, Message
from xianfeng.messages.post import Note, post
from xianfeng.registry import actions
from xianfeng.sentences import say
from xianfeng.vault import values

_BY = Actor(kind=ActorKind.IMPORT, id=1)
_SINCE = dt.date(2012, 1, 5)


def at(day: int, hour: int, minute: int = 0) -> dt.datetime:
    """A moment of March 2012, as clocks in Fuzhou show it."""
    return dt.datetime(2012, 3, day, hour, minute, tzinfo=ZoneInfo("Asia/Shanghai"))


@dataclass(frozen=True)
class Told:
    """`clerk` and `secretary` of the village, and the town's secretary, as appointments."""

    world: World
    clerk: int
    secretary: int
    superior: int

    def note(self, topic: str, *, urgent: bool = False, appointment: int | None = None) -> Note:
        return Note(
            topic=topic,
            words=say("{kind}还没有报，截止{day}。", kind=topic, day="3月5日"),
            link=f"/desk/{topic}",
            organisation=self.world.village,
            appointment=self.clerk if appointment is None else appointment,
            urgent=urgent,
        )

    def post(self, *topics: str, now: dt.datetime, urgent: bool = False) -> int:
        return post([self.note(topic, urgent=urgent) for topic in topics], now=now)


def person(organisation: int, role: str, code: str, *, phone: str = "", email: str = "") -> int:
    """Somebody in a role; the appointment."""
    number = actions.enter(code=code, name=code, phone=phone, day=_SINCE, by=_BY)
    if email:
        with transaction.atomic():
            values.keep(field="email", value=email, person=number)
    return actions.appoint(person=number, organisation=organisation, role=role, day=_SINCE, by=_BY)


def told() -> Told:
    world = factories.world()
    return Told(
        world=world,
        clerk=person(world.village, "clerk", "经办", phone="13800000001", email="clerk@village.example"),
        secretary=person(world.village, "secretary", "书记"),
        superior=person(world.town, "secretary", "上级", email="superior@town.example"),
    )


def inbox(appointment: int) -> list[str]:
    """The topics that an appointment was told of."""
    rows = Message.objects.filter(appointment=appointment).order_by("id")
    return [link.rpartition("/")[2] for link in rows.values_list("link", flat=True)]


def states() -> list[tuple[str, str, str]]:
    """Of every delivery: how it stands, its channel, why it failed last."""
    return list(Delivery.objects.order_by("id").values_list("state", "channel", "reason"))
