"""Every section and key of the language, once. The loader reads by it, a misspelt key is compared with it, the
JSON Schema and the reference are printed from it.
"""

from __future__ import annotations

from xianfeng.scheme.surface.grammar.commending import AWARD, COMMENDATION, COMMENDED, CONDITION
from xianfeng.scheme.surface.grammar.common import DAY, FILE, FLAG, NAME, SCHEME_NAME, SHOW, SPOKEN, TEXT, local, title
from xianfeng.scheme.surface.grammar.due import DONE, LADDER, OBLIGATION, PERIODS, PLAN, PLAN_STEP, WINDOW
from xianfeng.scheme.surface.grammar.evaluating import EVALUATION, LEAST, QUESTION
from xianfeng.scheme.surface.grammar.grading import (
    BAND,
    DECIDED,
    GRADED_BAR,
    GRADED_PART,
    GRADED_QUOTA,
    GRADING,
    INDICATOR,
)
from xianfeng.scheme.surface.grammar.inspecting import INSPECTION, INSPECTORS, STRATUM
from xianfeng.scheme.surface.grammar.kinds import AMONG, FIELD, FLOW, KIND, MOVE, PROMISE, REQUEST, STATE
from xianfeng.scheme.surface.grammar.measures import COVERAGE, GROWTH, MEASURE, MEASURE_TYPES, TARGET
from xianfeng.scheme.surface.shapes import Number, Version, Whole, Word
from xianfeng.scheme.surface.tables import Key, Keys, ListOf, MapOf, NotYet

NOT_YET = ("returns",)

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
        "title": title(required=True),
        "from": Key(DAY, "开始", "first day", required=True),
        "to": Key(DAY, "结束", "last day", required=True),
    }
)
STANDARD = Keys(
    {
        "title": title(required=True),
        "of": Key(Word(("organisation", "member", "official")), "谁的标准", "whose standard", required=True),
        "items": Key(ListOf(TEXT), "各项", "its items", required=True),
    }
)
CONSTANT = Keys(
    {
        "title": title(required=True),
        "value": Key(Number(), "数值", "its value", required=True),
        "unit": Key(TEXT, "单位", "unit"),
        "show": Key(SHOW, "数字写法", "how it is printed"),
        "local": local(),
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
    "roles": Key(MapOf(Keys({"title": title(required=True)})), "角色", "roles besides author, superior, office"),
    "constants": Key(MapOf(CONSTANT, key=SPOKEN), "常数", "the document's quotas and thresholds, each named once"),
    "kinds": Key(MapOf(KIND, key=SPOKEN), "台账", "registers: their fields and flows"),
    "obligations": Key(MapOf(OBLIGATION), "工作要求", "who owes what by when"),
    "ladders": Key(MapOf(LADDER), "催办步骤", "what is done, step by step, about what is not there"),
    "quiet": Key(
        MapOf(WINDOW),
        "静默期（防汛、农忙等）：每年从哪天到哪天不计入期限，不到期，也不提醒、不催办",
        "stretches of every year in which the campaign pauses: not counted, nothing falls due, nobody is reminded",
    ),
    "plans": Key(MapOf(PLAN), "倒排计划", "procedures laid out backwards from a date"),
    "evaluations": Key(
        MapOf(EVALUATION, key=SPOKEN), "群众评议", "what the people served are asked about organisations"
    ),
    "inspections": Key(MapOf(INSPECTION), "督查", "inspections of units that are drawn by lot"),
    "gradings": Key(MapOf(GRADING), "分类定级", "gradings of organisations, proposed by figures, decided by people"),
    "commendations": Key(MapOf(COMMENDATION), "评选表彰", "commendations, from nomination over public notice to award"),
    "measures": Key(MapOf(MEASURE), "统计指标", "measures"),
    "bulletins": Key(MapOf(BULLETIN), "简报", "bulletins"),
}
VERSION = Version()
INCLUDE = Key(ListOf(FILE, single=True), "引用", "libraries by name, files by path")
SCHEME = Keys(
    {
        "xianfeng": Key(VERSION, "语言版本", "version of the language", required=True),
        "scheme": Key(SCHEME_NAME, "活动代号", "the scheme's name", required=True),
        "title": title(required=True),
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
        "title": title(),
        "include": INCLUDE,
        **SECTIONS,
        **{name: Key(NotYet(), "本版本尚无", "not in this version") for name in NOT_YET},
    }
)

__all__ = [
    "AMONG",
    "AWARD",
    "BAND",
    "BULLETIN",
    "COMMENDATION",
    "COMMENDED",
    "CONDITION",
    "CONSTANT",
    "COVERAGE",
    "DECIDED",
    "DONE",
    "EVALUATION",
    "FIELD",
    "FILE",
    "FLOW",
    "GRADED_BAR",
    "GRADED_PART",
    "GRADED_QUOTA",
    "GRADING",
    "GROWTH",
    "INDICATOR",
    "INSPECTION",
    "INSPECTORS",
    "KIND",
    "LADDER",
    "LEAST",
    "MEASURE",
    "MEASURE_TYPES",
    "MOVE",
    "OBLIGATION",
    "PART",
    "PERIODS",
    "PHASE",
    "PLAN",
    "PLAN_STEP",
    "PROMISE",
    "QUESTION",
    "REQUEST",
    "RUNS",
    "SCHEME",
    "SCHEME_NAME",
    "SECTIONS",
    "SHOW",
    "STANDARD",
    "STATE",
    "STRATUM",
    "TARGET",
    "WINDOW",
]
