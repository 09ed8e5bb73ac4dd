"""What campaigns make public of their records.

A campaign's newest version says it, of records that were filed under earlier ones too: what an office takes back is
gone from every page, search and file at once, and what it opens is open. A personal field is never public.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from xianfeng.ledger import versions
from xianfeng.scheme.nodes import Kind, Scheme

NOTHING: frozenset[str] = frozenset()


def of(scheme: Scheme) -> Mapping[str, frozenset[str]]:
    """What one version makes public: the fields of each kind of which anything is."""
    told = {kind.name: _fields(kind) for kind in scheme.kinds.values()}
    return {kind: fields for kind, fields in told.items() if fields}


def _fields(kind: Kind) -> frozenset[str]:
    return frozenset(field.name for field in kind.fields.values() if field.public and not field.personal)


class Published:
    """Asked for one request or batch: the newest versions are looked up once."""

    def fields(self, campaign: str, kind: str) -> frozenset[str]:
        """The fields of a kind of a campaign (by name) that everybody may read."""
        return self.kinds.get(campaign, {}).get(kind, NOTHING)

    def reason(self, campaign: str, kind: str, move: str) -> bool:
        """Whether everybody may read why a move was made, where it was so when the reason was written."""
        known = self._schemes[campaign].kinds.get(kind) if campaign in self._schemes else None
        return known is not None and move in known.flow.moves and known.flow.moves[move].public

    @cached_property
    def kinds(self) -> Mapping[str, Mapping[str, frozenset[str]]]:
        """By campaign: its kinds of which something is public."""
        return {name: of(scheme) for name, scheme in self._schemes.items()}

    @cached_property
    def _schemes(self) -> Mapping[str, Scheme]:
        return {scheme.name: scheme for scheme in versions.all_current()}
