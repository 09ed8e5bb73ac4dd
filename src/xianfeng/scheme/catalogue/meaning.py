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
    "subject_type": Wording(
        "对象字段“{name}”是 {type}，不能作对象。",
        "The subject '{name}' is of type {type}.",
        "对象要是人员、组织或记录字段。",
        "It must be a person, organisation or record field.",
    ),
    # flows
    "withdrawn_changed": Wording(
        "“withdrawn”（已撤销）总是 level: none，不能另设。",
        "'withdrawn' always has level none.",
        "删掉这个状态。",
        "Remove this state.",
    ),
    "unreachable_state": Wording(
        "从起始状态到不了“{name}”。",
        "The state '{name}' cannot be reached.",
        "补一个到它的办理步骤，或去掉它。",
        "Add a move to it, or drop it.",
    ),
    "move_from_withdrawn": Wording(
        "撤回的记录不能再办理。", "A withdrawn record cannot move.", "删掉 withdrawn。", "Remove withdrawn."
    ),
    "move_to_withdrawn": Wording(
        "撤回是每条记录都有的，不用另写步骤。",
        "Withdrawing is always possible; it needs no move.",
        "删掉这一步。",
        "Remove the move.",
    ),
    "clock_without_when": Wording(
        "由时钟办理的步骤没有条件。",
        "A move by the clock needs a condition.",
        "写上 when，例如 today > due。",
        "Write when, for example today > due.",
    ),
    "clock_needs": Wording(
        "时钟不会填写字段或理由。",
        "The clock fills in nothing.",
        "删掉 needs，或改由人办理。",
        "Remove needs, or let a person do it.",
    ),
    "sets_type": Wording(
        "字段“{name}”是 {type}，不能由步骤自动记下。",
        "A move cannot set the field '{name}' of type {type}.",
        "只能自动记下数、日期、是否，个人信息不能。",
        "Only numbers, dates and booleans, and nothing personal.",
    ),
    "sets_unfit": Wording(
        "这个表达式的值不能记入字段“{name}”（{type}）。",
        "The expression's value does not fit the field '{name}' ({type}).",
        "类型要相同，小数位数不能更多。",
        "It must be of the same sort, with no more decimal places.",
    ),
    "sets_asked": Wording(
        "字段“{name}”由步骤自动记下，不能又要求人填。",
        "The field '{name}' is set by a move and cannot be demanded besides.",
        "去掉 required 或 needs 里的这一项。",
        "Remove it from required or needs.",
    ),
    "acts_as_author": Wording(
        "组织字段“{name}”不能写 acts: author。",
        "The organisation field '{name}' cannot act as the author.",
        "写 acts: handler；author 只用于人员。",
        "Write acts: handler; author is for persons.",
    ),
    "handler_unnamed": Wording(
        "由承办单位办理，却没有字段写明谁承办。",
        "A move by the handler, and no field names who handles.",
        "给一个组织字段写上 acts: handler。",
        "Mark an organisation field with acts: handler.",
    ),
    "never_overdue": Wording(
        "“{move}”的条件用到 overdue，可是这些状态没有办理时限。",
        "The condition of '{move}' uses overdue, but nothing has a time limit there.",
        "给从同一状态出发的步骤写上 within。",
        "Give a move out of the same state a within.",
    ),
    "needs_retired": Wording(
        "字段“{name}”已停用，不能要求填写。",
        "The field '{name}' is retired and cannot be demanded.",
        "换一个字段。",
        "Choose another field.",
    ),
    "own_review": Wording(
        "由填报人或时钟办理的步骤，不能把审核级次升到 {level}。",
        "A move by the author or the clock cannot raise the review level to {level}.",
        "审核要由上级（superior）或其他角色办理。",
        "A review is the superior's or another role's.",
    ),
    # obligations
    "quota_contradictory": Wording(
        "至少 {least} 次与至多 {most} 次矛盾。",
        "At least {least} contradicts at most {most}.",
        "改正其中一个。",
        "Correct one.",
    ),
    "quota_twice": Wording(
        "exactly 不能与 at_least、at_most 同用。", "exactly excludes at_least and at_most.", "只留一种。", "Keep one."
    ),
    "quota_empty": Wording(
        "要求 0 次等于没有要求。",
        "Demanding nothing is no obligation.",
        "写至少 1 次，或删掉。",
        "Demand at least 1, or remove it.",
    ),
    "windows_too_many": Wording(
        "有 {windows} 个时段，却至多 {most} 次。",
        "{windows} windows, but at most {most} times.",
        "改次数或时段。",
        "Change the count or the windows.",
    ),
    "windows_not_yearly": Wording(
        "有集中时段的要求要按年（every: year）。", "Windows need every: year.", "写 every: year。", "Write every: year."
    ),
    "windows_overlap": Wording(
        "时段“{first}”与“{second}”重叠。",
        "The windows '{first}' and '{second}' overlap.",
        "改正日期。",
        "Correct the dates.",
    ),
    "window_backwards": Wording(
        "时段的开始晚于结束。",
        "The window ends before it begins.",
        "跨年的时段分成两个。",
        "Split a window over the year's end in two.",
    ),
    "phases_missing": Wording(
        "按阶段的要求，但没有写阶段。", "Owed by phase, but there are no phases.", "写上 phases。", "Write phases."
    ),
    "event_without_after": Wording(
        "每发生一次就要报的要求，没有写是什么事情。",
        "Owed after an event, but the event is not said.",
        "写上 after，例如 after: rectification_notice.issued。",
        "Write after, for example after: rectification_notice.issued.",
    ),
    "after_without_event": Wording(
        "写了 after，就要按事情来报（every: event）。",
        "after needs every: event.",
        "写 every: event。",
        "Write every: event.",
    ),
    # ladders
    "unknown_ladder": Wording(
        "没有“{name}”这种催办步骤。",
        "There is no ladder '{name}'.",
        "检查名称，或在 ladders 里写上它。",
        "Check the name, or define it under ladders.",
    ),
    "ladder_order": Wording(
        "这一步不晚于前一步。",
        "This step is no later than the one before it.",
        "先提醒，再催办，再报告上级，最后起草通报。",
        "Remind, then urge, then tell the superior, then draft a circular.",
    ),
    "ladder_empty": Wording(
        "没有写任何一步。",
        "It has no step.",
        "写上 remind、urge、superior、circular 中的几步。",
        "Write some of remind, urge, superior, circular.",
    ),
    "ladder_without_within": Wording(
        "没有办理时限的步骤不会逾期，不用催办。",
        "A move without a time limit is never late.",
        "写上 within，或删掉 ladder。",
        "Write within, or remove ladder.",
    ),
    "about_whom": Wording(
        "“对每个下级各一次”要由上级负责人承担，且台账“{kind}”要有组织类的对象字段。",
        "'each_subordinate' needs superior_head and a kind whose subject is an organisation.",
        "写 of: superior_head，并给台账写 subject。",
        "Write of: superior_head and give the kind a subject.",
    ),
    # plans, calendars
    "unknown_step": Wording(
        "没有步骤“{name}”。", "There is no step '{name}'.", "现有：{known}。", "There are: {known}."
    ),
    "step_cycle": Wording(
        "这些步骤互相等待：{chain}。",
        "These steps wait for one another: {chain}.",
        "改 after，让先后有头有尾。",
        "Change after, so that their order has a beginning.",
    ),
    "until_no_date": Wording(
        "完成期限“{name}”是 {type}，不是日期。",
        "The date '{name}' of the plan is of type {type}.",
        "换一个日期字段。",
        "Choose a date field.",
    ),
    "step_in_hours": Wording(
        "倒排计划的步骤按天算，不按小时、分钟。",
        "A plan's steps take days, not hours or minutes.",
        "写成 5 workdays、3 days、2 months。",
        "Write 5 workdays, 3 days, 2 months.",
    ),
    "done_unrelated": Wording(
        "台账“{name}”没有指向“{kind}”的字段，看不出办的是哪一个。",
        "The kind '{name}' has no field that names a record of '{kind}'.",
        "给它加一个 record 字段，或换一个台账。",
        "Give it a record field, or choose another kind.",
    ),
    "calendar_no_date": Wording(
        "“{name}”不能作日程的日期。",
        "'{name}' cannot be the date in a calendar.",
        "写 day，或一个不涉及个人信息的日期字段。",
        "Write day, or a date field that is not personal.",
    ),
    # dates, bulletins
    "runs_backwards": Wording(
        "活动的结束早于开始。", "The scheme ends before it begins.", "核对日期。", "Check the dates."
    ),
    "phase_backwards": Wording(
        "阶段“{name}”的结束早于开始。", "The phase '{name}' ends before it begins.", "核对日期。", "Check the dates."
    ),
    "phase_outside": Wording(
        "阶段“{name}”超出活动的起止日期。",
        "The phase '{name}' reaches beyond the scheme's run.",
        "改正阶段或 runs。",
        "Correct the phase or runs.",
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
