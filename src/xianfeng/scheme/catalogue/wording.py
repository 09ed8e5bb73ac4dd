"""One fault's words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Wording:
    zh: str
    en: str
    hint_zh: str = ""
    hint_en: str = ""
