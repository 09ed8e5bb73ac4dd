"""The ladder: remind, urge, tell the superior, draft a circular. The clock tells; a person decides.

Nobody is named to others without having been told himself: the steps are taken one by one, and never two on one day,
however long nothing was climbed. What was overdue already when a campaign was begun is urged at the next tick, whatever
steps its lateness has passed, and goes on from there. Once a campaign is over nobody is told any more of what he
missed.

The superior is the nearest desk above with somebody who reviews; it is told once of all that are late, and which desks
between were left out because nobody reviews there.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.utils import timezone

from xianfeng.accounts.abilities import Ability
from xianfeng.calendars import wording
from xianfeng.duties import areas, circulars, moments, naming, terms
from xianfeng.duties.circulars import Late
from xianfeng.duties.models import Duty, Round, State, Term
from xianfeng.duties.status import Status, status
from xianfeng.ledger import versions
from xianfeng.messages import recipients
from xianfeng.messages.post import Note, post
from xianfeng.messages.recipients import Superior
from xianfeng.scheme.obliging import Step
from xianfeng.sentences import say

_SOME = 2_000
_CLIMBED = "UPDATE duties_duty SET step = %s, next_at = %s WHERE id = %s"


@dataclass
class _Steps:
    """What one climb tells."""

    notes: list[Note] = field(default_factory=list)
    above: dict[tuple[int, int], Late] = field(default_factory=lambda: defaultdict(Late))  # by superior and round
    drafts: dict[tuple[int, int], Late] = field(default_factory=lambda: defaultdict(Late))


def climb(*, now: dt.datetime) -> int:
    """Take every step that is due; how many duties were climbed."""
    climbed = 0
    while some := list(Duty.objects.filter(next_at__lte=now).order_by("next_at", "id")[:_SOME]):
        with transaction.atomic():
            _climb(some, now)
        climbed += len(some)
    return climbed


def _climb(duties: Sequence[Duty], now: dt.datetime) -> None:
    by_round = Round.objects.in_bulk({duty.round for duty in duties})
    steps = {
        number: terms.steps(told)
        for number, told in Term.objects.filter(id__in={duty.term for duty in duties}).values_list("id", "steps")
    }
    superiors = recipients.superiors({_answers(duty) for duty in duties}, Ability.REVIEW)
    tomorrow, settled = _tomorrow(now), circulars.settled(now=now)
    quiet = _quiet(duties, by_round, now)
    ends = {name: versions.current(name).until for name in {one.scheme for one in by_round.values()}}
    taken, rows = _Steps(), []
    for duty in duties:
        round_ = by_round[duty.round]
        if until := quiet.get(duty.id):
            rows.append((duty.step, moments.kept(until), duty.id))
            continue
        if status(duty, opens=round_.since, ends=ends[round_.scheme], now=now) is Status.MISSED:
            rows.append((duty.step, None, duty.id))
            continue
        step, number = _due_step(steps[duty.term], duty, now)
        superior = superiors.get(_answers(duty))
        if step == "circular" and superior and (superior.organisation, round_.id) in settled:
            rows.append((duty.step, moments.kept(tomorrow), duty.id))
            continue
        if step and duty.state == State.OPEN:
            _take(taken, step, duty, round_, superior)
        following = terms.next_step(steps[duty.term], number, round_.began)
        rows.append((number, following and moments.kept(max(following[1], tomorrow)), duty.id))
    notes = [*taken.notes, *_to_superiors(taken.above, by_round, now)]
    notes += circulars.draft(taken.drafts, by_round, now=now)
    post(notes, now=now)
    with connection.cursor() as cursor:
        cursor.executemany(_CLIMBED, rows)


def _due_step(steps: Sequence[tuple[Step, dt.datetime]], duty: Duty, now: dt.datetime) -> tuple[Step | None, int]:
    """The step to take now, if any, and how far the duty is climbed then; nobody is reminded of what is overdue."""
    climbed = duty.step
    for step, at in steps:
        number = terms.STEPS.index(step) + 1
        if number <= climbed or at > now:
            continue
        if step != "remind" or now <= duty.due:
            return step, number
        climbed = number
    return None, climbed


def _take(taken: _Steps, step: Step, duty: Duty, round_: Round, superior: Superior | None) -> None:
    match step:
        case "remind" | "urge":
            taken.notes.append(_note(step, duty, round_))
        case "superior" if superior:
            taken.above[superior.organisation, round_.id].add(duty, superior.skipped)
        case "circular" if superior:
            taken.drafts[superior.organisation, round_.id].add(duty, superior.skipped)


def _note(step: Step, duty: Duty, round_: Round) -> Note:
    template = _TOLD[step]
    return Note(
        topic=f"duty:{_demand(duty, round_)}:{step}",
        words=say(template, what=naming.what(round_), due=wording.moment(duty.due)),
        link=link(duty),
        organisation=_answers(duty),
        appointment=(duty.answers or duty.appointment or None) if duty.holder is None else None,
        step=step,
        all=_all_of(round_),
    )


def _demand(duty: Duty, round_: Round) -> str:
    """What tells one demand from another. Two campaigns that ask the same of somebody by the same moment ask once."""
    if not round_.obligation:
        return str(duty.id)
    rule = naming.scheme_of(round_).obligations[round_.obligation]
    demand = (
        round_.register,
        rule.matching.text if rule.matching else "",
        *(duty.organisation, duty.appointment, duty.about, duty.begun_by, duty.started, duty.least, duty.most),
        *(round_.since, round_.until, duty.due.astimezone(dt.UTC)),
    )
    return hashlib.sha256("\n".join(map(str, demand)).encode()).hexdigest()[:32]


_TOLD: Mapping[Step, str] = {
    "remind": say("请办理：{what}，{due}到期。").template,
    "urge": say("催办：{what}，{due}已到期，还没有办。").template,
}


def urging(round_: Round, organisations: Iterable[int], *, by: str, now: dt.datetime) -> list[Note]:
    """What a superior tells those who are overdue in a round, outside the ladder: once a day."""
    day = timezone.localdate(now)
    words = say(
        "{name}提醒：{what}，已经到期，请抓紧办理。",
        name=by,
        what=naming.what(round_),
    )
    return [
        Note(
            topic=f"urging:{round_.id}:{organisation}:{day}",
            words=words,
            link=f"/desk/duties/?scheme={round_.scheme}",
            organisation=organisation,
            step="urge",
            all=_all_of(round_),
        )
        for organisation in organisations
    ]


def link(duty: Duty) -> str:
    """Where a duty is told, with how its deadline was computed."""
    return f"/desk/duties/{duty.id}"


def _all_of(round_: Round) -> str:
    """Where everything stands that is owed in a round at a desk and below it."""
    return f"/desk/duties/?scheme={round_.scheme}&round={round_.id}"


def _to_superiors(
    above: Mapping[tuple[int, int], Late], by_round: Mapping[int, Round], now: dt.datetime
) -> Iterable[Note]:
    day = timezone.localdate(now)
    for (superior, number), late in above.items():
        round_ = by_round[number]
        words = say(
            "下级逾期：{what}，{n}个组织催办后仍没有办。",
            what=naming.what(round_),
            n=len({duty.organisation for duty in late.duties}),
        )
        yield Note(
            topic=f"arrears:{number}:{superior}:{day}",
            words=naming.skipping(words, late.skipped, day),
            link=f"/office/arrears/{round_.scheme}",
            organisation=superior,
            step="superior",
        )


def _answers(duty: Duty) -> int:
    """Whose desk is asked for it."""
    return duty.holder or duty.organisation


def _tomorrow(now: dt.datetime) -> dt.datetime:
    """Before when no other step of a duty is taken."""
    return _morning(timezone.localdate(now) + dt.timedelta(days=1))


def _quiet(duties: Sequence[Duty], by_round: Mapping[int, Round], now: dt.datetime) -> dict[int, dt.datetime]:
    """By duty that is left in peace today, when that is over."""
    found: dict[int, dt.datetime] = {}
    for name in {one.scheme for one in by_round.values()}:
        calendars = areas.calendars(versions.current(name))
        today = {area: calendar.quiet_on(timezone.localdate(now)) for area, calendar in calendars.items()}
        over = {area: _morning(one.until + dt.timedelta(days=1)) for area, one in today.items() if one is not None}
        if over:
            some = [duty for duty in duties if by_round[duty.round].scheme == name]
            where = areas.of_places((duty.place for duty in some), calendars)
            found.update((duty.id, over[where[duty.place]]) for duty in some if where[duty.place] in over)
    return found


def _morning(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))
