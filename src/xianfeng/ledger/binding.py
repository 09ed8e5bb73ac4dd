"""Whom a campaign's table means by its units in charge: a sort of organisations, one by its name, or the office itself.

The page that begins a campaign and the command suppose the same; the page asks before anything is made of it.
"""

from __future__ import annotations

from xianfeng.registry import chains, tree
from xianfeng.registry.models import Organisation
from xianfeng.scheme.whom import GROUPS, Whom, guessed, of_code

_NAMESAKES = 5


def supposed(lead: str, root: str) -> Whom:
    """What is neither a sort of organisations nor one organisation's name is the office whose campaign it is."""
    if group := guessed(lead):
        return GROUPS[group].whom
    found = named(lead, root)
    return of_code(found.code if found else root)


def named(words: str, root: str) -> Organisation | None:
    """The one organisation that is called so where the campaign reaches; None for nobody and for several."""
    known = Organisation.objects.filter(name=words, closed=None)[:_NAMESAKES]
    inside = [found for found in known if within(root, found)]
    return inside[0] if len(inside) == 1 else None


def within(root: str, organisation: Organisation) -> bool:
    """Whether it is the campaign's own organisation or stands below it."""
    top = tree.by_any_code(root)
    if top is None:
        return False
    return top.id in chains.upwards(organisation.id)
