"""What a move needs before it is made, and what it makes of the record. All that is wrong is told at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple

from django.utils import timezone

from xianfeng.ledger import clocks, growing, writable
from xianfeng.ledger.clocks import Times
from xianfeng.ledger.drafting import Taken
from xianfeng.ledger.forms import Form, Values
from xianfeng.ledger.hops import Neighbours
from xianfeng.ledger.image import WITHDRAWN, Image, entering
from xianfeng.ledger.masking import masked
from xianfeng.ledger.powers import SUPERIOR, wrong_actor
from xianfeng.ledger.values import short, spoken
from xianfeng.problems import Problem
from xianfeng.scheme.build.names import OVERDUE
from xianfeng.scheme.flowing import AUTHOR, Flow, Move
from xianfeng.scheme.phrasing import in_words
from xianfeng.scheme.types import Level
from xianfeng.sentences import say

REASON = writable.REASON
EARLIEST = dt.date(1949, 10, 1)  # late entry may reach back far, but a year before this is a slip of the pen


class Acting(NamedTuple):
    """Somebody about to act on a record: the organisation whose powers are used, in which capacities, on which day."""

    organisation: int | None
    capacities: frozenset[str]
    day: dt.date
    made: dt.datetime  # when, as far as conditions go
    known: dt.datetime  # since when others can know of it
    reason: str = ""
    personally: bool = False  # as whom the record names, or as its requester: moves, and no correction besides
    contested: bool = False  # an objection to the record waits for its answer

    @property
    def as_superior(self) -> bool:
        """A review is a superior's act, not the author's own, even where an import could be both."""
        return SUPERIOR in self.capacities

    @property
    def explains(self) -> bool:
        """Whether a superior says why: what may only grow is made smaller by nobody else."""
        return self.as_superior and bool(self.reason)


def step(
    form: Form,
    image: Image,
    name: str,
    *,
    acting: Acting,
    values: Values,
    near: Neighbours,
    times: Times,
    today: dt.date,
    problems: list[Problem],
) -> Taken:
    """One move, by whichever door it comes in: the entry to be written; `problems` gets all that forbids it."""
    if acting.reason:
        acting = _explained(acting, problems)
    after = image
    try:
        refuse_day(image, acting.day, today)
    except Problem as problem:
        problems.append(problem)
    try:
        move = _found(form, name)
        after = _made(form, image, move, acting=acting, values=values, near=near, problems=problems)
        after = times.wound(form, image, after, step=name, at=acting.known)
        if not acting.explains:
            problems.extend(times.refusals(form, image, after, day=acting.day, extends=move.extends))
    except Problem as problem:
        problems.append(problem)
    return Taken(name, acting.day, acting.organisation, after, acting.reason, values.personal)


def _explained(acting: Acting, problems: list[Problem]) -> Acting:
    """With the reason as it is kept. One that cannot be kept stays as it was given: it is not missing besides."""
    try:
        return acting._replace(reason=spoken(acting.reason))
    except Problem as problem:
        problems.append(problem.at(say("理由"), field=REASON))
        return acting


def _found(form: Form, name: str) -> Move:
    move = form.flow.moves.get(name)
    if move is None:
        hint = say("可用：{moves}。", moves="、".join(form.flow.moves))
        raise Problem(
            "ledger.unknown_move",
            say("“{form}”没有“{name}”这一步。", form=form.kind.title, name=short(name)),
            hint=hint,
        )
    return move


def _made(
    form: Form,
    image: Image,
    move: Move,
    *,
    acting: Acting,
    values: Values,
    near: Neighbours,
    problems: list[Problem],
) -> Image:
    """The record after a move; unchanged where it may not be made at all."""
    refusal = _refusal(form, image, move, acting, near)
    if refusal is not None:
        problems.append(refusal)
        return image
    values = growing.added(form.kind, image, values)
    cleared = with_values(form, image, Values({}, {}, move.clears))
    changed = _with_set(form, with_values(form, cleared, values), move, acting, near)
    problems.extend(
        writable.refusals(form, image, move, values, capacities=acting.capacities, personally=acting.personally)
    )
    _needed(form, move, acting, changed, problems)
    if not acting.explains:
        problems.extend(growing.shrunk(form.kind, image, changed))
    target = _target(form, image, changed, move, acting)
    after = entering(changed, target, form.level(target), acting.day)
    if (reviewer := _reviewer(image, after, acting, move)) != after.reviewer:
        after = after._replace(reviewer=reviewer)
    if after.level > Level.NONE.rank:
        form.complete(after, acting.day, near, problems)
    return after


def amended(form: Form, image: Image, *, acting: Acting, values: Values) -> Image:
    """The record with other values, in the same state. What its author alters after a review nobody has reviewed."""
    after = with_values(form, image, values)
    return after if acting.as_superior else after._replace(reviewer=None)


def withdrawn(image: Image, day: dt.date) -> Image:
    return entering(image, WITHDRAWN, Level.NONE.rank, day)


def refuse_day(image: Image, day: dt.date, today: dt.date) -> None:
    """A move happens after the record came where it is, and not tomorrow."""
    refuse_future(day, today)
    since = max(image.entered.values()) if image.entered else image.day.isoformat()
    if day.isoformat() < since:
        hint = say("按实际发生的先后填写日期；补录可以晚，但不能倒过来。")
        raise Problem(
            "ledger.too_early", say("办理日期 {day} 早于上一步（{since}）。", day=day, since=since), hint=hint
        )


def refuse_impossible(day: object) -> None:
    """A day is a date without a time, and not before there can have been work to record."""
    if type(day) is not dt.date:
        raise Problem("ledger.not_a_date", say("“{day}”不是日期。", day=short(day)), hint="写成 2010-08-30。")
    if day < EARLIEST:
        raise Problem(
            "ledger.too_long_ago",
            say("日期 {day} 早于 {earliest}。", day=day, earliest=EARLIEST),
            hint="请核对年份是否填错。",
        )


def refuse_future(day: dt.date, today: dt.date) -> None:
    refuse_impossible(day)
    if day > today:
        raise Problem(
            "ledger.in_the_future",
            say("日期 {day} 还没有到。", day=day),
            hint="工作完成后再填，日期填实际发生的那一天。",
        )


def withdrawn_already() -> Problem:
    return Problem("ledger.withdrawn", "记录已撤销，不能再办理。", hint="如需恢复，请另行登记。")


def _refusal(form: Form, image: Image, move: Move, acting: Acting, near: Neighbours) -> Problem | None:
    if image.state == WITHDRAWN and WITHDRAWN not in move.origins:
        return withdrawn_already()
    if image.state not in move.origins:
        states = form.flow.states
        origins = "、".join(states[name].title for name in move.origins)
        message = say(
            "现在是“{states}”，“{move}”要在“{origins}”时办理。",
            states=states[image.state].title,
            move=move.title,
            origins=origins,
        )
        return Problem("ledger.wrong_state", message, hint="可能已由他人办理，请刷新后再看。")
    if acting.capacities.isdisjoint(move.by):
        return wrong_actor(move.by, form.scheme, move.title)
    return closed(form, image, move, acting, near)


def closed(form: Form, image: Image, move: Move, acting: Acting, near: Neighbours) -> Problem | None:
    """Why a move cannot be made now, whoever makes it: its condition does not hold, an objection is not answered yet,
    or its time is still to come. Whoever was told to do something may do it, while he objects or not."""
    if move.when is not None and move.when.value(_row(form, image, acting, near), today=acting.day) is not True:
        return Problem(
            "ledger.guard",
            say("还不能“{move}”。", move=move.title),
            hint=say("条件：{when}。", when=in_words(move.when, form.scheme, form.kind)),
        )
    if acting.contested and move.leads(image.state) != image.state and not move.yields:
        return _contested(move.title)
    soonest = clocks.too_soon(image, move.name, acting.made)
    if soonest is not None:
        at = timezone.localtime(soonest.due)
        return Problem(
            "ledger.too_soon",
            say("{day} {time} 以后才能“{move}”。", day=at.date(), time=f"{at:%H:%M}", move=move.title),
            hint=say("要满规定的时间，到时再办理。"),
        )
    return None


def refuse_taking_away(form: Form, image: Image, acting: Acting) -> None:
    """What waits for an answer stays: a record to which one objects, and an objection."""
    if acting.contested:
        raise _contested(say("撤销"))
    if form.kind.objects and form.flow.states[image.state].open:
        hint = say("等答复；提出的人不想再提的，由他收回。")
        raise Problem("ledger.objection_open", say("还没有答复的异议不能撤销。"), hint=hint)


def refuse_correcting(form: Form, acting: Acting) -> None:
    """What one objects to says what it said; what a room told is told anew when the room corrects it."""
    if acting.contested and not form.kind.of_evaluations:
        raise _contested(say("更正"))


def _contested(doing: str) -> Problem:
    told = say("有一件异议还没有答复，还不能“{move}”。", move=doing)
    return Problem("ledger.contested", told, hint=say("先答复异议，再办理这一步。"))


def with_values(form: Form, image: Image, values: Values) -> Image:
    """The record with other values. Personal ones have no commitment yet: it is made when the entry is written."""
    if not (values.clear or values.personal or values.emptied):
        return image
    clear = {**image.values, **values.clear}
    personal = {**image.personal, **dict.fromkeys(values.personal, "")}
    for name in values.emptied:
        clear.pop(name, None)
        personal.pop(name, None)
    return masked(form.kind, image._replace(values=clear, personal=personal, subject=form.subject(clear)))


def _with_set(form: Form, image: Image, move: Move, acting: Acting, near: Neighbours) -> Image:
    """The record with what the move sets by itself, each from how the record stood before it."""
    if not move.sets:
        return image
    row = _row(form, image, acting, near)
    found = {name: value.value(row, today=acting.day) for name, value in move.sets.items()}
    clear = {name: form.converters[name](value) for name, value in found.items() if value is not None}
    emptied = tuple(name for name, value in found.items() if value is None)
    return with_values(form, image, Values(clear, {}, emptied))


def _row(form: Form, image: Image, acting: Acting, near: Neighbours) -> Mapping[str, object]:
    """The record as the formulas of moves see it."""
    row = form.row(image, acting.day, near)
    return {**row, OVERDUE: clocks.overdue(image, acting.made)} if form.asks_overdue else row


def _needed(form: Form, move: Move, acting: Acting, image: Image, problems: list[Problem]) -> None:
    for name in move.needs:
        if name == REASON:
            if not acting.reason:
                message = say("“{move}”要写明理由。", move=move.title)
                problems.append(Problem("ledger.reason", message, hint="请填写理由。", place="理由", field=REASON))
        elif name not in image.values and name not in image.personal:
            hint = say("请补填这一项。")
            problem = Problem("ledger.needs", say("“{move}”前必须填写这一项。", move=move.title), hint=hint)
            problems.append(form.told(name, problem))


def _target(form: Form, before: Image, changed: Image, move: Move, acting: Acting) -> str:
    """Where a move leads. What a person alters of the words that everybody reads is reviewed before they are read."""
    target = move.leads(before.state)
    altered = any(
        field.public and changed.values.get(name) != before.values.get(name) for name, field in form.kind.fields.items()
    )
    in_person = acting.personally and AUTHOR in acting.capacities
    return before_review(form.kind.flow, target) if in_person and altered and target == before.state else target


def before_review(flow: Flow, state: str) -> str:
    """From where a superior's review leads to this state; the state itself where nobody reviews."""
    reviews = (one for one in flow.moves.values() if one.target == state and one.by == (SUPERIOR,))
    waiting = (origin for one in reviews for origin in one.origins)
    level = flow.states[state].level.rank
    return next((origin for origin in waiting if Level.NONE.rank < flow.states[origin].level.rank < level), state)


def _reviewer(before: Image, after: Image, acting: Acting, move: Move) -> int | None:
    if after.level > before.level and acting.as_superior and move.by != (AUTHOR,):
        return acting.organisation
    if after.level < Level.REVIEWED.rank:
        return None
    if after.values != before.values and not acting.as_superior:
        return None
    return before.reviewer
