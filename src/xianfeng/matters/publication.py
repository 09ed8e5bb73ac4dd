"""Making a matter and its answer public, as a record of its own: of the matter itself nothing ever is.

That record is of a kind which says `publishes` of the matter's kind. What it tells stands in the fields that are called
as those they are taken from, and what became of the matter in the choice whose values are states of the matter.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from xianfeng.ledger import versions
from xianfeng.ledger.models import Record
from xianfeng.matters.intake import request_of
from xianfeng.scheme.nodes import Kind, Scheme
from xianfeng.scheme.requesting import Request
from xianfeng.scheme.types import FieldType


@dataclass(frozen=True)
class Publication:
    """How matters of a kind are made public. `record`, `outcome`, `told`: fields of `kind`, by what they hold."""

    kind: Kind
    request: Request
    record: str
    outcome: str

    @property
    def told(self) -> tuple[str, ...]:
        """The texts that are taken over: what was asked, and the answer."""
        return tuple(name for name in (self.request.text, self.request.reply) if name in self.kind.fields)

    @property
    def states(self) -> frozenset[str]:
        """The states of a matter in which there is an answer to publish."""
        return frozenset(self.kind.fields[self.outcome].choices)


def publications(scheme: Scheme) -> Iterator[Publication]:
    for kind in scheme.kinds.values():
        field = kind.fields.get(kind.publishes)
        of = scheme.kinds.get(field.of) if field else None
        outcome = _outcome(kind, of) if of else ""
        if of and of.request and outcome:
            yield Publication(kind, of.request, kind.publishes, outcome)


def publication(record: Record) -> Publication | None:
    """How a matter would be made public now: None where its campaign has no kind for it, where there is no answer, and
    where its requester keeps it to himself."""
    if request_of(record) is None:
        return None
    scheme = versions.current(versions.scheme(record.scheme_id).name)  # under which it would be filed
    own = (one for one in publications(scheme) if one.kind.fields[one.record].of == record.kind)
    found = next(own, None)
    if found is None or record.state not in found.states:
        return None
    private = found.request.private
    return None if private and json.loads(record.values).get(private) is not False else found


def _outcome(kind: Kind, of: Kind) -> str:
    choices = (field for field in kind.fields.values() if field.type is FieldType.CHOICE)
    return next((field.name for field in choices if field.choices.keys() <= of.flow.states.keys()), "")
