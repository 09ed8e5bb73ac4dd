"""Asking whom something binds: a sort of organisations, one organisation, or nobody yet; in words and never as YAML."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext

from xianfeng.ledger import binding
from xianfeng.registry import tree
from xianfeng.scheme.obliging import ORGANISATIONS
from xianfeng.scheme.whom import GROUPS, Whom, code_of, group_of, guessed, of_code
from xianfeng.scheme.whom import read as condition_of
from xianfeng.sentences import translated

ROOT, EVERYBODY, ROLE = "root", "everybody", "role."
_PREFIX = "who."


@dataclass(frozen=True)
class Choice:
    """One question. `chosen`: a name in GROUPS, ROOT, EVERYBODY, a role, or '' for none; `code` wins over it."""

    name: str
    label: str
    chosen: str = ""
    code: str = ""
    shown: str = ""  # what the organisation with this code is called
    fault: str = ""

    @property
    def known(self) -> bool:
        return bool(self.chosen or self.code) and not self.fault

    def whom(self, root: str) -> Whom | None:
        """None while nobody is chosen."""
        if self.fault or not (self.chosen or self.code):
            return None
        if self.code or self.chosen == ROOT:
            return of_code(self.code or root)
        if self.chosen.startswith(ROLE):
            return Whom(of=self.chosen.removeprefix(ROLE))
        return GROUPS[self.chosen].whom if self.chosen in GROUPS else Whom()


def options(root: str, roles: Mapping[str, str] | None = None) -> tuple[tuple[str, str], ...]:
    """What can be chosen, with its words; `root`: what the campaign's own organisation is called."""
    groups = ((name, translated(group.title)) for name, group in GROUPS.items())
    held = ((f"{ROLE}{name}", title) for name, title in (roles or {}).items())
    own = gettext("本级：%(name)s") % {"name": root}
    return ((ROOT, own), *groups, (EVERYBODY, gettext("活动范围内的各组织")), *held)


def first(leads: Iterable[str], root: str) -> tuple[Choice, ...]:
    """A question for each unit in charge, answered as its words suggest; what is no other's name is this office's."""
    return tuple(_guessed(f"{_PREFIX}{number}", lead, root) for number, lead in enumerate(leads))


def answered(leads: Iterable[str], given: QueryDict, root: str) -> tuple[Choice, ...]:
    return tuple(read(f"{_PREFIX}{number}", lead, given, root) for number, lead in enumerate(leads))


def read(name: str, label: str, given: QueryDict, root: str) -> Choice:
    """What was chosen or typed for one question."""
    chosen, code = given.get(name, ""), given.get(f"{name}.code", "").strip()
    if not code:
        return Choice(name, label, chosen)
    found = tree.by_any_code(code) if code.isprintable() else None
    if found is None:
        told = gettext("没有代码为“%(code)s”的组织，请按名称找一找。") % {"code": code}
        return Choice(name, label, chosen, code, fault=told)
    if not binding.within(root, found):
        told = gettext("“%(name)s”不在这个活动的范围里，请换一个。") % {"name": found.name}
        return Choice(name, label, chosen, found.code, found.name, told)
    return Choice(name, label, "", found.code, found.name)


def written(name: str, of: str, where: str, root: str) -> Choice:
    """The question of an obligation as it stands in a scheme; nothing is chosen where its condition has no words."""
    if of != ORGANISATIONS:
        return Choice(name, "", "" if where else f"{ROLE}{of}")
    if not where:
        return Choice(name, "", EVERYBODY)
    condition = condition_of(where)
    code = code_of(condition)
    if not code or code == root:
        return Choice(name, "", ROOT if code else group_of(condition))
    found = tree.by_any_code(code)
    return Choice(name, "", "", code, found.name if found else "")


def _guessed(name: str, lead: str, root: str) -> Choice:
    if group := guessed(lead):
        return Choice(name, lead, group)
    found = binding.named(lead, root)
    return Choice(name, lead, "", found.code, found.name) if found else Choice(name, lead, ROOT)
