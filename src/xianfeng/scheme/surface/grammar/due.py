"""What is due, and when: obligations, ladders, plans."""

from __future__ import annotations

from typing import get_args, get_type_hints

from xianfeng.scheme.obliging import Obligation
from xianfeng.scheme.surface.grammar.common import FORMULA, KIND_STATE, NAME, RUNG, SPAN, local, title
from xianfeng.scheme.surface.shapes import MonthDay, Whole, Word
from xianfeng.scheme.surface.tables import Either, Key, Keys, ListOf, MapOf

PERIODS: tuple[str, ...] = get_args(get_type_hints(Obligation)["every"])
JOINING: tuple[str, ...] = get_args(get_type_hints(Obligation)["joining"])

WINDOW = Keys(
    {
        "title": title(required=True, example="防汛"),
        "from": Key(MonthDay(), "从（月-日）", "from (month-day)", required=True, example="06-01"),
        "to": Key(MonthDay(), "到（月-日）", "to (month-day)", required=True, example="06-30"),
    }
)
OBLIGATION = Keys(
    {
        "title": title(example="月度走访"),
        "kind": Key(NAME, "台账", "the kind that is owed", required=True, example="visit"),
        "of": Key(
            NAME, "谁来做：organisations、superior_head 或角色", "who owes it", required=True, example="organisations"
        ),
        "where": Key(
            FORMULA,
            "哪些组织",
            "which organisations: level, type, category, code, name",
            example="\"level == 'village'\"",
        ),
        "matching": Key(
            FORMULA,
            "怎样的记录才算（默认任何记录）",
            "which records meet it; left out: any of the kind",
            example='"people >= 3"',
        ),
        "at_least": Key(Whole(0, 10**6), "至少几次", "at least so many", example="1"),
        "at_most": Key(Whole(0, 10**6), "至多几次", "at most so many", example="2"),
        "exactly": Key(Whole(0, 10**6), "正好几次", "exactly so many", example="3"),
        "every": Key(
            Word(PERIODS),
            "每隔多久（week 属于频繁填报，只有历史活动能用）",
            "how often; week for what is historical only",
            default="once",
            example="month",
        ),
        "windows": Key(
            ListOf(WINDOW),
            "集中办理的时段",
            "the stretches of the year in which it is due",
            example="[{title: 2月份, from: 02-01, to: 02-29}]",
        ),
        "after": Key(
            KIND_STATE,
            "每发生一次：哪个台账进入哪个状态以后",
            "of an event: the kind and state that begin it",
            example="opinion.received",
        ),
        "due": Key(
            SPAN,
            "期满或事后多久要报（默认期满当天）",
            "how long after the period's end or the event",
            example="5 workdays",
        ),
        "about": Key(
            Word(("each_subordinate",)), "对每个下级各一次", "once for each subordinate", example="each_subordinate"
        ),
        "joining": Key(
            Word(JOINING),
            "中途加入的：下一期起、马上、按剩余时间折算",
            "who joins midway",
            default="next",
            example="pro_rata",
        ),
        "leaving": Key(
            Word(("void", "superior")),
            "中途退出的：不再要求、转由上级（默认组织撤销的不再要求，无人接任的转由上级）",
            "who leaves: void or the superior's; left out: an organisation's is void, an appointment's the superior's",
            example="superior",
        ),
        "ladder": Key(
            NAME,
            "没有报的怎么催办（默认 usual）",
            "what is done about what is missing; left out: usual",
            example="strict",
        ),
        "local": local(example="文件没有规定次数，按每月一次"),
    }
)
LADDER = Keys(
    {
        "title": title(required=True, example="从严催办"),
        "remind": Key(RUNG, "提醒", "a reminder", example="3 workdays before"),
        "urge": Key(RUNG, "催办", "an urging", example="1 workday after"),
        "superior": Key(RUNG, "报告上级", "the superior is told", example="3 workdays after"),
        "circular": Key(
            RUNG,
            "起草通报，由人决定发不发",
            "a circular is drafted, of which a person decides",
            example="5 workdays after",
        ),
        "local": local(example="文件没有规定，按本市的做法"),
    }
)
DONE = Either(
    NAME,
    Keys(
        {
            "kind": Key(
                NAME,
                "台账：有指向本记录的字段",
                "a kind with a field that names the record",
                required=True,
                example="project_progress",
            ),
            "matching": Key(
                FORMULA,
                "怎样的记录才算（默认任何记录）",
                "which records count; left out: any",
                example="\"stage == 'design'\"",
            ),
        }
    ),
)
PLAN_STEP = Keys(
    {
        "title": title(required=True, example="勘察设计"),
        "takes": Key(SPAN, "要多久", "how long it takes", required=True, example="30 workdays"),
        "after": Key(
            ListOf(NAME, single=True), "在哪些步骤之后", "the steps that end before it begins", example="approval"
        ),
        "done": Key(
            DONE,
            "怎样算办完：本记录进入的状态，或指向它的台账有了记录",
            "what shows that it is done: a state of the record, or a record of a kind that names it",
            required=True,
            example="building",
        ),
        "local": local(example="文件没有规定用时，按三十个工作日"),
    }
)
PLAN = Keys(
    {
        "title": title(required=True, example="重点项目倒排计划"),
        "for": Key(
            NAME, "给哪个台账的记录排计划", "the kind whose records are planned", required=True, example="key_project"
        ),
        "until": Key(
            NAME, "完成期限所在的日期字段", "the date field by which all is done", required=True, example="due"
        ),
        "where": Key(
            FORMULA,
            "哪些记录（默认填了期限的）",
            "which records; left out: all that have the date",
            example="\"category != 'other'\"",
        ),
        "near": Key(
            SPAN,
            "离最迟完成多久算临近",
            "how long before its end a step draws near",
            default="5 workdays",
            example="10 workdays",
        ),
        "steps": Key(
            MapOf(PLAN_STEP, least=1),
            "步骤",
            "its steps",
            required=True,
            example="{start: {title: 开工, takes: 10 workdays, done: building}}",
        ),
        "local": local(example="文件没有规定步骤，由本单位自定"),
    }
)
