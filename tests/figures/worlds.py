"""A small log, registry and scheme in memory: a `Source` for engines, and what an oracle reads.

It keeps everything as plain entries: who was founded, moved, merged or closed at which entry, and what each record
looked like after each of its entries.
"""

from __future__ import annotations

import datetime as dt
import itertools
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from xianfeng.figures.columns import RAW, merged
from xianfeng.figures.interface import Register
from xianfeng.scheme.loader import load_package
from xianfeng.scheme.nodes import Scheme

SCHEME = Path(__file__).with_name("scheme.yaml").read_text()


def scheme() -> Scheme:
    loaded = load_package({"scheme.yaml": SCHEME})
    assert isinstance(loaded, Scheme), loaded
    return loaded


@dataclass
class Organisation:
    id: int
    code: str
    level: str
    type: str = "division"
    category: str = ""
    founded: dt.date | None = None
    closed: dt.date | None = None
    successor: int | None = None
    ended_seq: int | None = None


@dataclass
class Designation:
    """What an organisation was called before: from a day, to before a day."""

    organisation: int
    code: str
    level: str
    category: str
    since: dt.date | None
    until: dt.date
    seq: int


@dataclass
class Place:
    id: int
    organisation: int
    parent: int | None
    since: dt.date | None
    until: dt.date | None
    seq: int
    ended_seq: int | None = None


@dataclass(frozen=True)
class Image:
    record: int
    kind: str
    organisation: int
    place: int
    day: dt.date
    state: str
    level: int
    entered: Mapping[str, str]
    values: Mapping[str, Any]
    subject: int | None = None
    reviewer: int | None = None


