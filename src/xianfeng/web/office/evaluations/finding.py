"""How the pages of evaluations find what an address names, and read what was typed into their forms."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext

from xianfeng.evaluations import electors, sheets, stages
from xianfeng.evaluations.electors import Roll
from xianfeng.evaluations.models import EvaluationRound
from xianfeng.evaluations.sheets import Pool
from xianfeng.ledger import versions
from xianfeng.log.append import head
from xianfeng.problems import Problem, Problems
from xianfeng.sentences import following
from xianfeng.web import scope

_DIGITS = 7  # more slips than that are a mistyping
_TOLD = 5


def round_or_404(request: HttpRequest, number: int) -> EvaluationRound:
    """The same answer for one that is not there and one of another office."""
    row = EvaluationRound.objects.filter(id=number).first()
    if row is None or not scope.of(request).runs(versions.current(row.scheme)):
        raise Http404(gettext("没有这一轮评议"))
    return row


def followed_or_404(request: HttpRequest, number: int) -> EvaluationRound:
    """The same for whoever follows the campaign, and only reads."""
    row = EvaluationRound.objects.filter(id=number).first()
    if row is None or not scope.of(request).overlooks(versions.current(row.scheme)):
        raise Http404(gettext("没有这一轮评议"))
    return row


def pool_or_404(row: EvaluationRound, number: int) -> Pool:
    found = sheets.pool_of(row, number)
    if found is None:
        raise Http404(gettext("没有这一组票"))
    return found


def roll_of(row: EvaluationRound, name: str, content: bytes) -> Roll:
    """A list is read and goes: the house keeps nobody's name of it."""
    scheme, rule = stages.rule_of(row)
    units = electors.units(scheme, rule, as_of=head(), day=timezone.localdate())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"list{Path(name).suffix.lower()}"
        path.write_bytes(content)
        return electors.listed(path, units)


def typed(request: HttpRequest, keys: Iterable[str]) -> dict[str, int]:
    """The whole numbers that were typed, by the names of their inputs; what is none is left out."""
    given = {key: request.POST.get(key, "").strip() for key in keys}
    return {
        key: int(text) for key, text in given.items() if text.isascii() and text.isdecimal() and len(text) < _DIGITS
    }


def of_electorates(request: HttpRequest, row: EvaluationRound) -> Mapping[int, int]:
    """By electorate what was typed for it; what is empty or no number is left out."""
    numbers = list(row.electorates.values_list("number", flat=True))
    found = typed(request, (f"n{number}" for number in numbers))
    return {number: found[f"n{number}"] for number in numbers if f"n{number}" in found}


def warn(request: HttpRequest, problem: Problem) -> None:
    """What was refused, with where."""
    each = problem.problems if isinstance(problem, Problems) else ()
    told = [gettext("{place}：{said}").format(place=one.place, said=one.message) for one in each[:_TOLD] if one.place]
    told += [str(one.message) for one in each[:_TOLD] if not one.place]
    messages.warning(request, following(problem.message, gettext("；").join(told), problem.hint))
