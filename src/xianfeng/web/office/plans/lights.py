"""A light as a cell and a word: the look helps, the word says it."""

from __future__ import annotations

from collections.abc import Mapping

from xianfeng.plans.standing import Light
from xianfeng.web import cells
from xianfeng.web.cells import Cell, Look

LOOKS: Mapping[Light, Look] = {
    Light.DONE: Look.DONE,
    Light.NORMAL: Look.TAG,
    Light.CROSSED: Look.ATTENTION,
    Light.NEAR: Look.ATTENTION,
    Light.LATE: Look.ATTENTION,
}


def cell(light: Light) -> Cell:
    return cells.text(light.word, look=LOOKS[light])
