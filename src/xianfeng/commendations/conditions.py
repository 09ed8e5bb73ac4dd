"""What stands in the way of a nomination or an award, asked of the record itself wherever it is moved."""

from __future__ import annotations

from xianfeng.commendations.eligibility import Weighed, lacking, weighed
from xianfeng.commendations.places import scope_of, taken
from xianfeng.commendations.rules import award_in, rule_of, rules_of
from xianfeng.ledger import saying
from xianfeng.ledger.conditions import Written
from xianfeng.ledger.powers import root_of
from xianfeng.population import means
from xianfeng.problems import Problem, Problems
from xianfeng.registry.lineage import Lineage
from xianfeng.scheme.commending import Commendation
from xianfeng.scheme.stretches import of_day
from xianfeng.scheme.types import Level
from xianfeng.sentences import say


def refuse(written: Written) -> None:
    """Whoever is nominated satisfies the conditions then; whoever is deliberated on takes a place that is left."""
    scheme, kind, after = written.form.scheme, written.form.kind, written.after
    if kind.commended is None or after.subject is None or after.level < Level.FILED.rank:
        return
    if not rules_of(scheme, kind):
        return
    award = award_in(kind.commended, after.values)
    rule = rule_of(scheme, kind, award)
    if rule is None:
        title = kind.fields[kind.commended.award].choices.get(award, award)
        hint = say("请选本次评选的荣誉。")
        raise Problem("commendations.no_award", say("本活动不评“{award}”。", award=title), hint=hint)
    if _comes_to(written, Level.FILED):
        _refuse_unfit(rule, written)
    if _comes_to(written, Level.REVIEWED):
        _refuse_full(rule, award, written)


def _comes_to(written: Written, level: Level) -> bool:
    """Whether it has just come there, or stands there as another's or for another award."""
    before, after = written.before, written.after
    if after.level < level.rank:
        return False
    mark = written.form.kind.commended
    award = mark.award if mark else ""
    return (
        before is None
        or before.level < level.rank
        or before.subject != after.subject
        or before.values.get(award) != after.values.get(award)
    )


def _refuse_unfit(rule: Commendation, written: Written) -> None:
    after, scheme = written.after, written.form.scheme
    if after.subject is None:
        return
    if not means(after.subject, root_of(scheme), after.day, rule.where, among=Lineage()):
        raise Problem(
            "commendations.not_meant",
            say("“{title}”不评这个组织。", title=rule.title),
            hint=say("哪些组织可以推荐，看活动方案里这项评选的范围。"),
        ).at(saying.of_record(written.record), record=written.record)
    found = lacking(weighed(scheme, rule, after.subject, of_day(rule, scheme, after.day), after.day))
    if found:
        raise Problems(
            [_lack(one).at(saying.of_record(written.record), record=written.record) for one in found],
            code="commendations.unfit",
            message=say("还不符合推荐条件，缺 {count} 条。", count=len(found)),
            hint=say("达到条件以后再推荐。"),
        )


def _lack(one: Weighed) -> Problem:
    now = "、".join(
        say("{title}{value}{unit}", title=measure.title, value=_number(figure.value), unit=measure.unit)
        for measure, figure in one.found
    )
    message = say("缺：{title}。", title=one.condition.title)
    return Problem("commendations.lacks", message, hint=say("现在：{now}。", now=now) if now else "")


def _number(value: object) -> str:
    return str(value) if value is not None else say("还没有数")


def _refuse_full(rule: Commendation, name: str, written: Written) -> None:
    scheme, after, award = written.form.scheme, written.after, rule.awards[name]
    if award.at_most is None or after.subject is None:
        return
    stretch, lineage = of_day(rule, scheme, after.day), Lineage()
    scope = scope_of(scheme, award, after.subject, stretch, lineage)
    if taken(scheme, rule, award, stretch)[scope] <= award.at_most:
        return
    kind = written.form.kind
    title = kind.fields[kind.commended.award].choices[name] if kind.commended else name
    node = lineage.node(scope, stretch.until) if scope else None
    raise Problem(
        "commendations.full",
        say(
            "“{award}”名额已满（{where}至多 {most} 个）。",
            award=title,
            where=node.name if node else "",
            most=award.at_most,
        ),
        hint=say("先退回一个，或不再审议这一个。"),
    ).at(saying.of_record(written.record), record=written.record)
