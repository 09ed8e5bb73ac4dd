"""Obligations by example: what each says in words, for which stretches it is owed, how often and by when.

The days are counted by the nation's calendar of 2012: off 1-3 January, 22-28 January (Spring Festival), 2-4 April,
29 April to 1 May, 22-24 June, 30 September to 7 October, 1-3 January 2013; worked on 31 March, 1 April, 29 September
and 5 and 6 January 2013. Every day of the tables was counted by hand.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.scheme.spec.format import Spec, Table

TITLE = "工作要求和催办"
WORDS = (
    "一条工作要求（`obligations`）写明谁（`of`、`where`）、办什么（`kind`、`matching`）、多久一期"
    "（`every`、`windows` 或 `after`）、几次（`at_least`、`at_most`、`exactly`）、什么时候到期（`due`）。"
    "到期的日子按当地的工作日历算，落在休息日的顺延到下一个工作日下班；下面的日子按 2012 年全国的放假安排。"
    "活动的起止截断第一期和最后一期。"
)


@dataclass(frozen=True, kw_only=True)
class DutySpec(Spec):
    """`says`: the obligation in words, as `xianfeng scheme explain` tells it. `on`: a day of the period, or the moment
    of the event, of which `expected` tells the deadline and the steps that follow it; '' for all periods."""

    says: str
    on: str = ""

    def markdown(self) -> list[str]:
        *head, last = super().markdown()
        return [*head, "", f"白话：{self.says}。", last]


SPECS = (
    DutySpec(
        title="每期几次",
        words="`every` 是一期多长：`month`、`quarter`、`half_year`、`year`、`phase`（每个阶段）、`once`（整个活动）。"
        "`due` 是期满以后还有多久；不写的，期满当天下班到期。",
        scheme="""
        kinds:
          study: {title: 学习, fields: {people: {type: integer, title: 人数}}}
        obligations:
          studies:
            title: 集中学习
            kind: study
            of: organisations
            where: "level == 'village'"
            matching: "people >= 3"
            at_least: 2
            every: quarter
            due: 5 workdays
        """,
        says="村级组织：每季度至少 2 次《学习》，只算人数不小于 3的，期满后 5 个工作日内报",
        expected=Table.of("""
            从         | 到         | 时段 | 至少 | 至多 | 到期
            2012-01-01 | 2012-03-31 |      | 2    |      | 2012-04-10 17:30
            2012-04-01 | 2012-06-30 |      | 2    |      | 2012-07-06 17:30
            2012-07-01 | 2012-09-30 |      | 2    |      | 2012-10-12 17:30
            2012-10-01 | 2012-12-31 |      | 2    |      | 2013-01-08 17:30
        """),
    ),
    DutySpec(
        title="集中办理的时段",
        words="写了 `windows` 的，只在每年这些时段里办；一年的次数分到各时段，每段至少一次。"
        "过了时段补办的仍算，算到下一段开始前一天，记为逾期办。",
        scheme="""
        kinds:
          visit: {title: 走访, fields: {people: {type: integer, title: 人数}}}
        obligations:
          services:
            title: 集中开展服务活动
            kind: visit
            of: organisations
            exactly: 4
            every: year
            windows:
              - {title: 2月份, from: 02-01, to: 02-29}
              - {title: 7月份, from: 07-01, to: 07-31}
              - {title: 10月底或11月初, from: 10-21, to: 11-10}
        """,
        says="各组织：每年4 次《走访》，集中在2月份、7月份、10月底或11月初",
        expected=Table.of("""
            从         | 到         | 时段           | 至少 | 至多 | 到期
            2012-02-01 | 2012-02-29 | 2月份          | 2    | 2    | 2012-02-29 17:30
            2012-07-01 | 2012-07-31 | 7月份          | 1    | 1    | 2012-07-31 17:30
            2012-10-21 | 2012-11-10 | 10月底或11月初 | 1    | 1    | 2012-11-12 17:30
        """),
    ),
    DutySpec(
        title="静默期",
        words="`quiet` 里的日子不计入期限，不到期，也不提醒、不催办；只管本活动，别的活动照常。",
        scheme="""
        kinds:
          visit: {title: 走访, fields: {people: {type: integer, title: 人数}}}
        quiet:
          flood: {title: 防汛, from: 07-01, to: 07-15}
        obligations:
          visits: {title: 走访群众, kind: visit, of: organisations, at_least: 1, every: half_year, due: 5 workdays}
        """,
        says="各组织：每半年至少 1 次《走访》，期满后 5 个工作日内报",
        expected=Table.of("""
            从         | 到         | 时段 | 至少 | 至多 | 到期
            2012-01-01 | 2012-06-30 |      | 1    |      | 2012-07-20 17:30
            2012-07-01 | 2012-12-31 |      | 1    |      | 2013-01-08 17:30
        """),
    ),
)

FOLLOWED = (
    DutySpec(
        title="每发生一次",
        words="写了 `after` 的，每有一条记录进入那个状态就要办一次，`due` 从那一刻算起，按工作日计的当天不算；"
        "下面是 2012 年 9 月 28 日 10:00 发生的一件。",
        scheme="""
        kinds:
          opinion: {title: 意见, fields: {content: {type: text, title: 内容}}}
          reply: {title: 答复, fields: {content: {type: text, title: 内容}}}
        obligations:
          replies:
            title: 答复意见
            kind: reply
            of: organisations
            exactly: 1
            every: event
            after: opinion.filed
            due: 5 workdays
        ladders:
          usual: {title: 常规催办, remind: 2 workdays before, urge: 1 workday after}
        """,
        on="2012-09-28 10:00",
        says="各组织：“意见”每次进入“已填报”后1 次《答复》，5 个工作日内报",
        expected=Table.of("""
            步骤   | 时刻
            到期   | 2012-10-11 17:30
            remind | 2012-10-09 08:30
            urge   | 2012-10-12 08:30
        """),
    ),
    DutySpec(
        title="没有办的怎么催",
        words="`ladder` 写按 `ladders` 里的哪一套办，不写的用 `usual`。四步各写 `3 workdays before`（到期前）或 "
        "`1 workday after`（到期后），用得上几步写几步；按天写的，那天一上班就办。起草的通报由人决定发不发。"
        "下面是 2012 年 9 月这一期。",
        scheme="""
        kinds:
          visit: {title: 走访, fields: {people: {type: integer, title: 人数}}}
        ladders:
          strict:
            title: 从严催办
            remind: 3 workdays before
            urge: 1 workday after
            superior: 3 workdays after
            circular: 5 workdays after
        obligations:
          visits: {title: 走访群众, kind: visit, of: organisations, at_least: 1, every: month, ladder: strict}
        """,
        on="2012-09-15",
        says="各组织：每月至少 1 次《走访》，按“从严催办”催办",
        expected=Table.of("""
            步骤     | 时刻
            到期     | 2012-10-08 17:30
            remind   | 2012-09-27 08:30
            urge     | 2012-10-09 08:30
            superior | 2012-10-11 08:30
            circular | 2012-10-15 08:30
        """),
    ),
)
