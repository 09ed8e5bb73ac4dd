"""A deadline's computation in sentences, as an office would explain it over the telephone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django.utils import timezone

from xianfeng.calendars import national
from xianfeng.calendars.deadline import Deadline
from xianfeng.scheme.obliging import Span
from xianfeng.sentences import Said, following, say, translated

_WEEKDAYS = (say("周一"), say("周二"), say("周三"), say("周四"), say("周五"), say("周六"), say("周日"))
_SPANS: Mapping[str, Callable[[int], Said]] = {
    "minutes": lambda n: say("{n}分钟", n=n),
    "hours": lambda n: say("{n}小时", n=n),
    "days": lambda n: say("{n}天", n=n),
    "workdays": lambda n: say("{n}个工作日", n=n),
    "months": lambda n: say("{n}个月", n=n),
    "work_minutes": lambda n: say("工作时间{n}分钟", n=n),
    "work_hours": lambda n: say("工作时间{n}小时", n=n),
}


def words(deadline: Deadline) -> tuple[Said, ...]:
    """A sentence for each step, in its order."""
    telling = _Telling()
    return tuple(_SENTENCES[step.code](telling, step.values) for step in deadline.steps)


def text(deadline: Deadline) -> str:
    """All of it in the reader's language, one sentence after the other."""
    return following(*map(translated, words(deadline)))


def otherwise(now: Deadline) -> Said:
    """What a page says beside a deadline that today's calendar would put elsewhere (`deadlines.as_now`)."""
    last = next(step for step in reversed(now.steps) if "at" in step.values)
    return say(
        "工作日历后来有调整，按现在的日历应为{at}；原定期限不变，要改由本单位决定。",
        at=_Telling().at(last.values["at"]),
    )


def title(said: str) -> str:
    """A holiday's name, to be said in any language; a name that an office gave stays as it is."""
    return national.FESTIVALS.get(said, said)


def source(said: str) -> str:
    """Whence a day is known: what an office wrote stays as it is."""
    package = said.partition(" ")[0]
    if package == national.ANNOUNCEMENTS:
        return say("国务院办公厅放假通知（据 {package}）", package=said)
    if package == national.STATUTES:
        return say("法定节假日（据 {package}）", package=said)
    return said


def moment(at: dt.datetime) -> Said:
    """2012年3月5日17:30, as deadlines are told."""
    local = timezone.localtime(at)
    return say(
        "{year}年{month}月{day}日{time}",
        year=local.year,
        month=local.month,
        day=local.day,
        time=local.strftime("%H:%M"),
    )


def length(span: Span) -> Said:
    """How long a span is: 5个工作日."""
    return _SPANS[span.unit](span.amount)


class _Telling:
    """Says days as one does aloud: the year once, and again only when it is another."""

    def __init__(self) -> None:
        self._year = 0

    def on(self, text: Any) -> Said:
        day = dt.date.fromisoformat(text)
        weekday = _WEEKDAYS[day.weekday()]
        if day.year == self._year:
            return say("{month}月{day}日（{weekday}）", month=day.month, day=day.day, weekday=weekday)
        self._year = day.year
        parts = {"year": day.year, "month": day.month, "day": day.day, "weekday": weekday}
        return say("{year}年{month}月{day}日（{weekday}）", **parts)

    def at(self, text: Any) -> Said:
        moment = dt.datetime.fromisoformat(text)
        return say("{day}{time}", day=self.on(text[:10]), time=f"{moment:%H:%M}")


_Values = Mapping[str, Any]


def _span(values: _Values) -> Said:
    return _SPANS[values["unit"]](values["amount"])


def _off(values: _Values) -> str:
    return title(values["title"]) if values["title"] else say("周末")


def _holiday(t: _Telling, v: _Values) -> Said:
    named, since = title(v["title"]), t.on(v["since"])
    if v["days"] == 1:
        return say("{title}放假，{day}不算。", title=named, day=since)
    return say(
        "{title}放假，{since}至{until}共{n}天不算。", title=named, since=since, until=t.on(v["until"]), n=v["days"]
    )


def _quiet(t: _Telling, v: _Values) -> Said:
    named, since = v["title"], t.on(v["since"])
    if v["days"] == 1:
        return say("{title}期间，{day}不算。", title=named, day=since)
    return say(
        "{title}期间，{since}至{until}的{n}个工作日不算。",
        title=named,
        since=since,
        until=t.on(v["until"]),
        n=v["days"],
    )


_SENTENCES: Mapping[str, Callable[[_Telling, _Values], Said]] = {
    "after_hours": lambda t, v: say(
        "{at}收到，已过当日下班时间{closes}，按{received}收到计算。",
        at=t.at(v["at"]),
        closes=v["closes"],
        received=t.on(v["received"]),
    ),
    "day_off": lambda t, v: say(
        "{at}收到，当日不上班（{title}），按{received}收到计算。",
        at=t.at(v["at"]),
        title=_off(v),
        received=t.on(v["received"]),
    ),
    "closed": lambda t, v: say("{at}不在上班时间，从{begins}起算。", at=t.at(v["at"]), begins=t.at(v["begins"])),
    "closed_day": lambda t, v: say(
        "{at}不上班（{title}），从{begins}起算。", at=t.at(v["at"]), title=_off(v), begins=t.at(v["begins"])
    ),
    "first": lambda t, v: say("{day}当天不算，{first}是第1个工作日。", day=t.on(v["day"]), first=t.on(v["first"])),
    "reached": lambda t, v: say("从{day}算到{end}。", day=t.on(v["day"]), end=t.on(v["end"])),
    "put_off": lambda t, v: say(
        "{day}不上班（{title}），顺延到{to}。", day=t.on(v["day"]), title=_off(v), to=t.on(v["to"])
    ),
    "put_forward": lambda t, v: say(
        "{day}不上班（{title}），提前到{to}。", day=t.on(v["day"]), title=_off(v), to=t.on(v["to"])
    ),
    "holiday": _holiday,
    "makeup": lambda t, v: say("{day}因{title}调休上班，算工作日。", day=t.on(v["since"]), title=title(v["title"])),
    "quiet": _quiet,
    "rest": lambda t, v: say("周末{n}天不算。", n=v["days"]),
    "due": lambda t, v: say("满{span}，截止{at}。", span=_span(v), at=t.at(v["at"])),
    "latest": lambda t, v: say(
        "从{end}倒推{span}，最迟{at}开始。", end=t.on(v["end"]), span=_span(v), at=t.at(v["at"])
    ),
    "close": lambda t, v: say("截止{at}。", at=t.at(v["at"])),
    "clock": lambda t, v: say("满{span}，截止{at}。", span=_span(v), at=t.at(v["at"])),
    "clock_back": lambda t, v: say("倒推{span}，最迟{at}开始。", span=_span(v), at=t.at(v["at"])),
    "provisional": lambda t, v: say("{year}年放假安排还没有公布，暂按法定节假日和周末计算。", year=v["year"]),
}
