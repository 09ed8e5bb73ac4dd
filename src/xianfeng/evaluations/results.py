"""What was counted becomes what may be shown: records, which measures, gradings and bulletins read like any others.

Which counts may be shown together is decided in one place (`publishing`); nothing else of them leaves this room.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from django.db import transaction
from django.utils import timezone

from xianfeng.evaluations import drawing, notices, polls, publishing, sheets, stages, wording
from xianfeng.evaluations.batches import BLANK
from xianfeng.evaluations.models import EvaluationRound
from xianfeng.evaluations.polls import OnlineResult
from xianfeng.evaluations.publishing import Asked, Cell, Part, Told
from xianfeng.evaluations.sheets import Pool
from xianfeng.evaluations.stages import Stage
from xianfeng.ledger import actions, powers
from xianfeng.ledger.preparing import Row
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.problems import Problem, Problems
from xianfeng.registry import chains
from xianfeng.registry.models import Organisation
from xianfeng.scheme.evaluating import RESULTS, Evaluation
from xianfeng.scheme.nodes import Scheme
from xianfeng.sentences import say


@dataclass(frozen=True, kw_only=True)
class Slips:
    """What may always be told of a round: how many, over all its electorates."""

    electors: int
    issued: int
    returned: int
    valid: int
    invalid: int
    uncounted: int  # came back, and lie with too few others to be counted
    online: int = 0  # ballots, in no other number

    @property
    def missing(self) -> int:
        return self.issued - self.returned


def slips(row: EvaluationRound) -> Slips:
    those = list(row.electorates.all())
    counted = [batch.counted for pool in sheets.pools(row) for batch in pool.batches if batch.settled]
    return Slips(
        electors=sum(one.electors for one in those),
        issued=sum(one.issued or 0 for one in those),
        returned=sum(one.returned or 0 for one in those),
        valid=sum(one.valid for one in counted),
        invalid=sum(one.invalid for one in counted),
        uncounted=sum(one.returned or 0 for one in those if one.together == 0),
        online=sum(result.cast for result in polls.results(row).values()),
    )


@transaction.atomic
def publish(*, number: int, by: Actor) -> EvaluationRound:
    """Once all is counted and agrees: what may be shown becomes records, in one go."""
    row = stages.opened(number, by, at=(Stage.CLOSED,), doing=say("公布结果"))
    _, rule = stages.rule_of(row)
    if waiting := [pool for pool in sheets.pools(row) if not pool.done]:
        told = say("还有{count}组票没有计完：{title}。", count=len(waiting), title=waiting[0].title)
        raise Problem("evaluations.not_counted", told, hint="每批录两遍，不同的地方复核以后再公布。")
    drawing.reveal(row, by)
    _refuse_voted_twice(row)
    parts = publishing.parts(cells(row, rule), asked=asked(rule))
    filed = [(part, file(row, part, mark=str(n), by=by)) for n, part in enumerate(parts, start=1)]
    row.stage = Stage.PUBLISHED
    row.save()
    heard = wording.notices(row, rule, [part for part, _ in filed], annulled=annulled(row))
    notices.tell(row, heard, by=house(stages.rule_of(row)[0], by))
    stages.note(row, "publish", by, body=statement(row, filed))
    return row


def cells(row: EvaluationRound, rule: Evaluation) -> list[Cell]:
    """All that was counted, on paper and online."""
    online, gone = _online(row), annulled(row)
    counting = [pool for pool in sheets.pools(row) if not gone & {one.number for one in pool.those}]
    found = [_on_paper(pool, rule, online) for pool in counting]
    return found + [_told_online(row, rule, result) for result in online.values() if result.counts is not None]


def annulled(row: EvaluationRound) -> set[int]:
    """The electorates that the rule annuls: too many said that somebody else used their code. Their paper goes with it,
    and that of whoever it was counted together with, since nobody can take it apart."""
    gone = {number for number, result in polls.results(row).items() if result.is_annulled}
    pooled = dict(row.electorates.exclude(together=0).values_list("number", "together")) if gone else {}
    leaders = {pooled[number] for number in gone & pooled.keys()}
    return gone | {number for number, leader in pooled.items() if leader in leaders}


def file(row: EvaluationRound, part: Part, *, mark: str, by: Actor) -> tuple[int, ...]:
    """The records of a part, under references that bear the mark; their numbers. They count in the stretch that was
    judged, however long the counting took; of an organisation founded since, on its first day."""
    scheme, rule = stages.rule_of(row)
    at, kind = _at(part), kind_of(scheme)
    first = Organisation.objects.get(id=at).founded
    day = max(min(row.until, _published(row, by)), first or dt.date.min)
    may_lack = not scheme.kinds[kind].fields["answer"].required  # versions of long ago cannot hold what has none
    rows = [
        Row(organisation=at, day=day, values=values, reference=f"{row.id}-{mark}-{name}")
        for name, values in _values(row, rule, part)
        if may_lack or "answer" in values
    ]
    return actions.file_many(by=house(scheme, by), scheme=scheme.name, kind=kind, rows=rows) if rows else ()


def _published(row: EvaluationRound, by: Actor) -> dt.date:
    """Today, or for what is corrected the day on which it was published first."""
    first = next(iter(stages.steps(row, "publish")), None)
    return timezone.localdate(first.at if first else by.moment)


def house(scheme: Scheme, by: Actor) -> Actor:
    """Records of this room are filed by nobody's hand."""
    return replace(by, kind=ActorKind.IMPORT, id=0, organisation=powers.root_of(scheme))


