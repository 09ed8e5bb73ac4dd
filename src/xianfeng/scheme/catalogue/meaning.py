"""Wordings of faults in what a scheme means."""

from __future__ import annotations

from xianfeng.scheme.catalogue.wording import Wording

_EXPRESSION = {  # of the expression language, which words its own faults
    "syntax": "cannot be read",
    "too_large": "is too large",
    "unknown_name": "uses an unknown name",
    "unknown_choice": "compares with a value that the choice does not have",
    "path": "follows a path of more than one hop",
    "call": "calls something that is no function of the language",
    "type": "mixes types",
    "not_boolean": "is no condition",
    "number": "has a number that cannot be used",
    "operator": "uses an operator that the language lacks",
    "overflow": "may exceed what can be computed exactly",
    "date": "has a date that does not exist",
}
_SEE = "See docs/reference/scheme/expressions.md."

WORDINGS = {
    **{
        f"expression.{code}": Wording("{message}", f"The expression {en}.", "{advice}", _SEE)
        for code, en in _EXPRESSION.items()
    },
    # names
    "unknown_kind": Wording(
        "没有名为“{name}”的台账。",
        "There is no kind '{name}'.",
        "检查名称，或 include: [core]。",
        "Check the name, or include: [core].",
    ),
    "unknown_field": Wording(
        "台账“{kind}”没有字段“{name}”。",
        "The kind '{kind}' has no field '{name}'.",
        "现有：{known}。",
        "It has: {known}.",
    ),
    "unknown_state": Wording(
        "台账“{kind}”没有状态“{name}”。",
        "The kind '{kind}' has no state '{name}'.",
        "现有：{known}。",
        "It has: {known}.",
    ),
    "unknown_role": Wording(
        "没有角色“{name}”。",
        "There is no role '{name}'.",
        "现有：{known}。新角色写在 roles 里。",
        "There are: {known}. Define others under roles.",
    ),
    "unknown_measure": Wording(
        "没有统计指标“{name}”。", "There is no measure '{name}'.", "检查名称。", "Check the name."
    ),
    "unknown_obligation": Wording(
        "没有工作要求“{name}”。",
        "There is no obligation '{name}'.",
        "检查名称，或在 obligations 里写上它。",
        "Check the name, or define it under obligations.",
    ),
    "unknown_constant": Wording(
        "没有常数“{name}”。",
        "There is no constant '{name}'.",
        "在 constants 里定义它，或直接写数字。",
        "Define it under constants, or write the number.",
    ),
    "unknown_timezone": Wording(
        "没有时区“{name}”。", "There is no time zone '{name}'.", "中国写 Asia/Shanghai。", "For China: Asia/Shanghai."
    ),
    "reserved_name": Wording(
        "“{name}”是保留的名称。",
        "The name '{name}' is reserved.",
        "换一个名称；表达式里的 {name} 另有含义。",
        "Rename it; in expressions {name} means something else.",
    ),
    "constant_hidden": Wording(
        "常数“{name}”与台账“{kind}”的字段同名，表达式里分不清。",
        "The constant '{name}' has the name of a field of '{kind}': formulas could not tell them apart.",
        "给常数换个名称。",
        "Rename the constant.",
    ),
    "duplicate_phase": Wording(
        "阶段代号“{name}”用了两次。", "The phase id '{name}' is used twice.", "换一个代号。", "Rename one."
    ),
    # fields
    "type_changed": Wording(
        "字段类型由 {before} 改成了 {after}，通用台账的字段不能改类型。",
        "The field's type changes from {before} to {after}; an included field keeps its type.",
        "停用它（retired: true），另加一个新字段。",
        "Retire it (retired: true) and add another.",
    ),
    "choices_missing": Wording("没有选项。", "There are no choices.", "写上 choices。", "Write choices."),
    "groups_missing": Wording("分组计数没有分组。", "A tally needs groups.", "写上 groups。", "Write groups."),
    "of_missing": Wording(
        "没有写指向哪个台账。", "A record field must say which kind it points to.", "写上 of: 台账。", "Write of: kind."
    ),
    "key_not_for_type": Wording(
        "类型 {type} 的字段用不上“{key}”。",
        "A field of type {type} has no use for '{key}'.",
        "删掉它，或改类型。",
        "Remove it, or change the type.",
    ),
    "bounds_crossed": Wording(
        "最小值 {least} 大于最大值 {most}。",
        "The least value {least} exceeds the greatest {most}.",
        "对调或改正。",
        "Swap or correct them.",
    ),
    "required_retired": Wording(
        "停用的字段不能必填。", "A retired field cannot be required.", "删掉 required。", "Remove required."
    ),
    "public_personal": Wording(
        "个人信息不能公开。", "Personal data cannot be public.", "删掉 public。", "Remove public."
    ),
    "public_without_reason": Wording(
        "“{move}”公开的是理由，但没有要求写理由。",
        "'{move}' makes its reason public and asks for none.",
        "在 needs 里加上 reason，或删掉 public。",
        "Add reason to needs, or remove public.",
    ),
    "personal_type": Wording(
        "类型 {type} 不能标为个人信息。",
        "A field of type {type} cannot be personal.",
        "只有文字和日期可以标。",
        "Only texts and dates can.",
    ),
    "called_unfit": Wording(
        "字段“{name}”（{type}）不能用来称呼记录。",
        "A record cannot be called by the field '{name}' ({type}).",
        "写文字、选项、数、日期或组织字段，个人信息不能。",
        "Write a text, a choice, a number, a date or an organisation, and nothing personal.",
    ),
    "promise_no_date": Wording(
        "“{name}”不能作兑现期限。",
        "'{name}' cannot be the day by which a promise is to be kept.",
        "写一个不涉及个人信息的日期字段。",
        "Write a date field that is not personal.",
    ),
    "promise_both": Wording(
        "状态“{name}”既算兑现，又算没有兑现。",
        "In the state '{name}' a promise was kept and not kept.",
        "从 kept 或 broken 里去掉它。",
        "Remove it from kept or from broken.",
    ),
    "promise_shared": Wording(
        "“{kind}”是各活动共用的台账，一个活动不能自己定怎样算兑现。",
        "“{kind}” is shared by all campaigns: none says by itself what it is to keep one.",
        "去掉 promise；要另定的，用自己的台账。",
        "Remove promise, or use a kind of the scheme's own.",
    ),
    "subject_type": Wording(
        "对象字段“{name}”是 {type}，不能作对象。",
        "The subject '{name}' is of type {type}.",
        "对象要是人员、组织或记录字段。",
        "It must be a person, organisation or record field.",
    ),
    "publishes_no_record": Wording(
        "字段“{name}”指的不是记录，不能公布。",
        "The field '{name}' names no record, so nothing can be published by it.",
        "写一个 record 字段。",
        "Name a record field.",
    ),
    "publishes_no_outcome": Wording(
        "公布了什么结果没有字段写：没有一个单选字段的选项都是“{kind}”的状态。",
        "No field tells the outcome: there is no choice whose values are all states of '{kind}'.",
        "加一个单选字段，选项用“{kind}”的状态名，标题自己定。",
        "Add a choice field whose values are names of states of '{kind}', with titles of your own.",
    ),
    "publishes_untold": Wording(
        "没有字段写要公布的内容：没有与 {names} 同名的文字字段。",
        "Nothing is told in what is published: no text field is called as {names}.",
        "加上同名的长文字字段，写上 public: true。",
        "Add a text field of that name, with public: true.",
    ),
    "publishes_unseen": Wording(
        "字段“{name}”是要公布的，却没有公开。",
        "The field '{name}' is part of what is published, and nobody outside may read it.",
        "给它写上 public: true。",
        "Give it public: true.",
    ),
    # dates, bulletins
    "runs_backwards": Wording(
        "活动的结束早于开始。", "The scheme ends before it begins.", "核对日期。", "Check the dates."
    ),
    "runs_outside": Wording(
        "活动要在 {first} 年到 {last} 年之间。",
        "A scheme runs between {first} and {last}.",
        "核对年份。",
        "Check the year.",
    ),
    "phase_backwards": Wording(
        "阶段“{name}”的结束早于开始。", "The phase '{name}' ends before it begins.", "核对日期。", "Check the dates."
    ),
    "phase_outside": Wording(
        "阶段“{name}”超出活动的起止日期。",
        "The phase '{name}' reaches beyond the scheme's run.",
        "改正阶段的日期，或活动的起止日期。",
        "Correct the dates of the phase or of the scheme.",
    ),
    "phases_overlap": Wording(
        "阶段“{second}”与“{first}”重叠或颠倒。",
        "The phase '{second}' overlaps or precedes '{first}'.",
        "按先后排列，互不重叠。",
        "Order them, without overlap.",
    ),
    "bulletin_outside": Wording(
        "简报签发于 {issued}，早于活动开始。",
        "The bulletin is issued on {issued}, before the scheme begins.",
        "核对日期。",
        "Check the date.",
    ),
    "bulletin_number_taken": Wording(
        "“{series}”第 {number} 期已用于“{first}”。",
        "Number {number} of '{series}' belongs to '{first}'.",
        "改期号。",
        "Change the number.",
    ),
    "bulletin_order": Wording(
        "第 {number} 期早于第 {before} 期签发。",
        "Number {number} is issued before number {before}.",
        "核对期号和日期。",
        "Check numbers and dates.",
    ),
    "template_missing": Wording(
        "找不到模板 {name}。",
        "The template {name} cannot be found.",
        "路径从活动文件夹算起。",
        "The path begins in the scheme's folder.",
    ),
    "duplicate_item": Wording("“{name}”写了两次。", "'{name}' stands twice.", "删掉一个。", "Delete one."),
}
