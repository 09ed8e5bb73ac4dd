"""An import is taken back as if it had never been, as long as nothing has been built on it.

Entries stay: what began is ended by entries of its own, on the day it began, so that no day and no figure shows it any
more, while the log and every earlier closing still do.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import CharField, DateField, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils import timezone

from xianfeng.log import bulk
from xianfeng.log.actors import Actor
from xianfeng.log.append import Draft, Line, append
from xianfeng.log.models import Entry, Posting
from xianfeng.problems import Problem
from xianfeng.registry import changes
from xianfeng.registry.actions.founding import DESIGNATION
from xianfeng.registry.actions.people import STREAM as PERSON
from xianfeng.registry.actions.people import end_appointment
from xianfeng.registry.imports.applying import STREAM
from xianfeng.registry.models import (
    Affiliation,
    Appointment,
    Designation,
    Imported,
    Membership,
    Organisation,
    Person,
    Place,
)
from xianfeng.sentences import say, together

_NEVER = dt.date.min  # until a day before all days: such an interval holds on none
_TOLD = 10


@dataclass(frozen=True, kw_only=True)
class Undone:
    """An import taken back: the entry that says so, and how many people's names the vault keeps until their erasure."""

    seq: int
    people: int


def undo(number: int, *, by: Actor) -> Undone:
    """Take an import back. Refused, with what depends on it, when later work does."""
    with changes.changing():
        imported = Imported.objects.filter(id=number).first()
        if imported is None:
            raise Problem(
                "import.unknown", say("没有编号为 {number} 的导入", number=number), hint="编号在导入完成时给出。"
            )
        if imported.undone_seq is not None:
            raise Problem("import.undone", say("导入 {number} 已经撤回", number=number), hint="不必再撤回。")
        _refuse_dependants(imported)
        take_back = _organisations if imported.kind == "organisations" else _contacts
        take_back(imported, by)
        draft = Draft(stream=STREAM, action="undo", about=number, day=timezone.localdate(by.moment))
        imported.undone_seq = append([draft], by=by)[0]
        imported.save(update_fields=["undone_seq"])
        people = Person.objects.filter(id__range=(imported.first, imported.last)).count()
        return Undone(seq=imported.undone_seq, people=people)


def _refuse_dependants(imported: Imported) -> None:
    find = _on_organisations if imported.kind == "organisations" else _on_contacts
    found = list(dict.fromkeys(find(imported)))
    if found:
        told = together(found[:_TOLD])
        more = say("等 {count} 项", count=len(found)) if len(found) > _TOLD else ""
        raise Problem(
            "import.in_use",
            say("导入 {number} 已被后来的工作用到：{told}{more}", number=imported.id, told=told, more=more),
            hint="先撤回或办结这些工作。",
        )


def _on_organisations(imported: Imported) -> Iterator[str]:
    within = (imported.first, imported.last)
    names = dict(Organisation.objects.filter(id__range=within).values_list("id", "name"))
    children = Affiliation.objects.filter(parent__id__range=within).exclude(organisation__id__range=within)
    for affiliation in children.select_related("organisation"):
        yield say(
            "{name}有下级{organisation}",
            name=names[affiliation.parent_id or 0],
            organisation=affiliation.organisation.name,
        )
    later = Entry.objects.filter(stream=changes.STREAM, about__range=within, seq__gt=imported.last)
    for about, day in later.values_list("about", "day"):
        yield say("{name}在 {day} 有变动", name=names[about], day=day)
    work = Posting.objects.filter(organisation__range=within, seq__gt=imported.last)
    for organisation, record in work.values_list("organisation", "record").order_by("record").distinct():
        yield say("{name}的记录 {record}", name=names[organisation], record=record)
    held = Appointment.objects.filter(organisation__id__range=within).exclude(Q(until=F("since")) | Q(until=_NEVER))
    for role in held:  # those taken back with their own list hold on no day
        yield say("{name}有人任职（{role}）", name=names[role.organisation_id], role=role.role)
    for member in Membership.objects.filter(organisation__id__range=within):
        yield say("{name}有党员（编号 {person_id}）", name=names[member.organisation_id], person_id=member.person_id)
    for heir in Organisation.objects.filter(successor__id__range=within):
        yield say("{name}承接了{heir}", name=names[heir.successor_id or 0], heir=heir.name)


