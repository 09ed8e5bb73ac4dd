"""Flows by example: which moves a record has in each state."""

from __future__ import annotations

from tests.scheme.spec.format import Spec, Table
from xianfeng.scheme.flowing import Flow, Move
from xianfeng.scheme.obliging import Span

TITLE = "办理流程"
WORDS = (
    "一条记录总在一个状态里，由办理步骤（move）带到另一个状态。`by` 说由谁办理：`author` 填报人、`superior` 上级、"
    "`office` 活动办公室、`clock` 到期自动，或 `roles` 里的角色。状态的 `level` 说审核到哪一级：`none` 不进统计，"
    "`filed` 已报，`reviewed` 已审，`submitted` 已上报；不写是 `filed`。"
)


def _needed(move: Move) -> list[str]:
    needed = [f"{name}（公开）" if name == "reason" and move.public else name for name in move.needs]
    return [*needed, *(f"先清空 {name}" for name in move.clears)]


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


def clocks(flow: Flow) -> Table:
    """Every clock as 'begins, goes on, move, by when, met by'."""
    rows = [
        (
            "、".join(clock.starts),
            "、".join(state for state in clock.states if state not in clock.starts),
            clock.move,
            "、".join(
                filter(None, (clock.until, _span("within", clock.within), _span("not_before", clock.not_before)))
            ),
            "、".join(clock.met_by),
        )
        for clock in flow.clocks.values()
    ]
    return Table(("从何处起算", "不停表", "等哪一步", "期限", "哪些步骤算办理"), tuple(rows))


