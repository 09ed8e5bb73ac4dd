"""Corrections: what a closed bulletin would say differently today, and the records that changed since."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from xianfeng.bulletins.citing import Edition, exact
from xianfeng.bulletins.models import Closing
from xianfeng.bulletins.numbers import NOT_REPORTED, Number, finer, parse_show, rounds_to_zero, told
from xianfeng.bulletins.wording import Wording, wording
from xianfeng.figures.interface import Figure, Figures, Query
from xianfeng.ledger import versions
from xianfeng.log.append import head
from xianfeng.log.models import Posting
from xianfeng.papers import serial
from xianfeng.papers.document import Slice, Source
from xianfeng.scheme.measuring import Coverage, Display, Measure
from xianfeng.scheme.nodes import Scheme

_MOST = 50  # changed records told for one figure; the figure's page shows them all

_Asked = tuple[Query | None, Slice | None]
_Touched = Mapping[str, Mapping[int, list[int]]]  # by register and record: entries


@dataclass(frozen=True, kw_only=True)
class Change:
    """A record behind the figure that is no longer what it was: the entries about it since the closing."""

    record: int
    entries: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Correction:
    """A printed figure that would differ. `source` is as closed; `text` and `value` are as of `as_of`."""

    source: Source
    wording: Wording
    text: str
    value: Number | None
    as_of: int
    changes: tuple[Change, ...]


def corrections(closing: Closing, *, as_of: int | None = None, engine: Figures | None = None) -> tuple[Correction, ...]:
    """Every figure of the closing that would be another today (or as of an entry), in the order of printing."""
    return changed(
        versions.scheme(closing.scheme_id), _sources(closing), since=closing.as_of, as_of=as_of, engine=engine
    )


def corrected(closing: Closing) -> int:
    """How many figures of the closing would be others today."""
    comparison = _comparison(versions.scheme(closing.scheme_id), since=closing.as_of)
    return sum(1 for _ in comparison.different(_sources(closing)))


def _sources(closing: Closing) -> Sequence[Source]:
    return serial.from_json(json.loads(closing.document)).sources


def changed(
    scheme: Scheme, sources: Sequence[Source], *, since: int, as_of: int | None = None, engine: Figures | None = None
) -> tuple[Correction, ...]:
    """Those of the sources, computed as of the entry `since`, that come to something else at a later one."""
    return tuple(_comparison(scheme, since=since, as_of=as_of, engine=engine).corrections(sources))


def _comparison(scheme: Scheme, *, since: int, as_of: int | None = None, engine: Figures | None = None) -> _Comparison:
    from xianfeng import figures

    until = head() if as_of is None else as_of
    return _Comparison(scheme=scheme, engine=(engine or figures.engine()).moment(), since=since, until=until)


@dataclass(frozen=True, kw_only=True)
class _Comparison:
    """The books of a scheme at two entries."""

    scheme: Scheme
    engine: Figures
    since: int
    until: int

    def different(self, sources: Sequence[Source]) -> Iterator[tuple[Source, Query, Figure | None]]:
        """The figures among the sources that come to something else, and to what."""
        printed = [source for source in sources if source.call == "figure"]
        now = self._values(printed)
        for source in printed:
            figure = now.get((source.query, source.row))
            found = (exact(figure.value), figure.is_floor) if figure else ("", False)
            if source.query is not None and found != (source.value, source.is_floor):
                yield source, source.query, figure

    def corrections(self, sources: Sequence[Source]) -> Iterator[Correction]:
        other = [*self.different(sources)]
        touched = self._touched({query.measure for _, query, _ in other})
        for source, query, figure in other:
            yield Correction(
                source=source,
                wording=wording(source, self.scheme),
                text=_printed(figure, source.show),
                value=figure.value if figure else None,
                as_of=self.until,
                changes=tuple(islice(self._changes(query, touched), _MOST)),
            )

    def _values(self, sources: Sequence[Source]) -> Mapping[_Asked, Figure]:
        """What every source comes to at the later entry: whole figures all at once, each breakdown once. A row that is
        no longer there has none."""
        whole = {source.query for source in sources if source.query and source.row is None}
        queries = list(whole)
        found = self.engine.figures([replace(query, as_of=self.until) for query in queries])
        values: dict[_Asked, Figure] = {(query, None): figure for query, figure in zip(queries, found, strict=True)}
        cuts = {(source.query, source.row.axis, source.row.field) for source in sources if source.query and source.row}
        for query, axis, field in cuts:
            for row in self.engine.breakdown(replace(query, as_of=self.until), axis, field=field):
                key = None if row.key is None else str(row.key)
                values[query, Slice(axis=axis, field=field, key=key)] = row.figure
        return values

    def _changes(self, query: Query, touched: _Touched) -> Iterator[Change]:
        """Records with entries since the closing that add something else to the figure than they did then."""
        for measure in counting(self.scheme, self.scheme.measures[query.measure]):
            then = replace(query, measure=measure.name, as_of=self.since)
            now = replace(then, as_of=self.until)
            registers = [touched.get(self.scheme.key(kind), {}) for kind in measure.kinds]
            entries_of = {record: entries for register in registers for record, entries in register.items()}
            known = [record for record in entries_of if record <= self.since]
            before, after = self._added(then, known), self._added(now, entries_of)
            for record, entries in entries_of.items():
                if before.get(record) != after.get(record):
                    yield Change(record=record, entries=tuple(entries))

    def _added(self, query: Query, records: Collection[int]) -> dict[int | None, tuple[object, ...]]:
        """What each of these records adds to a figure and, of a coverage, to its whole; those that are behind neither
        are left out."""
        added: dict[int | None, tuple[object, ...]] = {}
        wholes = (False, True) if isinstance(self.scheme.measures[query.measure], Coverage) else (False,)
        for whole in wholes if records else ():
            found = self.engine.trace(query, limit=len(records), among=tuple(records), whole=whole).records
            for each in found:
                said = (whole, each.value, each.organisation, each.day, each.state, each.level)
                added[each.record] = (*added.get(each.record, ()), said)
        return added

    def _touched(self, measures: Collection[str]) -> _Touched:
        """The records of the measures' registers with entries since the closing, and these."""
        parts = [part for name in measures for part in counting(self.scheme, self.scheme.measures[name])]
        registers = {self.scheme.key(kind) for part in parts for kind in part.kinds}
        rows = Posting.objects.filter(register__in=registers, seq__gt=self.since, seq__lte=self.until)
        touched: dict[str, dict[int, list[int]]] = {}
        for register, record, seq in rows.order_by("record", "seq").values_list("register", "record", "seq").distinct():
            touched.setdefault(register, {}).setdefault(record, []).append(seq)
        return touched


