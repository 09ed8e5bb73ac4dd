"""Public promises (公开承诺), as a kind says it: which states end one, and by when it is to be kept."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Promise:
    """That records of a kind are promises made in public, and what says how each of them stands."""

    kept: tuple[str, ...]  # the states of one that was kept
    broken: tuple[str, ...] = ()
    due: str = ""  # the date field by which it is to be kept
