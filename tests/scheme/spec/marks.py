"""The marks of a kind by example: what a scheme says of a register, so that nothing else has to know it by name."""

from __future__ import annotations

from tests.scheme.spec.format import Spec, Table
from xianfeng.scheme import calling
from xianfeng.scheme.nodes import Kind, Scheme

TITLE = "台账的标记"
WORDS = "程序不认识任何一本台账的名称：一本台账是什么、记录怎么称呼，都由方案用标记写明。"


def own(scheme: Scheme) -> list[Kind]:
    """The kinds that the scheme's own file writes."""
    return [kind for name, kind in scheme.kinds.items() if scheme.lines[f"kinds.{name}"][0] == "scheme.yaml"]


def names(scheme: Scheme) -> Table:
    rows = tuple((kind.title, "、".join(calling.parts(kind)) or "编号") for kind in own(scheme))
    return Table(("台账", "记录的称呼"), rows)


CALLED = (
    Spec(
        title="记录的称呼：called",
        words="页面、日程、搜索和文稿提到一条记录，都用这几项连起来称呼它；"
        "`organisation` 是填报组织，`day` 是记录的日期。个人信息不能用。"
        "只能看到一部分字段的人，看到的称呼也只有那一部分。",
        scheme="""
        kinds:
          inspection:
            title: 督查
            called: [target, day]
            fields:
              place: {type: text, title: 地点}
              target: {type: organisation, title: 被督查单位}
        """,
        expected=Table.of("""
            台账 | 记录的称呼
            督查 | target、day
        """),
    ),
    Spec(
        title="没有写 called 的",
        words="用第一个文字字段；没有的，用对象；再没有的，用第一个长文字；还没有的，用第一个单选；都没有，只有编号。"
        "停用的字段和个人信息都不用。",
        scheme="""
        kinds:
          project:
            title: 项目
            subject: at
            fields:
              phone: {type: text, title: 电话, personal: true}
              text: {type: long_text, title: 情况}
              at: {type: organisation, title: 地点}
              name: {type: text, title: 名称}
          visit:
            title: 走访
            subject: at
            fields:
              text: {type: long_text, title: 情况}
              at: {type: organisation, title: 村}
          diary:
            title: 日志
            fields:
              form: {type: choice, title: 形式, choices: {talk: 讨论, class: 授课}}
              text: {type: long_text, title: 内容}
          roster:
            title: 值班
            fields:
              hours: {type: integer, title: 小时}
              tier: {type: choice, title: 层级, choices: {city: 市级, county: 县级}}
          count:
            title: 清点
            fields:
              hours: {type: integer, title: 小时}
        """,
        expected=Table.of("""
            台账 | 记录的称呼
            项目 | name
            走访 | at
            日志 | text
            值班 | tier
            清点 | 编号
        """),
    ),
)
SPECS = CALLED