@dataclass
class World:
    campaign: Scheme = field(repr=False)
    head_: int = 0
    months: dict[int, str] = field(default_factory=dict)
    organisations: dict[int, Organisation] = field(default_factory=dict)
    places: list[Place] = field(default_factory=list)
    former: list[Designation] = field(default_factory=list)
    history: list[tuple[int, int, Image | None]] = field(default_factory=list)  # seq, record, image from then on
    lines: list[dict[str, Any]] = field(default_factory=list, repr=False)
    epoch: str = "one"
    in_transaction: bool = False
    _registry: dict[tuple[int, ...], tuple[pa.Table, pa.Table, pa.Table]] = field(default_factory=dict)

    # writing

    def entry(self, month: str = "2010-05") -> int:
        self.head_ += 1
        self.months[self.head_] = month
        return self.head_

    def found(
        self, parent: int | None = None, *, level: str = "village", since: dt.date | None = None, **more: Any
    ) -> int:
        seq = self.entry()
        self.organisations[seq] = Organisation(id=seq, code=f"c{seq:05d}", level=level, founded=since, **more)
        self._place(seq, None if parent is None else self.open_place(parent).id, since, seq)
        return seq

    def move(self, organisation: int, parent: int, day: dt.date) -> None:
        self._replace(organisation, self.open_place(parent).id, day, self.entry())

    def merge(self, organisation: int, into: int, day: dt.date) -> None:
        """Into another: its children first move there."""
        seq = self.entry()
        self._children_to(organisation, into, day, seq)
        self._end(organisation, day, seq, into)

    def close(self, organisation: int, day: dt.date) -> None:
        self._end(organisation, day, self.entry(), None)

    def call(self, organisation: int, day: dt.date, **changed: str) -> None:
        """Another code, level or category from a day on."""
        mine, seq = self.organisations[organisation], self.entry()
        before = [each.until for each in self.former if each.organisation == organisation]
        since = before[-1] if before else mine.founded
        self.former.append(Designation(organisation, mine.code, mine.level, mine.category, since, day, seq))
        self.organisations[organisation] = replace(mine, **changed)

    def file(self, kind: str, organisation: int, day: dt.date, *, month: str = "2010-05", **more: Any) -> int:
        """File a record at the place the organisation had on its day (its first, for a day before)."""
        seq = self.entry(month)
        place = self.place_on(organisation, day)
        state = more.pop("state", "filed")
        image = Image(
            record=seq,
            kind=kind,
            organisation=organisation,
            place=place,
            day=day,
            state=state,
            level=more.pop("level", 1),
            entered=more.pop("entered", {state: day.isoformat()}),
            subject=more.pop("subject", None),
            reviewer=more.pop("reviewer", None),
            values=more,
        )
        self._post(seq, None, image)
        return seq

    def change(self, record: int, *, month: str = "2010-06", **more: Any) -> None:
        before = self.image(record, self.head_)
        assert before is not None
        own = {name: more.pop(name) for name in ("state", "level", "entered", "reviewer") if name in more}
        after = replace(before, **own, values={**before.values, **more})
        self._post(self.entry(month), before, after)

    def withdraw(self, record: int, *, month: str = "2010-06") -> None:
        self._post(self.entry(month), self.image(record, self.head_), None)

    # reading, for tests

    def image(self, record: int, as_of: int) -> Image | None:
        seen = [image for seq, each, image in self.history if each == record and seq <= as_of]
        return seen[-1] if seen else None

    def records(self) -> list[int]:
        return sorted({record for _, record, _ in self.history})

    def open_place(self, organisation: int) -> Place:
        return next(p for p in self.places if p.organisation == organisation and p.until is None)

    def called(self, organisation: int, day: dt.date, as_of: int) -> Organisation:
        """An organisation as it was called on a day, as far as was known at an entry."""
        mine = self.organisations[organisation]
        former = [each for each in self.former if each.organisation == organisation]
        later = [each for each in former if each.seq > as_of]
        on = [e for e in former if e.seq <= as_of and (e.since is None or e.since <= day) and day < e.until]
        found = on or later[:1]
        if not found:
            return mine
        return replace(mine, code=found[0].code, level=found[0].level, category=found[0].category)

    def place_on(self, organisation: int, day: dt.date) -> int:
        mine = [p for p in self.places if p.organisation == organisation]
        on = [p for p in mine if (p.since is None or p.since <= day) and (p.until is None or p.until > day)]
        return (on or mine)[0].id

    # the Source protocol

    def head(self) -> int:
        return self.head_

    def settled(self) -> bool:
        return not self.in_transaction

    def anchor(self, seq: int) -> str:
        return f"{self.epoch}-{seq}" if 0 < seq <= self.head_ else ""

    def postings(self, after: int, until: int) -> Iterator[pa.Table]:
        wanted = [line for line in self.lines if after < line["seq"] <= until]
        entries = [list(group) for _, group in itertools.groupby(wanted, key=lambda line: line["seq"])]
        for first in range(0, len(entries), 7):
            batch = list(itertools.chain.from_iterable(entries[first : first + 7]))
            yield pa.Table.from_pylist(batch, schema=RAW)

    def registry(self, as_of: int) -> tuple[pa.Table, pa.Table, pa.Table]:
        made = {o.id for o in self.organisations.values() if o.id <= as_of} | {
            p.seq for p in self.places if p.seq <= as_of
        }
        made |= {each.seq for each in self.former if each.seq <= as_of}
        ended = {p.ended_seq for p in self.places if p.ended_seq is not None and p.ended_seq <= as_of}
        state = (len(made), *sorted(ended))
        if state not in self._registry:
            self._registry[state] = self._snapshot(as_of)
        return self._registry[state]

    def registers(self, schemes: Iterable[str] | None = None) -> Mapping[str, Register]:
        assert schemes is None or list(schemes) == [self.campaign.name]
        if not hasattr(self, "_registers"):
            kinds = self.campaign.kinds.values()
            self._registers = {
                self.campaign.key(k.name): merged(
                    self.campaign.key(k.name), [self.campaign.name], [(k.figure_fields, k.flow.states)]
                )
                for k in kinds
            }
        return self._registers

    def scheme(self, version: str) -> Scheme:
        assert version == self.campaign.hash
        return self.campaign

    def root(self, scheme: Scheme) -> int:
        return next(iter(self.organisations))

    def _post(self, seq: int, before: Image | None, after: Image | None) -> None:
        image = after or before
        assert image is not None
        self.history.append((seq, image.record, after))
        for sign, each in ((-1, before), (1, after)):
            if each is not None and each.level:
                self.lines.append(self._line(seq, sign, each))

    def _line(self, seq: int, sign: int, image: Image) -> dict[str, Any]:
        kept = self.campaign.kinds[image.kind].figure_fields
        return {
            "seq": seq,
            "sign": sign,
            "record": image.record,
            "scheme": self.campaign.name,
            "organisation": image.organisation,
            "place": image.place,
            "subject": image.subject,
            "day": image.day,
            "state": image.state,
            "level": image.level,
            "reviewer": image.reviewer,
            "register": self.campaign.key(image.kind),
            "month": self.months[seq],
            "entered": json.dumps(dict(image.entered)),
            "fields": json.dumps({name: value for name, value in image.values.items() if name in kept}),
        }

    def _place(self, organisation: int, parent: int | None, since: dt.date | None, seq: int) -> int:
        number = 1000 + len(self.places)
        self.places.append(Place(number, organisation, parent, since, None, seq))
        return number

    def _replace(self, organisation: int, parent: int, day: dt.date, seq: int) -> None:
        old = self.open_place(organisation)
        below = [p for p in self.places if p.parent == old.id and p.until is None]
        old.until, old.ended_seq = day, seq
        new = self._place(organisation, parent, day, seq)
        for child in below:
            self._replace(child.organisation, new, day, seq)

    def _children_to(self, organisation: int, into: int, day: dt.date, seq: int) -> None:
        old = self.open_place(organisation)
        for child in [p for p in self.places if p.parent == old.id and p.until is None]:
            self._replace(child.organisation, self.open_place(into).id, day, seq)

    def _end(self, organisation: int, day: dt.date, seq: int, successor: int | None) -> None:
        place = self.open_place(organisation)
        place.until, place.ended_seq = day, seq
        mine = self.organisations[organisation]
        mine.closed, mine.successor, mine.ended_seq = day, successor, seq

    def _snapshot(self, as_of: int) -> tuple[pa.Table, pa.Table, pa.Table]:
        known = [p for p in self.places if p.seq <= as_of]
        numbers = iter(range(len(known)))
        rows = {p.id: _place_row(p, as_of) for p in known}

        def number(place: int) -> int:
            rows[place]["lo"] = next(numbers)
            rows[place]["hi"] = rows[place]["lo"] + 1
            for child in known:
                if child.parent == place:
                    rows[place]["hi"] = number(child.id)
            return rows[place]["hi"]

        for place in known:
            if place.parent is None:
                number(place.id)
        known_now = [self.called(o, dt.date.max, as_of) for o in self.organisations if o <= as_of]
        organisations = [_organisation_row(each, as_of) for each in known_now]
        former = [_designation_row(each) for each in self.former if each.seq <= as_of]
        return (
            pa.Table.from_pylist(organisations, schema=_ORGANISATIONS),
            pa.Table.from_pylist(list(rows.values()), schema=_PLACES),
            pa.Table.from_pylist(former, schema=_DESIGNATIONS),
        )


