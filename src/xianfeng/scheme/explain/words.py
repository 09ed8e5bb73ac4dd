"""The fixed words of an explanation, in Chinese and English."""

from __future__ import annotations

from xianfeng.scheme import titles
from xianfeng.scheme.faults import Language

WORDS: dict[str, tuple[str, str]] = {
    "runs": ("{since} 至 {until}，组织代码 {at}", "{since} to {until}, organisation {at}"),
    "historical": (
        "历史活动：按当年文件原样再现，现行规定的检查从宽。",
        "Historical: as its documents had it; checks of present law relaxed.",
    ),
    "phases": ("阶段", "Phases"),
    "quiet": ("停办时段", "Pauses"),
    "pause": (
        "{title}：每年{since}至{until}，不计入期限，不催办",
        "{title}: {since} to {until} of every year, not counted",
    ),
    "standards": ("标准", "Standards"),
    "constants": ("文件规定的数", "The document's numbers"),
    "obligations": ("工作要求", "Obligations"),
    "kinds": ("台账", "Registers"),
    "measures": ("统计指标", "Measures"),
    "bulletins": ("简报", "Bulletins"),
    "local": ("（本单位自定：{text}）", " (local choice: {text})"),
    "span": ("{since} 至 {until}", "{since} to {until}"),
    "organisations": ("各组织", "each organisation"),
    "superior_head": ("上级负责人", "the superior's head"),
    "office": ("活动办公室", "the campaign's office"),
    "author": ("填报人", "author"),
    "superior": ("上级", "superior"),
    "handler": ("承办单位", "handler"),
    "requester": ("诉求人", "requester"),
    "clock": ("到期自动", "clock"),
    "where": ("（{condition}）", " ({condition})"),
    "each_subordinate": ("对每个下级", " about each subordinate"),
    "at_least": ("至少 {count} 次", "at least {count}"),
    "at_most": ("至多 {count} 次", "at most {count}"),
    "exactly": ("{count} 次", "exactly {count}"),
    "once": ("活动期间", "in all"),
    "week": ("每周", "a week"),
    "month": ("每月", "a month"),
    "quarter": ("每季度", "a quarter"),
    "half_year": ("每半年", "a half-year"),
    "year": ("每年", "a year"),
    "phase": ("每阶段", "a phase"),
    "event": ("每发生一次", "each time"),
    "after": ("“{kind}”每次进入“{state}”后", "each time “{kind}” becomes “{state}”,"),
    "due_after": ("，期满后 {span}内报", ", due within {span} of the period's end"),
    "due_after_event": ("，{span}内报", ", due within {span}"),
    "joining_at_once": ("，中途加入的马上要报", ", also of whoever joins within the period"),
    "joining_pro_rata": ("，中途加入的按剩余时间折算", ", of whoever joins within the period in proportion"),
    "leaving_void": ("，中途退出的不再要求", ", no longer of whoever leaves within the period"),
    "leaving_superior": ("，中途退出的由上级承担", ", of whoever leaves within the period by the superior"),
    "ladders": ("催办步骤", "Ladders"),
    "remind": ("提醒", "remind"),
    "urge": ("催办", "urge"),
    "circular": ("起草通报", "draft a circular"),
    "tell_superior": ("报告上级", "tell the superior"),
    "rung_before": ("期限前 {span}{step}", "{step} {span} before the deadline"),
    "rung_after": ("逾期 {span}{step}", "{step} {span} after the deadline"),
    "by_ladder": ("，按“{ladder}”催办", ", followed up by “{ladder}”"),
    "plans": ("倒排计划", "Backward plans"),
    "plan": ("“{kind}”按“{field}”倒排{where}：{steps}", "“{kind}” backwards from “{field}”{where}: {steps}"),
    "plan_step": ("{title}（{span}{after}）", "{title} ({span}{after})"),
    "plan_after": ("，在{steps}之后", ", after {steps}"),
    "only_grows": ("（只增不减）", " (may only grow)"),
    "owes": ("{who}{about}：{every}{count}《{kind}》", "{who}{about}: {count} {every} of “{kind}”"),
    "own": ("活动所属的组织", "the campaign's own organisation"),
    "code": ("代码为 {code} 的组织", "the organisation with code {code}"),
    "matching": ("，只算{condition}的", ", only where {condition}"),
    "windows": ("，集中在{windows}", ", in {windows}"),
    "asks": ("填写：{fields}", "Asks: {fields}"),
    "required": ("（必填）", " (required)"),
    "prefilled": ("（预填）", " (prefilled)"),
    "personal": ("（个人信息）", " (personal)"),
    "acts_author": ("（本人可自己办理）", " (acts on it himself)"),
    "acts_handler": ("（由其承办）", " (handles it)"),
    "said": ("（只由诉求人说）", " (its requester's alone to say)"),
    "intake": ("任何人都可以提，凭查询码办理", "Anybody may file it, and goes on by a code"),
    "promise": ("公开承诺：到“{kept}”算兑现", "Promises made in public: kept once {kept}"),
    "broken": ("，到“{broken}”算没有兑现", ", not kept once {broken}"),
    "called": ("记录的称呼：{fields}", "A record is called by: {fields}"),
    "called_organisation": ("填报组织", "who filed it"),
    "called_day": ("日期", "its day"),
    "shown": ("诉求人凭查询码能看到：{fields}", "Shown to its requester by his code: {fields}"),
    "publishes": (
        "公布{field}，不直接填报，个人信息自动遮去",
        "Makes {field} public; no form asks for it, and what leads to a person is masked",
    ),
    "usual_flow": (
        "常规流程：填报 → 上级审核 → 上报；可退回重报",
        "The usual flow: filed, reviewed, submitted; may be sent back",
    ),
    "begins": ("起始状态：{state}", "Begins as: {state}"),
    "move": ("{origins} → {target}：{title}，由{by}办理{rest}", "{origins} → {target}: {title}, by {by}{rest}"),
    "stays": ("状态不变", "as it stands"),
    "needs": ("，须写明{names}", ", needs {names}"),
    "reason": ("理由", "a reason"),
    "public_reason": ("理由（公开）", "a reason (public)"),
    "within": ("，{span}内", ", within {span}"),
    "until": ("，在“{field}”前", ", by “{field}”"),
    "past": ("，过了“{field}”", ", once “{field}” has passed"),
    "no_later": ("（最长{span}）", " (at most {span})"),
    "not_before": ("，满{span}才能办", ", not before {span} have passed"),
    "over": ("，到{states}时不停表", ", the time going on in {states}"),
    "met_by": ("，{moves}也算", ", met by {moves} as well"),
    "extends": ("，最多推迟{span}", ", putting off what is due by at most {span}"),
    "sets": ("，自动记下{names}", ", sets {names}"),
    "when": ("，条件：{condition}", ", when {condition}"),
    "owed": ("应报依据：{obligations}。", " Owed by: {obligations}."),
    "target": ("目标：{value}{due}。", " Target: {value}{due}."),
    "due": ("，{day} 前", " by {day}"),
    "field_target": ("《{kind}》的“{field}”", "“{field}” of “{kind}”"),
    "number": ("第 {number} 期{total}，{issued}，{issuer}", "no. {number}{total}, {issued}, {issuer}"),
    "total": ("（总第 {total} 期）", " ({total} in all)"),
    "unit": ("（{unit}）", " ({unit})"),
    "colon": ("：", ": "),
    "minutes": ("{n} 分钟", "{n} minutes"),
    "hours": ("{n} 小时", "{n} hours"),
    "days": ("{n} 天", "{n} days"),
    "workdays": ("{n} 个工作日", "{n} working days"),
    "work_minutes": ("{n} 分钟（工作时间）", "{n} minutes of office hours"),
    "work_hours": ("{n} 小时（工作时间）", "{n} hours of office hours"),
    "months": ("{n} 个月", "{n} months"),
}


class Words:
    """The words of one language."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._column = 0 if language == "zh" else 1

    def __call__(self, word: str, **details: object) -> str:
        return WORDS[word][self._column].format(**details)

    def known(self, word: str) -> bool:
        return word in WORDS

    def join(self, words: list[str]) -> str:
        return titles.listed(words) if self.language == "zh" else ", ".join(words)
