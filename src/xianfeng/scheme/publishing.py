"""Making public what somebody brought as his own, as a kind says it that `publishes` it: in a record of its own.

What such a record tells stands in the fields that are called as those they are taken from, and what became of the
matter in the choice whose values are states of the matter.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from xianfeng.scheme.nodes import Kind
from xianfeng.scheme.requesting import Request
from xianfeng.scheme.types import FieldType


@dataclass(frozen=True)
class Publication:
    """How matters of a kind are made public. `record`, `outcome`, `told`: fields of `kind`, by what they hold; '' and
    none where it has none."""

    kind: Kind
    request: Request
    record: str
    outcome: str

    @property
    def told(self) -> tuple[str, ...]:
        """The texts that are taken over: what was asked, and the answer."""
        texts = {name for name, field in self.kind.fields.items() if field.type.is_text}
        return tuple(name for name in (self.request.text, self.request.reply) if name in texts)

    @property
    def states(self) -> frozenset[str]:
        """The states of a matter in which there is an answer to publish."""
        return frozenset(self.kind.fields[self.outcome].choices)

    @property
    def unseen(self) -> tuple[str, ...]:
        """What it tells in fields that nobody outside may read."""
        return tuple(name for name in (*self.told, self.outcome) if name and not self.kind.fields[name].public)


def publications(kinds: Mapping[str, Kind]) -> Iterator[Publication]:
    """Those by which something can be published."""
    return (one for one in declared(kinds) if one.outcome and one.told)


def declared(kinds: Mapping[str, Kind]) -> Iterator[Publication]:
    """Whatever says that it makes public what somebody brought, whether it can or not."""
    for kind in kinds.values():
        field = kind.fields.get(kind.publishes)
        of = kinds.get(field.of) if field else None
        if of and of.request:
            yield Publication(kind, of.request, kind.publishes, _outcome(kind, of))


def _outcome(kind: Kind, of: Kind) -> str:
    choices = (field for field in kind.fields.values() if field.type is FieldType.CHOICE)
    return next((field.name for field in choices if field.choices.keys() <= of.flow.states.keys()), "")
