"""What a verification says: faults, and notes on what is as it should be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from xianfeng.sentences import Said, say


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that was found; `seq` is the entry it is about."""

    code: str
    message: str
    seq: int | None = None
    hint: str = ""
    weight: Literal["fault", "note"] = "fault"


@dataclass(frozen=True, kw_only=True)
class Difference:
    """Something kept that is not what it is made of."""

    about: str
    message: str

    @property
    def told(self) -> Said:
        return say("{place}：{said}", place=self.about, said=self.message)


@dataclass(frozen=True, kw_only=True)
class Report:
    entries: int
    sealed: int
    findings: tuple[Finding, ...]

    @property
    def faults(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.weight == "fault")

    @property
    def holds(self) -> bool:
        return not self.faults
