"""From two images to an entry: what the log keeps of one step of one record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from xianfeng.ledger.forms import Form
from xianfeng.ledger.image import Image, changes, heading, lines
from xianfeng.ledger.scribe import Scribe, entry_body
from xianfeng.log.append import Draft

STREAM = "record"


class Taken(NamedTuple):
    """One entry to be written: what was done, by whose powers, and the record after it."""

    action: str
    day: dt.date
    acting: int | None
    after: Image
    reason: str = ""
    told: Mapping[str, str] = MappingProxyType({})  # personal values, for the vault
    prefilled: tuple[str, ...] = ()


def draft(
    form: Form,
    record: int | None,
    before: Image | None,
    taken: Taken,
    scribe: Scribe,
    *,
    on_behalf: int | None = None,
    attachments: Sequence[Mapping[str, Any]] = (),
) -> Draft:
    own = changes(before, taken.after, scribe)
    if taken.reason:
        own["reason"] = taken.reason
    if taken.prefilled:
        own["prefilled"] = list(taken.prefilled)
    if attachments:
        own["attachments"] = list(attachments)
    body = entry_body(taken.acting, heading(before, taken.after), own)
    postings = lines(record, before, taken.after, scribe)
    return Draft(STREAM, taken.action, taken.day, record, form.scheme.hash, on_behalf, body, postings)
