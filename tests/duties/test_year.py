"""A whole campaign year, ticked day by day, against a timeline written by hand: every message with its words, every
change of the plan's light.

Two villages, one town, one county, one city. 青口村 visits every month, 东台村 keeps accounts every quarter until it is
merged; the town reviews promises within three working days, reports every half-year, takes a matter on the telephone
and builds a road by a plan. The city declares a quiet period, and days off for which deadlines were told already.

2012: New Year 1–3 January, Spring Festival 22–28 January with 21 and 29 January worked, Qingming 2–4 April with 31
March and 1 April worked, Labour Day 29 April to 1 May with 28 April worked, Dragon Boat 22–24 June, National Day 30
September to 7 October with 29 September worked.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace

from tests.duties.offices import CHINA, OPERATOR, Office, at, campaign, day, office
from xianfeng.calendars import actions as calendars
from xianfeng.calendars.days import DayKind
from xianfeng.duties import check, tick
from xianfeng.duties.models import Circular
from xianfeng.ledger.models import Record
from xianfeng.messages import words
from xianfeng.messages.models import Message
from xianfeng.plans import planned
from xianfeng.registry import actions as registry

SCHEME = """
obligations:
  visits: {title: 走访, kind: visit, of: organisations, where: "code == '350121100200'", every: month}
  accounts:
    {title: 账目, kind: statement, of: organisations, where: "code == '350121100201'", every: quarter,
     leaving: superior}
  reports:
    {title: 小结, kind: statement, of: organisations, where: "code == '350121100'", every: half_year, due: 5 workdays}
kinds:
  commitment: {flow: {moves: {review: {within: 3 workdays}}}}
plans:
  roads:
    title: 修路计划
    for: key_project
    until: due
    steps:
      start: {title: 开工, takes: 10 workdays, done: building}
      build: {title: 施工, takes: 20 workdays, after: start, done: finished}
