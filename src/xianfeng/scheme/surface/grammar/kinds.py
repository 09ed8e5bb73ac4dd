"""Registers: fields, states, moves."""

from __future__ import annotations

from typing import get_args, get_type_hints

from xianfeng.scheme.evaluating import NOTICES, RESULTS
from xianfeng.scheme.nodes import Among
from xianfeng.scheme.requesting import WAYS
from xianfeng.scheme.surface.grammar.commending import COMMENDED
from xianfeng.scheme.surface.grammar.common import (
    CHOICES,
    FLAG,
    FORMULA,
    LEVELS,
    NAME,
    SPAN,
    SPOKEN,
    TEXT,
    local,
    title,
)
from xianfeng.scheme.surface.grammar.grading import DECIDED
from xianfeng.scheme.surface.shapes import Number, Whole, Word
from xianfeng.scheme.surface.tables import Either, Key, Keys, ListOf, MapOf
from xianfeng.scheme.types import FieldType

_AMONG = Word(tuple(get_args(get_type_hints(Among)["of"])))
AMONG = Either(
    _AMONG,
    Keys(
        {
            "of": Key(
                _AMONG,
                "members 在册的成员、organisations 组织",
                "members by the registry, or organisations",
                required=True,
            ),
            "where": Key(
                FORMULA,
                "只算哪些组织（的成员）",
                "only these organisations, or their members",
            ),
        }
    ),
)
FIELD = Keys(
    {
        "type": Key(Word(tuple(t.value for t in FieldType)), "类型", "type", required=True),
        "title": title(required=True),
        "help": Key(TEXT, "填写说明", "how to fill it in"),
        "unit": Key(TEXT, "单位", "unit"),
        "required": Key(FLAG, "必填", "must be filled in", default="false"),
        "choices": Key(CHOICES, "选项", "the values of a choice: a list, or value: title"),
        "groups": Key(CHOICES, "分组", "the groups of a tally: a list, or group: title"),
        "of": Key(NAME, "指向的台账", "the kind that a record field points to"),
        "places": Key(Whole(0, 6), "小数位数", "decimal places of a decimal"),
        "min": Key(Number(), "最小值", "least value"),
        "max": Key(Number(), "最大值", "greatest value"),
        "prefill": Key(Word(("registry", "last", "parent")), "预填来源", "where it is filled from"),
        "check": Key(FORMULA, "校验", "what must hold, over this record's fields"),
        "personal": Key(FLAG, "个人信息", "personal data: encrypted, erasable, in no figure", default="false"),
        "public": Key(FLAG, "公开", "may be shown to the public", default="false"),
        "phrases": Key(MapOf(TEXT, key=NAME), "常用语：填写时可以取用", "words that stand ready for a text"),
        "acts": Key(
            Word(("author", "handler", "requester")),
            "所写的人或组织可以办理：author 填报人的步骤（人员），handler 承办单位的步骤，requester 诉求人的步骤",
            "whom it names makes moves: a person the author's, a person or organisation the handler's or requester's",
        ),
        "by": Key(
            Word(("requester", "handler")),
            "由谁说，谁也不能更正：requester 诉求人自己的话，只随登记和要求它的步骤写入；"
            "handler 承办单位自己的话，只随它办理的、要求它的步骤写入",
            "who alone says it, and nobody corrects: requester: his own words, written with the filing or by a move "
            "that needs them; handler: its own, written by a move of its own that needs them",
        ),
        "among": Key(
            AMONG,
            "数的是已经登记的哪些：对象（没有对象的，填报组织）和它下面在册的成员，或者组织；比登记的多，会有失真提示",
            "what of the registry it counts: members or organisations, at and below the record's subject or author; "
            "a number beyond theirs is told as a signal",
        ),
        "only_grows": Key(
            FLAG,
            "只增不减：数字改小要由上级写明理由；文字每一步写的接在原来的后面",
            "a smaller number is refused unless a superior records why; what a move writes is added below the text",
            default="false",
        ),
        "retired": Key(FLAG, "停用", "no longer asked; old values stay", default="false"),
        "retire": Key(FLAG, "停用（同 retired）", "the same as retired"),
        "local": local(),
    }
)
STATE = Keys(
    {
        "title": title(required=True),
        "level": Key(Word(LEVELS), "审核级次", "how far a record in this state has been reviewed", default="filed"),
        "open": Key(FLAG, "未了结", "an open record needs a successor when its organisation closes", default="true"),
        "heard": Key(
            SPAN,
            "可以提异议：记录在这个状态时，它所说的组织或人可以提异议，多久以内答复；没有答复以前，不往下办",
            "whom a record concerns can object while it stands here, and is answered within this; until then it stays",
        ),
        "drop": Key(FLAG, "去掉通用台账的这个状态", "leave out this state of the included kind"),
    }
)
MOVE = Keys(
    {
        "title": title(),
        "from": Key(ListOf(NAME, single=True), "从哪个状态", "the states it starts from", required=True),
        "to": Key(NAME, "到哪个状态（留空：状态不变）", "the state it leads to; left out: where it stands"),
        "by": Key(
            ListOf(NAME, single=True),
            "由谁办理",
            "author, superior, office, handler, requester, clock or a role of the scheme",
            required=True,
        ),
        "when": Key(FORMULA, "条件", "what must hold before the move"),
        "needs": Key(ListOf(NAME, single=True), "必须填写的字段或理由", "fields that must be filled, or 'reason'"),
        "clears": Key(
            ListOf(NAME, single=True),
            "办理时先清空的字段：以后要用的，得重新填（原来填的留在办理经过里）",
            "fields that the move empties first, so that they are filled anew; what stood there stays in the history",
        ),
        "sets": Key(
            MapOf(FORMULA), "办理时自动记下的字段：表达式", "fields that the move itself sets: each by an expression"
        ),
        "within": Key(SPAN, "办理时限", "how long it may take: '5 workdays', '30 work minutes'"),
        "until": Key(
            NAME,
            "办理期限写在哪个日期字段里；同时写 within 的，期限最长不超过它，字段没填时按它算；"
            "由 clock 办理的，过了期限自动办理",
            "the date field that says by when; with within: no later than that, and that while it is empty; "
            "a move by the clock happens by itself after that",
        ),
        "over": Key(
            ListOf(NAME, single=True),
            "还有哪些状态不停表：到这些状态，期限照旧",
            "further states in which the time goes on: it is neither stopped nor begun anew there",
        ),
        "met_by": Key(
            ListOf(NAME, single=True),
            "还有哪些步骤算按时办理（不写：到同一状态的步骤）",
            "other moves that meet it; left out: those that lead to the same state",
        ),
        "extends": Key(
            SPAN,
            "延期：可以把期限改得比原来最多晚多久（没有写的步骤都不能推迟）",
            "how much later than told it may put what is due; a move without it cannot put it off",
        ),
        "not_before": Key(
            SPAN,
            "满多久才能办理，例如公示 5 workdays；由 clock 办理的，到时自动办理",
            "how long has to pass first, as of a public notice; a move by the clock happens by itself then",
        ),
        "ladder": Key(NAME, "逾期怎么催办（默认 usual）", "what is done when it is late; left out: usual"),
        "public": Key(FLAG, "理由公开", "its reason may be shown to the public", default="false"),
        "drop": Key(FLAG, "去掉通用台账的这一步", "leave out this move of the included kind"),
        "local": local(),
    }
)
FLOW = Keys(
    {
        "initial": Key(NAME, "起始状态", "the state a new record is in", required=True),
        "states": Key(MapOf(STATE, least=1), "状态", "its states", required=True),
        "moves": Key(MapOf(MOVE), "办理步骤", "how a record gets from state to state"),
    }
)
PROMISE = Keys(
    {
        "kept": Key(ListOf(NAME, single=True), "兑现了的状态", "the states of one that was kept", required=True),
        "broken": Key(ListOf(NAME, single=True), "没有兑现的状态", "the states of one that was not kept"),
        "due": Key(
            NAME,
            "兑现期限所在的日期字段（不写，或没有填的，永远不算逾期）",
            "the date field by which it is to be kept; without a date it is never late",
        ),
    }
)
REQUEST = Keys(
    {
        "text": Key(NAME, "诉求内容的字段", "the field in which somebody says what he asks", required=True),
        "reply": Key(NAME, "答复内容的字段", "the field of the answer"),
        "about": Key(
            NAME,
            "对哪条记录提异议的字段（记录；不写 of 的，哪个台账的都可以）",
            "the record field of what it objects to; without of, a record of any kind",
        ),
        "sort": Key(NAME, "类型的字段（单选）", "the choice of its sort"),
        "via": Key(
            NAME,
            f"来源的字段（单选，选项要有 {'、'.join(WAYS)}）",
            f"the choice of how it came in, among whose values are {', '.join(WAYS)}",
        ),
        "private": Key(NAME, "不公开的字段（是否）", "whether it is kept from the public"),
        "hotline": Key(NAME, "热线工单号的字段", "the number at the hotline that passed it on"),
        "name": Key(NAME, "联系人的字段（个人信息）", "who he is; personal"),
        "phone": Key(NAME, "联系电话的字段（个人信息）", "his telephone; personal"),
        "shown": Key(ListOf(NAME), "诉求人凭查询码能看到的字段", "what he reads of it by his code"),
    }
)
KIND = Keys(
    {
        "title": title(required=True),
        "help": Key(TEXT, "说明", "what one record of it is"),
        "fields": Key(MapOf(FIELD, key=SPOKEN, least=1), "字段", "what is asked", required=True),
        "flow": Key(FLOW, "办理流程", "its states and moves; left out: filed, reviewed, submitted"),
        "check": Key(FORMULA, "整条校验", "what must hold over the whole record"),
        "subject": Key(NAME, "对象字段", "the field that says whom or what a record is about"),
        "basis": Key(
            Word(("each", "event", "stated")),
            "登记依据：一物一条、一次一条、据文件所述",
            "what one record stands for: a thing, a counted event, a stated total",
        ),
        "called": Key(
            ListOf(NAME, single=True),
            "记录怎么称呼：用哪些字段合起来称呼一条记录（organisation 为填报组织，day 为日期）；"
            "不写：第一个文字字段，或对象、长文字、选项",
            "what a record is called: by these fields together (organisation: who filed it, day: its day); "
            "left out: its first text, else its subject, its long text or its choice",
        ),
        "calendar": Key(
            NAME,
            "按哪个日期字段列入日程（day 为记录自己的日期；没填的按记录的日期）",
            "the date by which its records stand in calendars: a field, or day; records without it by their own day",
        ),
        "facts": Key(
            ListOf(NAME, least=0),
            "填写时先列出对象（没有对象的，填报组织）这段时间的情况，可以引用到文字里：这几个指标，还有没有办结的；"
            "写 [] 的只列没有办结的",
            "the form opens with what is known of its subject, or its author: these measures, and what is open; "
            "each can be quoted; []: only what is open",
        ),
        "intake": Key(
            FLAG,
            "受理：任何人都可以提，凭查询码办理（要有诉求人的步骤，还要写 request）",
            "anybody may file it, and goes on by a code; needs moves of the requester, and request",
            default="false",
        ),
        "request": Key(
            REQUEST,
            "诉求：别人为自己的事提出的记录，哪个字段写的是什么",
            "what somebody brings as his own: which field holds what",
        ),
        "publishes": Key(
            NAME,
            "公布哪个字段所指的记录：没有填报表单，个人信息自动遮去，草稿也要符合整条校验",
            "the field naming the record that it makes public: no form asks for it, what leads to a person is masked, "
            "and drafts too must satisfy the check",
        ),
        "source": Key(
            Word((RESULTS, NOTICES)),
            "来源：evaluations 群众评议公布的结果，evaluation_notices 给每个被评议组织的结果通知；"
            "由系统记入，谁都不能填报、更正；"
            "字段 evaluation、question、answer 的选项就是本活动的评议、题目、答案",
            "its records are what evaluations have published, or what of it each organisation judged is told: nobody "
            "files or corrects them; the choices of evaluation, question and answer are the campaign's own",
        ),
        "promise": Key(
            PROMISE,
            "公开承诺：已审的记录公布在承诺栏，按这里写的看兑现没有",
            "its records are promises made in public, once they are reviewed, and how each stands",
        ),
        "decided": Key(
            DECIDED,
            "等级由人在这个台账里确定（分类定级）：哪些字段记什么",
            "people decide in its records into which class the subject is put: which field holds what",
        ),
        "commended": Key(
            COMMENDED,
            "评选表彰记在这个台账里：哪些字段记什么",
            "its subject, or somebody there, is commended in its records: which field holds what",
        ),
        "local": local(),
    }
)
