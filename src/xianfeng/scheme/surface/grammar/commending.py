"""Commendations, and the mark of the kinds in which somebody is commended."""

from __future__ import annotations

from xianfeng.scheme.surface.grammar.common import FORMULA, NAME, local, title
from xianfeng.scheme.surface.grammar.grading import GRADED_EVERY
from xianfeng.scheme.surface.shapes import Flag, Text, Whole, Word
from xianfeng.scheme.surface.tables import Key, Keys, MapOf

COMMENDED = Keys(
    {
        "award": Key(NAME, "荣誉的字段（单选）", "the choice of the award", required=True),
        "approval": Key(NAME, "批准文号的字段（文字）", "the text that bears the approval's number", required=True),
        "person": Key(NAME, "受表彰的人的字段（人员）", "the person, where it is not the organisation itself"),
        "opinion": Key(NAME, "审议意见的字段（长文字）", "the long text of what was found in deliberation"),
    }
)
AWARD = Keys(
    {
        "at_most": Key(Whole(1, 99_999), "名额；不写不限", "so many a period; left out: no limit", example="10"),
        "within": Key(
            Text(longest=64),
            "名额在哪一级的每个组织以下分别计算（默认一起计算）",
            "counted below each organisation of this level; left out: of all together",
            example="county",
        ),
        "named": Key(
            Flag(),
            "公示期间写不写受推荐的人的姓名（默认不写，只写“一名党员”）",
            "while it is noticed, who it is is printed, where it is a person; left out: nobody is named",
            default="false",
            example="true",
        ),
        "local": local(example="文件没有规定名额，由本单位自定"),
    }
)
CONDITION = Keys(
    {
        "title": title(required=True, example="走访群众不少于10次"),
        "when": Key(
            FORMULA,
            "条件：统计指标按名称，组织的 level、type、category、tier、code、name；没有数的不算符合",
            "the condition: measures by their names, and what the organisation is; what is not known satisfies none",
            required=True,
            example='"visits >= 10"',
        ),
    }
)
COMMENDATION = Keys(
    {
        "title": title(required=True, example="创先争优表彰"),
        "kind": Key(
            NAME,
            "推荐、审议、公示、表彰记在哪个台账（有 commended 标记，对象是组织）",
            "the kind of its records, from nomination to award: marked `commended`, its subject an organisation",
            required=True,
            example="commendation",
        ),
        "awards": Key(
            MapOf(AWARD, least=1),
            "评哪些荣誉，各多少名额",
            "its awards, and how many of each",
            required=True,
            example="{organisation: {at_most: 10, within: county}, member: {}}",
        ),
        "where": Key(
            FORMULA,
            "推荐哪些组织，或者哪些组织的党员（默认活动范围内的全部）",
            "which organisations, or whose members, can be nominated; left out: all within the campaign",
            example="\"type == 'division' and category == 'community'\"",
        ),
        "eligible": Key(
            MapOf(CONDITION),
            "推荐条件：看推荐的组织、推荐党员的看他所在组织；缺哪一条，推荐时就说明",
            "what has to hold at the organisation, or at the person's; whoever nominates is told what is lacking",
            example='{visits: {title: 走访群众不少于10次, when: "visits >= 10"}}',
        ),
        "every": Key(Word(GRADED_EVERY), "每隔多久评一次", "how often", default="year", example="once"),
        "advisory": Key(
            NAME,
            "推荐票：哪一项评议的票数放在推荐旁边供参考，只有历史活动能写；推荐条件和定级不看它，名单不按它排先后",
            "an advisory vote: the evaluation whose counts stand beside nominations, in historical schemes only; "
            "no condition and no class looks at them, and no list is ordered by them",
            example="recommending",
        ),
        "noticed": Key(NAME, "公示的状态", "the state of the public notice", required=True, example="noticed"),
        "awarded": Key(
            NAME,
            "已经表彰的状态：要先公示满期限，写明批准文号",
            "the state of whoever is commended: after the notice, with the approval's number",
            required=True,
            example="awarded",
        ),
        "local": local(example="文件没有规定条件，由本单位自定"),
    }
)