def _on_contacts(imported: Imported) -> Iterator[str]:
    within = (imported.first, imported.last)
    roles = list(Appointment.objects.filter(id__range=within).values_list("id", flat=True))
    actors = [f"appointment:{role}" for role in roles]
    for seq, actor in Entry.objects.filter(actor__in=actors).values_list("seq", "actor"):
        yield say("任职 {actor} 办理过（办理记录 {seq}）", actor=actor.removeprefix("appointment:"), seq=seq)
    later = Entry.objects.filter(stream=PERSON, about__range=within, seq__gt=imported.last)
    for about, day in later.values_list("about", "day"):
        yield say("人员或任职 {about} 在 {day} 有变动", about=about, day=day)
    people = Q(person__id__range=within, id__gt=imported.last)
    for role in Appointment.objects.filter(people):
        yield say("人员 {person_id} 有新的任职（{role}）", person_id=role.person_id, role=role.role)
    for member in Membership.objects.filter(people):
        yield say("人员 {person_id} 有了组织关系", person_id=member.person_id)


def _organisations(imported: Imported, by: Actor) -> None:
    """The last to begin is the first to go, so that nobody is ever without a parent."""
    within = (imported.first, imported.last)
    rows = list(Organisation.objects.filter(id__range=within).order_by("-id"))
    counted = {posting.seq: posting for posting in Posting.objects.filter(seq__range=within, register=changes.EVENT)}
    drafts = [_draft(row, counted.get(row.id), timezone.localdate(by.moment)) for row in rows]
    numbers = append(drafts, by=by)
    bulk.insert(
        Designation,
        DESIGNATION,
        (
            (row.id, row.code, row.name, row.level, row.category, row.founded, row.founded or _NEVER, seq)
            for row, seq in zip(rows, numbers, strict=True)
        ),
    )
    newest = numbers.start + imported.last  # the entry of organisation n is newest − n
    founded = Organisation.objects.filter(id=OuterRef("organisation_id")).values("founded")
    gone = Coalesce(Subquery(founded), Value(_NEVER), output_field=DateField())
    for model in (Place, Affiliation):
        held = model._default_manager.filter(organisation__id__range=within)
        held.update(until=gone, ended_seq=newest - F("organisation_id"))
    Organisation.objects.filter(id__range=within).update(
        code=Concat(Value(changes.GONE), Cast("id", CharField())),
        closed=Coalesce(F("founded"), Value(_NEVER), output_field=DateField()),
        ended_seq=newest - F("id"),
    )


def _draft(row: Organisation, counted: Posting | None, today: dt.date) -> Draft:
    body = {"before": {"code": row.code}, "after": {"code": f"{changes.GONE}{row.id}"}}
    lines: tuple[Line, ...] = ()
    if counted is not None:
        kinds = (row.type, row.level, row.category)
        line = changes.line(
            "found", organisation=row.id, place=counted.place, day=counted.day, kinds=kinds, takes_back=row.id
        )
        lines = (line,)
    return Draft(stream=changes.STREAM, action="undo", about=row.id, day=today, body=body, lines=lines)


def _contacts(imported: Imported, by: Actor) -> None:
    """Appointments end on the day they began; people give up their keys. Names leave the vault by an erasure."""
    within = (imported.first, imported.last)
    for role in Appointment.objects.filter(id__range=within).order_by("id"):
        end_appointment(appointment=role.id, day=role.since or _NEVER, by=by, reason=say("撤回导入"))
    for person in Person.objects.filter(id__range=within).order_by("id"):
        body = {"before": {"code": person.code}, "after": {"code": f"{changes.GONE}{person.id}"}}
        append(
            [Draft(stream=PERSON, action="undo", about=person.id, day=timezone.localdate(by.moment), body=body)], by=by
        )
        person.code = f"{changes.GONE}{person.id}"
        person.save(update_fields=["code"])
