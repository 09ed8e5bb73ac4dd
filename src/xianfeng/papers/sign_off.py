"""The sign-off sheet (签批单): what goes round with a manuscript, box by box, on screen and on paper the same."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Box:
    """`hand`: the first line is somebody's name, in the place of a signature. `tall`: room to write by hand."""

    label: str
    lines: tuple[str, ...] = ()
    hand: bool = False
    tall: bool = False


@dataclass(frozen=True, kw_only=True)
class SignOff:
    """`rows`: one box over the whole width, or two beside one another."""

    issuer: str
    title: str
    rows: tuple[tuple[Box, ...], ...]
    synthetic: bool
