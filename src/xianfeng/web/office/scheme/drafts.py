"""A version on its way: the one it is made from and the files that differ. It travels with the form, so it is nobody's
until it is adopted, survives a restart, and two people at two drafts never mix."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from django.core.exceptions import BadRequest
from django.http import HttpRequest

from xianfeng.ledger import versions
from xianfeng.problems import Problem
from xianfeng.scheme.editing.changing import own, readable
from xianfeng.scheme.editing.terms import tree_of
from xianfeng.scheme.faults import Faults
from xianfeng.scheme.loader import load_package, with_libraries
from xianfeng.scheme.nodes import Scheme
from xianfeng.scheme.surface.files import MAIN
from xianfeng.scheme.surface.tree import Table


@dataclass(frozen=True)
class Draft:
    """`base`: hash of the version it is made from; '' for a campaign that is not there yet."""

    base: str
    changed: Mapping[str, str]

    @cached_property
    def files(self) -> dict[str, str]:
        before = versions.package(self.base) if self.base else with_libraries({})
        return {**before, **self.changed}

    @cached_property
    def readable(self) -> bool:
        return readable(self.files)

    @cached_property
    def tree(self) -> Table:
        return tree_of(self.files)

    @cached_property
    def loaded(self) -> Scheme | Faults:
        return load_package(self.files)

    @property
    def old(self) -> Scheme:
        return versions.scheme(self.base)

    @property
    def text(self) -> str:
        return self.files.get(MAIN, "")

    @property
    def hidden(self) -> str:
        """What differs, as the form carries it."""
        return json.dumps(dict(self.changed), ensure_ascii=False)

    def with_files(self, files: Mapping[str, str]) -> Draft:
        """The same with these files; what is as before is not carried along."""
        before = versions.package(self.base) if self.base else {}
        return replace(self, changed={name: files[name] for name in own(files) if files[name] != before.get(name)})

    def with_text(self, text: str) -> Draft:
        return self.with_files({**self.files, MAIN: text})


def posted(request: HttpRequest) -> Draft:
    """The draft that a form carries; only files that are the scheme's own can have been changed."""
    base = request.POST.get("base", "")
    try:
        changed = json.loads(request.POST.get("changed", "") or "{}")
        known = {MAIN, *own(versions.package(base))} if base else {MAIN}
    except (ValueError, Problem):
        raise BadRequest("base") from None
    if not isinstance(changed, dict) or not all(name in known and isinstance(changed[name], str) for name in changed):
        raise BadRequest("changed")
    return Draft(base, {name: unified(text) for name, text in changed.items()})


def read(content: bytes) -> str:
    """A file's text: UTF-8, or what a Chinese Windows writes instead."""
    try:
        return unified(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return unified(content.decode("gb18030", errors="replace"))


def unified(text: str) -> str:
    """With line ends as scheme files have them: a browser sends others."""
    return text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