def statement(row: EvaluationRound, filed: Sequence[tuple[Part, Sequence[int]]]) -> dict[str, object]:
    """What is published, as its entry has it for ever: each part with its records. `published` reads it."""
    pooled = dict(row.electorates.values_list("number", "together"))
    return {
        "slips": asdict(slips(row)),
        "parts": [
            {
                "at": _at(part),
                "electorates": sorted(part.asked_in(pooled)),
                "electors": part.electors,
                "cast": part.cast,
                "told": _told(part.told),
                "cells": [[list(path), cast] for path, cast in part.cells.items()],
                "grown": part.grown,
                "records": list(records),
            }
            for part, records in filed
        ],
        "total": _told(publishing.total(part for part, _ in filed)),
        "online": [
            {
                "electorate": number,
                "used": one.used,
                "disputed": one.disputed,
                "refuted": one.refuted,
                "annulled": one.is_annulled,
            }
            for number, one in sorted(polls.results(row).items())
        ],
        "annulled": sorted(annulled(row)),
    }


def _told(told: Mapping[str, Told]) -> dict[str, object]:
    return {
        question: {"at_least": dict(one.at_least), "at_most": dict(one.at_most), "nearly_all": one.nearly_all}
        for question, one in told.items()
    }


def asked(rule: Evaluation) -> Asked:
    return Asked(
        questions={question.name: (*question.choices, BLANK) for question in rule.counted},
        least_electors=rule.least_electors,
        least_cast=rule.least_cast,
    )


def kind_of(scheme: Scheme) -> str:
    """The kind that holds results; a scheme with evaluations has one (`checks/evaluation_results`)."""
    return next(kind.name for kind in scheme.kinds.values() if kind.source == RESULTS)


def _online(row: EvaluationRound) -> dict[int, OnlineResult]:
    """By electorate: what every poll of the round came to."""
    taken = polls.results(row)
    if waiting := polls.of(row).values() - taken.keys():
        told = say("还有{count}场网上投票没有取回结果。", count=len(waiting))
        raise Problem("evaluations.not_taken", told, hint="监票人公布以后，从公布的文件取回。")
    return taken


def _refuse_voted_twice(row: EvaluationRound) -> None:
    """Whoever took a slip has a code that is void: no more slips than void codes, no more ballots than electors."""
    found = []
    for number, result in _online(row).items():
        one = row.electorates.get(number=number)
        if (one.issued or 0) > result.void:
            told = say("发出纸质票{issued}张，停用的投票码只有{void}个。", issued=one.issued or 0, void=result.void)
        elif result.cast + (one.returned or 0) > one.electors:
            ballots = result.cast + (one.returned or 0)
            told = say(
                "网上和纸质一共{ballots}张票，参评人员只有{electors}人。", ballots=ballots, electors=one.electors
            )
        else:
            continue
        hint = say("核对领票登记和停用的投票码；说不清的，把这一轮作废重来。")
        found.append(Problem("evaluations.voted_twice", told, hint=hint, place=one.title))
    if found:
        message = say("有{count}处可能有人投了两次，没有公布。", count=len(found))
        raise Problems(found, code="evaluations.voted_twice", message=message)


def _told_online(row: EvaluationRound, rule: Evaluation, result: OnlineResult) -> Cell:
    """Answers are choices' titles on a ballot."""
    voters = row.electorates.get(number=result.electorate)
    counts = {
        question.name: {
            answer: (result.counts or {})[question.name].get(title, 0)
            for answer, title in (*question.choices.items(), (BLANK, BLANK))
        }
        for question in rule.counted
    }
    path = (*reversed(chains.upwards(voters.organisation)), f"electorate {voters.number} online")
    return Cell(path, result.electors, result.cast - result.invalid, counts)


def _on_paper(pool: Pool, rule: Evaluation, online: Collection[int]) -> Cell:
    """Its electors are those of electorates that have a slip in it; of one that votes online, whoever took a slip."""
    counted = [batch.counted for batch in pool.batches]
    return Cell(
        path=(*_path(pool), f"electorate {pool.number}"),
        electors=sum(one.issued or 0 if one.number in online else one.electors for one in pool.those),
        cast=sum(one.valid for one in counted),
        counts={
            question.name: {
                answer: sum(one.counts[question.name][answer] for one in counted)
                for answer in (*question.choices, BLANK)
            }
            for question in rule.counted
        },
    )


def _path(pool: Pool) -> tuple[int, ...]:
    """From the top down to what is judged, or to what stands over all that are counted together."""
    ways = [tuple(reversed(chains.upwards(one.organisation))) for one in pool.those]
    first, *others = ways
    depth = next((at for at, step in enumerate(first) if any(step not in way for way in others)), len(first))
    return first[:depth]


def _at(part: Part) -> int:
    """The organisation at which a part counts: the deepest that holds all its cells."""
    return next(step for step in reversed(part.at) if isinstance(step, int))


def _values(row: EvaluationRound, rule: Evaluation, part: Part) -> Iterator[tuple[str, dict[str, object]]]:
    """The records of a part: each answer with its number; where nearly all agreed, that one and at least how many, and
    without an answer all other valid ballots, so that shares are of all of them."""
    for name, told in part.told.items():
        same = {"evaluation": rule.name, "round": row.id, "question": name, "nearly_all": told.nearly_all is not None}
        choices = rule.questions[name].choices
        for answer in choices if told.nearly_all is None else choices.keys() & {told.nearly_all}:
            yield f"{name}-{answer}", {**same, "answer": answer, "count": told.at_least[answer]}
        if told.nearly_all in choices:
            yield f"{name}-", {**same, "count": part.cast - told.at_least[str(told.nearly_all)]}
