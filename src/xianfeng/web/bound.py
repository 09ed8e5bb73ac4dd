"""Whom a campaign's obligations bind, in the registry's own names; and those they name whom nobody stands for yet."""

from __future__ import annotations

from xianfeng.registry import tree
from xianfeng.registry.models import Appointment
from xianfeng.scheme.nodes import Scheme
from xianfeng.scheme.whom import code_of


def called(scheme: Scheme) -> dict[str, str]:
    """The organisations that obligations name by their codes."""
    codes = {code for rule in scheme.obligations.values() if (code := code_of(rule.where))}
    found = {code: tree.by_any_code(code) for code in codes}
    return {code: organisation.name for code, organisation in found.items() if organisation is not None}


def unbound(scheme: Scheme) -> tuple[str, ...]:
    """The scheme's own roles that owe something and that nobody holds: what they owe is asked of no organisation.
    A historical campaign waits for nobody."""
    if scheme.historical:
        return ()
    owing = {rule.of for rule in scheme.obligations.values()} & scheme.roles.keys()
    if not owing:
        return ()
    held = set(Appointment.objects.filter(role__in=owing, until=None).values_list("role", flat=True))
    return tuple(role.title for name, role in scheme.roles.items() if name in owing - held)
