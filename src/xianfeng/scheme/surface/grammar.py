"""Every section and key of the language, once. The loader reads by it, a misspelt key is compared with it, the
JSON Schema and the reference are printed from it.
"""

from __future__ import annotations

from typing import get_args, get_type_hints

from xianfeng.scheme.nodes import Display
from xianfeng.scheme.obliging import Obligation
from xianfeng.scheme.surface import words
from xianfeng.scheme.surface.shapes import (
    Day,
    Flag,
    Formula,
    MonthDay,
    Name,
    Number,
    Pattern,
    Read,
    Text,
    Version,
    Whole,
    Word,
)
from xianfeng.scheme.surface.tables import Either, Key, Keys, ListOf, MapOf, NotYet
from xianfeng.scheme.types import FieldType, Level

STYLES: tuple[str, ...] = get_args(get_type_hints(Display)["style"])
PERIODS: tuple[str, ...] = get_args(get_type_hints(Obligation)["every"])
JOINING: tuple[str, ...] = get_args(get_type_hints(Obligation)["joining"])
LEVELS = tuple(level.value for level in Level)
NOT_YET = ("evaluations", "gradings", "inspections", "commendations", "returns")

TEXT, NAME, DAY, FLAG, FORMULA = Text(), Name(), Day(), Flag(), Formula()
SPOKEN = Name(spoken=True)  # said in formulas
KIND_FIELD = Read(words.kind_field, "not_kind_field", words.KIND_FIELD, "台账.字段", "kind.field")
SPAN = Read(words.span, "bad_span", words.SPAN, "时限", "a span of time")
RUNG = Read(words.rung, "bad_rung", words.RUNG, "期限前后多久", "a time before or after the deadline")
KIND_STATE = Read(words.kind_field, "not_kind_state", words.KIND_FIELD, "台账.状态", "kind.state")
DATING = Read(words.dating, "bad_dating", words.DATING, "日期口径", "a dating")
CHOICES = Either(ListOf(TEXT, least=0), MapOf(TEXT, key=Text(longest=100), whole=True))
SCHEME_NAME = Pattern(r"[a-z0-9]+(-[a-z0-9]+)*", "bad_scheme_name", "活动代号", "a scheme name")
FILE = Pattern(r"[^\\:*?\"<>|]+", "bad_path", "文件路径", "a file's path")
SHOW = Either(
    Word(STYLES),
    Keys(
        {
            "as": Key(Word(STYLES), "数字写法", "style of the number", required=True),
            "places": Key(Whole(0, 6), "小数位数", "decimal places"),
            "step": Key(Whole(1), "“多/余”按多大的整数取整", "what a lower bound is rounded down to"),
            "word": Key(
                Word(("多", "余", "所有", "各")),
                "lower_bound 的“多”或“余”，all_or_percent 的“所有”或“各”",
                "the word behind a lower bound, or for all",
            ),
        }
    ),
)


def _local() -> Key:
    return Key(TEXT, "文件没有规定、由本单位自定的说明", "marks a choice of this office where the document is silent")


def _title(required: bool = False) -> Key:
    return Key(TEXT, "名称", "its name on screen and on paper", required=required)


