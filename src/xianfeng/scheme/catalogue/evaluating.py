"""Wordings of faults in evaluations."""

from __future__ import annotations

from xianfeng.scheme.catalogue.wording import Wording

WORDINGS = {
    "answers_missing": Wording(
        "{ask} 题至少要有两个选项。",
        "A question of sort {ask} needs two answers at least.",
        "写上 choices，例如 choices: [满意, 不满意]。",
        "Write choices, for example choices: [满意, 不满意].",
    ),
    "answers_given": Wording(
        "{ask} 题不用写选项。",
        "A question of sort {ask} takes no answers of its own.",
        "删去 choices，或改成 scale、choice。",
        "Remove choices, or make it a scale or a choice.",
    ),
    "word_twice": Wording(
        "“{name}”在前面叫“{first}”，这里叫“{second}”，结果会混在一起。",
        "'{name}' is called '{first}' before and '{second}' here: their results would mix.",
        "换一个名称，或把两处写成一样。",
        "Choose another name, or write the same in both places.",
    ),
    "sample_of_visitors": Wording(
        "办事群众没有名单，不能抽样。",
        "Visitors have no list that a sample could be drawn from.",
        "删去 sample，或把 electorate 改成 members、list。",
        "Remove sample, or make the electorate members or list.",
    ),
    "sample_small": Wording(
        "抽 {sample} 人，少于 least.electors 的 {least} 人，什么都不能公布。",
        "A sample of {sample} is below least.electors, {least}: nothing could be shown of it.",
        "把 sample 改成不少于 {least}。",
        "Make sample {least} at least.",
    ),
    "online_of_visitors": Wording(
        "办事群众没有名单，不能在网上投票，{key} 用不上。",
        "Visitors have no list and cannot vote online: {key} has no use.",
        "删去 {key}，或把 electorate 改成 members、list。",
        "Remove {key}, or make the electorate members or list.",
    ),
    "results_nowhere": Wording(
        "没有记评议结果的台账。",
        "No kind holds the results of evaluations.",
        "写 include: [core]，或给一个台账写 source: evaluations。",
        "Write include: [core], or give a kind source: evaluations.",
    ),
    "result_field": Wording(
        "记评议结果的台账要有 {type} 类型的字段“{name}”。",
        "A kind that holds results of evaluations needs a field '{name}' of type {type}.",
        "补上这个字段。",
        "Add that field.",
    ),
    "result_answer": Wording(
        "记评议结果的台账，字段“answer”不能是必填的：几乎一致的，其余的票另记一条，不写选项。",
        "In a kind that holds results of evaluations the field 'answer' cannot be required: where nearly all answered "
        "alike, all other ballots are one record without an answer.",
        "去掉 required。",
        "Remove required.",
    ),
    "coverage_of_answers": Wording(
        "覆盖率不能按评议结果的选项算：几乎一致的结果不写出每个选项，有没有就不知道。",
        "A coverage cannot ask for the answers of results: where nearly all answered alike, not every answer is told, "
        "and who has one is not known.",
        "改用 count、sum 统计选项，或不写 answer 这个条件。",
        "Count or add up the answers with count or sum, or leave the answer out of the condition.",
    ),
}
