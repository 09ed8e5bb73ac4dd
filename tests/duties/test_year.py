"""A whole campaign year, ticked day by day, against a timeline written by hand.

One village, one town, one county. The village visits every month and answers every notice; the town reviews promises
within three working days and reports every half-year. 2012: New Year 1–3 January, Spring Festival 22–28 January with
21 and 29 January worked, Qingming 2–4 April with 31 March and 1 April worked, Labour Day 29 April to 1 May with 28
April worked, Dragon Boat 22–24 June, National Day 30 September to 7 October with 29 September worked.
"""

from __future__ import annotations

import datetime as dt

from tests.duties.offices import CHINA, Office, at, campaign, office
from xianfeng.duties import check, tick
from xianfeng.duties.models import Circular
from xianfeng.ledger.models import Record
from xianfeng.messages.models import Message

SCHEME = """
obligations:
  visits: {title: 走访, kind: visit, of: organisations, where: "code == '350121100200'", every: month}
  reports:
    {title: 小结, kind: statement, of: organisations, where: "code == '350121100'", every: half_year, due: 5 workdays}
kinds:
  commitment: {flow: {moves: {review: {within: 3 workdays}}}}
"""
# What is filed, moment by moment.
WORK = {
    "2012-01-10": "visit",
    "2012-02-20": "visit",
    "2012-04-05": "visit",  # of April; March's is missing
    "2012-05-30": "visit",
    "2012-06-11": "promise",  # which the town reviews on the 20th, late: due on Thursday the 14th
    "2012-06-12": "visit",
    "2012-07-02": "visit",
    "2012-07-09": "report",  # dated 30 June, due on Friday 6 July
    "2012-08-01": "visit",
    "2012-09-03": "visit",
    "2012-10-31": "visit",
    "2012-11-01": "visit",
    "2012-12-03": "visit",
    "2012-12-28": "report",
}
EXPECTED = [
    # February is filed on the 20th, before its reminder on Friday 24th. March falls due on Saturday 31 March, a working
    # day; three working days before is Wednesday 28th.
    ("03-28", "remind", "青口村", "走访，2012年3月"),
    ("04-01", "urge", "青口村", "走访，2012年3月"),  # Sunday, a working day
    ("04-06", "superior", "青口镇", "走访，2012年3月"),  # 5 and 6 April follow the holiday
    ("04-10", "circular", "青口镇", "走访，2012年3月"),
    # May: due Thursday 31st, reminder on Monday 28th; filed on the 30th.
    ("05-28", "remind", "青口村", "走访，2012年5月"),
    # The promise of Monday 11 June: due on the 14th, three working days after; the reminder would be due three working
    # days before that, on the 11th, before it was filed.
    ("06-15", "urge", "青口镇", "审核公布“公开承诺”"),
    ("06-19", "superior", "闽侯县", "审核公布“公开承诺”"),
    # The half-year's report: due five working days after 30 June, a Saturday; Friday 6 July.
    ("07-03", "remind", "青口镇", "小结，2012年上半年"),
    ("07-09", "urge", "青口镇", "小结，2012年上半年"),  # in the morning; filed at ten
    # October: due Wednesday 31st, reminder on Friday 26th; filed on the day.
    ("10-26", "remind", "青口村", "走访，2012年10月"),
]


def act(one: Office, day: str, sort: str) -> Record | None:
    """What is done on a day, at ten; a promise, which the town has to review."""
    moment = f"{day} 10:00"
    match sort:
        case "visit":
            one.file("visit", "青口村", moment, {"people": {"villagers": 1}})
        case "report":
            dated = dt.date(2012, 6, 30) if day < "2012-08" else dt.date.fromisoformat(day)
            one.file("statement", "青口镇", moment, {"item": "小结", "value": "1"}, day=dated)
        case "promise":
            values = {"promiser": "organisation", "text": "修路"}
            return one.file("commitment", "青口村", moment, values, state="submitted")
    return None


def lived(one: Office) -> None:
    """The year, a tick every morning when offices open."""
    waiting: Record | None = None
    for number in range(366):
        moment = at("2012-01-01") + dt.timedelta(days=number)
        tick.tick(now=moment)
        day = f"{moment:%Y-%m-%d}"
        waiting = act(one, day, WORK.get(day, "")) or waiting
        if day == "2012-06-20" and waiting is not None:
            one.move(waiting, "review", "青口镇", f"{day} 10:00")
    tick.tick(now=at("2013-01-31"))


def test_a_year_goes_as_written_by_hand(db: None) -> None:
    one = office(campaign(SCHEME))
    one.appoint("村支书", "青口村", "clerk", "2011-12-01")
    one.appoint("镇经办", "青口镇", "office", "2011-12-01")
    one.appoint("县经办", "闽侯县", "office", "2011-12-01")
    lived(one)
    told = [
        (f"{row.at.astimezone(CHINA):%m-%d}", row.step, one.name_of(row.organisation), row.words)
        for row in Message.objects.order_by("at", "id")
    ]
    assert [(day, step, name) for day, step, name, _ in told] == [(day, step, name) for day, step, name, _ in EXPECTED]
    assert [f"{row.day:%m-%d}" for row in Circular.objects.all()] == ["04-10"]
    months = {f"{since:02}": one.owing("visits", f"2012-{since:02}-01")["青口村"] for since in range(1, 13)}
    assert [month for month, state in months.items() if state != "met"] == ["03"]
    assert one.owing("reports", "2012-01-01") == {"青口镇": "late"}
    assert one.owing("reports", "2012-07-01") == {"青口镇": "met"}
    assert list(check.check()) == []
