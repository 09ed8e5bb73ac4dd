"""Strata of inspections by example: which unit is in which stratum, and how many of each are drawn."""

from __future__ import annotations

from tests.scheme.spec.format import Spec, Table

TITLE = "督查"
WORDS = (
    "一种督查（`inspections`）说从哪些单位里抽、分几层、每层抽几个、谁去。单位归入第一个条件符合的层（`strata`），"
    "都不符合的不抽；没有条件的层放在最后。写了 `by`，条件里的 `value` 就是那个指标在这个单位的数。"
    "条件里的 `signals` 是这个单位没有了结的失真提示有几条（说明以后或者期限过了以后才算，见 docs/signals.md）。"
    "百分之几按可以抽的单位算，不足一个的算一个。抽取的办法见 docs/inspections.md。"
)
SPECS = (
    Spec(
        title="按级别和指标分层",
        words="没有数的（未报）与数比较总是不成立，归到后面的层。",
        scheme="""
        include: [core]
        measures:
          overdue: {title: 超期的诉求, unit: 件, count: visit}
        inspections:
          quarterly:
            title: 季度督查
            kind: inspection_visit
            by: overdue
            strata:
              late: {title: 超期多的村, where: "level == 'village' and value >= 3", size: 50%}
              villages: {title: 其他村, where: "level == 'village'", size: 2}
              towns: {title: 乡镇, where: "level == 'township'", size: 1}
        """,
        given=Table.of("""
            单位 | level    | value
            甲村 | village  | 3
            乙村 | village  | 2
            丙村 | village  |
            丁村 | village  | 9
            戊村 | village  | 5
            己镇 | township | 7
            庚县 | county   | 9
        """),
        expected=Table.of("""
            层         | 单位             | 抽取
            超期多的村 | 甲村、丁村、戊村 | 2
            其他村     | 乙村、丙村       | 2
            乡镇       | 己镇             | 1
        """),
    ),
    Spec(
        title="按失真提示分层",
        words="没有提示的是 0。督查以后名册要公开，所以列名册时，只因为提示归到这一层的，"
        "系统按密钥给每个配一个没有提示的同类单位，一起放进这一层，名册上分不出是哪一个（见 docs/inspections.md）。"
        "下面是配上以前的。同别的条件写在一起，分得更不清。",
        scheme="""
        include: [core]
        measures:
          overdue: {title: 超期的诉求, unit: 件, count: visit}
        inspections:
          quarterly:
            title: 季度督查
            kind: inspection_visit
            by: overdue
            strata:
              first: {title: 重点, where: "signals >= 2 or value >= 3", size: 50%}
              others: {title: 其他, size: 1}
        """,
        given=Table.of("""
            单位 | value | signals
            甲村 | 0     | 2
            乙村 | 4     | 0
            丙村 | 0     | 1
            丁村 |       | 5
        """),
        expected=Table.of("""
            层   | 单位             | 抽取
            重点 | 甲村、乙村、丁村 | 2
            其他 | 丙村             | 1
        """),
    ),
)
