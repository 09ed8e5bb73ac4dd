"""Units and inspectors of a frame, as the registry and the records of earlier visits have them: nobody types them.

An inspector has a conflict where he is appointed, above it and below it. An appointment at the organisation that has
the inspection made, or above it, is none: from there everybody stands below.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from django.db.models import Max

from xianfeng.inspections.frame import Inspector, Unit
from xianfeng.ledger import versions
from xianfeng.ledger.models import Record
from xianfeng.problems import Problem
from xianfeng.registry import paths, places, tree
from xianfeng.registry.models import Appointment, Person, Place
from xianfeng.scheme.types import FieldType, Level
from xianfeng.sentences import say


def below(code: str, *, day: dt.date) -> Sequence[Place]:
    """The places under an organisation on a day, it left out, by code."""
    root = tree.by_code(code, day)
    held = places.at([root.id], day) if root else {}
    if root is None or not held:
        raise Problem("inspections.no_organisation", say("没有代码是{code}的组织。", code=code), hint="请核对代码。")
    first, before = paths.span(Place.objects.get(id=held[root.id]).path)
    within = Place.objects.filter(places.on(day), path__gt=first, path__lt=before)
    return tuple(within.select_related("organisation").order_by("organisation__code"))


def units(under: Sequence[Place], *, strata: Sequence[str], visits: str) -> tuple[Unit, ...]:
    """Whoever is in a stratum: by category, else by level. `visits`: the register of the records of earlier visits."""
    _refuse_unknown(visits)
    counted = Record.objects.filter(register=visits, level__gte=Level.FILED.rank, subject__isnull=False)
    visited = dict(counted.values_list("subject").annotate(Max("day")))
    return tuple(
        Unit(code=held.code, title=held.name, stratum=stratum, visited=visited.get(held.id))
        for held in (place.organisation for place in under)
        for stratum in [next((one for one in (held.category, held.level) if one in strata), "")]
        if stratum
    )


def _refuse_unknown(register: str) -> None:
    """A register misspelt has no records: everybody would seem never to have been visited."""
    for scheme in versions.all_current():
        for kind in scheme.kinds.values():
            subject = kind.fields.get(kind.subject)
            if subject and subject.type is FieldType.ORGANISATION and scheme.key(kind.name) == register:
                return
    message = say("没有一个活动有对象是组织的台账“{register}”。", register=register)
    raise Problem("inspections.no_register", message, hint="请核对以往督查记在哪个台账。")


def inspectors(
    codes: Sequence[str], *, under: Sequence[Place], units: Sequence[Unit], day: dt.date
) -> Iterator[Inspector]:
    """By the codes of people, with where they must not go. Their names stay in the registry: a frame is published."""
    stands = {place.organisation.code: place.path for place in under}
    own = {place.organisation_id: place.path for place in under}
    for code in codes:
        if not Person.objects.filter(code=code).exists():
            raise Problem("inspections.no_person", say("没有代码是{code}的人员。", code=code), hint="请核对代码。")
        held = Appointment.objects.filter(places.on(day), person__code=code).values_list("organisation", flat=True)
        at = [own[organisation] for organisation in held if organisation in own]
        barred = (unit.code for unit in units if any(_in_line(stands[unit.code], path) for path in at))
        yield Inspector(code=code, title=code, conflicts=tuple(barred))


def _in_line(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)
