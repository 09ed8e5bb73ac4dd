"""Seals listed outside the database: whoever cuts the log back to an earlier seal leaves one here that it lacks.

A database alone cannot tell that its last entries, their seals and its head were taken away together: what is left is
whole. One line of JSON each, all that was signed and the signature, so a line proves by itself what it says.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from xianfeng import paths
from xianfeng.log import lines
from xianfeng.log.models import Seal


def complete() -> None:
    """List the seals that are not listed yet: one just committed, and any whose process died before it got here."""
    known = {line.get("size") for line in listed()}
    lacking = set(Seal.objects.values_list("size", flat=True)) - known
    if lacking:
        lines.add(_path(), [line_of(seal) for seal in Seal.objects.filter(size__in=lacking).order_by("size")])


def listed() -> list[dict[str, Any]]:
    """Every line, oldest first."""
    return lines.read(_path())


def line_of(seal: Seal) -> dict[str, Any]:
    return {**seal.said, "signature": bytes(seal.signature).hex()}


def _path() -> Path:
    return paths.room("keys") / "seals.jsonl"
