"""Wordings of faults in what is due: obligations, ladders, plans, inspections, calendars."""

from __future__ import annotations

from xianfeng.scheme.catalogue.wording import Wording

WORDINGS = {
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
    "about_whom": Wording(
        "“对每个下级各一次”要由上级负责人承担，且台账“{kind}”要有组织类的对象字段。",
        "'each_subordinate' needs superior_head and a kind whose subject is an organisation.",
        "写 of: superior_head，并给台账写 subject。",
        "Write of: superior_head and give the kind a subject.",
    ),
    # plans, inspections, calendars
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
        "期限所在的“{name}”是 {type}，不能说到哪一天。",
        "'{name}' is of type {type} and cannot say by which day.",
        "换一个不涉及个人信息的日期字段。",
        "Choose a date field that is not personal.",
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
    "inspected_no_organisation": Wording(
        "台账“{kind}”的对象不是组织，说不出督查的是哪个单位。",
        "The kind '{kind}' is not about an organisation and cannot say which unit was visited.",
        "换一个对象（subject）是组织的台账，例如 inspection_visit。",
        "Choose a kind whose subject is an organisation, such as inspection_visit.",
    ),
    "inspected_records": Wording(
        "抽的是“{of}”的记录，不能写 {key}：它说的是组织。",
        "Records of '{of}' are drawn; {key} is about organisations.",
        "删掉 {key}，用 where 说抽哪些记录。",
        "Remove {key}, and say by where which records.",
    ),
    "recorded_no_choice": Wording(
        "台账“{kind}”没有单选字段“{field}”，或它没有选项“{choice}”。",
        "The kind '{kind}' has no choice field '{field}' with the choice '{choice}'.",
        "照台账的字段和选项改。",
        "Name a choice field of the kind and one of its choices.",
    ),
    "stratum_unreachable": Wording(
        "前一层没有写条件，把单位都归走了，“{name}”层里不会有单位。",
        "The stratum before has no condition and takes every unit: none is left for '{name}'.",
        "没有条件的层放在最后，只写一个。",
        "Put the stratum without a condition last, and have only one.",
    ),
    "calendar_no_date": Wording(
        "“{name}”不能作日程的日期。",
        "'{name}' cannot be the date in a calendar.",
        "写 day，或一个不涉及个人信息的日期字段。",
        "Write day, or a date field that is not personal.",
    ),
}
