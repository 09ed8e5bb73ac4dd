"""Flows by example: which moves a record has in each state."""

from __future__ import annotations

from tests.scheme.spec.format import Spec, Table
from xianfeng.scheme.flowing import Flow, Move

TITLE = "办理流程"
WORDS = (
    "一条记录总在一个状态里，由办理步骤（move）带到另一个状态。`by` 说由谁办理：`author` 填报人、`superior` 上级、"
    "`office` 活动办公室、`clock` 到期自动，或 `roles` 里的角色。状态的 `level` 说审核到哪一级：`none` 不进统计，"
    "`filed` 已报，`reviewed` 已审，`submitted` 已上报；不写是 `filed`。"
)


def _needed(move: Move) -> list[str]:
    return [f"{name}（公开）" if name == "reason" and move.public else name for name in move.needs]


def moves(flow: Flow) -> Table:
    """Every move as 'from, move, to, by, needs', with the review level before and after."""
    rows = [
        (
            f"{origin}（{flow.states[origin].level}）",
            move.name,
            f"{move.target}（{flow.states[move.target].level}）",
            "、".join(move.by),
            "、".join(_needed(move)),
        )
        for move in flow.moves.values()
        for origin in move.origins
    ]
    return Table(("从", "步骤", "到", "由谁", "须填"), tuple(rows))


SPECS = (
    Spec(
        title="不写流程",
        words="台账不写 `flow`，就用常规流程：填报，上级审核，上报；退回要写理由，退回的可以重报。",
        scheme="""
        kinds:
          study:
            title: 学习
            fields: {count: {type: integer, title: 人数}}
        """,
        expected=Table.of("""
            从                 | 步骤      | 到                   | 由谁     | 须填
            filed（filed）       | review    | reviewed（reviewed）   | superior |
            reviewed（reviewed） | submit    | submitted（submitted） | superior |
            filed（filed）       | send_back | returned（none）       | superior | reason
            reviewed（reviewed） | send_back | returned（none）       | superior | reason
            returned（none）     | refile    | filed（filed）         | author   |
        """),
    ),
    Spec(
        title="自己的流程",
        words=(
            "`from` 可以是几个状态；`needs` 是办理时必须填好的字段，或理由（`reason`）；"
            "`when` 是条件；`within` 是时限："
            "`15 minutes`、`2 hours` 昼夜连续算，`5 days`、`1 month` 按日历算；"
            "`30 work minutes`、`2 work hours`、`5 workdays` 只算上班时间，何时上班由各地的工作日历定。"
        ),
        scheme="""
        roles: {supervisor: {title: 督导员}}
        kinds:
          study:
            title: 学习
            fields: {count: {type: integer, title: 人数}}
            flow:
              initial: draft
              states:
                draft: {title: 草稿, level: none}
                held: {title: 已举行}
                checked: {title: 已核实, level: reviewed, open: false}
              moves:
                hold: {title: 举行, from: draft, to: held, by: author, needs: [count]}
                check:
                  {title: 核实, from: held, to: checked, by: [superior, supervisor], when: count > 0, within: 5 days}
                redo: {title: 退回, from: [held, checked], to: draft, by: superior, needs: [reason]}
        """,
        expected=Table.of("""
            从                | 步骤  | 到                | 由谁                 | 须填
            draft（none）       | hold  | held（filed）       | author               | count
            held（filed）       | check | checked（reviewed） | superior、supervisor |
            held（filed）       | redo  | draft（none）       | superior             | reason
            checked（reviewed） | redo  | draft（none）       | superior             | reason
        """),
    ),
    Spec(
        title="公开的理由",
        words=(
            "理由只有上级和本单位能看；`public: true` 的步骤，理由给群众看，例如承诺为什么调整。"
            "写的时候会提醒；按以前的方案写下的理由仍不公开。"
        ),
        scheme="""
        kinds:
          promise:
            title: 承诺
            fields: {text: {type: long_text, title: 内容, public: true}}
            flow:
              initial: published
              states: {published: {title: 已公布}, ended: {title: 已终止, open: false}}
              moves:
                adjust: {title: 调整, from: published, to: published, by: author, needs: [reason], public: true}
                end: {title: 终止, from: published, to: ended, by: superior, needs: [reason]}
        """,
        expected=Table.of("""
            从               | 步骤   | 到               | 由谁     | 须填
            published（filed） | adjust | published（filed） | author   | reason（公开）
            published（filed） | end    | ended（filed）     | superior | reason
        """),
    ),
    Spec(
        title="调整通用台账的流程",
        words="流程按键合并：改一步只写要改的；`drop: true` 去掉一步；可以加新的步骤。",
        scheme="""
        include: [core]
        kinds:
          model_example:
            flow:
              moves:
                publicise: {by: office}
                recall: {title: 收回, from: publicised, to: nominated, by: superior, needs: [reason]}
        """,
        expected=Table.of("""
            从                   | 步骤      | 到                   | 由谁     | 须填
            nominated（filed）     | publicise | publicised（reviewed） | office   |
            publicised（reviewed） | recall    | nominated（filed）     | superior | reason
        """),
    ),
)
