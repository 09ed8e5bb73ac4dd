"""A scheme's faults as data: a stable code, a place, and the words for it in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from xianfeng.scheme.catalogue import CATALOGUE
from xianfeng.scheme.surface.tree import Mark

Language = Literal["zh", "en"]


@dataclass(frozen=True, order=True)
class Fault:
    """One fault at one place. `details` are the words that the catalogue's templates are filled with."""

    file: str
    line: int
    column: int
    code: str
    details: tuple[tuple[str, str], ...] = ()

    @property
    def message(self) -> str:
        return self.text("zh")

    @property
    def hint(self) -> str:
        return self.advice("zh")

    def text(self, language: Language = "zh") -> str:
        """What is wrong."""
        wording = CATALOGUE[self.code]
        return (wording.zh if language == "zh" else wording.en).format_map(dict(self.details))

    def advice(self, language: Language = "zh") -> str:
        """What to do about it; names the near miss when there is one."""
        wording, details = CATALOGUE[self.code], dict(self.details)
        advice = (wording.hint_zh if language == "zh" else wording.hint_en).format_map(details)
        near = details.get("near", "")
        if not near:
            return advice
        guess = f"是不是想写 {near}？" if language == "zh" else f"Did you mean {near}?"
        return f"{guess}{advice}" if language == "zh" else f"{guess} {advice}".rstrip()

    def __str__(self) -> str:
        hint = f"\n    {self.hint}" if self.hint else ""
        return f"{self.file}:{self.line}:{self.column} {self.message} [{self.code}]{hint}"


class Faults(tuple[Fault, ...]):
    """Every fault of a package, by place. `load` returns it instead of a scheme; it is never empty then."""

    __slots__ = ()

    def __str__(self) -> str:
        return "\n".join(map(str, self))


def in_order(faults: Iterable[Fault]) -> Faults:
    return Faults(sorted(set(faults)))


def fault(code: str, mark: Mark, **details: object) -> Fault:
    if code not in CATALOGUE:
        raise KeyError(f"fault code {code!r} has no wording in the catalogue")
    told = tuple((name, str(value)) for name, value in sorted(details.items()))
    return Fault(mark.file, mark.line, mark.column, code, told)


def nearest(word: str, known: Iterable[str] | Mapping[str, object]) -> str:
    """The known word that a misspelt one most resembles, or ''."""
    lowered = {name.lower(): name for name in known}
    close = get_close_matches(word.lower(), list(lowered), n=1, cutoff=0.6)
    return lowered[close[0]] if close else ""
