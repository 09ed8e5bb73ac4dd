"""Checking a file and writing it, beside the request when it is long: the page asks how far it has come.

Writing is one transaction. Stopped, refused or killed in the middle, nothing of it is there.
"""

from __future__ import annotations

import os
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from django.db import connection
from django.utils.translation import gettext

from xianfeng.accounts import abilities
from xianfeng.accounts.reach import Reach
from xianfeng.accounts.reader import Reader
from xianfeng.problems import Problem, Problems
from xianfeng.registry import imports
from xianfeng.registry.imports import Preview
from xianfeng.registry.models import Organisation
from xianfeng.scheme import titles
from xianfeng.web.pending import Fault, Found, Pending, State

AT_ONCE = 300_000  # bytes of a file that is done with within a request
TOLD = 500  # faults
SAMPLE = 20
Sample = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Job:
    """Everything a thread needs to know of the request that began it."""

    pending: Pending
    reader: Reader

    def check(self) -> None:
        self._run("checking", self._check)

    def write(self) -> None:
        self._run("writing", self._write)

    def _run(self, step: str, work: Callable[[], None]) -> None:
        found = self.pending.found
        self.pending.tell(State(step, total=found.rows if found else 0, pid=os.getpid()))
        if self.pending.file.stat().st_size <= AT_ONCE:
            work()
        else:
            threading.Thread(target=self._aside, args=[work], daemon=True).start()

    def _aside(self, work: Callable[[], None]) -> None:
        try:
            work()
        except Exception as error:
            self.pending.tell(State("failed", told=gettext("系统出错：%(error)s") % {"error": type(error).__name__}))
            raise
        finally:
            connection.close()

    def _check(self) -> None:
        try:
            self.pending.keep(_found(self._read()))
        except Problem as problem:
            fault = Fault(problem.place, problem.message, problem.hint)
            self.pending.keep(Found("", 0, (), (), (), (fault,), 0))
        self.pending.tell(State("checked"))

    def _write(self) -> None:
        try:
            read = self._read()
            number = imports.apply(read, by=self.reader.actor, progress=lambda done: self._told(done, read))
        except Problems as problems:
            self.pending.keep(_found_faults(problems))
            self.pending.tell(State("checked"))
        except Problem as problem:
            step = "stopped" if problem.code == "import.stopped" else "failed"
            self.pending.tell(State(step, told=problem.told))
        else:
            self.pending.tell(State("written", number=number))
            self.pending.drop_file()

    def _read(self) -> Preview:
        """With the faults that only this reader has: what lies outside of his subtree."""
        read = imports.preview(self.pending.file)
        roles = abilities.titles()
        known = {title: name for name, title in roles.items()} | {name: name for name in roles}
        strange = _strange_roles(read, known)
        outside = _outside(read, Reach(self.reader.paths))
        return replace(
            read,
            contacts=tuple(replace(row, role=known.get(row.role, row.role)) for row in read.contacts),
            problems=(*read.problems, *strange, *outside),
        )

    def _told(self, done: int, read: Preview) -> None:
        if self.pending.stopping:
            raise Problem("import.stopped", gettext("已按您的要求停止"), hint=gettext("没有写入任何内容。"))
        self.pending.tell(State("writing", done=done, total=_rows(read), pid=os.getpid()))


def _outside(read: Preview, reach: Reach) -> list[Problem]:
    own = {row.code for row in read.foundings}
    above = {row.parent for row in read.foundings if isinstance(row.parent, str)} - own
    known = dict(Organisation.objects.filter(code__in=above).values_list("code", "id"))
    numbers = {*known.values(), *(contact.organisation for contact in read.contacts)}
    strange = numbers - reach.organisations(numbers)
    hint = gettext("只能导入本级范围内的；其余的请那里的系统管理员导入。")
    found = [
        Problem(
            "import.outside", gettext("上级“%(code)s”不在本级范围内") % {"code": row.parent}, hint=hint, place=row.code
        )
        for row in read.foundings
        if isinstance(row.parent, str) and known.get(row.parent) in strange
    ]
    at = Counter(contact.organisation for contact in read.contacts if contact.organisation in strange)
    codes = dict(Organisation.objects.filter(id__in=at).values_list("id", "code"))
    found += [
        Problem(
            "import.outside",
            gettext("有 %(n)s 名联系人的组织不在本级范围内") % {"n": count},
            hint=hint,
            place=codes[number],
        )
        for number, count in at.items()
    ]
    return found


def _strange_roles(read: Preview, known: Mapping[str, str]) -> list[Problem]:
    hint = gettext("可用：%(roles)s。") % {"roles": gettext("、").join(abilities.titles().values())}
    strange = Counter(row.role for row in read.contacts if row.role not in known)
    return [
        Problem("import.role", gettext("没有“%(role)s”这种职务（%(n)s 行）") % {"role": role, "n": count}, hint=hint)
        for role, count in strange.items()
    ]


def _rows(read: Preview) -> int:
    return len(read.foundings) or len(read.contacts)


def _found(read: Preview) -> Found:
    faults = [Fault(problem.place, problem.message, problem.hint) for problem in read.problems]
    counts, sample = _of_contacts(read) if read.kind == "contacts" else _of_organisations(read)
    return Found(
        kind=read.kind,
        rows=_rows(read),
        counts=tuple(counts.most_common(20)),
        sample=sample,
        notes=tuple(read.notes),
        faults=tuple(faults[:TOLD]),
        more=max(0, len(faults) - TOLD),
    )


def _of_organisations(read: Preview) -> tuple[Counter[str], Sample]:
    kinds = Counter(titles.kind_of(row) for row in read.foundings)
    shown = read.foundings[:SAMPLE]
    return kinds, tuple((row.code, row.name, str(row.parent), str(row.founded or "")) for row in shown)


def _of_contacts(read: Preview) -> tuple[Counter[str], Sample]:
    """Without anybody's name."""
    called = abilities.titles()
    shown = read.contacts[:SAMPLE]
    there = Organisation.objects.filter(id__in={row.organisation for row in shown})
    names = dict(there.values_list("id", "name"))
    roles = Counter(called.get(row.role, row.role) for row in read.contacts)
    return roles, tuple(
        (names.get(row.organisation, ""), called.get(row.role, row.role), str(row.since)) for row in shown
    )


def _found_faults(problems: Problems) -> Found:
    faults = [Fault(problem.place, problem.message, problem.hint) for problem in problems.problems]
    return Found("", 0, (), (), (), tuple(faults[:TOLD]), max(0, len(faults) - TOLD))
