"""One engine for a whole module: it keeps what it has compiled, and is handed one world after another."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.figures.engines import ENGINES
from tests.figures.worlds import World
from xianfeng.figures.interface import Figures


class Stage:
    """A source that is always the world on stage."""

    world: World

    def __getattr__(self, name: str) -> Any:
        return getattr(self.world, name)


class Bench:
    def __init__(self, name: str, folder: Path) -> None:
        self.stage = Stage()
        self.folder = folder
        self.engine: Figures = ENGINES[name](self.stage, folder)

    def of(self, world: World) -> Figures:
        self.stage.world = world
        return self.engine


@pytest.fixture(scope="module", params=list(ENGINES))
def bench(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(request.param, tmp_path_factory.mktemp("lake"))
