"""People in roles and in branches. Names and telephone numbers are personal: the vault keeps them, the log commits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from xianfeng.log import bulk, counters
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.log.append import Draft, append, next_number
from xianfeng.problems import Problem
from xianfeng.registry import changes
from xianfeng.registry.models import Appointment, Membership, Organisation, Person
from xianfeng.sentences import say
from xianfeng.vault import values

STREAM = "person"
PERSONAL = {"name": say("姓名"), "phone": say("电话")}
_CODES = "people"


@dataclass(frozen=True, kw_only=True)
class Newcomer:
    """A person before they have a number. `code` is the office's own key, never an identity number."""

    code: str
    name: str
    phone: str = ""


@dataclass(frozen=True, kw_only=True)
class Appointing:
    """A role that somebody is about to take, from a day on."""

    person: int
    organisation: int
    role: str
    day: dt.date

    @property
    def said(self) -> Mapping[str, Any]:
        return {"person": self.person, "organisation": self.organisation, "role": self.role}


def given_codes(how_many: int) -> list[str]:
    """Keys for people of an office that keeps none of its own. Inside the transaction that enters them."""
    return [f"P{number:06d}" for number in counters.take(_CODES, how_many)]


def enter(*, code: str, name: str, day: dt.date, by: Actor, phone: str = "") -> int:
    """A person becomes known under the office's own key, never an identity number; the person's number."""
    return enter_many(people=[Newcomer(code=code, name=name, phone=phone)], day=day, by=by)[0]


def enter_many(*, people: Sequence[Newcomer], day: dt.date, by: Actor) -> range:
    """Many become known at once, everybody or nobody; their numbers, in the order given."""
    changes.not_future(day)
    with changes.changing():
        codes = [changes.text(one.code) for one in people]
        _refuse_people(codes, people)
        numbers = range(next_number(), next_number() + len(people))
        drafts = [
            Draft(stream=STREAM, action="enter", day=day, body={"before": None, "after": {"code": code, **commitments}})
            for code, commitments in zip(codes, _kept(numbers, people), strict=True)
        ]
        append(drafts, by=by)
        bulk.insert(Person, ("id", "code"), zip(numbers, codes, strict=True))
        return numbers


def _kept(numbers: range, people: Sequence[Newcomer]) -> list[dict[str, Any]]:
    """Each person's name and telephone number into the vault; what stands for them in the entry."""
    given = [
        (position, values.Personal(person=number, field=field, value=text))
        for position, (number, one) in enumerate(zip(numbers, people, strict=True))
        for field in PERSONAL
        if (text := changes.text(getattr(one, field)))
    ]
    kept: list[dict[str, Any]] = [{} for _ in people]
    commitments = values.keep_many([personal for _, personal in given])
    for (position, personal), commitment in zip(given, commitments, strict=True):
        kept[position][personal.field] = commitment
    return kept


def appoint(*, person: int, organisation: int, role: str, day: dt.date, by: Actor, reason: str = "") -> int:
    """A person takes a role at an organisation from a day on; the appointment's number. Nobody appoints himself."""
    asked = Appointing(person=person, organisation=organisation, role=role, day=day)
    return appoint_many(people=[asked], by=by, reason=reason)[0]


def appoint_many(*, people: Sequence[Appointing], by: Actor, reason: str = "") -> range:
    """Many take their roles at once, all or nobody; the appointments' numbers, in the order given."""
    with changes.changing():
        _refuse_oneself({one.person for one in people}, by)
        nodes = [node for node, _ in changes.all_open_on([(one.organisation, one.day) for one in people])]
        _refuse_held(people, nodes)
        drafts = [
            _draft("appoint", changes.Decision(one.day, by, reason), {"before": None, "after": one.said})
            for one in people
        ]
        numbers = append(drafts, by=by)
        bulk.insert(
            Appointment,
            ("id", "person_id", "organisation_id", "role", "since"),
            [
                (number, one.person, one.organisation, one.role, one.day.isoformat())
                for number, one in zip(numbers, people, strict=True)
            ],
        )
        return numbers


def end_appointment(*, appointment: int, day: dt.date, by: Actor, reason: str = "") -> int:
    """A person leaves a role; the entry's number."""
    with changes.changing():
        held = Appointment.objects.filter(id=appointment).select_related("organisation").first()
        return _end(held, "end_appointment", changes.Decision(day, by, reason))