def _printed(figure: Figure | None, show: Display) -> str:
    """As the closed bulletin would print it, unless that would hide it: 3.7万 is corrected to 383, not to 0万."""
    if figure is None:
        return NOT_REPORTED
    value = figure.value
    if value is not None and rounds_to_zero(value, show):
        show = parse_show(finer(value, show), show)
    return str(told(figure, show))


def counting(scheme: Scheme, measure: Measure) -> Iterator[Measure]:
    """The measures over records that a measure is made of."""
    if not measure.parts:
        yield measure
    for part in measure.parts:
        yield from counting(scheme, scheme.measures[part])


def of_previous(edition: Edition) -> Callable[[], list[dict[str, Source]]]:
    """What a template's corrections() answers: those of its series' bulletin before this one, as of the edition."""

    def answer() -> list[dict[str, Source]]:
        bulletin = edition.bulletin
        earlier = Closing.objects.filter(issuer=bulletin.issuer, series=bulletin.series, id__lte=edition.as_of)
        previous = earlier.exclude(number=bulletin.number).order_by("-id").first()
        if previous is None:
            return []
        found = corrections(previous, as_of=edition.as_of, engine=edition.engine)
        return [_cited(previous, correction) for correction in found]

    return answer


def _cited(closing: Closing, correction: Correction) -> dict[str, Source]:
    printed_then = f"{closing.series}第{closing.number}期印为{correction.source.text}；"
    old = replace(correction.source, call="correction", earlier=printed_then)
    new = exact(correction.value)
    return {
        "title": replace(old, text=correction.wording.title),
        "old": old,
        "new": replace(old, text=correction.text, value=new, as_of=correction.as_of),
    }
