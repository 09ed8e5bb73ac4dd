"""Wordings of faults in commendations."""

from __future__ import annotations

from xianfeng.scheme.catalogue.wording import Wording

WORDINGS = {
    "uncommended": Wording(
        "台账“{kind}”不能用来评选表彰：它要有 commended 标记，对象是组织。",
        "Nobody can be commended in '{kind}': it needs the mark commended and an organisation as its subject.",
        "用通用台账 commendation，或给它写上 commended 和 subject。",
        "Use the core kind commendation, or give it commended and subject.",
    ),
    "commended_unfit": Wording(
        "“{name}”是 {type}，记不下这一项。",
        "'{name}' is of type {type} and cannot hold this.",
        "荣誉用单选，批准文号用文字，受表彰的人用人员，审议意见用长文字。",
        "A choice for the award, a text for the approval's number, a person for who it is, a long text for opinions.",
    ),
    "unknown_award": Wording(
        "没有荣誉“{name}”。", "There is no award '{name}'.", "现有：{known}。", "There are: {known}."
    ),
    "award_twice": Wording(
        "荣誉“{name}”写在两项评选里。",
        "The award '{name}' is in two commendations.",
        "一项荣誉只在一项评选里写。",
        "Write each award in one of them.",
    ),
    "commended_levels": Wording(
        "台账“{kind}”的审核级次不合评选：起始状态要是 none，公示和表彰的状态要是 reviewed 或 submitted。",
        "The levels of '{kind}' do not fit: its first state is none, notice and award are reviewed or submitted.",
        "条件在离开起始状态时核对，名额从 reviewed 起计算。",
        "Conditions are asked on leaving the first state; quotas count from reviewed on.",
    ),
    "notice_unheard": Wording(
        "公示的状态“{name}”没有写 heard，公示期间不能提异议。",
        "The state of notice '{name}' does not say heard: nobody could object.",
        "例如 heard: 10 workdays。",
        "For instance heard: 10 workdays.",
    ),
    "award_unnoticed": Wording(
        "“{move}”不经公示就能表彰。",
        "'{move}' gives an award without a public notice.",
        "从“{noticed}”起办理，并写明公示多久，例如 not_before: 5 workdays。",
        "Let it start from '{noticed}' and say for how long, for instance not_before: 5 workdays.",
    ),
    "unknown_evaluation": Wording(
        "没有群众评议“{name}”。",
        "There is no evaluation '{name}'.",
        "推荐票用 evaluations 里的一项评议，写它的名称。",
        "An advisory vote is one of the evaluations: write its name.",
    ),
    "advisory_questions": Wording(
        "推荐票“{title}”要正好有一道计票的题。",
        "The advisory vote “{title}” asks other than one question whose answers are counted.",
        "只留一道选择题或是否题；另外可以有写意见的题。",
        "Leave one question of choices or yes and no; texts may stand beside it.",
    ),
    "advisory_weighed": Wording(
        "“{measure}”会把“{title}”的票数算进条件或者定级；推荐票只供参考。",
        "'{measure}' would count the votes of '{title}' in a condition or a class; they are advisory.",
        "在指标的 where 里写明是哪一项评议，例如 evaluation == 'satisfaction'。",
        "Let the measure's where name the evaluation that it counts, for instance evaluation == 'satisfaction'.",
    ),
    "award_unapproved": Wording(
        "“{move}”没有批准文号就能表彰。",
        "'{move}' gives an award without the approval's number.",
        "写上 needs: [{approval}]。",
        "Write needs: [{approval}].",
    ),
}
