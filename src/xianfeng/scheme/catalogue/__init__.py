"""The wording of every fault, in Chinese and English: what is wrong, and what to do about it.

A code is stable: tests, pages and translations refer to it. Templates are filled with a fault's details.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from xianfeng.scheme.catalogue import commending, due, evaluating, flows, grading, law, meaning, measures, surface
from xianfeng.scheme.catalogue.wording import Wording

CATALOGUE: Mapping[str, Wording] = MappingProxyType(
    {
        **surface.WORDINGS,
        **meaning.WORDINGS,
        **commending.WORDINGS,
        **due.WORDINGS,
        **evaluating.WORDINGS,
        **flows.WORDINGS,
        **grading.WORDINGS,
        **measures.WORDINGS,
        **law.WORDINGS,
    }
)
