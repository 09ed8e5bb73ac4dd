"""What every change of the registry has in common: one at a time, on organisations that exist, in the order of days."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from xianfeng import characters
from xianfeng.log import bulk, counters
from xianfeng.log.actors import Actor
from xianfeng.log.append import Draft, Line, append
from xianfeng.problems import Problem
from xianfeng.registry.models import Affiliation, Organisation, Place
from xianfeng.sentences import say

STREAM = "organisation"
EVENT = "registry_event"  # the register of a registry event's posting: '2500 new organisations' is a figure
PLACES = "places"
TYPES = ("division", "unit", "body", "group")
GONE = "~"  # begins the code of what was taken back, and so gave its own up
LARGEST_NUMBER = 2**63 - 1  # that a database holds
_FILED = 1
_TURN = "registry"


@dataclass(frozen=True)
class Decision:
    """From which day, entered by whom, for what reason."""

    day: dt.date
    by: Actor
    reason: str = ""

    @property
    def why(self) -> Mapping[str, str]:
        return {"reason": self.reason} if self.reason else {}


@contextmanager
def changing() -> Iterator[None]:
    """One change of the tree at a time, on both databases: what a change has checked stays true until it commits."""
    with transaction.atomic():
        counters.take(_TURN, 0)
        yield


def hold_still() -> None:
    """Let nobody change the tree until the caller's transaction ends: what is written on it is written where it stands.

    Many may hold it at once. SQLite's writers take turns anyway.
    """
    counters.require_transaction()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT value FROM log_head WHERE name = %s FOR SHARE", [_TURN])


def text(value: str) -> str:
    """A name or code as the log and the tables both keep it: in one line, in one spelling; '' when nothing is seen."""
    value = characters.without_no_width(" ".join(value.split()))
    character = characters.misleading(value)
    if character is not None:
        raise Problem(
            "registry.control_character",
            say("文字中有不可见的控制字符 U+{character:04X}", character=ord(character)),
            hint="删除后重新输入，不要从网页粘贴。",
            place="".join(each for each in value if each.isprintable()),
        )
    if characters.says_nothing(value):
        return ""
    return value if value.isascii() else unicodedata.normalize("NFC", value)


def existing(organisation: int) -> Organisation:
    found = Organisation.objects.filter(id=organisation).first() if 0 < organisation <= LARGEST_NUMBER else None
    return _known(organisation, found)


def open_on(organisation: int, day: dt.date) -> tuple[Organisation, Place]:
    """An organisation that is open, with its place; refused when something is already known of later days."""
    (found,) = all_open_on([(organisation, day)])
    return found


def all_open_on(asked: Sequence[tuple[int, dt.date]]) -> list[tuple[Organisation, Place]]:
    """The same for each of many, in the order asked."""
    nodes: dict[int, Organisation] = {}
    places: dict[int, Place] = {}
    for some in bulk.numbers(organisation for organisation, _ in asked):
        nodes |= {node.id: node for node in Organisation.objects.filter(id__in=some)}
        places |= {place.organisation_id: place for place in Place.objects.filter(organisation__in=some, until=None)}
    return [_open(_known(number, nodes.get(number)), places, day) for number, day in asked]


def _known(organisation: int, found: Organisation | None) -> Organisation:
    if found is None:
        raise Problem(
            "registry.unknown", say("没有编号为 {organisation} 的组织", organisation=organisation), hint="核对编号。"
        )
    return found


def _open(node: Organisation, places: Mapping[int, Place], day: dt.date) -> tuple[Organisation, Place]:
    if node.closed is not None:
        hint = say("由编号 {successor_id} 的组织承接。", successor_id=node.successor_id) if node.successor_id else ""
        raise Problem(
            "registry.closed",
            say("{node}已于 {closed} 撤销", node=node.name, closed=node.closed),
            hint=hint,
            place=node.code,
        )
    not_future(day, place=node.code)
    place = places[node.id]
    if place.since is not None and place.since > day:
        raise out_of_order(node, place.since)
    return node, place


def not_future(day: dt.date, *, place: str = "") -> None:
    if type(day) is not dt.date:
        raise Problem("registry.not_a_date", say("“{day}”不是日期", day=day), hint="写成 2010-08-30。", place=place)
    today = timezone.localdate()
    if day > today:
        raise Problem(
            "registry.future",
            say("日期 {day} 还没有到（今天是 {today}）", day=day, today=today),
            hint="组织变动在发生之后登记。",
            place=place,
        )


def out_of_order(node: Organisation, since: dt.date) -> Problem:
    return Problem(
        "registry.order",
        say("{node}在 {since} 已有登记的变动，不能再登记更早的变动", node=node.name, since=since),
        hint=say("日期应不早于 {since}。", since=since),
        place=node.code,
    )


def counting(organisation: int) -> Affiliation:
    """The affiliation that counts now."""
    return Affiliation.objects.get(organisation=organisation, relation="counting", until=None)


def event(
    node: Organisation,
    action: str,
    decision: Decision,
    *,
    place: int,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    more: Mapping[str, Any] | None = None,
) -> int:
    """Write the entry of one change of an existing organisation, with its posting; its sequence number."""
    day = decision.day
    body = {"before": before, "after": after, **decision.why, **(more or {})}
    posting = line(action, organisation=node.id, place=place, day=day, kinds=(node.type, node.level, node.category))
    draft = Draft(stream=STREAM, action=action, about=node.id, day=day, body=body, lines=(posting,))
    return append([draft], by=decision.by)[0]


def line(
    action: str,
    *,
    organisation: int,
    place: int,
    day: dt.date,
    kinds: tuple[str, str, str],
    takes_back: int | None = None,
) -> Line:
    """The posting of a registry event: one, at the organisation it happened to; or minus that of an earlier entry."""
    type_, level, category = kinds
    return Line(
        sign=1 if takes_back is None else -1,
        record=takes_back,
        scheme="",
        register=EVENT,
        organisation=organisation,
        place=place,
        subject=organisation,
        day=day,
        state="recorded",
        level=_FILED,
        reviewer=None,
        entered={"recorded": day.isoformat()},
        fields={"event": action, "type": type_, "level": level, "category": category},
    )
