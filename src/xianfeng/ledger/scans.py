"""Scans that a step keeps beside what it says, of papers that name nobody but offices: a stamped sign-off sheet."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import PurePath

from xianfeng.ledger import files
from xianfeng.ledger.files import Described
from xianfeng.log.models import Entry
from xianfeng.log.steps import Step

NAMED = "attachment"  # what an entry's body calls it
_CALLED = "签批单"  # what its file was called may name somebody, in a log that forgets nothing
WRITTEN = f'"{NAMED}":{{'  # in an entry's canonical body


def keep(name: str, content: bytes) -> Described:
    """As the step's entry describes it, under `NAMED`."""
    return files.keep(f"{_CALLED}{PurePath(name).suffix}", content)._asdict()


def of(steps: Iterable[Step]) -> Iterator[Described]:
    return (step.body[NAMED] for step in steps if NAMED in step.body)


def hashes() -> set[str]:
    """Of all that were ever kept: their entries name them, and no row beside those."""
    bodies = Entry.objects.exclude(stream="record").filter(body__contains=WRITTEN).values_list("body", flat=True)
    return {str(json.loads(body)[NAMED]["sha256"]) for body in bodies}
