"""One scope for reading: what this reader may see. Every page asks it before it asks anything else.

There is no sign-in yet (ADR 5), so there are two readers: the demonstration's, who sees everything because nothing in
it is real, and the public, who sees what schemes mark `public: true`. What may not be seen is answered like what does
not exist.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings

from xianfeng.ledger.models import Record
from xianfeng.scheme.nodes import Field, Kind, Measure
from xianfeng.scheme.types import Level


@dataclass(frozen=True)
class Scope:
    everything: bool

    def measure(self, measure: Measure) -> bool:
        return self.everything or measure.public

    def kind(self, kind: Kind) -> bool:
        """Whether records of this kind have a page: when something on it may be read."""
        return self.everything or any(field.public for field in kind.fields.values())

    def record(self, record: Record, kind: Kind) -> bool:
        """A draft is its author's until it is filed, and what was withdrawn is published no longer."""
        return self.everything or (self.kind(kind) and record.level > Level.NONE.rank)

    def fields(self, kind: Kind) -> Mapping[str, Field]:
        return {
            name: field
            for name, field in kind.fields.items()
            if not field.personal and (self.everything or field.public)
        }

    @property
    def names_the_missing(self) -> bool:
        """Whether those who have not reported are named, or only counted."""
        return self.everything

    @property
    def entries(self) -> bool:
        """Whether the history of a record shows reasons and values, or only that something happened and when."""
        return self.everything


def of_this_request() -> Scope:
    return Scope(everything=settings.XIANFENG_SYNTHETIC)
