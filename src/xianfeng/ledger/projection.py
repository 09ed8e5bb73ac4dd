"""Images and their rows: the one place that knows how a record is stored as it stands."""

from __future__ import annotations

import json
from typing import Any

from xianfeng import canonical
from xianfeng.canonical import Written
from xianfeng.ledger import clocks
from xianfeng.ledger.forms import Form
from xianfeng.ledger.image import Image
from xianfeng.ledger.models import Record
from xianfeng.ledger.scribe import Scribe, days

COLUMNS = (
    "id",
    "scheme_id",
    "kind",
    "register",
    "reference",
    "organisation",
    "place",
    "holder",
    "subject",
    "day",
    "state",
    "level",
    "reviewer",
    "entered",
    "values",
    "personal",
    "clocks",
    "wakes",
    "opens",
    "seq",
)


def row(record: int, form: Form, image: Image, seq: int, scribe: Scribe) -> tuple[Any, ...]:
    """A record's columns, in the order of COLUMNS."""
    return (
        record,
        form.scheme.hash,
        image.kind,
        image.register,
        image.reference,
        image.organisation,
        image.place,
        image.holder,
        image.subject,
        image.day.isoformat(),
        image.state,
        image.level,
        image.reviewer,
        str(days(image.entered)),
        scribe.values(image.values),
        canonical.dumps(image.personal) if image.personal else "{}",
        canonical.dumps({name: Written(text) for name, text in image.clocks.items()}) if image.clocks else "{}",
        clocks.wakes(form.flow, image.state, image.clocks),
        clocks.opens(form.flow, image.state, image.clocks),
        seq,
    )


def clocks_of(record: Record) -> dict[str, str]:
    """How its clocks run, by move, each as its entry tells it."""
    return {name: canonical.dumps(one) for name, one in json.loads(record.clocks).items()}


def image_of(record: Record, scheme: str) -> Image:
    """The image that a stored record stands for; `scheme` is its scheme's name."""
    return Image(
        scheme=scheme,
        kind=record.kind,
        register=record.register,
        reference=record.reference,
        organisation=record.organisation,
        place=record.place,
        holder=record.holder,
        subject=record.subject,
        day=record.day,
        state=record.state,
        level=record.level,
        reviewer=record.reviewer,
        entered=json.loads(record.entered),
        values=json.loads(record.values),
        personal=json.loads(record.personal),
        clocks=clocks_of(record),
    )
