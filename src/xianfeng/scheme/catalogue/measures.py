"""Wordings of faults in measures."""

from __future__ import annotations

from xianfeng.scheme.catalogue.wording import Wording

WORDINGS = {
    "beside_unseen": Wording(
        "“{name}”不能列在旁边：它是这个指标自己，或者这个指标公开而它不公开。",
        "'{name}' cannot stand beside: it is the measure itself, or the measure is public and it is not.",
        "换一个指标，或把它也公开。",
        "Choose another one, or make it public too.",
    ),
    "measure_without_type": Wording(
        "没有写怎么统计。", "It does not say how it is computed.", "写上其中一个：{types}。", "Write one of: {types}."
    ),
    "measure_several_types": Wording(
        "“{first}”和“{second}”只能写一个。",
        "Only one of '{first}' and '{second}'.",
        "分成两个指标。",
        "Make two measures.",
    ),
    "key_not_here": Wording(
        "“{key}”不能与“{type}”同用。", "'{key}' has no place beside '{type}'.", "删掉 {key}。", "Remove {key}."
    ),
    "at_no_organisation": Wording(
        "台账“{kind}”的记录不是关于一个组织的，不能计在所指的组织。",
        "Records of the kind '{kind}' are not about an organisation: they cannot count at their subject.",
        "删掉 at，或给台账写 subject，指向一个组织字段。",
        "Remove at, or give the kind a subject that is an organisation.",
    ),
    "owed_of_a_subject": Wording(
        "这个指标计在记录所指的组织，那里没有人应报。",
        "This measure counts at the subject of its records, where nobody owes them.",
        "删掉 owed。",
        "Remove owed.",
    ),
    "growth_name_taken": Wording(
        "growth_from 要另设指标“{name}”，这个名称已被占用。",
        "growth_from defines '{name}', which is taken.",
        "改名，或改用 growth。",
        "Rename it, or use growth.",
    ),
    "growth_of": Wording(
        "“{name}”不能算增长率。",
        "'{name}' cannot grow.",
        "增长率只能算计数、求和与时点数。",
        "Only counts, sums and stocks grow.",
    ),
    "growth_outside": Wording(
        "{since} 晚于活动结束。", "{since} is after the scheme's end.", "核对日期。", "Check the date."
    ),
    "measure_cycle": Wording(
        "指标循环定义：{chain}。",
        "The measures define each other in a circle: {chain}.",
        "去掉一处引用。",
        "Take one reference out.",
    ),
    "ratio_dating": Wording(
        "分子“{first}”与分母“{second}”的日期口径不同（{one}、{other}）。",
        "Numerator '{first}' and denominator '{second}' are dated differently ({one}, {other}).",
        "给两个指标写同一个 by。",
        "Give both the same by.",
    ),
    "ratio_standing": Wording(
        "分子“{first}”与分母“{second}”一个算时段内的，一个算期末还在的。",
        "Of numerator '{first}' and denominator '{second}' one counts a period, the other what stands at its end.",
        "两个指标都写 stands_until，或都不写。",
        "Give both stands_until, or neither.",
    ),
    "ratio_of": Wording(
        "“{name}”本身是比率，不能作分子或分母。",
        "'{name}' is itself a ratio.",
        "用它的分子、分母来算。",
        "Use its parts.",
    ),
    "field_unfit": Wording(
        "字段“{name}”是 {type}，不能用于{use}。",
        "The field '{name}' is of type {type}: it cannot be used for {use_en}.",
        "{wanted}。",
        "{wanted_en}.",
    ),
    "personal_in_measure": Wording(
        "“{name}”是个人信息，不进统计。",
        "'{name}' is personal data and in no figure.",
        "统计人数，不统计姓名和号码。",
        "Count people, not names or numbers.",
    ),
    "personal_in_formula": Wording(
        "“{name}”是个人信息，表达式里不能用。",
        "'{name}' is personal data: formulas cannot use it.",
        "换一个字段。",
        "Use another field.",
    ),
    "text_in_measure": Wording(
        "“{name}”是文字，统计里没有文字。",
        "'{name}' is a text, and figures hold none.",
        "改用选项字段。",
        "Use a choice.",
    ),
    "not_in_formulas": Wording(
        "“{name}”这类字段不能用在表达式里。",
        "Formulas cannot use a field like '{name}'.",
        "换一个字段；日期用 date 类型。",
        "Use another; for days the type date.",
    ),
    "show_unfit": Wording(
        "写法 {style} 不适合{what}。", "The style {style} does not suit {what_en}.", "换一种写法。", "Choose another."
    ),
    "show_key_unused": Wording(
        "写法 {style} 用不上“{key}”。", "The style {style} has no use for '{key}'.", "删掉它。", "Remove it."
    ),
    "target_value_or_field": Wording(
        "目标要写 value 或 field，只写一个。", "A target has a value or a field, not both.", "只留一个。", "Keep one."
    ),
    "target_outside": Wording(
        "目标期限 {due} 不在活动期间内。",
        "The target's date {due} is outside the scheme's run.",
        "核对日期。",
        "Check the date.",
    ),
    "owed_other_kind": Wording(
        "工作要求“{name}”要报的是台账“{theirs}”，这个指标统计的是“{kind}”。",
        "The obligation '{name}' owes the kind '{theirs}'; this measure is computed from '{kind}'.",
        "改写同一台账的要求，或删掉它。",
        "Name an obligation on the same kind, or remove it.",
    ),
    "owed_by_role": Wording(
        "工作要求“{name}”由“{of}”承担，不由各组织承担，算不出应报的组织。",
        "The obligation '{name}' binds '{of}' and no organisations: nobody can be counted as missing.",
        "改写 of 为 organisations 的要求，或删掉它。",
        "Name one of: organisations, or remove it.",
    ),
    "owed_without_least": Wording(
        "工作要求“{name}”只有上限，不报也不算未报。",
        "The obligation '{name}' has an upper limit only: nothing can be missing.",
        "给它写 at_least 或 exactly，或删掉它。",
        "Give it at_least or exactly, or remove it.",
    ),
    "owed_without_kind": Wording(
        "这个指标只依据组织登记，没有台账，谈不上应报。",
        "This measure rests on the registry alone: there are no records to owe.",
        "删掉 owed，或给覆盖面写 kind。",
        "Remove owed, or give the coverage a kind.",
    ),
    "coverage_without_population": Wording(
        "短写里看不出对象。",
        "The short form names no population.",
        "写成 firm.employees >= 50 这样的“台账.字段”。",
        "Write kind.field.",
    ),
    "coverage_several_populations": Wording(
        "覆盖面只能有一个对象，这里有：{names}。",
        "A coverage has one population, here are: {names}.",
        "改用长写：of、kind、field。",
        "Use the long form.",
    ),
    "coverage_without_condition": Wording(
        "没有写怎样才算覆盖。",
        "It does not say what covers.",
        "写 having，或写 kind 和 field。",
        "Write having, or kind and field.",
    ),
    "coverage_two_conditions": Wording(
        "having 和 kind 只能写一个。", "Either having or kind.", "删掉一个。", "Remove one."
    ),
}
