"""A task table between its reading and its campaign: it travels with the form, signed, since nothing is kept before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from django.core import signing
from django.core.exceptions import BadRequest

from xianfeng.scheme.start import Doubt, Heading, Task, Tasks

_SALT = "task table"


@dataclass(frozen=True)
class Carried:
    """What was read of a table, what the office said of its campaign, and what the file was called."""

    heading: Heading
    tasks: Tasks
    file: str

    def signed(self) -> str:
        """As the form carries it."""
        return signing.dumps(_plain(asdict(self)), salt=_SALT, compress=True)


def carried(text: str) -> Carried:
    try:
        said = signing.loads(text, salt=_SALT)
    except signing.BadSignature:
        raise BadRequest("table") from None
    heading, tasks = said["heading"], said["tasks"]
    days = {name: dt.date.fromisoformat(heading[name]) for name in ("since", "until")}
    return Carried(
        heading=Heading(**{**heading, **days}),
        tasks=Tasks(tuple(map(_task, tasks["tasks"])), tuple(tasks["left"]), tasks["columns"]),
        file=said["file"],
    )


def _task(said: Mapping[str, Any]) -> Task:
    return Task(
        **{
            **said,
            "amount": Decimal(said["amount"]) if said["amount"] is not None else None,
            "due": dt.date.fromisoformat(said["due"]) if said["due"] else None,
            "doubts": tuple(Doubt(**doubt) for doubt in said["doubts"]),
        }
    )


def _plain(value: Any) -> Any:
    """Days and numbers as texts."""
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return str(value) if isinstance(value, dt.date | Decimal) else value
