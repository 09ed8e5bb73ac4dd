"""What the jurisdiction has said about its days, entry by entry: when, by whom, what."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext

from xianfeng.calendars import store
from xianfeng.calendars.days import Day, DayKind
from xianfeng.log.models import Entry
from xianfeng.web import cells
from xianfeng.web.entries import actors
from xianfeng.web.office.calendar import months
from xianfeng.web.tables import Column, Table

SHOWN = 50  # the newest

_Body = Mapping[str, Any]


def table(organisation: int) -> Table:
    said = list(Entry.objects.filter(stream=store.STREAM, about=organisation).order_by("-seq")[:SHOWN])
    who = actors(entry.actor for entry in said)
    columns = (
        Column(gettext("办理记录"), align="right"),
        Column(gettext("登记时间")),
        Column(gettext("办理人")),
        Column(gettext("改了什么")),
    )
    rows = [
        (
            cells.number(entry.seq),
            cells.text(timezone.localtime(entry.at).strftime("%Y-%m-%d %H:%M")),
            cells.text(who.get(entry.actor, entry.actor)),
            cells.text(_WORDS[entry.action](json.loads(entry.body))),
        )
        for entry in said
    ]
    return Table("history", gettext("改动经过"), columns, rows, empty=gettext("本地没有改过日历，都按上级的。"))


def _filled(body: _Body) -> str:
    words = (
        gettext("填入 %(year)s 年的放假安排") if body["announced"] else gettext("填入 %(year)s 年的法定节假日，暂定")
    )
    return words % {"year": body["year"]}


def _set(body: _Body) -> str:
    kind = body["kind"]
    told = months.words(Day(DayKind(kind), body["title"])) if kind else gettext("按上级的日历")
    words = (
        gettext("%(day)s：%(told)s") if body["since"] == body["until"] else gettext("%(day)s 至 %(until)s：%(told)s")
    )
    return words % {"day": body["since"], "until": body["until"], "told": told} + _source(body["source"])


def _announced(body: _Body) -> str:
    words = gettext("%(year)s 年的放假安排已定") if body["announced"] else gettext("%(year)s 年的放假安排未定")
    return words % {"year": body["year"]} + _source(body["source"])


def _hours(body: _Body) -> str:
    month, day = body["since"]
    if not body["hours"]:
        return gettext("取消每年 %(month)s 月 %(day)s 日起的上下班时间") % {"month": month, "day": day}
    words = gettext("每年 %(month)s 月 %(day)s 日起：%(hours)s")
    return words % {"month": month, "day": day, "hours": body["hours"]}


def _quiet(body: _Body) -> str:
    words = gettext("静默期%(title)s，%(since)s 至 %(until)s")
    told = words % {"title": body["title"], "since": body["since"], "until": body["until"]}
    return gettext("%(told)s，工作日不计入期限") % {"told": told} if body["pauses"] else told


def _unquiet(body: _Body) -> str:
    return gettext("取消第 %(number)s 号静默期") % {"number": body["quiet"]}


def _source(source: str) -> str:
    return gettext("（依据：%(source)s）") % {"source": source} if source else ""


_WORDS: Mapping[str, Callable[[_Body], str]] = {
    "fill": _filled,
    "set": _set,
    "announce": _announced,
    "hours": _hours,
    "quiet": _quiet,
    "unquiet": _unquiet,
}
