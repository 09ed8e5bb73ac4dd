"""What was published of a round's polls, to be taken away and counted again, whoever does not trust the house."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import FileResponse, Http404, HttpRequest
from django.utils.translation import gettext

from xianfeng.evaluations import polls, results, stages
from xianfeng.evaluations.models import EvaluationRound
from xianfeng.evaluations.stages import Stage
from xianfeng.ledger import versions
from xianfeng.scheme.nodes import Scheme
from xianfeng.web import access, scope
from xianfeng.web.scope import Scope


@dataclass(frozen=True)
class PollFiles:
    """Of an electorate's poll."""

    number: int
    title: str
    names: tuple[str, ...]


def of(row: EvaluationRound) -> Iterator[PollFiles]:
    found = polls.of(row)
    titles = dict(row.electorates.filter(number__in=found.values()).values_list("number", "title"))
    for fingerprint, number in found.items():
        if names := tuple(polls.published(fingerprint)):
            yield PollFiles(number, titles[number], names)


def is_open(seen: Scope, scheme: Scheme) -> bool:
    """Whether everybody reads results; the newest version decides, as for records."""
    newest = versions.current(scheme.name)
    return "count" in seen.public_fields(newest, newest.kinds[results.kind_of(newest)])


@access.reading
def evaluation_file(request: HttpRequest, number: int, electorate: int, file: str) -> FileResponse:
    row = EvaluationRound.objects.filter(id=number, stage=Stage.PUBLISHED).first()
    told = row is not None and is_open(scope.of(request), stages.rule_of(row)[0])
    made = {n: fingerprint for fingerprint, n in polls.of(row).items()} if row and told else {}
    path = polls.published(made[electorate]).get(file) if electorate in made else None
    if path is None:
        raise Http404(gettext("没有这个文件"))
    return FileResponse(path.open("rb"), as_attachment=True, filename=file)
