"""Corrections: what a closed bulletin would say differently today, and why."""

from __future__ import annotations

from collections.abc import Callable

from xianfeng.bulletins.citing import Cited, Edition


def of_previous(edition: Edition) -> Callable[[], list[dict[str, Cited]]]:
    """What a template's corrections() answers: those of the bulletin before this one in its series."""
    return list