_TEXTS = ("code", "name", "type", "level", "category")
_ORGANISATIONS = pa.schema(
    [
        ("id", pa.int64()),
        *((text, pa.string()) for text in _TEXTS),
        ("founded", pa.date32()),
        ("closed", pa.date32()),
        ("successor", pa.int64()),
    ]
)
_WHOLE, _DAY = pa.int64(), pa.date32()
_DESIGNATIONS = pa.schema(
    {
        "organisation": _WHOLE,
        **dict.fromkeys(("code", "name", "level", "category"), pa.string()),
        "since": _DAY,
        "until": _DAY,
    }
)
_PLACES = pa.schema(
    {
        "id": _WHOLE,
        "organisation": _WHOLE,
        "parent": _WHOLE,
        "since": _DAY,
        "until": _DAY,
        "lo": _WHOLE,
        "hi": _WHOLE,
    }
)


def _organisation_row(each: Organisation, as_of: int) -> dict[str, Any]:
    ended = each.ended_seq is not None and each.ended_seq <= as_of
    return {
        "id": each.id,
        "code": each.code,
        "name": each.code,
        "type": each.type,
        "level": each.level,
        "category": each.category,
        "founded": each.founded,
        "closed": each.closed if ended else None,
        "successor": each.successor if ended else None,
    }


def _designation_row(each: Designation) -> dict[str, Any]:
    return {
        "organisation": each.organisation,
        "code": each.code,
        "name": each.code,
        "level": each.level,
        "category": each.category,
        "since": each.since,
        "until": each.until,
    }


def _place_row(each: Place, as_of: int) -> dict[str, Any]:
    ended = each.ended_seq is not None and each.ended_seq <= as_of
    until = each.until if ended else None
    return {
        "id": each.id,
        "organisation": each.organisation,
        "parent": each.parent,
        "since": each.since,
        "until": until,
    }
