"""Matters that may be about the same thing: open ones of the same area whose words are much alike.

A suggestion for whoever handles one, never a decision: what is done with it is his to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from rapidfuzz import fuzz, process

from xianfeng.ledger import versions
from xianfeng.ledger.models import Record
from xianfeng.matters import intake
from xianfeng.registry.models import Place
from xianfeng.registry.paths import span

MOST_COMPARED = 500  # the latest of an area
MOST_SHOWN = 5
_ALIKE = 70  # of 100


@dataclass(frozen=True)
class Likeness:
    record: Record
    text: str
    share: int  # of 100


def near(record: Record) -> QuerySet[Record]:
    """The open matters of the same area: of the organisations under the same superior."""
    place = Place.objects.select_related("parent").get(id=record.place)
    area = place.parent or place
    since, before = span(area.path)
    places = Place.objects.filter(path__gte=since, path__lt=before).values("id")
    kind = versions.scheme(record.scheme_id).kinds[record.kind]
    over = [state.name for state in kind.flow.states.values() if not state.open]
    rows = Record.objects.filter(register=record.register, place__in=places).exclude(state__in=over)
    return rows.exclude(id=record.id).order_by("-id")


def alike(record: Record, rows: Iterable[Record], fold: Callable[[str], str]) -> tuple[Likeness, ...]:
    """Those whose words are most alike, the likest first. `fold`: makes two spellings of a text the same."""
    words = {row: intake.words(row) for row in rows}
    asked = fold(intake.words(record))
    folded = {row: fold(text) for row, text in words.items()}
    found = process.extract(asked, folded, scorer=fuzz.token_set_ratio, score_cutoff=_ALIKE, limit=MOST_SHOWN)
    return tuple(Likeness(row, words[row], round(share)) for _, share, row in found)