FIELD = Keys(
    {
        "type": Key(Word(tuple(t.value for t in FieldType)), "类型", "type", required=True),
        "title": _title(required=True),
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
        "acts": Key(
            Word(("author", "handler")),
            "所写的人或组织可以办理：author 填报人的步骤（人员），handler 承办单位的步骤",
            "whom it names makes moves: a person the author's, a person or an organisation the handler's",
        ),
        "only_grows": Key(
            FLAG,
            "只增不减：改小要由上级写明理由",
            "a smaller number is refused unless a superior records why",
            default="false",
        ),
        "retired": Key(FLAG, "停用", "no longer asked; old values stay", default="false"),
        "retire": Key(FLAG, "停用（同 retired）", "the same as retired"),
        "local": _local(),
    }
)
STATE = Keys(
    {
        "title": _title(required=True),
        "level": Key(Word(LEVELS), "审核级次", "how far a record in this state has been reviewed", default="filed"),
        "open": Key(FLAG, "未了结", "an open record needs a successor when its organisation closes", default="true"),
        "drop": Key(FLAG, "去掉通用台账的这个状态", "leave out this state of the included kind"),
    }
)
MOVE = Keys(
    {
        "title": _title(),
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
        "sets": Key(
            MapOf(FORMULA), "办理时自动记下的字段：表达式", "fields that the move itself sets: each by an expression"
        ),
        "within": Key(SPAN, "办理时限", "how long it may take: '5 workdays', '30 work minutes'"),
        "ladder": Key(NAME, "逾期怎么催办（默认 usual）", "what is done when it is late; left out: usual"),
        "public": Key(FLAG, "理由公开", "its reason may be shown to the public", default="false"),
        "drop": Key(FLAG, "去掉通用台账的这一步", "leave out this move of the included kind"),
        "local": _local(),
    }
)
FLOW = Keys(
    {
        "initial": Key(NAME, "起始状态", "the state a new record is in", required=True),
        "states": Key(MapOf(STATE, least=1), "状态", "its states", required=True),
        "moves": Key(MapOf(MOVE), "办理步骤", "how a record gets from state to state"),
    }
)
KIND = Keys(
    {
        "title": _title(required=True),
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
        "calendar": Key(
            NAME,
            "按哪个日期字段列入日程（day 为记录自己的日期；没填的按记录的日期）",
            "the date by which its records stand in calendars: a field, or day; records without it by their own day",
        ),
        "local": _local(),
    }
)
WINDOW = Keys(
    {
        "title": _title(required=True),
        "from": Key(MonthDay(), "从（月-日）", "from (month-day)", required=True),
        "to": Key(MonthDay(), "到（月-日）", "to (month-day)", required=True),
    }
)
OBLIGATION = Keys(
    {
        "title": _title(),
        "kind": Key(NAME, "台账", "the kind that is owed", required=True),
        "of": Key(NAME, "谁来做：organisations、superior_head 或角色", "who owes it", required=True),
        "where": Key(FORMULA, "哪些组织", "which organisations: level, type, category, code, name"),
        "matching": Key(FORMULA, "怎样的记录才算（默认任何记录）", "which records meet it; left out: any of the kind"),
        "at_least": Key(Whole(0, 10**6), "至少几次", "at least so many"),
        "at_most": Key(Whole(0, 10**6), "至多几次", "at most so many"),
        "exactly": Key(Whole(0, 10**6), "正好几次", "exactly so many"),
        "every": Key(Word(PERIODS), "每隔多久", "how often", default="once"),
        "windows": Key(ListOf(WINDOW), "集中办理的时段", "the stretches of the year in which it is due"),
        "after": Key(
            KIND_STATE, "每发生一次：哪个台账进入哪个状态以后", "of an event: the kind and state that begin it"
        ),
        "due": Key(SPAN, "期满或事后多久要报（默认期满当天）", "how long after the period's end or the event"),
        "about": Key(Word(("each_subordinate",)), "对每个下级各一次", "once for each subordinate"),
        "joining": Key(Word(JOINING), "中途加入的：下一期起、马上、按剩余时间折算", "who joins midway", default="next"),
        "leaving": Key(
            Word(("void", "superior")),
            "中途退出的：不再要求、转由上级（默认组织撤销的不再要求，无人接任的转由上级）",
            "who leaves: void or the superior's; left out: an organisation's is void, an appointment's the superior's",
        ),
        "ladder": Key(NAME, "没有报的怎么催办（默认 usual）", "what is done about what is missing; left out: usual"),
        "local": _local(),
    }
)
LADDER = Keys(
    {
        "title": _title(required=True),
        "remind": Key(RUNG, "提醒", "a reminder"),
        "urge": Key(RUNG, "催办", "an urging"),
        "superior": Key(RUNG, "报告上级", "the superior is told"),
        "circular": Key(RUNG, "起草通报，由人决定发不发", "a circular is drafted, of which a person decides"),
        "local": _local(),
    }
)
DONE = Either(
    NAME,
    Keys(
        {
            "kind": Key(NAME, "台账：有指向本记录的字段", "a kind with a field that names the record", required=True),
            "matching": Key(FORMULA, "怎样的记录才算（默认任何记录）", "which records count; left out: any"),
        }
    ),
)
PLAN_STEP = Keys(
    {
        "title": _title(required=True),
        "takes": Key(SPAN, "要多久", "how long it takes", required=True),
        "after": Key(ListOf(NAME, single=True), "在哪些步骤之后", "the steps that end before it begins"),
        "done": Key(
            DONE,
            "怎样算办完：本记录进入的状态，或指向它的台账有了记录",
            "what shows that it is done: a state of the record, or a record of a kind that names it",
            required=True,
        ),
        "local": _local(),
    }
)
PLAN = Keys(
    {
        "title": _title(required=True),
        "for": Key(NAME, "给哪个台账的记录排计划", "the kind whose records are planned", required=True),
        "until": Key(NAME, "完成期限所在的日期字段", "the date field by which all is done", required=True),
        "where": Key(FORMULA, "哪些记录（默认填了期限的）", "which records; left out: all that have the date"),
        "near": Key(SPAN, "离最迟完成多久算临近", "how long before its end a step draws near", default="5 workdays"),
        "steps": Key(MapOf(PLAN_STEP, least=1), "步骤", "its steps", required=True),
        "local": _local(),
    }
)
TARGET = Either(
    Read(
        words.target,
        "bad_target",
        words.TARGET,
        "数字、台账.字段或常数",
        "a number, kind.field or a constant",
        number=True,
    ),
    Keys(
        {
            "value": Key(Number(), "目标值", "the number to reach"),
            "field": Key(KIND_FIELD, "目标值所在的字段", "the field of a stock that holds it"),
            "due": Key(DAY, "完成期限", "by when"),
            "at_most": Key(FLAG, "不高于", "a ceiling instead of a floor", default="false"),
            "show": Key(SHOW, "数字写法", "how the target is printed"),
            "local": _local(),
        }
    ),
)
COVERAGE = Keys(
    {
        "of": Key(FORMULA, "对象：台账、organisation 或短写表达式", "the population, or a short form", required=True),
        "where": Key(FORMULA, "对象范围", "which of them"),
        "having": Key(FORMULA, "具备条件", "what a covered one has"),
        "kind": Key(NAME, "由哪个台账覆盖", "the kind whose records cover"),
        "field": Key(NAME, "覆盖记录里的对象字段", "the field of it that names the covered one"),
        "matching": Key(FORMULA, "覆盖记录的条件", "what a covering record satisfies"),
    }
)
GROWTH = Keys(
    {
        "of": Key(NAME, "哪个指标", "the measure that grows", required=True),
        "since": Key(DAY, "与哪天相比", "compared with the end of this day", required=True),
    }
)
MEASURE_TYPES: dict[str, Key] = {
    "count": Key(NAME, "计数：台账", "counts a kind's records"),
    "sum": Key(KIND_FIELD, "求和：台账.字段", "adds up a field"),
    "latest": Key(KIND_FIELD, "时点数：台账.字段", "each organisation's latest value, added up"),
    "distinct": Key(KIND_FIELD, "去重计数：台账.字段", "how many different ones"),
    "coverage": Key(COVERAGE, "覆盖面", "the share of a population that has something"),
    "ratio": Key(ListOf(NAME, least=2, most=2), "比率：[分子, 分母]", "one measure over another"),
    "growth": Key(GROWTH, "增长率", "growth of a measure since a day"),
}
MEASURE = Keys(
    {
        "title": _title(required=True),
        "section": Key(TEXT, "列在哪个标题下", "the heading under which it is listed"),
        "unit": Key(TEXT, "单位", "unit"),
        "help": Key(TEXT, "统计口径说明", "what exactly is counted"),
        **MEASURE_TYPES,
        "growth_from": Key(DAY, "另设增长率（<指标>_growth）", "also defines the measure <id>_growth since this day"),
        "where": Key(FORMULA, "哪些记录", "which records"),
        "by": Key(
            DATING,
            "日期口径：date、entered(状态) 或日期字段",
            "the date that places a record in time",
            default="date",
        ),
        "counts": Key(Word(LEVELS[1:]), "最低审核级次", "the least review level that counts", default="filed"),
        "since_start": Key(FLAG, "只算活动开始以后", "counts from the scheme's first day on", default="false"),
        "owed": Key(
            ListOf(NAME, single=True),
            "按哪些工作要求计应报、未报（默认同一台账的全部要求）",
            "the obligations that owe it; left out: all on its kind that bind organisations",
        ),
        "show": Key(SHOW, "数字写法", "how the office prints it"),
        "target": Key(TARGET, "目标", "the target: a number, kind.field, a constant, or a table"),
        "public": Key(FLAG, "公开", "may be shown to the public", default="false"),
        "local": _local(),
    }
)
BULLETIN = Keys(
    {
        "series": Key(TEXT, "刊名", "the series; numbers run within issuer and series", required=True),
        "number": Key(Whole(1, 99_999), "期号", "its number", required=True),
        "total": Key(Whole(1, 99_999), "总期号：第 N 期（总第 M 期）的 M", "its number among all of its issuer's"),
        "title": Key(ListOf(TEXT, single=True), "标题（可分行）", "the headline, one line or several", required=True),
        "issuer": Key(TEXT, "编发单位", "who issues it", required=True),
        "issued": Key(DAY, "签发日期", "the day it is issued", required=True),
        "template": Key(FILE, "模板文件", "its template within the scheme's folder", required=True),
        "special": Key(TEXT, "专刊名", "name of a special issue"),
        "editors_note": Key(FLAG, "有编者按", "has an editor's note", default="false"),
        "copies": Key(Whole(1, 10**6), "印数", "copies printed"),
        "to": Key(MapOf(TEXT, key=Word(("报", "送", "发"))), "报送发", "whom it goes to"),
        "editor": Key(TEXT, "责任编辑", "editor"),
        "notes": Key(
            MapOf(ListOf(TEXT, single=True)),
            "文稿自身的数字：验收行号和文字",
            "numbers of the text itself, by their rows of the list of figures: all that note(row, text) may print",
        ),
    }
)
PHASE = Keys(
    {
        "id": Key(NAME, "代号", "id", required=True),
        "title": _title(required=True),
        "from": Key(DAY, "开始", "first day", required=True),
        "to": Key(DAY, "结束", "last day", required=True),
    }
)
STANDARD = Keys(
    {
        "title": _title(required=True),
        "of": Key(Word(("organisation", "member", "official")), "谁的标准", "whose standard", required=True),
        "items": Key(ListOf(TEXT), "各项", "its items", required=True),
    }
)
CONSTANT = Keys(
    {
        "title": _title(required=True),
        "value": Key(Number(), "数值", "its value", required=True),
        "unit": Key(TEXT, "单位", "unit"),
        "show": Key(SHOW, "数字写法", "how it is printed"),
        "local": _local(),
    }
)
RUNS = Keys(
    {
        "from": Key(DAY, "开始", "first day", required=True),
        "to": Key(DAY, "结束", "last day", required=True),
        "timezone": Key(TEXT, "时区", "time zone", default="Asia/Shanghai"),
    }
)
SECTIONS: dict[str, Key] = {  # what a part or a library may hold too
    "phases": Key(ListOf(PHASE), "阶段", "phases, in order"),
    "standards": Key(MapOf(STANDARD), "标准", "standards such as 五个好"),
    "roles": Key(MapOf(Keys({"title": _title(required=True)})), "角色", "roles besides author, superior, office"),
    "constants": Key(MapOf(CONSTANT, key=SPOKEN), "常数", "the document's quotas and thresholds, each named once"),
    "kinds": Key(MapOf(KIND, key=SPOKEN), "台账", "registers: their fields and flows"),
    "obligations": Key(MapOf(OBLIGATION), "工作要求", "who owes what by when"),
    "ladders": Key(MapOf(LADDER), "催办步骤", "what is done, step by step, about what is not there"),
    "plans": Key(MapOf(PLAN), "倒排计划", "procedures laid out backwards from a date"),
    "measures": Key(MapOf(MEASURE), "统计指标", "measures"),
    "bulletins": Key(MapOf(BULLETIN), "简报", "bulletins"),
}
VERSION = Version()
INCLUDE = Key(ListOf(FILE, single=True), "引用", "libraries by name, files by path")
SCHEME = Keys(
    {
        "xianfeng": Key(VERSION, "语言版本", "version of the language", required=True),
        "scheme": Key(SCHEME_NAME, "活动代号", "the scheme's name", required=True),
        "title": _title(required=True),
        "at": Key(TEXT, "所属组织的代码", "code of the root organisation", required=True),
        "historical": Key(
            FLAG, "历史活动", "a historical scheme: the law's checks are relaxed, and said so", default="false"
        ),
        "include": INCLUDE,
        "runs": Key(RUNS, "起止", "when it runs", required=True),
        **SECTIONS,
        **{name: Key(NotYet(), "本版本尚无", "not in this version") for name in NOT_YET},
    }
)
PART = Keys(
    {
        "xianfeng": Key(VERSION, "语言版本", "version of the language", required=True),
        "library": Key(NAME, "库名", "the library's name"),
        "title": _title(),
        "include": INCLUDE,
        **SECTIONS,
        **{name: Key(NotYet(), "本版本尚无", "not in this version") for name in NOT_YET},
    }
)
