"""Wordings of faults in the flows of kinds."""

from __future__ import annotations

from xianfeng.scheme.catalogue.wording import Wording

WORDINGS = {
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
        "撤销的记录，只有诉求人可以要求再办。",
        "Nobody but its requester has a withdrawn record taken up again.",
        "删掉 withdrawn，或写 by: requester。",
        "Remove withdrawn, or write by: requester.",
    ),
    "move_to_withdrawn": Wording(
        "撤回是每条记录都有的，不用另写步骤。",
        "Withdrawing is always possible; it needs no move.",
        "删掉这一步。",
        "Remove the move.",
    ),
    "clock_without_moment": Wording(
        "由时钟办理的步骤没有写什么时候办，谁也不会去办。",
        "A move by the clock does not say when: it would never be made.",
        "写上 until，例如 until: due，过了那一天就办；或写 not_before，例如 5 workdays。只有 when 不够。",
        "Write until, for example until: due, once that day has passed; or not_before, for example 5 workdays. "
        "A condition alone does not do.",
    ),
    "clock_needs": Wording(
        "时钟不会填写字段或理由。",
        "The clock fills in nothing.",
        "删掉 needs，或改由人办理。",
        "Remove needs, or let a person do it.",
    ),
    "clock_without_time": Wording(
        "写了 {key}，可是这一步没有办理时限。",
        "{key} needs a time in which the move is to be made.",
        "写上 within 或 until，或删掉 {key}。",
        "Write within or until, or remove {key}.",
    ),
    "clock_for_nobody": Wording(
        "只由诉求人或时钟办理的步骤，不能有办理时限：没有人可以催办。",
        "A move of the requester or the clock alone cannot be due: nobody could be reminded.",
        "删掉时限，或写上由哪个组织办理。",
        "Remove the time, or let an organisation make the move.",
    ),
    "unknown_move": Wording(
        "台账“{kind}”没有步骤“{name}”。",
        "The kind '{kind}' has no move '{name}'.",
        "现有：{known}。",
        "It has: {known}.",
    ),
    "met_elsewhere": Wording(
        "“{name}”办理的时候，这个期限不在计算。",
        "The move '{name}' is made where this time does not run.",
        "去掉它，或用 over 写上它出发的状态。",
        "Remove it, or write the state it starts from under over.",
    ),
    "extends_nothing": Wording(
        "写了延期，可是这一步没有要求填写期限所在的日期字段。",
        "It extends, but does not ask for a date by which something is due.",
        "在 needs 里写上那个日期字段；那个期限要用 until 写。",
        "Ask for that date under needs; the time must be written with until.",
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
    "clears_kept": Wording(
        "字段“{name}”要一直留着，不能由步骤清空。",
        "The field '{name}' has to stay; a move cannot empty it.",
        "必填的、只增不减的、写办理期限的字段都不能清空，从 clears 里去掉。",
        "Remove it from clears: it is required, only grows, or tells by when a move is due.",
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
    "requester_missing": Wording(
        "字段“{name}”写明了诉求人，却没有诉求人办理的步骤。",
        "The field '{name}' is its requester's, and no move is made by one.",
        "给一步写上 by: requester，或去掉这一项的 by 或 acts。",
        "Give a move by: requester, or remove the field's by or acts.",
    ),
    "handler_unasked": Wording(
        "字段“{name}”只由承办单位说，却不是正好由承办单位办理的步骤要求它。",
        "The field '{name}' is its handler's to say, and not just moves by the handler need it.",
        "在 by: handler 的步骤的 needs 里写上它，别的步骤不要写；或去掉这一项的 by。",
        "Name it in needs of a move by: handler, and of no other; or remove the field's by.",
    ),
    "facts_unquoted": Wording(
        "写了 facts，却没有文字字段可以引用。",
        "There are facts, and no text into which to quote them.",
        "加一个 text 或 long_text 字段，或去掉 facts。",
        "Add a text or long_text field, or remove facts.",
    ),
    "heard_nobody": Wording(
        "可以提异议，却没有写明这条记录说的是哪个组织或哪个人。",
        "One can object, and nothing says which organisation or person the record concerns.",
        "用 subject 写上那个组织或人员字段，个人信息字段不行。",
        "Name an organisation or person field as its subject; not a personal one.",
    ),
    "heard_nowhere": Wording(
        "可以提异议，却没有记异议的台账。",
        "One can object, and there is no kind in which an objection is kept.",
        "写 include: [core]，用其中的 objection；或者写一个台账，用 request 的 about 指向它。",
        "Include core for its objection, or write a kind whose request says about.",
    ),
    "heard_no_more": Wording(
        "作决定的一方办了这一步，记录就到了“{name}”，当事人不能再提异议。",
        "By this step of whoever decides, the record comes to “{name}”, where whom it concerns can no longer object.",
        "给那个状态也写上 heard；事情就此了结的，写 open: false。",
        "Give that state a heard too; where the matter ends there, write open: false.",
    ),
    "heard_hours": Wording(
        "异议的答复时限不能短到几小时几分钟。",
        "An objection cannot be due within hours or minutes.",
        "写 days、workdays 或 months。",
        "Write days, workdays or months.",
    ),
    "objection_undated": Wording(
        "这个台账记异议，却没有写答复期限在哪个日期字段里。",
        "Objections are kept here, and nothing says which date field tells by when they are answered.",
        "给从起始状态出发的答复步骤写上 until，例如 until: due。",
        "Give the answering move out of the first state an until, for example until: due.",
    ),
    "intake_unsaid": Wording(
        "任何人都可以提，却没有写明诉求写在哪个字段。",
        "Anybody may file it, and nothing says in which field he says what he asks.",
        "写上 request，其中的 text 写那个字段。",
        "Write request, with that field as its text.",
    ),
    "intake_unasked": Wording(
        "字段“{name}”必填，可是任何人提的时候都不问它。",
        "The field '{name}' is required, and whoever files is not asked for it.",
        "去掉 required，或者写上 by: requester（人员、组织、记录和附件不问）。",
        "Remove required, or write by: requester (no person, organisation, record or attachment is asked for).",
    ),
    "request_unfit": Wording(
        "字段“{name}”（{type}）不能这样用。",
        "The field '{name}' ({type}) cannot be used so.",
        "类型见 `request` 各键；联系人、联系电话要写 personal: true，别的不能写。",
        "See the keys of request for the type; name and phone are personal, nothing else is.",
    ),
    "request_twice": Wording(
        "字段“{name}”已经写了别的内容。",
        "The field '{name}' holds something else already.",
        "`request` 的每个键各用一个字段。",
        "Name another field: each key of request has one of its own.",
    ),
    "request_ways": Wording(
        "来源字段“{name}”缺少选项 {ways}。",
        "The field '{name}' of how it came in lacks {ways}.",
        "补上这些选项，标题自己定。",
        "Add these values, with titles of your own.",
    ),
    "request_shows": Wording(
        "字段“{name}”是个人信息，凭查询码也不能看。",
        "The field '{name}' is personal: no code shows it.",
        "从 shown 里去掉。",
        "Remove it from shown.",
    ),
    "intake_unfollowed": Wording(
        "任何人都可以提，提了却没有一步可以凭查询码办理。",
        "Anybody may file it, and could do nothing with the code he is given.",
        "给一步写上 by: requester，或去掉 intake。",
        "Give a move by: requester, or remove intake.",
    ),
    "never_overdue": Wording(
        "“{move}”的条件用到 overdue，可是这些状态没有办理时限。",
        "The condition of '{move}' uses overdue, but nothing has a time limit there.",
        "给从同一状态出发的步骤写上 within 或 until。",
        "Give a move out of the same state a within or until.",
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
}
