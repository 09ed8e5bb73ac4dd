"""What whoever reads the pages can gather of a round: its records one by one, and figures asked of every place.

Whose ballots a record counts is in the round's own statement; which records a figure counts follows from where units
stood, as the test moved them. Nothing here asks the code under test what may be told.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tests.evaluations.adversary import ANSWERS, Row
from xianfeng.evaluations.models import EvaluationRound
from xianfeng.evaluations.publishing import Path, Told
from xianfeng.figures import engine
from xianfeng.figures.interface import Query, Tree
from xianfeng.ledger import history, versions
from xianfeng.log.models import Entry
from xianfeng.scheme.flowing import WITHDRAWN

MEASURES = """
  kept_all: {title: 兑现的票, sum: evaluation_result.count, where: "question == 'kept'"}
  yes: {title: 兑现, sum: evaluation_result.count, where: "question == 'kept' and answer == 'yes'"}
  no: {title: 没有兑现, sum: evaluation_result.count, where: "question == 'kept' and answer == 'no'"}
"""
NAMED = dict(
    zip(("yes", "no"), ANSWERS, strict=False)
)  # the question that is asked about here, in the adversary's words
Below = Mapping[int, frozenset[int]]  # under each organisation all that stand at and below it


@dataclass(frozen=True)
class Filed:
    """A part with its records about the question, as they stood at a publication."""

    at: int
    cells: frozenset[Path]
    cast: int
    counts: Mapping[str | None, int]


def rows(
    row: EvaluationRound, seen: Sequence[int], trees: Sequence[Mapping[Tree, Below]], until: dt.date
) -> Iterator[Row]:
    """`seen`: the entries up to which each publication went. `trees`: of each, where organisations stand by tree."""
    for version, (as_of, standing) in enumerate(zip(seen, trees, strict=True)):
        told = [one for one in filed(row, as_of) if one.counts]
        for one in told:
            yield Row(version, 0, one.cells, _bounds(one.counts, one.cast))
        for tree, below in standing.items():
            for at, those in below.items():
                counted = [one for one in told if one.at in those]
                cells = frozenset(path for one in counted for path in one.cells)
                cast = sum(one.cast for one in counted)
                yield Row(version, 0, cells, _asked(at, as_of, until, tree, cast))


def filed(row: EvaluationRound, as_of: int) -> list[Filed]:
    said = Entry.objects.filter(stream="evaluation", about=row.id, action__in=("publish", "correct"), seq__lte=as_of)
    found = []
    for part in json.loads(said.latest("seq").body)["parts"]:
        images = history.images(part["records"], as_of=as_of).values()
        values = [image.values for image in images if image.state != WITHDRAWN and image.values["question"] == "kept"]
        cells = frozenset((str(path[-1]),) for path, _ in part["cells"])
        found.append(Filed(part["at"], cells, part["cast"], {one.get("answer"): one["count"] for one in values}))
    return found


def _bounds(counts: Mapping[str | None, int], cast: int) -> Told:
    """What was left blank is what lacks; ballots without an answer may say any."""
    rest = counts.get(None, 0)
    named = {called: counts.get(answer, 0) for answer, called in NAMED.items()}
    least = {**named, "": cast - rest - sum(named.values())}
    return Told(least, {answer: n + rest for answer, n in least.items()})


def _asked(at: int, as_of: int, until: dt.date, tree: Tree, cast: int) -> Told:
    """Each answer's own figure, a floor or not, and that of all of them."""
    scheme = versions.current("judged-2012").hash
    asked = ("yes", "no", "kept_all")
    queries = [
        Query(scheme=scheme, measure=name, organisation=at, until=until, as_of=as_of, tree=tree) for name in asked
    ]
    yes, no, whole = engine().figures(queries)
    least = {NAMED[name]: int(one.value or 0) for name, one in (("yes", yes), ("no", no))}
    rest = int(whole.value or 0) - sum(least.values())
    most = {NAMED[name]: int(one.value or 0) + rest * one.is_floor for name, one in (("yes", yes), ("no", no))}
    blank = cast - int(whole.value or 0)
    return Told({**least, "": blank}, {**most, "": blank + rest})
