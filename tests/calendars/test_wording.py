"""Every computation is told in sentences, in the order in which somebody would work it out."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils.translation import override

from tests.calendars.made import NATIONAL, announced, at, span
from xianfeng.calendars import deadlines, wording
from xianfeng.calendars.days import Day, DayKind, Quiet, WorkingCalendar
from xianfeng.calendars.deadline import Deadline


def told(deadline: Deadline) -> list[str]:
    return [str(sentence) for sentence in wording.words(deadline)]


def test_received_after_hours_before_a_holiday() -> None:
    assert told(deadlines.after(span("5 workdays"), at("2026-09-30 17:40"), NATIONAL)) == [
        "2026年9月30日（周三）17:40收到，已过当日下班时间17:30，按10月8日（周四）收到计算。",
        "10月8日（周四）当天不算，10月9日（周五）是第1个工作日。",
        "10月10日（周六）因国庆节调休上班，算工作日。",
        "周末1天不算。",
        "满5个工作日，截止10月14日（周三）17:30。",
    ]


def test_a_holiday_in_between() -> None:
    assert told(deadlines.after(span("2 workdays"), at("2026-09-29 09:00"), NATIONAL)) == [
        "2026年9月29日（周二）当天不算，9月30日（周三）是第1个工作日。",
        "国庆节放假，10月1日（周四）至10月7日（周三）共7天不算。",
        "满2个工作日，截止10月8日（周四）17:30。",
    ]


def test_received_on_a_day_off() -> None:
    assert told(deadlines.after(span("1 workdays"), at("2026-10-02 10:00"), NATIONAL))[0] == (
        "2026年10月2日（周五）10:00收到，当日不上班（国庆节），按10月8日（周四）收到计算。"
    )


def test_by_the_calendar_and_put_off() -> None:
    assert told(deadlines.after(span("5 days"), at("2026-11-17 10:00"), NATIONAL)) == [
        "从2026年11月17日（周二）算到11月22日（周日）。",
        "11月22日（周日）不上班（周末），顺延到11月23日（周一）。",
        "满5天，截止11月23日（周一）17:30。",
    ]


def test_office_minutes_from_a_closed_hour() -> None:
    assert told(deadlines.after(span("15 work_minutes"), at("2026-11-20 12:10"), NATIONAL)) == [
        "2026年11月20日（周五）12:10不在上班时间，从11月20日（周五）14:30起算。",
        "满工作时间15分钟，截止11月20日（周五）14:45。",
    ]


def test_backwards_into_the_year_before() -> None:
    assert told(deadlines.before(span("3 workdays"), at("2027-01-04 17:30"), NATIONAL)) == [
        "元旦放假，2027年1月1日（周五）不算。",
        "周末2天不算。",
        "从1月4日（周一）倒推3个工作日，最迟2026年12月29日（周二）17:30开始。",
        "2027年放假安排还没有公布，暂按法定节假日和周末计算。",
    ]


def test_a_period_that_pauses() -> None:
    quiet = Quiet(since=dt.date(2026, 6, 1), until=dt.date(2026, 6, 14), title="农忙", pauses=True)
    calendar = WorkingCalendar(year_of=announced, quiet=(quiet,))
    assert told(deadlines.after(span("2 workdays"), at("2026-05-28 09:00"), calendar))[1:] == [
        "农忙期间，6月1日（周一）至6月5日（周五）的5个工作日不算。",
        "农忙期间，6月8日（周一）至6月12日（周五）的5个工作日不算。",
        "周末6天不算。",
        "满2个工作日，截止6月15日（周一）17:30。",
    ]


def test_what_the_calendar_would_say_now() -> None:
    deadline = deadlines.after(span("1 workdays"), at("2026-11-18 09:00"), WorkingCalendar(year_of=announced))
    holiday = {dt.date(2026, 11, 19): Day(DayKind.HOLIDAY, "节")}
    now = deadlines.as_now(deadline, WorkingCalendar(year_of=announced, special=holiday))
    assert now is not None
    assert str(wording.otherwise(now)) == (
        "工作日历后来有调整，按现在的日历应为2026年11月20日（周五）17:30；原定期限不变，要改由本单位决定。"
    )


@pytest.mark.parametrize("said", ["5 workdays", "5 days", "1 months", "15 work_minutes", "2 work_hours", "30 minutes"])
@pytest.mark.parametrize("start", ["2026-09-30 17:40", "2026-10-03 12:00", "2026-12-31 12:10"])
def test_in_english_no_chinese_is_left(said: str, start: str) -> None:
    forwards, back = (compute(span(said), at(start), NATIONAL) for compute in (deadlines.after, deadlines.before))
    with override("en"):
        for deadline in (forwards, back):
            assert wording.text(deadline).isascii()


def test_in_english() -> None:
    with override("en"):
        assert wording.text(deadlines.after(span("2 workdays"), at("2026-09-30 17:40"), NATIONAL)) == (
            "Received Wed 2026-09-30, 17:40, after closing time (17:30), so it counts as received on Thu 10-08. "
            "Thu 10-08 itself is not counted; Fri 10-09 is working day 1. "
            "Sat 10-10 is worked in lieu for National Day and counts. "
            "2 working day(s) end on Sat 10-10, 17:30."
        )
