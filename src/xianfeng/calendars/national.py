"""What the State Council announced, year by year; and of a year not announced yet, what the law says by itself.

`chinesecalendar` holds the announcements with their make-up working days. Beyond its last year `holidays` knows the
statutory days, but not which weekends will be worked for them: such a year is provisional.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from importlib.metadata import version
from types import MappingProxyType

import chinese_calendar

from xianfeng.calendars.days import Day, DayKind, Year
from xianfeng.sentences import say

ANNOUNCEMENTS, STATUTES = "chinesecalendar", "holidays"  # the packages, named as the source of what they say
FESTIVALS = {
    str(said): said
    for said in (
        say("元旦"),
        say("春节"),
        say("除夕"),
        say("清明节"),
        say("劳动节"),
        say("端午节"),
        say("中秋节"),
        say("国庆节"),
        say("国庆节、中秋节"),
        say("抗战胜利70周年纪念日"),
    )
}
_ANNOUNCED = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "Mid-autumn Festival": "中秋节",
    "National Day": "国庆节",
    "Anti-Fascist 70th Day": "抗战胜利70周年纪念日",
}
_STATUTORY = {"农历除夕": "除夕", "中秋节; 国庆节": "国庆节、中秋节", "国庆节; 中秋节": "国庆节、中秋节"}
FIRST = min(day.year for day in chinese_calendar.holidays)
LAST = max(day.year for day in chinese_calendar.holidays)


@lru_cache(maxsize=256)
def year_of(year: int) -> Year:
    """A year as it is known to this installation's packages."""
    return _announced(year) if FIRST <= year <= LAST else _statutory(year)


def _announced(year: int) -> Year:
    source = f"{ANNOUNCEMENTS} {version(ANNOUNCEMENTS)}"
    days: dict[dt.date, Day] = {}
    for kind, told in ((DayKind.HOLIDAY, chinese_calendar.holidays), (DayKind.MAKEUP, chinese_calendar.workdays)):
        days.update({day: Day(kind, _ANNOUNCED[name], source) for day, name in told.items() if day.year == year})
    return Year(announced=True, days=MappingProxyType(dict(sorted(days.items()))), source=source)


def _statutory(year: int) -> Year:
    import holidays  # reads tables of many countries: half a second that most commands can spare

    source = f"{STATUTES} {version(STATUTES)}"
    told = holidays.country_holidays("CN", years=year, observed=False, language="zh_CN")
    named = {day: _STATUTORY.get(name, name) for day, name in sorted(told.items())}
    days = {day: Day(DayKind.HOLIDAY, name, source) for day, name in named.items() if name in FESTIVALS}
    return Year(announced=False, days=MappingProxyType(days), source=source)
