"""What a button does: which state comes of it, who is next and by when. A form never just says 'submit'."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xianfeng.ledger.flow import REASON, before_review
from xianfeng.ledger.powers import SUPERIOR, TITLES
from xianfeng.problems import Problem
from xianfeng.registry import tree
from xianfeng.registry.lineage import Node
from xianfeng.scheme.flowing import AUTHOR, HANDLER, REQUESTER, Move
from xianfeng.scheme.nodes import Kind, Scheme
from xianfeng.scheme.obliging import Span
from xianfeng.scheme.types import Level
from xianfeng.sentences import say, translated

FILE = "file:"  # before the move, in what a button sends
_SPANS: Mapping[str, str | Promise] = {
    "minutes": _("{n} 分钟内"),
    "hours": _("{n} 小时内"),
    "days": _("{n} 天内"),
    "workdays": _("{n} 个工作日内"),
    "work_minutes": _("工作时间 {n} 分钟内"),
    "work_hours": _("工作时间 {n} 小时内"),
    "months": _("{n} 个月内"),
}


@dataclass(frozen=True)
class Step:
    """A button. `move` '' leaves the record where its flow begins."""

    move: str
    state: str
    title: str
    after: str
    counts: bool  # whether the record counts from then on, so that it must be complete
    needs: tuple[str, ...] = ()
    public: bool = False  # whether everybody reads its reason

    @property
    def action(self) -> str:
        """What its button sends."""
        return f"{FILE}{self.move}"


def chosen(steps: Iterable[Step], action: str) -> Step:
    """The step whose button was pressed; a Problem when the form has no such button: nothing is filed by guess."""
    for step in steps:
        if step.action == action:
            return step
    hint = gettext("请用页面上的按钮再提交一次；还是这样的，请刷新页面。")
    raise Problem("web.no_step", gettext("没有看懂按的是哪个按钮，什么也没有登记。"), hint=hint)


def of_filing(scheme: Scheme, kind: Kind, organisation: Node, day: dt.date) -> tuple[Step, ...]:
    """The steps from a new form, the usual one first: straight to where others take over, or only put down."""
    flow = kind.flow
    first = flow.states[flow.initial]
    above = _above(organisation, day)
    after = _submitted(_after(scheme, kind, flow.initial, above))
    begun = Step("", flow.initial, gettext("提交"), after, first.level.rank > 0)
    if first.level is not Level.NONE:
        return (begun,)
    moves = [one for one in flow.moves.values() if flow.initial in one.origins and AUTHOR in one.by]
    onward = tuple(_step(scheme, kind, one, flow.initial, above) for one in moves if REASON not in one.needs)
    title = gettext("只登记为“{state}”").format(state=translated(first.title))
    return (*onward, Step("", flow.initial, title, begun.after, False))


def of_link(scheme: Scheme, kind: Kind, organisation: Node, day: dt.date) -> tuple[Step, ...]:
    """By a link a record goes where its flow begins; where that does not count yet, the unit itself sends it on."""
    flow = kind.flow
    first = flow.states[flow.initial]
    onward = [one for one in flow.moves.values() if flow.initial in one.origins and AUTHOR in one.by]
    if first.level is not Level.NONE or not onward:
        return of_filing(scheme, kind, organisation, day)[-1:]
    said = gettext("先记为“{state}”，由本单位确认后再办理“{move}”。")
    return (
        Step(
            "",
            flow.initial,
            gettext("提交"),
            said.format(state=translated(first.title), move=translated(onward[0].title)),
            False,
        ),
    )


def of_record(scheme: Scheme, kind: Kind, state: str, holder: Node, day: dt.date) -> tuple[Step, ...]:
    """The steps that its own organisation, or whoever handles it, can take from where a record stands."""
    above = _above(holder, day)
    own = {AUTHOR, HANDLER, REQUESTER}
    moves = [one for one in kind.flow.moves.values() if state in one.origins and not own.isdisjoint(one.by)]
    return tuple(_step(scheme, kind, one, state, above) for one in moves)


def in_person(scheme: Scheme, kind: Kind, step: Step, holder: Node, day: dt.date) -> Step:
    """A step as whom the record names makes it: what he alters of the words that everybody reads is reviewed again."""
    state, first = step.state, before_review(kind.flow, step.state)
    if first == state or state not in kind.flow.moves[step.move].origins:
        return step
    words = gettext("改了群众能看到的内容的，{after}群众要到审核以后才看到；没有改的，仍为“{state}”。")
    after = _submitted(_after(scheme, kind, first, _above(holder, day)))
    return replace(step, after=words.format(after=after, state=translated(kind.flow.states[state].title)))


def next_of(scheme: Scheme, kind: Kind, state: str, holder: Node, day: dt.date) -> str:
    """What a record's state means and who is next, in one or two sentences."""
    return _after(scheme, kind, state, _above(holder, day)) if state in kind.flow.states else ""


def then(scheme: Scheme, kind: Kind, state: str) -> str:
    """The same of records of several organisations: their superiors are not named."""
    return _after(scheme, kind, state, "") if state in kind.flow.states else ""


def _step(scheme: Scheme, kind: Kind, move: Move, state: str, above: str) -> Step:
    target = move.leads(state)
    counts = kind.flow.states[target].level.rank > 0
    after = _submitted(_after(scheme, kind, target, above))
    return Step(move.name, target, translated(move.title), after, counts, move.needs, move.public)


def _submitted(after: str) -> str:
    return gettext("提交后{after}").format(after=after)


def _after(scheme: Scheme, kind: Kind, state: str, above: str) -> str:
    flow = kind.flow
    title = translated(flow.states[state].title)
    move = flow.next(state)
    if move is None:
        return gettext("状态为“{state}”，到此办结。").format(state=title)
    said = {"state": title, "who": _who(scheme, kind, move, above), "move": translated(move.title)}
    clock = next((one for one in flow.due(state) if one.move == move.name), None)
    if clock is not None and clock.until:
        return gettext("状态为“{state}”，由{who}在答应的日期前{move}。").format(**said)
    if clock is not None and clock.within:
        return gettext("状态为“{state}”，由{who}在{within}{move}。").format(**said, within=span(clock.within))
    if move.by == (AUTHOR,) and not kind.requested:
        return gettext("状态为“{state}”，由填报单位自己{move}。").format(**said)
    return gettext("状态为“{state}”，由{who}{move}。").format(**said)


def _who(scheme: Scheme, kind: Kind, move: Move, above: str) -> str:
    """What somebody asks for is filed by whom it is asked of, who takes it in and reports nothing."""
    named = {SUPERIOR: above} if above else {}
    received = {AUTHOR: say("受理单位")} if kind.requested else {}
    titles = {name: role.title for name, role in scheme.roles.items()}
    known = {**TITLES, **received, **titles, **named}
    return gettext("或").join(translated(known.get(one, one)) for one in move.by)


def span(within: Span) -> str:
    return str(_SPANS[within.unit]).format(n=within.amount)


def _above(organisation: Node, day: dt.date) -> str:
    above = tree.ancestors(organisation.id, day)[:1]
    named = tree.named(above, day)
    return named[above[0]].name if above and above[0] in named else ""
