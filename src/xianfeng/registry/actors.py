"""Who acts: an appointment as an actor of the log."""

from __future__ import annotations

from xianfeng.log.actors import Actor, ActorKind
from xianfeng.problems import Problem
from xianfeng.registry.models import Appointment
from xianfeng.sentences import say


def acting(appointment_id: int) -> Actor:
    """The actor of an appointment that has not ended."""
    held = Appointment.objects.filter(id=appointment_id).select_related("organisation").first()
    if held is None or held.until is not None:
        hint = say("换用现任的任职。")
        raise Problem(
            "registry.not_in_office",
            say("任职 {appointment_id} 不存在或已经结束", appointment_id=appointment_id),
            hint=hint,
        )
    return Actor(
        kind=ActorKind.APPOINTMENT,
        id=held.id,
        organisation=held.organisation_id,
        role=held.role,
        person=held.person_id,
    )
