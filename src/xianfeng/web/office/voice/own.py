"""Whose campaigns an office answers for."""

from __future__ import annotations

from xianfeng.ledger import versions
from xianfeng.web.frame import SchemeLink, campaigns
from xianfeng.web.scope import Scope


def own_campaigns(seen: Scope) -> tuple[SchemeLink, ...]:
    """Those that the reader's office runs."""
    return tuple(link for link in campaigns() if seen.runs(versions.current(link.name)))
