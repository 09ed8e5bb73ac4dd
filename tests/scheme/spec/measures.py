"""Measures by example: what each says it counts, and the figures it gives over a few records.

`given` are records and `figures` what is asked with what must come out; every number was worked out by hand and
holds on every engine. The world is a city with 甲县 (甲村, 乙村) and 丙县 (丙村); each record is filed by
one of them. '–' is 'not reported'; a state 'published@2012-02-01' was entered by a move on that day.
"""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import dedent

from tests.scheme.spec.format import Spec, Table
from xianfeng.scheme.explain.measures import statement
from xianfeng.scheme.explain.words import Words

TITLE = "统计指标"
WORDS = (
    "一个指标写明统计什么（`count` 计数、`sum` 求和、`latest` 时点数、`distinct` 去重计数、`coverage` 覆盖面、"
    "`ratio` 比率、`growth` 增长率，只写一个）、哪些记录（`where`）、按哪个日期（`by`：默认办理日期；"
    "`entered(状态)` 按进入该状态的日期；或一个日期字段）、审核到哪一级才算（`counts`）。"
    "没有填报与零不同：该报而一条也没有报的，结果是“–”。"
)
ALL = "；含其他活动登记在同一台账里的记录。"  # of a measure over core kinds
FILED = f"已报即计{ALL}"
ABOUT = "计在“单位”，不论由谁填报"
STANDING = f"按发生日期计；计在“整改单位”，不论由谁填报；不论从哪天起统计，期末还没有进入“已销号”的都计；{FILED}"
TREE = {"市": "", "甲县": "市", "甲村": "甲县", "乙村": "甲县", "丙县": "市", "丙村": "丙县"}


@dataclass(frozen=True, kw_only=True)
class MeasureSpec(Spec):
    """`expected`: each measure with the sentence that explains it. `figures`: what is asked, and the value; where the
    table has them, how many owe it and how many of these are missing."""

    figures: Table

    def statements(self) -> Table:
        scheme, words = self.loaded(), Words("zh")
        rows = tuple((name, statement(scheme.measures[name], scheme, words)) for name, _ in self.expected.rows)
        return Table(self.expected.columns, rows)

    def markdown(self) -> list[str]:
        assert self.given is not None
        lines = [f"## {self.title}", "", self.words, "", "```yaml", self.scheme_text(), "```", ""]
        lines += [*self.expected.markdown(), "", "记录：", "", *self.given.markdown(), "", "结果：", ""]
        return [*lines, *self.figures.markdown(), ""]

    def scheme_text(self) -> str:
        return dedent(self.scheme).strip()


