"""A round's sample drawn by hand: slips with numbers, out of a box before witnesses, instead of by a public value.

The numbers are those of the sealed list: it is brought, held against its hash, and taken away with a number before each
elector. What was drawn is typed by one, with the sheet that the witnesses signed, and confirmed by another. The house
keeps numbers, and no name.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from django.db import transaction
from django.utils import timezone

from xianfeng import canonical, lots
from xianfeng.evaluations import freezing, stages
from xianfeng.evaluations.electors import Roll
from xianfeng.evaluations.models import EvaluationRound
from xianfeng.evaluations.sealed import same, sampled
from xianfeng.evaluations.stages import Stage
from xianfeng.ledger import sheets
from xianfeng.log.actors import Actor
from xianfeng.log.steps import Step
from xianfeng.problems import Problem
from xianfeng.sentences import say
from xianfeng.vault import values as vault

DRAWN, WITNESSES = "drawn", "witnesses"  # the vault's names
Numbers = Mapping[str, Sequence[int]]  # by an organisation's code, of its list as it is sealed


@transaction.atomic
def listed(*, number: int, roll: Roll | None, by: Actor) -> Roll:
    """The sealed lists from which slips are drawn: an elector's number is his place on his own."""
    row = _opened(number, by, say("取带编号的名单"))
    return {code: people for code, people in _lists(row, roll).items() if len(people) > sampled(row).each}


@transaction.atomic
def enter(*, number: int, lines: str, witnesses: str, scan: tuple[str, bytes], roll: Roll | None, by: Actor) -> None:
    """What was drawn: a line for each list that is longer than the sample, its organisation's code and the numbers.
    `scan`: the sheet that the witnesses signed. `roll`: the sealed list again; of members None."""
    row = _opened(number, by, say("登记抽取的结果"))
    sample = sampled(row)
    if typed(row) is not None:
        raise Problem(
            "evaluations.drawn", "这一轮已经登记过，只抽一次。", hint="请另一位同志核对；录错的，退回重新登记。"
        )
    lots.refuse_early(sample.known, today=timezone.localdate(by.moment))
    lots.refuse_unwitnessed(witnesses, person=by.person)
    found = _read(lines, _lists(row, roll), sample.each)
    sheet = sheets.keep(*scan, record=row.id)
    said = vault.keep(field=DRAWN, value=canonical.dumps(found), record=row.id)
    watched = vault.keep(field=WITNESSES, value=witnesses.strip(), record=row.id)
    body = {"numbers": said, "witnesses": watched, "person": by.person, sheets.NAMED: sheet}
    stages.note(row, "type", by, body=body)


@transaction.atomic
def confirm(*, number: int, seen: int, by: Actor) -> None:
    """Another person has held what was typed against the slips and the sheet that the witnesses signed. `seen`: the
    typing's number in the log."""
    row, step = _typed(number, by)
    if not by.apart(step.body["person"]):
        raise lots.own_typing()
    lots.refuse_typed_anew(seen, typed=step.seq)
    stages.note(row, "confirm", by, body={"numbers": step.body["numbers"]})


@transaction.atomic
def send_back(*, number: int, reason: str, by: Actor) -> None:
    """What was typed is not what was drawn: it is typed again."""
    row, _ = _typed(number, by)
    if not reason.strip():
        raise Problem("evaluations.no_reason", "退回要写明理由。", hint="写明哪里与抽出的不符。", field="reason")
    stages.note(row, "retype", by, body={"reason": reason.strip()})


def typed(row: EvaluationRound) -> Step | None:
    """The step by which what was drawn was typed, unless it was sent back."""
    last = stages.steps(row, "type", "retype")[-1:]
    return last[0] if last and last[0].move == "type" else None


def told(row: EvaluationRound, by: Actor) -> tuple[Numbers, str]:
    """What was typed, and who watched, for whoever confirms it."""
    step = typed(row)
    if step is None:
        return {}, ""
    numbers_, watched = (
        vault.read(step.body[name], by=by, purpose="核对抽取的结果") for name in ("numbers", "witnesses")
    )
    return json.loads(numbers_), watched


def numbers(row: EvaluationRound, by: Actor) -> Numbers:
    """What was drawn; of lists that are not longer than the sample nothing was."""
    return told(row, by)[0]


def asked(row: EvaluationRound, roll: Roll, by: Actor) -> Roll:
    """Who is asked: whoever was drawn, and all of the shorter lists."""
    met = numbers(row, by)
    return {code: tuple(people[n - 1] for n in met[code]) if code in met else people for code, people in _of(row, roll)}


def _opened(number: int, by: Actor, doing: str) -> EvaluationRound:
    row = stages.opened(number, by, at=(Stage.FROZEN,), doing=doing)
    if not sampled(row).by_hand:
        raise Problem("evaluations.by_value", "这一轮用公布的数抽取，不能手工登记。", hint="填公布的数。")
    return row


def _typed(number: int, by: Actor) -> tuple[EvaluationRound, Step]:
    row = _opened(number, by, say("核对抽取的结果"))
    step = typed(row)
    if step is None or stages.steps(row, "confirm"):
        raise Problem("evaluations.nothing_typed", "没有要核对的登记。", hint="刷新页面看最新情况。")
    return row, step


def _lists(row: EvaluationRound, roll: Roll | None) -> Roll:
    return dict(_of(row, same(row, roll)))


def _of(row: EvaluationRound, roll: Roll) -> Iterator[tuple[str, tuple[str, ...]]]:
    for one in freezing.read(row).electorates:
        for code in one.units:
            yield code, roll.get(code, ())


def _read(lines: str, lists: Roll, each: int) -> dict[str, list[int]]:
    """The numbers by list, each list once and each number once."""
    longer = {code: len(people) for code, people in lists.items() if len(people) > each}
    found: dict[str, list[int]] = {}
    for line in filter(None, (line.strip() for line in lines.splitlines())):
        code, *words = lots.words(line)
        if code not in longer or code in found:
            told = say("“{line}”：没有代码为“{code}”、要抽的组织，或者已经填过。", line=line, code=code)
            raise Problem(
                "evaluations.drawn_whose", told, hint="组织代码在前，编号在后；名单不足的都评，不用抽。", field="lines"
            )
        met = lots.numbers(words, line=line)
        if len(set(met)) != len(met) or not all(1 <= n <= longer[code] for n in met):
            told = say("“{code}”有编号重复，或者不在 1 到 {most} 之间。", code=code, most=longer[code])
            raise Problem("lots.slip", told, hint="照签上的编号填。", field="lines")
        if len(met) != each:
            told = say("“{code}”要抽{each}人，登记了{found}人。", code=code, each=each, found=len(met))
            raise Problem("evaluations.drawn_count", told, hint="照见证人签字的结果补全。", field="lines")
        found[code] = sorted(met)
    if missing := [code for code in longer if code not in found]:
        told = say("还有{count}个组织没有登记，第一个是“{code}”。", count=len(missing), code=missing[0])
        raise Problem("evaluations.drawn_count", told, hint="照见证人签字的结果补全。", field="lines")
    return found