def _span(key: str, span: Span | None) -> str:
    return f"{key} {span.amount} {span.unit}" if span else ""


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
        title="重新填：clears",
        words=(
            "`needs` 的字段原来填过的，不用再填也能办。退回去重做的，用 `clears` 写明哪些字段先清空，"
            "办到要它的那一步就得重新填；与 `needs` 写在同一步的，每办一次都要重新填。"
            "原来填的留在办理经过里。必填的、只增不减的、写办理期限的字段不能清空。"
        ),
        scheme="""
        kinds:
          order:
            title: 整改
            fields: {result: {type: text, title: 整改结果}, look: {type: text, title: 复查情况}}
            flow:
              initial: issued
              states: {issued: {title: 已下达}, answered: {title: 已报结果}, closed: {title: 已销号, open: false}}
              moves:
                answer: {title: 报结果, from: issued, to: answered, by: author, needs: [result], clears: [look]}
                return: {title: 退回, from: answered, to: issued, by: superior, needs: [look], clears: [result]}
                close: {title: 销号, from: answered, to: closed, by: superior, needs: [look]}
        """,
        expected=Table.of("""
            从              | 步骤   | 到              | 由谁     | 须填
            issued（filed）   | answer | answered（filed） | author   | result、先清空 look
            answered（filed） | return | issued（filed）   | superior | look、先清空 result
            answered（filed） | close  | closed（filed）   | superior | look
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

TIMED = (
    Spec(
        title="办理时限",
        words=(
            "写了 `within` 或 `until` 的步骤，记录一到它的起始状态就起算，离开起始状态就停。期限在起算时写进办理记录，"
            "以后改日历也不变。到同一状态的步骤都算按时办理；`met_by` 可以另写哪些也算，"
            "从别的步骤离开的不算办理，也不再要求。`over` 是不停表的状态：转给别人、退回去，期限照旧，不重新起算。"
            "期限只对有人可以催办的步骤有用，不能写在只由诉求人办理的步骤上；由时钟办理的，见下面“过期自动办”。"
        ),
        scheme="""
        kinds:
          request:
            title: 申请
            fields: {note: {type: text, title: 说明}}
            flow:
              initial: received
              states:
                received: {title: 待分办}
                assigned: {title: 待承办}
                handling: {title: 承办中}
                answered: {title: 已答复, open: false}
                refused: {title: 不予受理, open: false}
              moves:
                assign: {title: 分办, from: received, to: assigned, by: author, within: 1 workday, met_by: [refuse]}
                refuse: {title: 不予受理, from: received, to: refused, by: author, needs: [reason]}
                take: {title: 承办, from: assigned, to: handling, by: superior}
                pass_on: {title: 转办, from: handling, to: assigned, by: superior, needs: [reason]}
                answer: {title: 答复, from: handling, to: answered, by: superior, within: 5 workdays, over: [assigned]}
                answer_now: {title: 当场答复, from: [assigned, handling], to: answered, by: superior}
        """,
        expected=Table.of("""
            从何处起算 | 不停表   | 等哪一步 | 期限              | 哪些步骤算办理
            received   |          | assign   | within 1 workdays | assign、refuse
            handling   | assigned | answer   | within 5 workdays | answer、answer_now
        """),
    ),
    Spec(
        title="答应的日期和延期",
        words=(
            "`until` 是写明期限的日期字段：填哪一天，就到哪一天下班为止。"
            "同时写 `within` 的，填的日子最迟到起算后这么久，没有填的时候就按它算。"
            "定下以后，哪一步都不能把日子往后改；要推迟，只有写了 `extends` 的步骤可以，"
            "最多比原来的期限晚这么久。提前随时可以。"
        ),
        scheme="""
        kinds:
          rectification:
            title: 整改
            fields:
              due: {type: date, title: 整改期限}
              proof: {type: text, title: 整改结果}
            flow:
              initial: noticed
              states: {noticed: {title: 已通知}, planned: {title: 整改中}, proved: {title: 已整改, open: false}}
              moves:
                plan: {title: 定方案, from: noticed, to: planned, by: author, needs: [due]}
                extend: {title: 延期, from: planned, by: superior, needs: [due, reason], extends: 10 workdays}
                prove:
                  title: 报结果
                  from: [noticed, planned]
                  to: proved
                  by: author
                  needs: [proof]
                  until: due
                  within: 30 days
        """,
        expected=Table.of("""
            从何处起算        | 不停表 | 等哪一步 | 期限               | 哪些步骤算办理
            noticed、planned |        | prove    | due、within 30 days | prove
        """),
    ),
    Spec(
        title="满期才能办",
        words=(
            "`not_before` 是要先过多久：公示 5 个工作日，没有满的时候不能办。由 `clock` 办理的，满了就自动办理；"
            "同时写了 `when` 的，条件也要成立。"
        ),
        scheme="""
        kinds:
          honour:
            title: 表彰
            fields: {objections: {type: integer, title: 异议, unit: 件}}
            flow:
              initial: noticed
              states: {noticed: {title: 公示中}, awarded: {title: 已表彰, open: false}}
              moves:
                award:
                  title: 表彰
                  from: noticed
                  to: awarded
                  by: clock
                  not_before: 5 workdays
                  when: missing(objections)
        """,
        expected=Table.of("""
            从何处起算 | 不停表 | 等哪一步 | 期限                  | 哪些步骤算办理
            noticed    |        | award    | not_before 5 workdays | award
        """),
    ),
    Spec(
        title="过期自动办",
        words=(
            "由 `clock` 办理的步骤要写 `until` 或 `not_before`，不写就没有人会去办。写 `until` 的，"
            "那个日期字段的期限一过就自动办理，以前不能办，也不催办；改了日期，就按新的日期；没有填日期的，永远不办。"
            "同时还由别人办理的，到期以前由他们办，照常催办，到期还没有办的自动办理。"
            "活动结束（`runs` 的 `to`）以后，什么都不再自动办理：多年以后补录的旧记录，不会因为今天的日期都成了逾期。"
        ),
        scheme="""
        kinds:
          pledge:
            title: 承诺
            fields: {due: {type: date, title: 兑现期限}, result: {type: text, title: 兑现情况}}
            flow:
              initial: published
              states: {published: {title: 已公布}, kept: {title: 已兑现, open: false}, broken: {title: 未兑现}}
              moves:
                adjust: {title: 调整, from: published, by: author, needs: [due, reason]}
                keep: {title: 兑现, from: [published, broken], to: kept, by: author, needs: [result]}
                lapse: {title: 逾期, from: published, to: broken, by: clock, until: due}
        """,
        expected=Table.of("""
            从何处起算 | 不停表 | 等哪一步 | 期限 | 哪些步骤算办理
            published  |        | lapse    | due  | lapse
        """),
    ),
)