SPECS = (
    MeasureSpec(
        title="计数与求和",
        words="计数是记录的条数，求和是一个字段的合计；分组计数的字段按各组相加。撤销的不算。该报而没有报的不是零。",
        scheme="""
        include: [core]
        obligations:
          visits: {kind: visit, of: organisations, where: "level == 'village'", every: year}
        measures:
          visits: {title: 走访, unit: 次, count: visit}
          visited: {title: 走访群众, unit: 人, sum: visit.people}
        """,
        expected=Table.of(f"""
            指标    | 口径
            visits  | **走访**（次）：“走访”的记录数，一条记录计一；按发生日期计；{FILED}
            visited | **走访群众**（人）：“走访”各条记录的“走访人数”相加；按发生日期计；{FILED}
        """),
        given=Table.of("""
            台账  | 组织 | 日期       | 状态      | people
            visit | 甲村 | 2012-02-01 | filed     | {"villagers": 3, "members": 2}
            visit | 甲村 | 2012-02-20 | reviewed  | {"villagers": 4}
            visit | 丙村 | 2012-03-01 | filed     | {"residents": 10}
            visit | 丙村 | 2012-03-02 | withdrawn | {"residents": 99}
        """),
        figures=Table.of("""
            指标    | 组织 | 从         | 到         | 结果
            visits  | 市   |            | 2012-12-31 | 3
            visited | 市   |            | 2012-12-31 | 19
            visited | 甲县 |            | 2012-12-31 | 9
            visited | 甲县 |            | 2012-02-10 | 5
            visited | 市   | 2012-03-01 | 2012-03-31 | 10
            visited | 乙村 |            | 2012-12-31 | –
        """),
    ),
    MeasureSpec(
        title="条件、日期口径和比率",
        words="比率的分子和分母要用同一个日期口径。",
        scheme="""
        include: [core]
        measures:
          commitments: {title: 公开承诺, unit: 条, count: commitment, by: entered(published)}
          kept: {title: 已兑现, count: commitment, where: "state == 'fulfilled'", by: entered(published)}
          kept_rate: {title: 承诺兑现率, ratio: [kept, commitments], show: percent}
        """,
        expected=Table.of(f"""
            指标      | 口径
            kept | **已兑现**：“公开承诺”的记录数，一条记录计一；条件：状态为已兑现；按进入“已公布”的日期计；{FILED}
            kept_rate | **承诺兑现率**：“已兑现”除以“公开承诺”{ALL}
        """),
        given=Table.of("""
            台账       | 组织 | 日期       | 状态                                          | promiser
            commitment | 甲村 | 2012-01-05 | published@2012-02-01、fulfilled@2012-11-01 | organisation
            commitment | 乙村 | 2012-01-05 | published@2012-03-01                       | organisation
            commitment | 丙村 | 2012-01-05 | submitted@2012-01-06                       | organisation
        """),
        figures=Table.of("""
            指标        | 组织 | 从 | 到         | 结果
            commitments | 市   |    | 2012-12-31 | 2
            commitments | 市   |    | 2012-02-15 | 1
            kept_rate   | 市   |    | 2012-12-31 | 0.500000
            kept_rate   | 乙村 |    | 2012-12-31 | 0.000000
            kept_rate   | 丙村 |    | 2012-12-31 | –
        """),
    ),
    MeasureSpec(
        title="时点数与增长率",
        words="时点数取每个组织（有对象字段的，每个对象）截至期末的最近一次，再相加。增长率与基准日的期末相比。",
        scheme="""
        include: [core]
        measures:
          revenue: {title: 财政总收入, unit: 元, latest: economy.revenue, growth_from: 2012-01-31}
        """,
        expected=Table.of(f"""
            指标           | 口径
            revenue | **财政总收入**（元）：各组织最近一次填报的“经济指标”中的“财政总收入”相加；按发生日期计；{FILED}
            revenue_growth | **财政总收入增长**：“财政总收入”比2012年1月31日增长的比例{ALL}
        """),
        given=Table.of("""
            台账    | 组织 | 日期       | 状态  | revenue
            economy | 甲县 | 2012-01-10 | filed | 100.00
            economy | 丙县 | 2012-01-20 | filed | 60.00
            economy | 甲县 | 2012-06-30 | filed | 132.00
        """),
        figures=Table.of("""
            指标           | 组织 | 从 | 到         | 结果
            revenue        | 市   |    | 2012-01-31 | 160.00
            revenue        | 市   |    | 2012-12-31 | 192.00
            revenue_growth | 市   |    | 2012-12-31 | 0.200000
            revenue_growth | 甲县 |    | 2012-12-31 | 0.320000
        """),
    ),
    MeasureSpec(
        title="计在记录所指的组织",
        words=(
            "`at: subject` 的指标，一条记录计在它的对象（台账的 `subject`，须是组织）名下，不论由谁填报："
            "督查发现的问题、整改通知书由上级填，一个单位有几条，要这样才数得出。别人填的，谁也谈不上未报，所以没有就是零。"
            "时点数取每个对象最近的一次。"
        ),
        scheme="""
        include: [core]
        kinds:
          score:
            title: 评分
            subject: about
            fields: {about: {type: organisation, title: 单位}, points: {type: integer, title: 得分}}
        measures:
          found: {title: 查出的问题, unit: 个, count: finding, at: subject}
          finds: {title: 填报的问题, unit: 个, count: finding}
          points: {title: 得分, unit: 分, latest: score.points, at: subject}
        """,
        expected=Table.of(f"""
            指标   | 口径
            found  | **查出的问题**（个）：“督查发现的问题”的记录数，一条记录计一；按发生日期计；{ABOUT}；{FILED}
            points | **得分**（分）：各单位最近一次“评分”中的“得分”相加；按发生日期计；{ABOUT}；已报即计。
        """),
        given=Table.of("""
            台账    | 组织 | 日期       | 状态   | about | points
            finding | 市   | 2012-03-01 | found  | 甲村  |
            finding | 甲县 | 2012-04-01 | upheld | 甲村  |
            finding | 甲县 | 2012-04-01 | upheld | 丙村  |
            score   | 市   | 2012-03-01 | filed  | 甲村  | 70
            score   | 甲县 | 2012-05-01 | filed  | 甲村  | 80
            score   | 甲县 | 2012-05-01 | filed  | 乙村  | 5
        """),
        figures=Table.of("""
            指标   | 组织 | 从 | 到         | 结果
            found  | 甲村 |    | 2012-12-31 | 2
            found  | 甲村 |    | 2012-03-31 | 1
            found  | 乙村 |    | 2012-12-31 | 0
            found  | 丙县 |    | 2012-12-31 | 1
            found  | 市   |    | 2012-12-31 | 3
            finds  | 甲县 |    | 2012-12-31 | 2
            finds  | 甲村 |    | 2012-12-31 | 0
            points | 甲村 |    | 2012-12-31 | 80
            points | 甲县 |    | 2012-12-31 | 85
        """),
    ),
    MeasureSpec(
        title="期末还在的",
        words=(
            "`stands_until` 写明哪些状态算是了结。到期末还没有进入这些状态的记录都算，不论是哪一段时间开始的："
            "去年下达、今年还没有销号的整改通知书，今年也数得到；后来销了号，再问从前那一天，仍是当时还没有销号。"
            "了结后又反复的，从头算到最后一次了结。"
        ),
        scheme="""
        include: [core]
        measures:
          orders: {title: 下达的整改通知书, unit: 份, count: rectification, at: subject}
          open_orders: {title: 没有销号的, unit: 份, count: rectification, at: subject, stands_until: closed}
          weak: {title: 没有转化的后进组织, unit: 个, count: weak_organisation, at: subject, stands_until: [improved]}
        """,
        expected=Table.of(f"""
            指标        | 口径
            open_orders | **没有销号的**（份）：“限期整改通知书”的记录数，一条记录计一；{STANDING}
        """),
        given=Table.of("""
            台账              | 组织 | 日期       | 状态                                              | about | target
            rectification     | 市   | 2011-11-01 | issued                                            | 甲村  |
            rectification     | 市   | 2011-12-01 | issued、closed@2012-08-10                         | 甲村  |
            rectification     | 市   | 2012-03-01 | issued、answered@2012-04-01、closed@2012-04-01    | 丙村  |
            weak_organisation | 市   | 2011-05-01 | listed、improved@2011-09-01、improving@2012-02-01 |       | 甲村
            weak_organisation | 市   | 2011-05-01 | listed、improving@2011-06-01、improved@2012-02-01 |       | 乙村
        """),
        figures=Table.of("""
            指标        | 组织 | 从         | 到         | 结果
            orders      | 甲村 | 2012-01-01 | 2012-12-31 | 0
            open_orders | 甲村 | 2012-01-01 | 2012-12-31 | 1
            open_orders | 甲村 | 2012-01-01 | 2012-06-30 | 2
            open_orders | 甲村 | 2012-01-01 | 2012-08-09 | 2
            open_orders | 甲村 | 2012-01-01 | 2012-08-10 | 1
            open_orders | 甲村 |            | 2011-11-15 | 1
            open_orders | 市   | 2012-01-01 | 2012-03-31 | 3
            open_orders | 丙村 | 2012-01-01 | 2012-04-01 | 0
            weak        | 市   | 2012-01-01 | 2012-01-31 | 2
            weak        | 市   | 2012-01-01 | 2012-12-31 | 1
        """),
    ),
    MeasureSpec(
        title="去重计数",
        words="同一个人（组织、记录、选项）只算一次。`台账.organisation` 是填报的组织。",
        scheme="""
        include: [core]
        measures:
          places: {title: 开展走访的组织, unit: 个, distinct: visit.organisation}
        """,
        expected=Table.of(f"""
            指标   | 口径
            places | **开展走访的组织**（个）：“走访”涉及的“填报组织”，相同的只计一次；按发生日期计；{FILED}
        """),
        given=Table.of("""
            台账  | 组织 | 日期       | 状态  | people
            visit | 甲村 | 2012-02-01 | filed | {"villagers": 3}
            visit | 甲村 | 2012-02-20 | filed | {"villagers": 4}
            visit | 丙村 | 2012-03-01 | filed | {"residents": 10}
        """),
        figures=Table.of("""
            指标   | 组织 | 从 | 到         | 结果
            places | 市   |    | 2012-12-31 | 2
            places | 甲县 |    | 2012-12-31 | 1
        """),
    ),
    MeasureSpec(
        title="覆盖面",
        words=(
            "对象是一个台账的记录，或登记在册的组织（`organisation`）。具备 `having` 的算覆盖；写 `kind` 的，"
            "有一条这样的记录指到它就算。短写时每个名称前写明台账。"
        ),
        scheme="""
        include: [core]
        measures:
          share: {title: 覆盖, coverage: {of: "firm.employees >= 50", having: "firm.has_organisation"}}
          visited:
            title: 走访覆盖村
            coverage: {of: organisation, where: "level == 'village'", kind: visit, field: organisation}
        """,
        expected=Table.of(f"""
            指标      | 口径
            share|**覆盖**：“单位台账”中符合条件的所占的比例；条件：总体为 职工人数不小于 50；其中 已建党组织为“是”{ALL}
            visited   | **走访覆盖村**：组织中有“走访”记录的所占的比例，每个只计一次；条件：总体为 层级为村级{ALL}
        """),
        given=Table.of("""
            台账  | 组织 | 日期       | 状态  | name | category | employees | has_organisation | people
            firm  | 甲县 | 2012-01-10 | filed | 甲厂 | firm     | 80        | true             |
            firm  | 甲县 | 2012-01-10 | filed | 乙厂 | firm     | 50        | false            |
            firm  | 丙县 | 2012-01-10 | filed | 丙厂 | firm     | 49        | true             |
            visit | 甲村 | 2012-02-01 | filed |      |          |           |                  | {"villagers": 3}
        """),
        figures=Table.of("""
            指标      | 组织 | 从 | 到         | 结果
            share     | 市   |    | 2012-12-31 | 0.500000
            share     | 丙县 |    | 2012-12-31 | –
            visited   | 市   |    | 2012-12-31 | 0.333333
            visited   | 甲县 |    | 2012-12-31 | 0.500000
        """),
    ),
    MeasureSpec(
        title="应报和未报",
        words=(
            "该报的是工作要求（`obligations`）所及的各组织：要求里写了 `matching` 的，符合条件的记录才算报了。"
            "一个台账有几项要求的，指标用 `owed` 写明按哪一项（或几项）计；不写就是同一台账的全部要求，"
            "有一项没有做到就算未报。指标自己的条件不问：报了“没有”也是报了。"
        ),
        scheme="""
        kinds:
          report:
            title: 述职
            fields:
              tier: {type: choice, title: 层级, choices: {county: 县, village: 村}}
        obligations:
          county_reports:
            {title: 县述职, kind: report, of: organisations, where: "level == 'county'", matching: "tier == 'county'"}
          village_reports:
            {title: 村述职, kind: report, of: organisations, where: "level == 'village'", matching: "tier == 'village'"}
        measures:
          reports: {title: 述职, unit: 份, count: report}
          counties: {title: 县, count: report, where: "tier == 'county'", owed: county_reports}
          villages:
            title: 村
            coverage: {of: organisation, where: "level == 'village'", kind: report, field: organisation}
            owed: village_reports
        """,
        expected=Table.of("""
            指标     | 口径
            counties | **县**：“述职”的记录数，一条记录计一；条件：层级为县；按发生日期计；已报即计。应报依据：县述职。
            villages | **村**：组织中有“述职”记录的所占的比例，每个只计一次；条件：总体为 层级为村级。应报依据：村述职。
        """),
        given=Table.of("""
            台账   | 组织 | 日期       | 状态  | tier
            report | 甲县 | 2012-03-01 | filed | county
            report | 甲村 | 2012-03-02 | filed | village
            report | 丙县 | 2012-03-03 | filed | village
        """),
        figures=Table.of("""
            指标     | 组织 | 从         | 到         | 结果     | 应报 | 未报
            counties | 市   |            | 2012-12-31 | 1        | 2    | 1
            counties | 丙县 |            | 2012-12-31 | –        | 1    | 1
            counties | 市   | 2012-03-02 | 2012-12-31 | –        | 2    | 2
            reports  | 市   |            | 2012-12-31 | 3        | 5    | 3
            villages | 市   |            | 2012-12-31 | 0.333333 | 3    | 2
            villages | 市   |            | 2012-03-01 | –        | 3    | 3
        """),
    ),
)