"""
# What is done, at ten; and for which day, where that is another.
WORK = {
    "2012-01-10": "visit",
    "2012-02-20": "visit",
    "2012-03-15": "accounts",
    "2012-04-05": "visit",  # of April; March's is missing
    "2012-05-14": "telephone",
    "2012-05-16": "limit",  # the village takes the matter on until the 28th; it had until Tuesday the 15th to say so
    "2012-05-21": "merge",  # 东台村 into 青口村, which answers the matter in its place
    "2012-05-25": "answer",
    "2012-05-30": "visit",
    "2012-05-31": "call_back",
    "2012-06-11": "promise",
    "2012-06-12": "visit",
    "2012-06-20": "review",  # late: due on Thursday the 14th
    "2012-07-09": "report 2012-06-30",  # due on Friday the 6th
    "2012-07-16": "quiet",  # from 20 July to 5 August
    "2012-08-06": "visit 2012-07-31",
    "2012-08-29": "holidays",  # 31 August, for which August's deadline has been told, and 31 October
    "2012-09-03": "visit 2012-08-31",
    "2012-09-10": "visit",
    "2012-10-08": "project",  # to be finished by Friday 30 November
    "2012-10-31": "visit",
    "2012-11-01": "visit",
    "2012-11-07": "start",
    "2012-12-03": "visit",
    "2012-12-05": "finish",
    "2012-12-28": "report",
}
EXPECTED = [
    # February is filed on the 20th, before its reminder on Friday 24th. March falls due on Saturday 31 March, a working
    # day; three working days before is Wednesday 28th.
    ("03-28", "remind", "青口村", "请办理：走访，2012年3月，2012年3月31日17:30到期。"),
    # Sunday, a working day; 5 and 6 April follow the holiday.
    ("04-01", "urge", "青口村", "催办：走访，2012年3月，2012年3月31日17:30已到期，还没有办。"),
    ("04-06", "superior", "青口镇", "下级逾期：走访，2012年3月，1个组织催办后仍没有办。"),
    ("04-10", "circular", "青口镇", "已起草通报，请决定发不发：走访，2012年3月。"),
    # The matter came to 东台村 on Monday the 14th, which had one working day to say how it goes on. It is to be
    # answered by Monday the 28th; three working days before is Wednesday the 23rd, when 东台村 is no more.
    ("05-16", "urge", "东台村", "催办：马上办“群众诉求”，2012年5月15日17:30已到期，还没有办。"),
    ("05-23", "remind", "青口村", "请办理：答复“群众诉求”（限时办），2012年5月28日17:30到期。"),
    # May: due Thursday 31st, reminder on Monday 28th; filed on the 30th.
    ("05-28", "remind", "青口村", "请办理：走访，2012年5月，2012年5月31日17:30到期。"),
    # The promise of Monday 11 June: due on the 14th, three working days after; the reminder would be due three working
    # days before that, on the 11th, before it was filed.
    ("06-15", "urge", "青口镇", "催办：审核公布“公开承诺”，2012年6月14日17:30已到期，还没有办。"),
    ("06-19", "superior", "闽侯县", "下级逾期：审核公布“公开承诺”，1个组织催办后仍没有办。"),
    # The second quarter's accounts of the village that was merged: the town answers for them. 30 June is a Saturday, so
    # they fall due on Monday 2 July.
    ("06-27", "remind", "青口镇", "请办理：账目，2012年第2季度，2012年7月2日17:30到期。"),
    ("07-03", "urge", "青口镇", "催办：账目，2012年第2季度，2012年7月2日17:30已到期，还没有办。"),
    # The half-year's report: due five working days after Friday 29 June, the last on which offices were open.
    ("07-03", "remind", "青口镇", "请办理：小结，2012年上半年，2012年7月6日17:30到期。"),
    ("07-05", "superior", "闽侯县", "下级逾期：账目，2012年第2季度，1个组织催办后仍没有办。"),
    ("07-09", "circular", "闽侯县", "已起草通报，请决定发不发：账目，2012年第2季度。"),
    ("07-09", "urge", "青口镇", "催办：小结，2012年上半年，2012年7月6日17:30已到期，还没有办。"),  # filed at ten
    # July: due Tuesday 31st, within the quiet period: no reminder on the 26th; urged on the first day after it.
    ("08-06", "urge", "青口村", "催办：走访，2012年7月，2012年7月31日17:30已到期，还没有办。"),
    # August: due Friday 31st, and stays so when that is declared a day off on the 29th.
    ("08-28", "remind", "青口村", "请办理：走访，2012年8月，2012年8月31日17:30到期。"),
    ("09-03", "urge", "青口村", "催办：走访，2012年8月，2012年8月31日17:30已到期，还没有办。"),
    # October's deadline was not told yet when Wednesday 31st became a day off: Thursday 1 November, and three working
    # days before that, the 30th, the 29th and Friday 26th.
    ("10-26", "remind", "青口村", "请办理：走访，2012年10月，2012年11月1日17:30到期。"),
]
# The road: twenty working days to Friday 30 November begin on Monday the 5th; so the start is due on Friday the 2nd,
# and late on Saturday morning.
LIGHTS = [
    ("10-09", "normal", "开工：最迟2012年11月2日完成。"),
    ("10-26", "near", "开工：最迟2012年11月2日完成，还有4个工作日。"),  # 29 and 30 October, 1 and 2 November
    ("11-03", "late", "开工：最迟2012年11月2日完成，已超期1个工作日。"),
    # Started on Wednesday 7 November, twenty working days from the 8th: Wednesday 5 December.
    ("11-08", "near", "施工：照现在的进度要到2012年12月5日，比最迟的2012年11月30日晚3个工作日。"),
    ("12-01", "late", "施工：最迟2012年11月30日完成，已超期1个工作日。"),
    ("12-06", "done", "2012年12月5日已办结。"),
]


@dataclass
class Year:
    """What the offices did, and how the plan stood from day to day."""

    office: Office
    records: dict[str, Record] = field(default_factory=dict)
    lights: list[tuple[str, str, str]] = field(default_factory=list)

    def lived(self) -> None:
        """A tick every morning when offices open; then the day's work."""
        for number in range(366):
            morning = at("2012-01-01") + dt.timedelta(days=number)
            tick.tick(now=morning)
            self._look(morning)
            today = f"{morning:%Y-%m-%d}"
            if today in WORK:
                sort, _, dated = WORK[today].partition(" ")
                self._act(sort, f"{today} 10:00", day(dated or today))
        tick.tick(now=at("2013-01-31"))

    def _look(self, now: dt.datetime) -> None:
        scheme = self.office.scheme
        rows = list(planned.records(scheme, scheme.plans["roads"]))
        for one in planned.planned(scheme, scheme.plans["roads"], rows, now=now):
            if not self.lights or self.lights[-1][1] != one.standing.light:
                self.lights.append((f"{now:%m-%d}", one.standing.light.value, str(one.standing.why)))

    def _act(self, sort: str, moment: str, dated: dt.date) -> None:
        one = self.office
        match sort:
            case "visit":
                one.file("visit", "青口村", moment, {"people": {"villagers": 1}}, day=dated)
            case "accounts":
                one.file("statement", "东台村", moment, {"item": "账目", "value": "1"})
            case "report":
                one.file("statement", "青口镇", moment, {"item": "小结", "value": "1"}, day=dated)
            case "promise":
                values = {"promiser": "organisation", "text": "修路"}
                self.records["promise"] = one.file("commitment", "青口村", moment, values, state="submitted")
            case "review":
                one.move(self.records["promise"], "review", "青口镇", moment)
            case "merge":
                gone, into = one.number["东台村"], one.number["青口村"]
                registry.merge(organisations=[gone], into=into, day=dated, by=OPERATOR)
            case "project" | "start" | "finish":
                self._build(sort, moment)
            case "quiet" | "holidays":
                self._declare(sort, moment, dated)
            case _:
                self._handle(sort, moment)

    def _handle(self, sort: str, moment: str) -> None:
        """The matter: ten minutes after the call it is with a village."""
        one = self.office
        match sort:
            case "telephone":
                record = one.file("matter", "青口镇", moment, {"text": "路灯不亮", "via": "phone"})
                self.records["matter"] = record
                one.move(record, "accept", "青口镇", moment.replace("10:00", "10:05"))
                given = {"handler": one.number["东台村"]}
                one.move(record, "assign", "青口镇", moment.replace("10:00", "10:10"), values=given)
            case "limit":
                taken = {"opinion": "要重新埋线", "due": "2012-05-28"}
                one.move(self.records["matter"], "limit", "东台村", moment, values=taken)
            case "answer":
                one.move(self.records["matter"], "answer_limited", "青口村", moment, values={"reply": "灯已换好"})
            case "call_back":
                told = {"satisfied": "satisfied"}
                one.move(self.records["matter"], "call_back", "青口镇", moment, values=told, reason="电话回访")

    def _build(self, sort: str, moment: str) -> None:
        if sort == "project":
            values = {"name": "环镇路", "investment": "1000000.00", "due": "2012-11-30"}
            self.records["road"] = self.office.file("key_project", "青口镇", moment, values)
        else:
            self.office.move(self.records["road"], sort, "青口镇", moment)

    def _declare(self, sort: str, moment: str, today: dt.date) -> None:
        city = self.office.number["福州市"]
        by = replace(self.office.by("福州市", moment), role="office")
        if sort == "quiet":
            since, until = day("2012-07-20"), day("2012-08-05")
            calendars.declare_quiet(organisation=city, since=since, until=until, title="防汛", day=today, by=by)
            return
        for off in (day("2012-08-31"), day("2012-10-31")):
            calendars.set_days(
                organisation=city, since=off, until=off, kind=DayKind.HOLIDAY, title="市庆", day=today, by=by
            )


