"""What the phrases of a task table mean: how much, how often, by when; and what of it had to be guessed.

Guessing in silence is worse than not reading: whatever is not plain comes with a doubt that the office is shown.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal

from xianfeng.scheme.start.sheet import Cell, plain

_NUMBER = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*([万亿]?)\s*(人次|[%％‰]|[^\W\d_])?")
_TIMES = {"": 1, "万": 10_000, "亿": 100_000_000}
_RATE = re.compile(r"[%％‰]|百分之|成以上")
_PERIODS = {
    "周": "week",
    "星期": "week",
    "月": "month",
    "季度": "quarter",
    "季": "quarter",
    "半年": "half_year",
    "年": "year",
}
_OFTEN = re.compile(
    r"每(?:个)?(周|星期|月|季度|季|半年|年)度?(?:末|底|初|至少|不少于|各|开展|组织|召开|报送|报告|[，,])*(\d+)?(次|期|场|篇|份)?"
)
_DAY = re.compile(r"(\d{4})\s*[年./-]\s*(\d{1,2})(?:\s*[月./-]\s*(\d{1,2})?)?")
_IN_YEAR = re.compile(r"(?<!\d)(\d{1,2})\s*月(?:份)?\s*(?:(\d{1,2})\s*日)?")
_ENDS = {
    "上半年": (6, 30),
    "年中": (6, 30),
    "第一季度": (3, 31),
    "第二季度": (6, 30),
    "第三季度": (9, 30),
    "年底": (12, 31),
}
_ENDS |= dict.fromkeys(("年末", "年内", "下半年", "第四季度", "全年"), (12, 31))
_YEAR = re.compile(r"(20\d\d|19\d\d)\s*年?")


@dataclass(frozen=True)
class Amount:
    value: Decimal | None = None
    unit: str = ""
    doubt: str = ""
    rate: bool = False


@dataclass(frozen=True)
class Due:
    day: dt.date | None = None
    doubt: str = ""


def amount(goal: str) -> Amount:
    """How much: the one number of a goal. A rate is no amount: rates of several organisations do not add up."""
    if _RATE.search(goal):
        advice = "请另写覆盖面（coverage）或比率（ratio）"
        return Amount(doubt=f"“{goal}”是比率，不能相加，没有换算成目标数：{advice}", rate=True)
    found = [each for each in _NUMBER.finditer(goal) if each[3] not in ("年", "月", "日", "季") and len(each[1]) <= 9]
    if not found:
        return Amount(doubt=f"“{goal}”里没有数，按完成与否统计" if goal else "")
    first = found[0]
    value, unit = Decimal(first[1].replace(",", "")) * _TIMES[first[2]], first[3] or ""
    told = f"目标数 {plain(value)}{unit} 取自“{goal}”"
    return Amount(
        value, unit, f"{told}，只取了第一个数" if len(found) > 1 else "" if first[0].strip() == goal else told
    )


def often(said: str) -> tuple[str, int]:
    """How often, as a scheme says it, and how many times each: ('quarter', 1); ('', 0) where nothing repeats."""
    found = _OFTEN.search(said)
    return (_PERIODS[found[1]], int(found[2] or 1) if found[3] else 1) if found else ("", 0)


def due(cell: Cell, year: int | None) -> Due:
    """By when. A phrase without a year means that of the table, if it names one."""
    if isinstance(cell, dt.date):
        return Due(cell)
    if not cell or often(cell)[0]:
        return Due()
    day = _dated(cell) or (_within(cell, year) if year else None)
    if day is None:
        return Due(doubt=f"时限“{cell}”没有换算成日期")
    plainly = _DAY.fullmatch(cell) is not None and not cell.endswith("月")
    return Due(day, "" if plainly or cell == f"{day.year}年{day.month}月{day.day}日" else f"时限“{cell}”按 {day} 计")


def year_of(texts: str) -> int | None:
    """The year that a table's title names."""
    found = _YEAR.search(texts)
    return int(found[1]) if found else None


def _dated(said: str) -> dt.date | None:
    found = _DAY.search(said)
    if found:
        return _day(int(found[1]), int(found[2]), int(found[3]) if found[3] else 0)
    year = _YEAR.search(said)
    return _within(said[year.end() :], int(year[1])) if year else None


def _within(said: str, year: int) -> dt.date | None:
    found = _IN_YEAR.search(said)
    if found:
        return _day(year, int(found[1]), int(found[2] or 0))
    end = next((end for word, end in _ENDS.items() if word in said), None)
    end = end or ((12, 31) if said.startswith(("底", "末", "内")) else None)  # 2012年底, its year cut off
    return dt.date(year, *end) if end else None


def _day(year: int, month: int, day: int) -> dt.date | None:
    """Day 0 is the month's last: '6月底'."""
    try:
        return dt.date(year, month, day or calendar.monthrange(year, month)[1])
    except (ValueError, calendar.IllegalMonthError):
        return None
