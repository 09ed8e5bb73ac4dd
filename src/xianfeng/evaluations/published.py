"""What was published of a round, as its entry says it: read by everybody, computed by nobody again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from xianfeng.evaluations import stages
from xianfeng.evaluations.models import EvaluationRound, JudgedUnit
from xianfeng.evaluations.publishing import Part, Path, Told, heap
from xianfeng.evaluations.results import Slips
from xianfeng.evaluations.stages import Stage
from xianfeng.log.models import Entry

Filed = tuple[Part, tuple[int, ...]]  # with the numbers of its records


@dataclass(frozen=True, kw_only=True)
class Judged:
    """An organisation as it was called when the round was frozen."""

    organisation: int
    code: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What is told of these organisations together. `at`: itself, or the nearest above all of them."""

    at: int
    judged: tuple[Judged, ...]
    pools: tuple[int, ...]  # of whose paper something is told: by the first electorate of each
    electors: int
    cast: int
    told: Mapping[str, Told]


@dataclass(frozen=True, kw_only=True)
class Online:
    """Of an electorate's poll: how many codes were used, how many of them by somebody else, as was said; of how many of
    these their electors said otherwise when called; and whether the others are so many that nothing counts."""

    electorate: int
    judged: tuple[Judged, ...]
    used: int
    disputed: int
    refuted: int
    is_annulled: bool


@dataclass(frozen=True, kw_only=True)
class Published:
    """`unshown`: those of whom nothing is told, being too few; `annulled`: those whose ballots the rule annuls, or lay
    together with such."""

    seq: int
    slips: Slips
    shown: tuple[Shown, ...]
    unshown: tuple[Judged, ...]
    total: Mapping[str, Told]
    online: tuple[Online, ...]
    annulled: tuple[Judged, ...]


def read(row: EvaluationRound) -> Published | None:
    """None for a round of which nothing was published."""
    return read_many([row]).get(row.id)


def read_many(rows: Sequence[EvaluationRound]) -> dict[int, Published]:
    """What was published of these rounds, by their numbers."""
    numbers = [row.id for row in rows]
    judged: dict[int, dict[int, list[Judged]]] = {}
    units = JudgedUnit.objects.filter(electorate__round__in=numbers).select_related("electorate").order_by("code")
    for unit in units:
        one = Judged(organisation=unit.organisation, code=unit.code, name=unit.name)
        of = unit.electorate
        judged.setdefault(of.round_id, {}).setdefault(of.number, []).append(one)
    entries = _entries(numbers)  # of several about one round the last holds
    return {entry.about: _published(entry, judged[entry.about]) for entry in entries}


def filed(row: EvaluationRound) -> Iterator[Filed]:
    """The parts that are published of a round, each with the numbers of its records."""
    for said in json.loads(_entries([row.id]).latest("seq").body)["parts"]:
        yield _part(said), tuple(said["records"])


def _entries(rounds: Sequence[int]) -> QuerySet[Entry]:
    told = Entry.objects.filter(stream=stages.STREAM, about__in=rounds, action__in=stages.TELLING)
    return told.order_by("seq")


def _published(entry: Entry, judged: Mapping[int, list[Judged]]) -> Published:
    body = json.loads(entry.body)
    shown = tuple(_shown(part, judged) for part in body["parts"])
    annulled = tuple(unit for number in body["annulled"] for unit in judged[number])
    told = {unit.organisation for part in shown for unit in part.judged} | {unit.organisation for unit in annulled}
    unshown = tuple(unit for those in judged.values() for unit in those if unit.organisation not in told)
    return Published(
        seq=entry.seq,
        slips=Slips(**body["slips"]),
        shown=shown,
        unshown=unshown,
        total=_told(body["total"]),
        online=tuple(_online(one, judged) for one in body["online"]),
        annulled=annulled,
    )


def _online(said: Mapping[str, Any], judged: Mapping[int, list[Judged]]) -> Online:
    return Online(
        electorate=said["electorate"],
        judged=tuple(judged[said["electorate"]]),
        used=said["used"],
        disputed=said["disputed"],
        refuted=said.get("refuted", 0),
        is_annulled=said["annulled"],
    )


def latest(organisation: int, most: int) -> list[EvaluationRound]:
    """The published rounds in which it was judged, the newest first."""
    found = EvaluationRound.objects.filter(stage=Stage.PUBLISHED, electorates__units__organisation=organisation)
    return list(found.distinct().order_by("-id")[:most])


def _shown(said: Mapping[str, Any], judged: Mapping[int, list[Judged]]) -> Shown:
    part = _part(said)
    return Shown(
        at=said["at"],
        judged=tuple(unit for number in said["electorates"] for unit in judged[number]),
        pools=tuple(_pools(part.cells)),
        electors=part.electors,
        cast=part.cast,
        told=part.told,
    )


def _part(said: Mapping[str, Any]) -> Part:
    return Part(
        at=(said["at"],),
        cells={tuple(path): cast for path, cast in said["cells"]},
        electors=said["electors"],
        cast=said["cast"],
        told=_told(said["told"]),
        grown=said["grown"],
    )


def _pools(cells: Iterable[Path]) -> Iterator[int]:
    """What was cast online says nothing of who took a slip."""
    for path in cells:
        number, online = heap(path)
        if not online:
            yield number


def _told(said: Mapping[str, Any]) -> dict[str, Told]:
    return {question: Told(one["at_least"], one["at_most"], one["nearly_all"]) for question, one in said.items()}
