"""The working calendar's pages: a year that says what is not like others, edited by the jurisdiction's office."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.template.loader import render_to_string

from tests.calendars.made import at, span
from tests.web.conftest import Site
from tests.web.office.conftest import CITY, COUNTY, TOWN, acting
from xianfeng.calendars import deadlines, store
from xianfeng.calendars.days import DayKind
from xianfeng.registry import tree
from xianfeng.web.deadlines import told

DAY = dt.date(2026, 11, 20)


def organisation(code: str) -> int:
    found = tree.by_any_code(code)
    assert found is not None
    return found.id


def square(page: str, day: int, month: int) -> str:
    """What stands in one day's square: number, mark and words."""
    table = page.split('<table class="month">')[month]
    cell = next(one for one in re.findall(r"<td.*?</td>", table) if re.search(rf">{day}(<|$)", one))
    return re.sub(r"<[^>]+>", "", cell)


def test_a_year_says_in_words_what_is_not_like_others(site: Site) -> None:
    page = acting(site, TOWN, "clerk").client.get("/office/calendar/?year=2026").content.decode()
    assert page.count('<table class="month">') == 12
    assert square(page, 1, 10) == "1休 国庆节放假"
    assert square(page, 10, 10) == "10班 国庆节调休上班"
    assert square(page, 9, 10) == "9"
    assert "还没有公布" not in page
    assert "/office/calendar/days" not in page  # a clerk reads


def test_a_year_not_announced_says_so_until_it_is_settled(site: Site) -> None:
    office = acting(site, CITY, "office").client
    assert "还没有公布" in office.get("/office/calendar/?year=2027").content.decode()
    office.post("/office/calendar/2027/announce", {"source": "国办发明电〔2026〕7号"})
    assert "还没有公布" not in office.get("/office/calendar/?year=2027").content.decode()
    assert "还没有公布" not in acting(site, TOWN, "clerk").client.get("/office/calendar/?year=2027").content.decode()


def test_a_day_is_changed_and_below_it_holds(site: Site) -> None:
    edited = {"since": DAY, "until": DAY, "kind": "holiday", "title": "闽台交流日", "source": "市府办通知"}
    answer = acting(site, COUNTY, "administrator").client.post(f"/office/calendar/days?day={DAY}", edited)
    assert answer.headers["Location"] == "/office/calendar/?year=2026"
    page = acting(site, TOWN, "clerk").client.get("/office/calendar/?year=2026").content.decode()
    assert square(page, 20, 11) == "20休 闽台交流日放假"
    assert "市府办通知" in page
    history = acting(site, COUNTY, "leader").client.get("/office/calendar/").content.decode()
    assert "2026-11-20：闽台交流日放假（依据：市府办通知）" in history
    assert "闽侯县 · 系统管理员" in history
    assert store.calendar(organisation(CITY)).kind(DAY) is DayKind.WORK


@pytest.mark.parametrize(
    ("given", "told_"),
    [
        ({"until": "2026-11-01"}, "结束日期早于开始日期"),
        ({"title": ""}, "放假和调休要写明是什么假"),
        ({"until": "2036-11-20"}, "一次最多改 366 天"),
        ({"kind": "feast"}, "feast"),
    ],
)
def test_a_slip_is_told_and_nothing_changes(site: Site, given: dict[str, str], told_: str) -> None:
    typed = {"since": str(DAY), "until": str(DAY), "kind": "holiday", "title": "节", **given}
    answer = acting(site, COUNTY, "administrator").client.post(f"/office/calendar/days?day={DAY}", typed)
    assert answer.status_code == 400
    assert told_ in answer.content.decode()
    assert not store.having_tables()


def test_hours_and_quiet_periods(site: Site) -> None:
    office = acting(site, COUNTY, "administrator").client
    office.post("/office/calendar/hours", {"since": "06-01", "hours": "08:00-12:00 15:00-18:00"})
    office.post(
        "/office/calendar/quiet", {"title": "防汛", "since": "2026-06-01", "until": "2026-06-30", "pauses": "on"}
    )
    page = acting(site, TOWN, "clerk").client.get("/office/calendar/?year=2026").content.decode()
    assert "每年 6 月 1 日起：08:00-12:00 15:00-18:00" in page
    assert square(page, 3, 6) == "3静 防汛"
    assert "工作日不计入期限" in page
    (period,) = store.calendar(organisation(COUNTY)).quiet
    assert "上级定的" in acting(site, TOWN, "administrator").client.get("/office/calendar/quiet").content.decode()
    office.post(f"/office/calendar/quiet/{period.seq}/end")
    assert store.calendar(organisation(COUNTY)).quiet == ()


def test_a_deadline_s_page_says_how_it_came_about_and_that_the_calendar_was_edited(site: Site) -> None:
    given = deadlines.after(span("2 workdays"), at("2026-11-18 09:00"), store.calendar(organisation(TOWN)))
    shown = render_to_string("components/deadline.html", {"deadline": told(given, store.calendar(organisation(TOWN)))})
    assert "2026-11-20 17:30" in shown
    assert "满2个工作日，截止11月20日（周五）17:30。" in shown
    assert "后来有调整" not in shown
    edited = {"since": DAY, "until": DAY, "kind": "holiday", "title": "闽台交流日"}
    acting(site, COUNTY, "administrator").client.post(f"/office/calendar/days?day={DAY}", edited)
    shown = render_to_string("components/deadline.html", {"deadline": told(given, store.calendar(organisation(TOWN)))})
    assert "2026-11-20 17:30" in shown
    assert "按现在的日历应为2026年11月23日（周一）17:30" in shown
