"""The marks of a kind by example: what a scheme says of a register, so that nothing else has to know it by name."""

from __future__ import annotations

from tests.scheme.spec.format import Spec, Table
from xianfeng.scheme import calling
from xianfeng.scheme.flowing import REQUESTER
from xianfeng.scheme.nodes import Kind, Scheme
from xianfeng.scheme.promising import Promise
from xianfeng.scheme.requesting import Request

TITLE = "台账的标记"
WORDS = "程序不认识任何一本台账的名称：一本台账是什么、记录怎么称呼，都由方案用标记写明。"


def own(scheme: Scheme) -> list[Kind]:
    """The kinds that the scheme's own file writes."""
    return [kind for name, kind in scheme.kinds.items() if scheme.lines[f"kinds.{name}"][0] == "scheme.yaml"]


def names(scheme: Scheme) -> Table:
    rows = tuple((kind.title, "、".join(calling.parts(kind)) or "编号") for kind in own(scheme))
    return Table(("台账", "记录的称呼"), rows)


def promises(scheme: Scheme) -> Table:
    rows = tuple(_promise(kind, kind.promise) for kind in scheme.kinds.values() if kind.promise)
    return Table(("台账", "期限", "兑现了", "没有兑现"), rows)


def _promise(kind: Kind, promise: Promise) -> tuple[str, ...]:
    kept, broken = ("、".join(kind.flow.states[one].title for one in some) for some in (promise.kept, promise.broken))
    return kind.title, kind.fields[promise.due].title, kept, broken


def requests(scheme: Scheme) -> Table:
    rows = tuple(_request(kind, kind.request) for kind in scheme.kinds.values() if kind.request)
    return Table(("台账", "提的时候问", "凭查询码能看到", "诉求人可以办"), rows)


def _request(kind: Kind, request: Request) -> tuple[str, ...]:
    columns = (
        kind.asked,
        [kind.fields[name] for name in request.shown],
        [move for move in kind.flow.moves.values() if REQUESTER in move.by],
    )
    return (kind.title, *("、".join(one.title for one in some) for some in columns))


def facts(scheme: Scheme) -> Table:
    rows = [
        (
            kind.title,
            kind.fields[kind.subject].title if kind.subject else "填报组织",
            "、".join(scheme.measures[name].title for name in kind.facts),
        )
        for kind in scheme.kinds.values()
        if kind.facts is not None
    ]
    return Table(("台账", "谁的情况", "指标"), tuple(rows))


def heard(scheme: Scheme) -> Table:
    rows = [
        (
            kind.title,
            kind.fields[kind.subject].title,
            state.title,
            f"{state.heard.amount} {state.heard.unit}",
            other.title,
            "、".join(other.fields[clock.until].title for clock in other.flow.due(other.flow.initial)),
        )
        for kind in scheme.kinds.values()
        for state in kind.flow.states.values()
        for other in scheme.kinds.values()
        if state.heard and kind.objected_in(other)
    ]
    return Table(("台账", "谁可以提", "在哪个状态", "多久答复", "记在", "答复期限写在"), tuple(rows))