def join(*, person: int, organisation: int, day: dt.date, by: Actor, reason: str = "") -> int:
    """A person becomes a member of a branch; one leaves before joining another. The membership's number."""
    with changes.changing():
        node, _ = changes.open_on(organisation, day)
        held = Membership.objects.filter(person=_person(person), until=None).select_related("organisation").first()
        if held is not None:
            hint = say("先办理转出，再办理转入。")
            raise Problem(
                "registry.member_elsewhere",
                say("此人的组织关系在{organisation}", organisation=held.organisation.name),
                hint=hint,
            )
        after = {"person": person, "organisation": organisation}
        seq = _append("join", changes.Decision(day, by, reason), {"before": None, "after": after})
        Membership.objects.create(id=seq, person_id=person, organisation=node, since=day)
        return seq


def leave(*, membership: int, day: dt.date, by: Actor, reason: str = "") -> int:
    """A person leaves a branch; the entry's number."""
    with changes.changing():
        held = Membership.objects.filter(id=membership).select_related("organisation").first()
        return _end(held, "leave", changes.Decision(day, by, reason))


def end_all_appointments(node: Organisation, day: dt.date, by: Actor) -> None:
    """Nobody holds a role at an organisation that has ended."""
    for held in Appointment.objects.filter(organisation=node, until=None).select_related("organisation").order_by("id"):
        _end(held, "end_appointment", changes.Decision(day, by))


def _end(held: Appointment | Membership | None, action: str, decision: changes.Decision) -> int:
    day, noun = decision.day, "membership" if action == "leave" else "appointment"
    if held is None:
        raise Problem("registry.unknown", "没有这项任职或组织关系", hint="核对编号。")
    if held.until is not None:
        raise Problem("registry.ended", say("已于 {until} 结束", until=held.until), hint="不必再登记。")
    if held.since is not None and held.since > day:
        raise changes.out_of_order(held.organisation, held.since)
    before, after = {noun: held.id, "until": None}, {noun: held.id, "until": day}
    held.until = day
    held.ended_seq = _append(action, decision, {"before": before, "after": after}, about=held.id)
    held.save(update_fields=["until", "ended_seq"])
    return held.ended_seq


def _append(action: str, decision: changes.Decision, body: Mapping[str, Any], *, about: int | None = None) -> int:
    changes.not_future(decision.day)
    return append([_draft(action, decision, body, about=about)], by=decision.by)[0]


def _draft(action: str, decision: changes.Decision, body: Mapping[str, Any], *, about: int | None = None) -> Draft:
    return Draft(stream=STREAM, action=action, about=about, day=decision.day, body={**body, **decision.why})


def _refuse_oneself(people: Set[int], by: Actor) -> None:
    own = Appointment.objects.filter(id=by.id) if by.kind is ActorKind.APPOINTMENT else Appointment.objects.none()
    if not people.isdisjoint(own.values_list("person_id", flat=True)):
        hint = say("请本级另一位系统管理员登记，或者请上级的系统管理员登记。")
        raise Problem("registry.oneself", "不能给自己登记任职", hint=hint)


def _refuse_held(people: Sequence[Appointing], nodes: Sequence[Organisation]) -> None:
    """Nobody who is not known takes a role, and nobody one that he has."""
    known = set[int]()
    held = set[tuple[int, int, str]]()
    for some in bulk.numbers(one.person for one in people):
        known.update(Person.objects.filter(id__in=some).values_list("id", flat=True))
        roles = Appointment.objects.filter(person__in=some, until=None)
        held.update(roles.values_list("person_id", "organisation_id", "role"))
    for one, node in zip(people, nodes, strict=True):
        if one.person not in known:
            raise _unknown(one.person)
        if (one.person, one.organisation, one.role) in held:
            raise Problem(
                "registry.unchanged", say("此人已在{node}任此职", node=node.name), hint="不必再登记。", place=node.code
            )
        held.add((one.person, one.organisation, one.role))


def _person(person: int) -> Person:
    known = Person.objects.filter(id=person).first()
    if known is None:
        raise _unknown(person)
    return known


def _unknown(person: int) -> Problem:
    return Problem("registry.unknown", say("没有编号为 {person} 的人员", person=person), hint="核对编号。")


def _refuse_people(codes: Sequence[str], people: Sequence[Newcomer]) -> None:
    for code, one in zip(codes, people, strict=True):
        if not code or not changes.text(one.name):
            raise Problem("registry.empty", "人员要有编号和姓名", hint="补上空着的一项。", place=code)
        if len(code) == 18 and code[:17].isdigit():
            hint = say("用单位自己的编号；系统不收集身份证号。")
            raise Problem("registry.identity_number", "人员编号不能是身份证号", hint=hint, place=code)
    seen = set[str]()
    for some in bulk.batched(codes):
        seen.update(Person.objects.filter(code__in=some).values_list("code", flat=True))
    for code in codes:
        if code in seen:
            raise Problem(
                "registry.code_taken", say("人员编号“{code}”已经使用", code=code), hint="核对编号。", place=code
            )
        seen.add(code)
