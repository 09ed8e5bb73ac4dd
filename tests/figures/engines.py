"""The engines that must agree. A second one joins here, in one line, and every test asks it too."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from xianfeng.figures.interface import Figures, Source
from xianfeng.figures.lake import Lake
from xianfeng.figures.reference import Reference

ENGINES: Mapping[str, Callable[[Source, Path], Figures]] = {
    "reference": lambda source, folder: Reference(source, Lake(folder)),
    "each place and period asked for": lambda source, folder: Reference(source, Lake(folder), most=-1),
}