def among(scheme: Scheme) -> Table:
    words = {"members": "成员", "organisations": "组织"}
    rows = [
        (
            kind.title,
            field.title,
            kind.fields[kind.subject].title if kind.subject else "填报组织",
            words[field.among.of],
            field.among.where.text if field.among.where else "",
        )
        for kind in scheme.kinds.values()
        for field in kind.fields.values()
        if field.among
    ]
    return Table(("台账", "栏目", "谁那里", "不多于", "只算"), tuple(rows))


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
PROMISES = (
    Spec(
        title="公开承诺：promise",
        words="审核以后的记录公布在承诺栏。到 `kept` 写的状态，就是兑现了；到 `broken` 写的状态，就是没有兑现；"
        "过了 `due` 那一天还没有兑现的，显示逾期。各活动共用的台账，由台账库统一写明，一个活动不能另定。",
        scheme="""
        include: [core]
        kinds:
          pledge:
            title: 窗口服务承诺
            promise: {due: by, kept: [done, surpassed], broken: failed}
            fields:
              text: {type: long_text, title: 内容, public: true}
              by: {type: date, title: 办好日期, public: true}
            flow:
              initial: made
              states:
                made: {title: 待审核}
                open: {title: 已公布, level: reviewed}
                done: {title: 已办好, level: reviewed, open: false}
                surpassed: {title: 提前办好, level: reviewed, open: false}
                failed: {title: 没有办成, level: reviewed, open: false}
              moves:
                publish: {title: 公布, from: made, to: open, by: superior}
                do: {title: 办好, from: open, to: done, by: author}
                surpass: {title: 提前办好, from: open, to: surpassed, by: author}
                fail: {title: 没有办成, from: open, to: failed, by: superior}
        """,
        expected=Table.of("""
            台账           | 期限     | 兑现了           | 没有兑现
            公开承诺       | 兑现期限 | 已兑现           | 未兑现
            目标管理承诺书 | 兑现期限 | 已兑现           |
            窗口服务承诺   | 办好日期 | 已办好、提前办好 | 没有办成
        """),
    ),
)
REQUESTS = (
    Spec(
        title="诉求：request",
        words="别人为自己的事提出的记录，用 `request` 写明哪个字段写的是什么；没有写的，这本台账不记，提的时候也不问。"
        "`by: requester` 的其他字段，提的时候一并问。写了 `intake: true`，任何人都可以提，凭查询码看 `shown` 里的字段、"
        "办理诉求人的步骤；一个活动受理几种，提的页面可以选。用 `publishes` 指向它的台账，公布它的内容和答复："
        "同名的文字字段照抄（遮去个人信息），选项都是它的状态的那个单选字段，记它的结果；"
        "这些字段都要写 `public: true`。",
        scheme="""
        kinds:
          objection:
            title: 定级异议
            intake: true
            request: {text: grounds, reply: ruling, phone: tel, shown: [grounds, ruling]}
            fields:
              grounds: {type: long_text, title: 异议理由, required: true, by: requester}
              since: {type: date, title: 知道定级的日期, required: true, by: requester}
              more: {type: long_text, title: 补充, by: requester}
              tel: {type: text, title: 回电号码, personal: true, by: requester}
              ruling: {type: long_text, title: 复核意见}
            flow:
              initial: lodged
              states:
                lodged: {title: 待复核}
                upheld: {title: 维持, open: false}
                changed: {title: 改定, open: false}
              moves:
                uphold: {title: 维持, from: lodged, to: upheld, by: superior, needs: [ruling], within: 10 workdays}
                change: {title: 改定, from: lodged, to: changed, by: superior, needs: [ruling]}
                again: {title: 再提异议, from: upheld, to: lodged, by: requester, needs: [more]}
          ruling:
            title: 异议复核公布
            publishes: about
            fields:
              about: {type: record, of: objection, title: 异议, required: true}
              grounds: {type: long_text, title: 理由, public: true}
              ruling: {type: long_text, title: 意见, public: true}
              end: {type: choice, title: 结果, public: true, choices: {upheld: 维持原定级, changed: 已改定}}
        """,
        expected=Table.of("""
            台账     | 提的时候问                         | 凭查询码能看到     | 诉求人可以办
            定级异议 | 异议理由、回电号码、知道定级的日期 | 异议理由、复核意见 | 再提异议
        """),
    ),
)
HEARD = (
    Spec(
        title="提异议：heard",
        words=(
            "状态写了 `heard`，记录到了这里，它的 `subject` 所说的组织或人就看得到这条记录和理由，可以提异议，"
            "`heard` 是多久以内答复。异议记在 `request` 写了 `about` 的台账里（通用台账是 `objection`），"
            "由作决定的组织的上级答复；没有上级的由作决定的组织答复，换一个人办。没有答复以前，记录停在这里，"
            "只有承办单位和诉求人自己的步骤可以办。一项决定提一次。答复成立的，原来的决定另外办一步来改。"
        ),
        scheme="""
        kinds:
          grade:
            title: 定级
            subject: unit
            fields: {unit: {type: organisation, title: 单位}}
            flow:
              initial: proposed
              states:
                proposed: {title: 拟定, level: none}
                given: {title: 公示中, heard: 10 workdays}
                final: {title: 已定级, open: false}
              moves:
                give: {title: 公示, from: proposed, to: given, by: superior}
                settle: {title: 定级, from: given, to: final, by: [superior, clock], not_before: 5 workdays}
          objection:
            title: 异议
            request: {text: grounds, reply: ruling, about: about}
            fields:
              about: {type: record, of: grade, title: 对哪一次定级}
              unit: {type: organisation, title: 提出的单位, acts: requester}
              grounds: {type: long_text, title: 理由, by: requester}
              due: {type: date, title: 答复期限}
              ruling: {type: long_text, title: 答复}
            flow:
              initial: raised
              states: {raised: {title: 待答复}, answered: {title: 已答复, open: false}}
              moves:
                answer: {title: 答复, from: raised, to: answered, by: [author, superior], needs: [ruling], until: due}
                drop: {title: 收回, from: raised, to: answered, by: requester}
        """,
        expected=Table.of("""
            台账 | 谁可以提 | 在哪个状态 | 多久答复    | 记在 | 答复期限写在
            定级 | 单位     | 公示中     | 10 workdays | 异议 | 答复期限
        """),
    ),
)
FACTS = (
    Spec(
        title="先看情况：facts",
        words="填写之前先列出情况：`subject` 所说的组织（没有的，填报组织）这一期几个指标，和上一期比，点得开；"
        "公开承诺兑现、调整了多少；还有哪些没有办结。“引用”把一句话连同起止日期和办理记录号写进文字里，"
        "以后数字变了，写下的不变。写 `[]` 的不列指标。",
        scheme="""
        kinds:
          comment:
            title: 点评
            subject: unit
            facts: [visits]
            fields:
              unit: {type: organisation, title: 单位, required: true}
              text: {type: long_text, title: 意见, required: true}
          visit: {title: 走访, fields: {place: {type: text, title: 地点}}}
        measures:
          visits: {title: 走访次数, unit: 次, count: visit}
        """,
        expected=Table.of("""
            台账 | 谁的情况 | 指标
            点评 | 单位     | 走访次数
        """),
    ),
)
AMONG = (
    Spec(
        title="不会比登记的多：among",
        words="一个数数的是登记的成员或者组织，写上 `among`：对象（没有对象的，填报组织）和它下面，到记录那一天，"
        "登记了多少。填的数比它多，不拦，给填报组织一条失真提示（见 docs/signals.md）：要么填错了，要么登记不全。"
        "成员登记不全的地方不提示。`where` 写明只算哪些组织，或者哪些组织的成员。",
        scheme="""
        kinds:
          meeting:
            title: 大会
            subject: town
            fields:
              town: {type: organisation, title: 乡镇}
              members: {type: integer, title: 到会党员, among: members}
              villages: {type: integer, title: 到会的村, among: {of: organisations, where: "level == 'village'"}}
          study:
            title: 学习
            fields:
              people: {type: tally, title: 参加党员, groups: [女, 男], among: {of: members, where: "type == 'body'"}}
              hours: {type: integer, title: 小时}
        """,
        expected=Table.of("""
            台账 | 栏目     | 谁那里   | 不多于 | 只算
            大会 | 到会党员 | 乡镇     | 成员   |
            大会 | 到会的村 | 乡镇     | 组织   | level == 'village'
            学习 | 参加党员 | 填报组织 | 成员   | type == 'body'
        """),
    ),
)
SPECS = (*CALLED, *PROMISES, *REQUESTS, *HEARD, *FACTS, *AMONG)
