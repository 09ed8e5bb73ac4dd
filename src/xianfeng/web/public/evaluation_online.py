"""What is told of a round's voting online beside its results: codes that somebody else used, and who was called, or was
to be called and was not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from django.utils import timezone
from django.utils.translation import gettext

from xianfeng.evaluations import calls
from xianfeng.evaluations.calls import Due
from xianfeng.evaluations.models import EvaluationRound
from xianfeng.evaluations.published import Online
from xianfeng.evaluations.sample import Lot
from xianfeng.scheme.evaluating import Evaluation
from xianfeng.web import cells
from xianfeng.web.cells import Cell
from xianfeng.web.tables import Column, Table
from xianfeng.web.templatetags.xianfeng import exact

Seen = Callable[[Online], bool]


def tables(row: EvaluationRound, rule: Evaluation, online: Sequence[Online], seen: Seen) -> Iterator[Table]:
    """Of those polls that whoever asks may read of."""
    shown = [one for one in online if seen(one)]
    if shown:
        yield _disputed(rule, shown)
    due = calls.due(row)
    if those := [(one, due[one.electorate]) for one in shown if one.electorate in due and due[one.electorate].to_call]:
        yield _calls(those, calls.announced(row))


def _disputed(rule: Evaluation, shown: Sequence[Online]) -> Table:
    columns = (
        Column(gettext("评议对象")),
        Column(gettext("用过的票码"), gettext("个"), align="right"),
        Column(gettext("反映被别人用了"), gettext("个"), align="right"),
        Column(gettext("回访后不成立"), gettext("个"), align="right"),
        Column(gettext("是否作废")),
    )
    annulled = gettext("超过 %(percent)s%%，按规定作废") % {"percent": rule.annulled_above}
    rows = [
        (
            _units(one),
            cells.number(one.used),
            cells.number(one.disputed),
            cells.number(one.refuted),
            cells.text(annulled if one.is_annulled else gettext("有效")),
        )
        for one in shown
    ]
    return Table("disputed", gettext("网上投票：票码有没有被别人用"), columns, rows)


def _calls(those: Sequence[tuple[Online, Due]], lot: Lot | None) -> Table:
    """Whom nobody called stands there too: who calls nobody, or hands in no answer, does not get by unnoticed."""
    rows = [
        (_units(one), cells.number(due.to_call), *_heard(due), cells.number(0 if due.told else due.to_call))
        for one, due in those
    ]
    waiting = sum(due.to_call for _, due in those if not due.told)
    title = gettext("电话回访：投没投与票码用没用是否相符")
    return Table("calls", title, _columns(), rows, note=_said(lot, waiting))


def _said(lot: Lot | None, waiting: int) -> str:
    """By what those to be called are drawn, and how many are left."""
    if lot is None:
        return gettext("还没有写明用哪个数抽取，一个人也没有回访。") if waiting else ""
    told = {"value": lot.value, "day": lot.known, "n": exact(waiting)}
    if not waiting:
        return gettext("抽谁由 %(day)s 公布的数决定：%(value)s。抽到谁不公开，只有监票人能重算。") % told
    if lot.known > timezone.localdate():
        return gettext("抽谁由 %(day)s 公布的数决定：%(value)s。到那一天才能抽取、回访。") % told
    return gettext("抽谁由 %(day)s 公布的数决定：%(value)s。从那一天起就该回访，还有 %(n)s 人没有结果。") % told


def _columns() -> tuple[Column, ...]:
    halves = (
        (gettext("用过的：投了"), gettext("用过的：没投"), gettext("用过的：没打通")),
        (gettext("没用过的：没投"), gettext("没用过的：投了"), gettext("没用过的：没打通")),
    )
    heard = (Column(title, gettext("人"), align="right") for half in halves for title in half)
    due, left = (Column(title, gettext("人"), align="right") for title in (gettext("应回访"), gettext("还没有结果")))
    return (Column(gettext("评议对象")), due, *heard, left)


def _heard(due: Due) -> Iterator[Cell]:
    """Nobody's number where two people have not typed the same."""
    if due.told is None:
        words = gettext("只录过一遍") if due.first else gettext("没有登记")
        yield from (cells.unreported(words) for _ in range(6))
    else:
        for half in (due.told.used, due.told.unused):
            yield from map(cells.number, (half.confirmed, half.denied, half.unreached))


def _units(one: Online) -> Cell:
    return cells.text(gettext("、").join(unit.name for unit in one.judged))
