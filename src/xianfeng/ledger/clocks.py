"""Whether a record is overdue where it stands: guards ask it, so that an extension comes before expiry or not at all.

Counted as duties count: from the entry by which the record came there, by the calendar of where it stands.
"""

from __future__ import annotations

import datetime as dt
import json

from django.utils import timezone

from xianfeng.calendars import deadlines, store
from xianfeng.ledger.drafting import STREAM
from xianfeng.ledger.forms import Form
from xianfeng.ledger.image import Image
from xianfeng.log.actors import ActorKind
from xianfeng.log.models import Entry


def overdue(form: Form, image: Image, since: dt.datetime, at: dt.datetime) -> bool:
    """Whether some move out of its state should have been made by now."""
    spans = [move.within for move in form.flow.moves.values() if move.within and image.state in move.origins]
    if not spans:
        return False
    calendar = store.calendar(image.organisation)
    return any(deadlines.after(span, since, calendar).due < at for span in spans)


def since(record: int) -> dt.datetime:
    """When a record came to where it stands."""
    entries = Entry.objects.filter(stream=STREAM, about=record).order_by("-seq")
    return next(
        moment(at, day, actor)
        for at, day, actor, body in entries.values_list("at", "day", "actor", "body").iterator()
        if "state" in json.loads(body)
    )


def moment(at: dt.datetime, day: dt.date, actor: str) -> dt.datetime:
    """When a step was made, as far as deadlines go: an import brings in what was done before, and when its file was
    read says nothing of that."""
    return beginning(day) if actor.partition(":")[0] == ActorKind.IMPORT else at


def beginning(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))
