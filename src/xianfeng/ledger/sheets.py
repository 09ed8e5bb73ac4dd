"""Sheets that people signed, scanned: what stands on one is personal, so it lies in the vault and is erased with it.

A step's entry describes its sheet under `NAMED`, and holds a commitment in its place.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any, NamedTuple

from xianfeng.ledger import files
from xianfeng.log.actors import Actor
from xianfeng.log.steps import Step
from xianfeng.vault import values as vault

NAMED = "sheet"  # what an entry's body calls it, and the vault


class Sheet(NamedTuple):
    media_type: str
    content: bytes


def keep(name: str, content: bytes, *, record: int) -> Mapping[str, Any]:
    """As the step's entry describes it. What its file was called is not kept: it may name somebody."""
    taken = files.taken(name, content)
    held = vault.keep(field=NAMED, value=base64.b64encode(taken.content).decode(), record=record)
    return {"media_type": taken.media_type, "held": held}


def read(step: Step, *, by: Actor, purpose: str) -> Sheet:
    """The sheet that a step keeps; the reading is counted."""
    said = step.body[NAMED]
    return Sheet(said["media_type"], base64.b64decode(vault.read(said["held"], by=by, purpose=purpose)))
