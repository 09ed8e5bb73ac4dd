"""A campaign of the installation with an evaluation of its offices' windows, and rounds of it at every stage."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from tests.evaluations import polling
from xianfeng.evaluations import electors, freezing, polls, results, sheets, slips, stages, witnessed
from xianfeng.evaluations.batches import BLANK, Counted
from xianfeng.evaluations.models import EvaluationRound
from xianfeng.evaluations.sample import Lot
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.log.append import head

BACK = 30  # slips in each box
_sides = cache(polling.sides)
_RULE = """
evaluations:
  windows:
    title: 办事窗口评议
    where: "type == 'unit' or level == 'township'"
    electorate: visitors
    every: month
    questions:
      once: {title: 是不是一次办成, ask: yes_no}
      advice: {title: 意见建议, ask: text}
  sampled:
    title: 抽样评议
    where: "type == 'unit' or level == 'township'"
    electorate: list
    every: month
    sample: 20
    questions:
      once: {title: 是不是一次办成, ask: yes_no}
  online:
    title: 网上评议
    where: "level == 'township'"
    electorate: list
    every: month
    questions:
      once: {title: 是不是一次办成, ask: yes_no}
"""


def judged(files: Mapping[str, str]) -> dict[str, str]:
    """The files of its package with the evaluation in it, beside those that it has."""
    text = files["scheme.yaml"]
    if "\nevaluations:" in text:
        head, _, tail = text.partition("\nevaluations:")
        _, _, tail = tail.partition("\n")
        text = f"{head}{_RULE.rstrip()}\n{tail}"
    else:
        text = text.replace("\nkinds:\n", f"{_RULE}\nkinds:\n", 1)
    return {**files, "scheme.yaml": text}


def office(root: int, person: int, day: dt.date) -> Actor:
    at = dt.datetime.combine(day, dt.time(9), tzinfo=dt.UTC)
    return Actor(kind=ActorKind.APPOINTMENT, id=person, organisation=root, role="office", person=person, at=at)


def frozen(scheme: str, root: int, day: dt.date) -> EvaluationRound:
    row = freezing.begin(scheme=scheme, evaluation="windows", day=day, by=office(root, 1, day))
    freezing.freeze(number=row.id, roll=None, by=office(root, 1, day))
    return EvaluationRound.objects.get(id=row.id)


def sampled(scheme: str, root: int, day: dt.date) -> EvaluationRound:
    """Frozen, its electors still to be drawn; all of them may vote online."""
    by = office(root, 1, day)
    row = freezing.begin(scheme=scheme, evaluation="sampled", day=day, by=by)
    units = electors.units(*stages.rule_of(row), as_of=head(), day=day)
    roll = {unit.code: tuple(f"{n:03}" for n in range(24)) for unit in units}
    freezing.freeze(number=row.id, roll=roll, lot=Lot(value="某期号码", known=day + dt.timedelta(days=7)), by=by)
    keys = _sides()
    for electorate in row.electorates.values_list("number", flat=True):
        polls.make(number=row.id, electorate=electorate, key=keys.key, observers=keys.observers, by=by)
    return row


def online(scheme: str, root: int, day: dt.date) -> EvaluationRound:
    """Published: those who judge the first unit voted online, nobody on paper."""
    by, keys = office(root, 1, day), _sides()
    row = freezing.begin(scheme=scheme, evaluation="online", day=day, by=by)
    units = electors.units(*stages.rule_of(row), as_of=head(), day=day)
    freezing.freeze(number=row.id, roll={unit.code: tuple(f"{n:03}" for n in range(24)) for unit in units}, by=by)
    poll = polls.make(number=row.id, electorate=1, key=keys.key, observers=keys.observers, by=by)
    none = dict.fromkeys(row.electorates.values_list("number", flat=True), 0)
    slips.issue(number=row.id, issued=none, by=by)
    slips.close(number=row.id, returned=none, by=by)
    with tempfile.TemporaryDirectory() as folder:
        cast = [{"once": "是"}] * 8 + [{"once": "否"}] * 4
        polls.take(number=row.id, folder=keys.published(poll, Path(folder), cast), by=by)
    return results.publish(number=row.id, by=by)


def typed(scheme: str, root: int, day: dt.date) -> EvaluationRound:
    """Drawn by hand: what was drawn is typed, with the sheet that the witnesses signed, and to be confirmed."""
    by = office(root, 1, day)
    row = freezing.begin(scheme=scheme, evaluation="sampled", day=day, by=by)
    units = electors.units(*stages.rule_of(row), as_of=head(), day=day)
    roll = {unit.code: tuple(f"{n:03}" for n in range(24)) for unit in units}
    freezing.freeze(number=row.id, roll=roll, lot=Lot(value="", known=day, by_hand=True), by=by)
    lines = "\n".join(f"{unit.code} {' '.join(map(str, range(1, 21)))}" for unit in units)
    scan = ("抽签结果.pdf", b"%PDF-1.7 ")
    witnessed.enter(number=row.id, lines=lines, witnesses="林某", scan=scan, roll=roll, by=by)
    return row


def closed(scheme: str, root: int, day: dt.date) -> EvaluationRound:
    """Every box holds so many slips, and is counted by itself."""
    row, by = frozen(scheme, root, day), office(root, 1, day)
    back = dict.fromkeys(row.electorates.values_list("number", flat=True), BACK)
    slips.issue(number=row.id, issued=back, by=by)
    return slips.close(number=row.id, returned=back, by=by)


def differing(row: EvaluationRound, root: int, day: dt.date) -> None:
    """The first box was read twice, and not alike."""
    for person, yes in ((1, 20), (2, 21)):
        sheets.enter(number=row.id, pool=1, batch=1, counted=_sheet(yes), by=office(root, person, day))


def published(scheme: str, root: int, day: dt.date) -> EvaluationRound:
    row = closed(scheme, root, day)
    for pool in sheets.pools(row):
        for person, written in ((1, {"advice": ["窗口开得少"]}), (2, {})):
            at = {"number": row.id, "pool": pool.number, "batch": 1}
            sheets.enter(**at, counted=_sheet(20), written=written, by=office(root, person, day))
    return results.publish(number=row.id, by=office(root, 1, day))


def again(row: EvaluationRound, root: int, day: dt.date) -> None:
    """Given up, so that another can be begun for the same time."""
    if row.stage != stages.Stage.PUBLISHED:
        freezing.annul(number=row.id, reason="重来", by=office(root, 1, day))


def _sheet(yes: int) -> Counted:
    return Counted(slips=BACK, invalid=0, counts={"once": {"yes": yes, "no": BACK - yes, BLANK: 0}})
