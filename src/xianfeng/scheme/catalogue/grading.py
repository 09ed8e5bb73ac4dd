"""Wordings of faults in gradings."""

from __future__ import annotations

from xianfeng.scheme.catalogue.wording import Wording

WORDINGS = {
    "classes_falling": Wording(
        "等级要从好到差，起点分数逐级降低，最高不超过100分，最后一等从0分起。",
        "Classes go from the best down, each from fewer points on, none beyond 100, the last from 0.",
        "例如先进85分起，一般60分起，后进0分起。",
        "For instance advanced from 85, average from 60, backward from 0.",
    ),
    "unknown_class": Wording(
        "没有等级“{name}”。", "There is no class '{name}'.", "现有：{known}。", "There are: {known}."
    ),
    "quota_of_the_last": Wording(
        "最后一等“{name}”不能限名额：多出的没有等级可去。",
        "The last class '{name}' cannot have a quota: whoever did not fit in would have no class.",
        "只给前面的等级定名额。",
        "Give quotas to better classes only.",
    ),
    "points_or_bands": Wording(
        "一项指标要么写算式 points，要么写分档 bands。",
        "An indicator has either points or bands.",
        "写其中一个。",
        "Write one of them.",
    ),
    "bands_rising": Wording(
        "分档要从小到大，各档起点不同。",
        "Bands rise: each begins at a greater value.",
        "按 at_least 从小到大排列。",
        "Order them by at_least.",
    ),
    "points_outside": Wording(
        "满分要大于0、不超过1000，没有数时的分在0和满分之间。",
        "A full mark is above 0 and at most 1000; points without a value lie between 0 and the full mark.",
        "改分数。",
        "Change the points.",
    ),
    "undecided": Wording(
        "台账“{kind}”不能用来确定等级：它要有 decided 标记，对象是组织。",
        "No class can be decided in '{kind}': it needs the mark decided and an organisation as its subject.",
        "用通用台账 grading，或给它写上 decided 和 subject。",
        "Use the core kind grading, or give it decided and subject.",
    ),
    "decided_unfit": Wording(
        "“{name}”是 {type}，记不下这一项。",
        "'{name}' is of type {type} and cannot hold this.",
        "等级、建议等级用单选，理由用长文字，第几号建议用整数，都不涉及个人信息。",
        "Choices for the classes, a long text for the reason, an integer for the proposal; none of them personal.",
    ),
    "decided_otherwise": Wording(
        "“{name}”和“{grade}”的选项不同。",
        "'{name}' and '{grade}' have different choices.",
        "建议等级的选项要和等级的相同。",
        "What is proposed is one of the classes that can be decided.",
    ),
}
