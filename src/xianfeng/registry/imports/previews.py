"""What a file would do, and everything that is wrong with it, before a row of it is written."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from xianfeng.log.actors import CLOCK
from xianfeng.problems import Problem
from xianfeng.registry.actions.founding import Founding, found_many
from xianfeng.registry.imports import contacts, files, organisations
from xianfeng.registry.imports.columns import recognise
from xianfeng.registry.imports.contacts import Contact
from xianfeng.registry.imports.tables import fault
from xianfeng.sentences import say


@dataclass(frozen=True, kw_only=True)
class Preview:
    """A file read: what it would begin, its faults row by row, and what was left out."""

    name: str
    sha256: str
    kind: str  # organisations | contacts
    foundings: tuple[Founding, ...] = ()
    contacts: tuple[Contact, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def summary(self) -> str:
        what = (
            say("{count} 个组织", count=len(self.foundings))
            if self.kind == "organisations"
            else say("{count} 名联系人", count=len(self.contacts))
        )
        return "\n".join([f"{self.name}：{what}", *self.notes])


def preview(path: Path) -> Preview:
    """Read and check a file; nothing is written. A file that cannot be read at all is refused."""
    book, content = files.read(path)
    list_ = recognise(book)
    notes = book.notes
    if list_.unused:
        notes = (*notes, say("这些列没有用到：{unused}", unused="、".join(list_.unused)))
    if not list_.lines:
        hint = say("请填好名单再上传；数据要在表头下面，一个组织或一个人一行。")
        raise fault("no_rows", say("只有表头，没有数据行"), hint)
    digest = hashlib.sha256(content).hexdigest()
    faults = tuple(problem for line in list_.lines for problem in line.problems)
    if list_.kind == "contacts":
        people, problems = contacts.read(list_.lines)
        return Preview(
            name=path.name,
            sha256=digest,
            kind="contacts",
            contacts=tuple(people),
            problems=(*faults, *problems),
            notes=notes,
        )
    foundings, problems = organisations.read(list_.lines)
    problems = [*faults, *problems] or _rehearsed(foundings)
    return Preview(
        name=path.name,
        sha256=digest,
        kind="organisations",
        foundings=tuple(foundings),
        problems=tuple(problems),
        notes=notes,
    )


def _rehearsed(foundings: list[Founding]) -> list[Problem]:
    """What only the registry itself can tell (a parent closed on that day): founded, then rolled back."""
    with transaction.atomic():
        try:
            found_many(foundings=foundings, by=CLOCK)
        except Problem as problem:
            return [problem]
        finally:
            transaction.set_rollback(True)
    return []
