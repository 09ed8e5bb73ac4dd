"""A file read without faults becomes organisations or contacts: all of them, or none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.utils import timezone

from xianfeng.log import bulk
from xianfeng.log.actors import Actor
from xianfeng.log.append import Draft, append, head, next_number
from xianfeng.problems import Problems
from xianfeng.registry import changes
from xianfeng.registry.actions.founding import found_many
from xianfeng.registry.actions.people import Appointing, Newcomer, appoint_many, enter_many, given_codes
from xianfeng.registry.imports.contacts import Contact
from xianfeng.registry.imports.previews import Preview
from xianfeng.registry.models import Imported
from xianfeng.sentences import say

STREAM = "import"
_TOLD = 200  # rows between two reports


def apply(read: Preview, *, by: Actor, progress: Callable[[int], None] | None = None) -> int:
    """Write what a file says; the import's number, by which it can be taken back.

    `progress` is told how many rows are written so far; what it raises takes everything back.
    """
    if read.problems:
        message = say("文件有 {count} 处问题，没有写入", count=len(read.problems))
        raise Problems(list(read.problems), code="import.faults", message=message, hint="改好后再导入。")
    with changes.changing():
        if read.kind == "organisations":
            numbers = found_many(foundings=read.foundings, by=by, progress=progress)
        else:
            numbers = _enter(read.contacts, by, progress)
        body: dict[str, Any] = {
            "name": read.name[:200],
            "sha256": read.sha256,
            "kind": read.kind,
            "first": numbers.start,
            "last": numbers.stop - 1,
        }
        seq = append([Draft(stream=STREAM, action=read.kind, day=timezone.localdate(by.moment), body=body)], by=by)[0]
        Imported.objects.create(id=seq, **body)
        return seq


def _enter(contacts: Sequence[Contact], by: Actor, progress: Callable[[int], None] | None) -> range:
    given = iter(given_codes(sum(not contact.code for contact in contacts)))
    first = next_number()
    newcomers = [
        Newcomer(code=contact.code or next(given), name=contact.name, phone=contact.phone) for contact in contacts
    ]
    people = enter_many(people=newcomers, day=timezone.localdate(by.moment), by=by)
    appointings = [
        Appointing(person=person, organisation=contact.organisation, role=contact.role, day=contact.since)
        for person, contact in zip(people, contacts, strict=True)
    ]
    for done, some in enumerate(bulk.batched(appointings, _TOLD)):
        appoint_many(people=some, by=by)
        if progress:
            progress(done * _TOLD + len(some))
    return range(first, head() + 1)
