"""Gradings by example: values in, classes out, counted by hand."""

from __future__ import annotations

from tests.gradings.sheets import HEAD, sheet
from tests.scheme.spec.format import Spec, Table
from xianfeng.gradings.proposing import proposed
from xianfeng.scheme.nodes import Scheme

TITLE = "分类定级"
WORDS = (
    "`gradings` 写一项定级：哪些组织（`where`）、按哪些指标得分（`parts`）、几分是哪一等（`classes`）。系统只提出建议，"
    "每一行写明依据；等级由人在 `kind` 那个台账里确定，与建议不一致的要写理由。只有组织能这样定级，人不能得分。\n\n"
    "每项指标的得分在 0 和满分之间；一部分的得分是各项得分之和占满分之和的比例，折合百分制；总分按权重合计。"
    "每一步四舍五入到两位小数，下一步用取整后的数，所以印出来的数可以照着重算。没有数的指标不当作 0："
    "写了 `unknown` 的按它得分，没有写的不提出建议。"
)
_MEASURES = HEAD[HEAD.index("include:") :]
SPECS = (
    Spec(
        title="得分、权重",
        words="走访每三次一分，满分十分；比例六成得两分、九成得五分；实事一件一分。两部分按 60 和 40 合计。",
        scheme=_MEASURES
        + """\
gradings:
  year:
    title: 定级
    kind: grading
    classes: {advanced: 80, average: 50, backward: 0}
    parts:
      work:
        title: 工作实绩
        weight: 60
        indicators:
          visits: {measure: visits, full: 10, points: value / 3}
          share: {measure: share, full: 5, bands: [{at_least: 0.6, points: 2}, {at_least: 0.9, points: 5}]}
      public: {title: 群众得益, weight: 40, indicators: {deeds: {measure: deeds, full: 20, points: value}}}
""",
        given=Table.of("""
            visits | share | deeds
            30     | 0.95  | 20
            7      | 0.60  | 18
            7      | 0.59  | 18
            7      | –     | 18
        """),
        expected=Table.of("""
            总分   | 建议
            100.00 | advanced
            53.32  | average
            45.32  | backward
            –      | –
        """),
    ),
    Spec(
        title="限制和名额",
        words="`bars` 只把等级往下压；`quotas` 里多出的按下一等建议，末位同分的一起让出。不足一个的份额不算。",
        scheme=_MEASURES
        + """\
gradings:
  year:
    title: 定级
    kind: grading
    classes: {advanced: 80, average: 50, backward: 0}
    parts: {work: {title: 工作实绩, weight: 1, indicators: {visits: {measure: visits, full: 10, points: value}}}}
    bars: {few: {title: 实事太少, when: deeds < 2, at_most: average}}
    quotas: {advanced: {at_most: 40%}}
""",
        given=Table.of("""
            visits | deeds
            10     | 1
            10     | 5
            9      | 5
            9      | 5
            4      | 5
        """),
        expected=Table.of("""
            总分   | 建议
            100.00 | average
            100.00 | advanced
            90.00  | average
            90.00  | average
            40.00  | backward
        """),
    ),
)


def classes(scheme: Scheme, given: Table) -> Table:
    """What comes of a table of values, – being not known."""
    rule = scheme.gradings["year"]
    columns = zip(*given.rows, strict=True)
    values = {
        name: [None if one == "–" else one for one in each] for name, each in zip(given.columns, columns, strict=True)
    }
    found = proposed(rule, sheet(values))
    names, rows = [*rule.classes], []
    for total, grade, known in zip(found.total.tolist(), found.grade.tolist(), found.known.tolist(), strict=True):
        rows.append((f"{total / 100:.2f}", names[grade]) if known else ("–", "–"))
    return Table(("总分", "建议"), tuple(rows))
