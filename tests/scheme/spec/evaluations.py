"""Evaluations by example: who is asked together with whom, put together by hand."""

from __future__ import annotations

from tests.scheme.spec.format import Spec, Table

TITLE = "群众评议"
WORDS = (
    "一项群众评议（`evaluations`）写明评议哪些组织（`where`）、由谁评（`electorate`）、问什么（`questions`）、多久一轮（`every`）。"
    "只评组织，不评人。参评人员少于 `least.electors`（至少 20）的不单独评；写了 `merged: superior` 的，"
    "与同一上级的其他组织按代码先后合并，够了为止，剩下的并入其中人最少的一组，还不够的再往上一级合并。"
    "名单上没有人的不评。有效票少于 `least.cast`（至少 10）的不公布。"
    "公布的结果记入写了 `source: evaluations` 的台账（通用台账里是“群众评议结果”），统计指标照常取数："
    "`evaluation`、`question`、`answer` 三个字段的选项就是方案里的名称。"
)
ONLINE = Spec(
    title="票码被别人用了",
    words="网上投票时，发现票码已经被人用过的，凭票码反映，一个票码只算一次。反映的超过用过票码的 `annulled_above`"
    "（百分之几，不写的按 10），这些参评人员的一轮按规定作废：网上、纸质的都不公布，谁都不能选择。"
    "写了 `calls` 的，截止后再从票码用过的、没用过的参评人员里各抽这么多人打电话，核对投没投；"
    "反映的多到要作废的，开票以前先逐个打电话，说自己投了的不再计入（docs/ballots.md）。",
    scheme="""
    include: [core]
    evaluations:
      yearly:
        title: 群众评议
        electorate: list
        annulled_above: 5
        calls: 3
        questions:
          kept: {title: 承诺兑现了没有, ask: yes_no}
    """,
    given=Table.of("""
        参评人员   | 用过的票码 | 没用过的 | 反映
        第一村   | 200        | 40       | 10
        第二村   | 200        | 40       | 11
        第三村   | 12         | 2        | 0
        第四村   | 12         | 30       | 1
    """),
    expected=Table.of("""
        参评人员   | 结果   | 打电话
        第一村   | 公布   | 3 + 3
        第二村   | 作废   | 3 + 3
        第三村   | 公布   | 3 + 2
        第四村   | 作废   | 3 + 3
    """),
)
SPECS = (
    Spec(
        title="谁和谁合并评",
        words="下面是各村名单上的人数。第三村、第四村同属甲镇；第五村在乙镇，一个村不够，并到县一级，县里没有别的不够的，"
        "就并入人最少的一组。",
        scheme="""
        include: [core]
        evaluations:
          yearly:
            title: 群众评议
            where: "level == 'village'"
            electorate: list
            every: year
            merged: superior
            least: {electors: 20, cast: 10}
            questions:
              satisfied: {title: 是否满意, ask: scale, choices: {good: 满意, fair: 基本满意, poor: 不满意}}
              kept: {title: 承诺兑现了没有, ask: yes_no}
              stars: {title: 服务几颗星, ask: stars}
              best: {title: 哪件事办得最好, ask: choice, choices: [修路, 助学]}
              advice: {title: 意见建议, ask: text}
        measures:
          satisfied:
            title: 满意票
            unit: 票
            sum: evaluation_result.count
            where: "question == 'satisfied' and answer == 'good'"
        """,
        given=Table.of("""
            组织   | 上级 | 参评人员
            第一村 | 甲镇 | 40
            第二村 | 甲镇 | 25
            第三村 | 甲镇 | 12
            第四村 | 甲镇 | 9
            第五村 | 乙镇 | 6
            第六村 | 乙镇 | 0
        """),
        expected=Table.of("""
            合在一起评     | 参评人员
            第一村         | 40
            第二村         | 25
            第三村、第四村、第五村 | 27
        """),
    ),
    Spec(
        title="随机抽样",
        words="写了 `sample` 的，每个组织从党员或名单里随机抽这么多人来评，不足的都评。"
        "`sample` 不能少于 `least.electors`。抽谁由一个将来公布的数决定，"
        "封存名单时写明，到时再抽（docs/evaluations.md）。",
        scheme="""
        include: [core]
        evaluations:
          yearly:
            title: 群众评议
            where: "level == 'village'"
            electorate: list
            sample: 30
            questions:
              kept: {title: 承诺兑现了没有, ask: yes_no}
        """,
        given=Table.of("""
            组织   | 上级 | 参评人员
            第一村 | 甲镇 | 480
            第二村 | 甲镇 | 25
            第三村 | 甲镇 | 12
        """),
        expected=Table.of("""
            合在一起评 | 参评人员
            第一村     | 30
            第二村     | 25
        """),
    ),
)
