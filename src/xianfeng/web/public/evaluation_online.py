"""What is told of a round's voting online beside its results: codes that somebody else used, and who was called."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from django.utils.translation import gettext

from xianfeng.ballots.calling import Outcome
from xianfeng.evaluations import calling
from xianfeng.evaluations.models import EvaluationRound
from xianfeng.evaluations.published import Online
from xianfeng.scheme.evaluating import Evaluation
from xianfeng.web import cells
from xianfeng.web.cells import Cell
from xianfeng.web.tables import Column, Table

Seen = Callable[[Online], bool]


def tables(row: EvaluationRound, rule: Evaluation, online: Sequence[Online], seen: Seen) -> Iterator[Table]:
    """Of those polls that whoever asks may read of."""
    shown = [one for one in online if seen(one)]
    if shown:
        yield _disputed(rule, shown)
    called = dict(calling.told(row))
    if those := [one for one in shown if one.electorate in called]:
        heard = [(one, called[one.electorate]) for one in those]
        rows = [(_units(one), *_heard(told.used), *_heard(told.unused)) for one, told in heard]
        yield Table("calls", gettext("电话回访：投没投与票码用没用是否相符"), _columns(), rows)


def _disputed(rule: Evaluation, shown: Sequence[Online]) -> Table:
    columns = (
        Column(gettext("评议对象")),
        Column(gettext("用过的票码"), gettext("个"), align="right"),
        Column(gettext("反映被别人用了"), gettext("个"), align="right"),
        Column(gettext("是否作废")),
    )
    annulled = gettext("超过 %(percent)s%%，按规定作废") % {"percent": rule.annulled_above}
    rows = [
        (
            _units(one),
            cells.number(one.used),
            cells.number(one.disputed),
            cells.text(annulled if one.is_annulled else gettext("有效")),
        )
        for one in shown
    ]
    return Table("disputed", gettext("网上投票：票码有没有被别人用"), columns, rows)


def _columns() -> tuple[Column, ...]:
    halves = (
        (gettext("用过的：投了"), gettext("用过的：没投"), gettext("用过的：没打通")),
        (gettext("没用过的：没投"), gettext("没用过的：投了"), gettext("没用过的：没打通")),
    )
    heard = (Column(title, gettext("人"), align="right") for half in halves for title in half)
    return (Column(gettext("评议对象")), *heard)


def _heard(outcome: Outcome) -> tuple[Cell, ...]:
    return tuple(cells.number(n) for n in (outcome.confirmed, outcome.denied, outcome.unreached))


def _units(one: Online) -> Cell:
    return cells.text(gettext("、").join(unit.name for unit in one.judged))
