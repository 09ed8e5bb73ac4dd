"""What stands in the way of a nomination or an award, asked of the record itself wherever it is moved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from xianfeng.commendations.eligibility import Weighed, lacking, weighed
from xianfeng.commendations.places import scopes_of, taken
from xianfeng.commendations.rules import award_in, rule_of, rules_of
from xianfeng.ledger.conditions import Writing
from xianfeng.ledger.powers import root_of
from xianfeng.population import means
from xianfeng.problems import Problem, Problems
from xianfeng.registry.lineage import Lineage
from xianfeng.scheme.commending import Award, Commendation
from xianfeng.scheme.nodes import Kind, Scheme
from xianfeng.scheme.stretches import Stretch, of_day
from xianfeng.scheme.types import Level
from xianfeng.sentences import say


@dataclass(frozen=True)
class _Commending:
    """A record that has just come to a level, or stands there as another's or for another award."""

    writing: Writing
    rule: Commendation
    award: Award
    subject: int
    stretch: Stretch

    @property
    def scheme(self) -> Scheme:
        return self.writing.form.scheme


def concerns(kind: Kind) -> bool:
    return kind.commended is not None


def unfit(writings: Sequence[Writing]) -> Iterator[Problem]:
    """Whoever is nominated is one of those who are meant, and satisfies the conditions then."""
    coming = list(_coming(writings, Level.FILED))
    strangers = list(_not_meant(coming))
    yield from strangers
    if lacks := [] if strangers else list(_lacks(coming)):
        message = say("还不符合推荐条件，缺 {count} 条。", count=len(lacks))
        raise Problems(lacks, code="commendations.unfit", message=message, hint=say("达到条件以后再推荐。"))


def _coming(writings: Sequence[Writing], level: Level) -> Iterator[_Commending]:
    for one in writings:
        scheme, kind, after = one.form.scheme, one.form.kind, one.after
        if not _comes_to(one, level) or kind.commended is None or after.subject is None or not rules_of(scheme, kind):
            continue
        award = award_in(kind.commended, after.values)
        rule = rule_of(scheme, kind, award)
        if rule is None:
            title = kind.fields[kind.commended.award].choices.get(award, award)
            told = say("本活动不评“{award}”。", award=title)
            raise one.told(Problem("commendations.no_award", told, hint=say("请选本次评选的荣誉。")))
        yield _Commending(one, rule, rule.awards[award], after.subject, of_day(rule, scheme, after.day))


def _comes_to(one: Writing, level: Level) -> bool:
    before, after, mark = one.before, one.after, one.form.kind.commended
    if after.level < level.rank:
        return False
    award = mark.award if mark else ""
    return (
        before is None
        or before.level < level.rank
        or before.subject != after.subject
        or before.values.get(award) != after.values.get(award)
    )


def _not_meant(coming: Sequence[_Commending]) -> Iterator[Problem]:
    lineage = Lineage()
    lineage.learn(one.subject for one in coming)
    roots = {scheme.hash: root_of(scheme) for scheme in {one.scheme.hash: one.scheme for one in coming}.values()}
    for one in coming:
        root = roots[one.scheme.hash]
        if not means(one.subject, root, one.writing.after.day, one.rule.where, among=lineage):
            message = say("“{title}”不评这个组织。", title=one.rule.title)
            hint = say("哪些组织可以推荐，看活动方案里这项评选的范围。")
            yield one.writing.told(Problem("commendations.not_meant", message, hint=hint))


def _lacks(coming: Sequence[_Commending]) -> Iterator[Problem]:
    lineage = Lineage()
    for same in _alike(coming, lambda one: (one.scheme.hash, one.rule.name, one.writing.after.day)):
        first, subjects = same[0], list(dict.fromkeys(one.subject for one in same))
        day = first.writing.after.day
        found = weighed(first.scheme, first.rule, subjects, first.stretch, day, among=lineage)
        for one in same:
            yield from (one.writing.told(_lack(each)) for each in lacking(found.get(one.subject, ())))


def _alike(coming: Sequence[_Commending], by: Callable[[_Commending], Hashable]) -> Iterable[list[_Commending]]:
    found: defaultdict[Hashable, list[_Commending]] = defaultdict(list)
    for one in coming:
        found[by(one)].append(one)
    return found.values()


def _lack(one: Weighed) -> Problem:
    now = "、".join(
        say("{title}{value}{unit}", title=measure.title, value=_number(value, is_floor=least), unit=measure.unit)
        for measure, value, least in one.found
    )
    message = say("缺：{title}。", title=one.condition.title)
    return Problem("commendations.lacks", message, hint=say("现在：{now}。", now=now) if now else "")


def _number(value: object, *, is_floor: bool) -> str:
    if value is None:
        return say("还没有数")
    return say("至少{n}", n=value) if is_floor else str(value)


def full(writings: Sequence[Writing]) -> Iterator[Problem]:
    """Whoever is deliberated on takes a place that is left."""
    coming = [one for one in _coming(writings, Level.REVIEWED) if one.award.at_most is not None]
    lineage = Lineage()
    for same in _alike(coming, lambda one: (one.scheme.hash, one.rule.name, one.award.name, one.stretch)):
        first, numbers = same[0], [one.writing.record for one in same if one.writing.record is not None]
        counted = taken(first.scheme, first.rule, first.award, first.stretch, besides=numbers)
        scopes = scopes_of(first.scheme, first.award, [one.subject for one in same], first.stretch, lineage)
        for one in same:
            scope = scopes[one.subject]
            counted[scope] += 1
            if one.award.at_most is not None and counted[scope] > one.award.at_most:
                yield one.writing.told(_full(one, scope, one.award.at_most, lineage))


def _full(one: _Commending, scope: int, most: int, lineage: Lineage) -> Problem:
    kind = one.writing.form.kind
    title = kind.fields[kind.commended.award].choices[one.award.name] if kind.commended else one.award.name
    node = lineage.node(scope, one.stretch.until) if scope else None
    where = node.name if node else ""
    return Problem(
        "commendations.full",
        say("“{award}”名额已满（{where}至多 {most} 个）。", award=title, where=where, most=most),
        hint=say("先退回一个，或不再审议这一个。"),
    )
