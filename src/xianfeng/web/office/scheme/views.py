"""Which version of a campaign an address means, and how much of its scheme this reader may see.

What a scheme asks is known to everybody of whom it may be asked: whoever acts at its root, above it or anywhere below.
The public sees the obligations, and of registers and measures what the scheme marks public, as on every other page.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from xianfeng.accounts.abilities import Ability
from xianfeng.ledger import powers
from xianfeng.ledger.models import SchemeVersion
from xianfeng.log.models import Entry
from xianfeng.problems import Problem
from xianfeng.registry import tree
from xianfeng.scheme.measuring import Measure
from xianfeng.scheme.nodes import Field, Kind, Scheme
from xianfeng.scheme.surface.files import LIBRARY
from xianfeng.web import scope
from xianfeng.web.entries import actors
from xianfeng.web.frame import asked, scheme_or_404
from xianfeng.web.scope import Scope


@dataclass(frozen=True)
class Version:
    """One adopted version: its entry, its day, who adopted it."""

    hash: str
    title: str
    seq: int
    day: dt.date
    who: str


@dataclass(frozen=True)
class View:
    """A scheme as a reader sees it: all of it, or what it makes public."""

    scheme: Scheme
    full: bool

    def measure(self, measure: Measure) -> bool:
        return self.full or measure.public

    def kind(self, kind: Kind) -> bool:
        return self.full or any(field.public for field in kind.fields.values())

    def fields(self, kind: Kind) -> tuple[Field, ...]:
        known = (field for field in kind.fields.values() if not field.retired)
        return tuple(field for field in known if self.full or (field.public and not field.personal))

    def line(self, path: str) -> str:
        """The address of a thing's line in the scheme file; '' for who does not see the file."""
        file, line = self.scheme.lines.get(path, ("", 0))
        return f"{self.file(file)}#L{line}" if file and self.full else ""

    def file(self, shown: str = "scheme.yaml") -> str:
        query = {"version": self.scheme.hash, "file": shown.replace("library/", LIBRARY, 1)}
        return f"{reverse('rules_file', args=[self.scheme.name])}?{urlencode(query)}"


def view_or_404(request: HttpRequest, name: str, key: str = "version") -> View:
    """The version asked for, or the current one."""
    return view_of(scheme_or_404(name, asked(request, key)), scope.of(request))


def view_of(scheme: Scheme, seen: Scope) -> View:
    return View(scheme, _full(scheme, seen))


def _full(scheme: Scheme, seen: Scope) -> bool:
    try:
        root = powers.root_of(scheme)
    except Problem:  # not registered yet
        return seen.everything
    if seen.within(root):
        return True
    own = seen.reader.organisation
    if own is None or not seen.reader.can(Ability.READ):
        return False
    return tree.is_above(root, own.id, timezone.localdate())


def adopted(name: str) -> tuple[Version, ...]:
    """Newest first."""
    rows = list(SchemeVersion.objects.filter(name=name).order_by("-seq").values_list("hash", "title", "seq"))
    entries = {entry.seq: entry for entry in Entry.objects.filter(seq__in=[seq for _, _, seq in rows])}
    known = actors(entry.actor for entry in entries.values())
    return tuple(
        Version(hash_, title, seq, entries[seq].day, known.get(entries[seq].actor, entries[seq].actor))
        for hash_, title, seq in rows
    )
