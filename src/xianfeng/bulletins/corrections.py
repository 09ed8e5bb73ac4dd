"""Corrections: what a closed bulletin would say differently today, and the records that changed since."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from xianfeng.bulletins import queries, serial
from xianfeng.bulletins.citing import Cited, Edition, exact
from xianfeng.bulletins.document import Source
from xianfeng.bulletins.models import Closing
from xianfeng.bulletins.numbers import Number, printed
from xianfeng.figures.interface import Figures, Query
from xianfeng.ledger import versions
from xianfeng.log.append import head
from xianfeng.log.models import Posting
from xianfeng.scheme.nodes import Measure, Scheme

_MOST = 50  # changed records told for one figure; the figure's page shows them all


@dataclass(frozen=True, kw_only=True)
class Change:
    """A record behind the figure that is no longer what it was: the entries about it since the closing."""

    record: int
    entries: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Correction:
    """A printed figure that would differ. `source` is as closed; `text` and `value` are as of `as_of`."""

    source: Source
    text: str
    value: Number | None
    as_of: int
    changes: tuple[Change, ...]


def corrections(closing: Closing, *, as_of: int | None = None, engine: Figures | None = None) -> tuple[Correction, ...]:
    """Every figure of the closing that would be another today (or as of an entry), in the order of printing."""
    from xianfeng import figures

    scheme = versions.scheme(closing.scheme_id)
    until = head() if as_of is None else as_of
    comparison = _Comparison(scheme=scheme, engine=engine or figures.engine(), since=closing.as_of, until=until)
    document = serial.from_json(json.loads(closing.document))
    asked = [queries.from_json(item) for item in json.loads(closing.figures)]
    found = (
        comparison.correction(source, question)
        for source, question in zip(document.sources, asked, strict=True)
        if source.call == "figure" and question.query is not None
    )
    return tuple(correction for correction in found if correction is not None)


@dataclass(frozen=True, kw_only=True)
class _Comparison:
    """The books of a scheme at two entries."""

    scheme: Scheme
    engine: Figures
    since: int
    until: int

    def correction(self, source: Source, asked: queries.Asked) -> Correction | None:
        figure = queries.again(self.engine, asked, as_of=self.until)
        value = figure.value if figure is not None else None
        if exact(value) == source.value:
            return None
        changes = islice(self._changes(asked.query), _MOST) if asked.query else ()
        return Correction(
            source=source, text=printed(value, asked.show), value=value, as_of=self.until, changes=tuple(changes)
        )

    def _changes(self, query: Query) -> Iterator[Change]:
        """Records with entries since the closing that add something else to the figure than they did then."""
        for measure in _counting(self.scheme, self.scheme.measures[query.measure]):
            then = replace(query, measure=measure.name, as_of=self.since)
            now = replace(then, as_of=self.until)
            touched = self._touched(measure)
            before, after = (_added(self.engine, query, touched) for query in (then, now))
            for record, entries in touched.items():
                if before.get(record) != after.get(record):
                    yield Change(record=record, entries=tuple(entries))

    def _touched(self, measure: Measure) -> dict[int, list[int]]:
        """The records of the measure's kinds with entries since the closing, and these."""
        registers = [self.scheme.key(kind) for kind in measure.kinds]
        rows = Posting.objects.filter(kind__in=registers, seq__gt=self.since, seq__lte=self.until)
        entries: dict[int, list[int]] = {}
        for record, seq in rows.order_by("record", "seq").values_list("record", "seq").distinct():
            entries.setdefault(record, []).append(seq)
        return entries


def _counting(scheme: Scheme, measure: Measure) -> Iterator[Measure]:
    """The measures over records that a measure is made of."""
    if not measure.parts:
        yield measure
    for part in measure.parts:
        yield from _counting(scheme, scheme.measures[part])


def _added(engine: Figures, query: Query, records: Collection[int]) -> dict[int | None, tuple[object, ...]]:
    """What each of these records adds to a figure and to its whole; those that are behind neither are left out."""
    added: dict[int | None, tuple[object, ...]] = {}
    for whole in (False, True) if records else ():
        found = engine.trace(query, limit=len(records), among=tuple(records), whole=whole).records
        for each in found:
            said = (whole, each.value, each.organisation, each.day, each.state, each.level)
            added[each.record] = (*added.get(each.record, ()), said)
    return added


def of_previous(edition: Edition) -> Callable[[], list[dict[str, Cited]]]:
    """What a template's corrections() answers: those of its series' bulletin before this one, as of the edition."""

    def answer() -> list[dict[str, Cited]]:
        bulletin = edition.bulletin
        earlier = Closing.objects.filter(issuer=bulletin.issuer, series=bulletin.series, id__lte=edition.as_of)
        previous = earlier.exclude(number=bulletin.number).order_by("-id").first()
        if previous is None:
            return []
        found = corrections(previous, as_of=edition.as_of, engine=edition.engine)
        return [_cited(previous, correction) for correction in found]

    return answer


def _cited(closing: Closing, correction: Correction) -> dict[str, Cited]:
    base = replace(
        correction.source,
        call="correction",
        definition=f"{closing.series}第{closing.number}期印为{correction.source.text}；{correction.source.definition}",
    )
    new = exact(correction.value)
    return {
        "title": Cited(source=replace(base, text=correction.source.title)),
        "old": Cited(source=base),
        "new": Cited(source=replace(base, text=correction.text, value=new, as_of=correction.as_of)),
    }