def test_a_year_goes_as_written_by_hand(db: None) -> None:
    one = office(campaign(SCHEME))
    one.appoint("村支书", "青口村", "clerk", "2011-12-01")
    one.appoint("东台支书", "东台村", "clerk", "2011-12-01")
    one.appoint("镇经办", "青口镇", "office", "2011-12-01")
    one.appoint("县经办", "闽侯县", "office", "2011-12-01")
    year = Year(one)
    year.lived()
    told = [
        (f"{row.at.astimezone(CHINA):%m-%d}", row.step, one.name_of(row.organisation), str(words.told(row.words)))
        for row in Message.objects.all()
    ]
    assert sorted(told) == sorted(EXPECTED)
    assert year.lights == LIGHTS
    assert [f"{row.day:%m-%d}" for row in Circular.objects.order_by("id")] == ["04-10", "07-09"]
    months = {f"{since:02}": one.owing("visits", f"2012-{since:02}-01")["青口村"] for since in range(1, 13)}
    assert {month: state for month, state in months.items() if state != "met"} == {
        "03": "open",
        "07": "late",
        "08": "late",
    }
    quarters = [one.owing("accounts", f"2012-{since:02}-01") for since in (1, 4, 7)]
    assert quarters == [{"东台村": "met"}, {"东台村": "open"}, {"东台村": "void"}]
    assert one.owing("reports", "2012-01-01") == {"青口镇": "late"}
    assert one.owing("reports", "2012-07-01") == {"青口镇": "met"}
    assert list(check.check()) == []
