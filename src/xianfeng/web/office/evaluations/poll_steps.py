"""What the office does to a round's polls: for the units that are ticked a poll or its page is sealed, for one the
published result is taken. All of it or nothing, and what is wrong stands beside the field that it came from."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext

from xianfeng.evaluations import polls
from xianfeng.evaluations.models import EvaluationRound
from xianfeng.evaluations.polls import Site
from xianfeng.log.actors import Actor
from xianfeng.problems import Problem, Problems
from xianfeng.web import voters
from xianfeng.web.office.evaluations import calls
from xianfeng.web.office.evaluations.finding import typed

DELAY = 30  # seconds
_KEY = 10_000  # bytes: no public key is larger
_LONGEST = 600  # seconds


@dataclass(frozen=True)
class Refused:
    """What was ticked and typed, and by field what is wrong with it; nothing of it was done."""

    told: str = ""
    chosen: frozenset[int] = frozenset()
    typed: Mapping[str, str] = field(default_factory=dict)
    faults: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, request: HttpRequest, problem: Problem) -> Refused:
        faults: dict[str, tuple[str, ...]] = {}
        for one in problem.problems if isinstance(problem, Problems) else (problem,):
            words = gettext("{place}：{said}").format(place=one.place, said=one.told) if one.place else one.told
            faults[one.field] = (*faults.get(one.field, ()), words)
        asked = {name: str(text) for name, text in request.POST.items()}
        return cls(problem.told, frozenset(_chosen(request)), asked, faults)

    @property
    def first(self) -> str:
        """The field to be mended first; '' where it stands with the table."""
        return next((name for name in self.faults if name != "electorate"), "")


def _make(request: HttpRequest, row: EvaluationRound, by: Actor) -> None:
    keys = _keys(request, _some(request, row))
    file = request.FILES.get("observers")
    made = polls.make_many(number=row.id, keys=keys, observers=file.read(_KEY) if file else b"", by=by)
    told = gettext("封存了 %(n)s 个单位的场次。把场次文件交给领票处、票箱和印票的人。")
    messages.success(request, told % {"n": len(made)})


def _chosen(request: HttpRequest) -> list[int]:
    """As ticked."""
    return [int(text) for text in request.POST.getlist("electorate") if text.isascii() and text.isdecimal()]


def _some(request: HttpRequest, row: EvaluationRound) -> dict[int, str]:
    """The units that are ticked, by number."""
    chosen = dict(row.electorates.filter(number__in=_chosen(request)).order_by("number").values_list("number", "title"))
    if not chosen:
        told, hint = gettext("没有选单位。"), gettext("在表里选上，再办。")
        raise Problem("evaluations.none_chosen", told, hint=hint, field="electorate")
    return chosen


def _keys(request: HttpRequest, chosen: Mapping[int, str]) -> dict[int, bytes]:
    """The issuer's keys by the number that is each file's name; of a single unit the one file, however it is named."""
    files = {PurePath(file.name or "").stem: file.read(_KEY) for file in request.FILES.getlist("key")}
    if len(chosen) == len(files) == 1:
        return dict(zip(chosen, files.values(), strict=True))
    hint = gettext("文件名写单位的编号，例如 3.pub。")
    faults = [
        Problem("evaluations.no_key", gettext("没有领票处的公钥。"), hint=hint, field="key", place=title)
        for number, title in chosen.items()
        if str(number) not in files
    ]
    faults += [
        Problem("evaluations.whose_key", gettext("不是选中的单位的编号。"), hint=hint, field="key", place=name)
        for name in sorted(files.keys() - set(map(str, chosen)))
    ]
    if faults:
        told = gettext("公钥与选中的单位对不上，一场也没有封存。")
        raise Problems(faults, code="evaluations.keys", message=told)
    return {number: files[str(number)] for number in chosen}


def _seal_pages(request: HttpRequest, row: EvaluationRound, by: Actor) -> None:
    chosen = _some(request, row)
    held = {one.electorate: one for one in polls.held(row)}
    if faults := [
        Problem("evaluations.no_poll", gettext("还没有封存场次。"), field="electorate", place=title)
        for number, title in chosen.items()
        if number not in held
    ]:
        hint = gettext("先封存场次，或者不选它们。")
        raise Problems(faults, code="evaluations.no_poll", message=gettext("有的单位还没有场次。"), hint=hint)
    voters.seal_many([held[number] for number in chosen], _site(request), number=row.id, by=by)
    told = gettext("封存了 %(n)s 个单位的投票网页。下载后放到网站上，再印票条。")
    messages.success(request, told % {"n": len(chosen)})


def _site(request: HttpRequest) -> Site:
    delay = typed(request, ("delay",)).get("delay", -1)
    if not 0 <= delay <= _LONGEST:
        told, hint = gettext("没有写最多等几秒。"), gettext("填 0 到 600 之间的整数。")
        raise Problem("evaluations.delay", told, hint=hint, field="delay")
    issuing, box, address = (request.POST.get(name, "").strip() for name in ("issuing", "box", "address"))
    if not address:
        told, hint = gettext("没有写投票网页放在哪里。"), gettext("写 https:// 开头的网址。")
        raise Problem("evaluations.address", told, hint=hint, field="address")
    return Site(issuing=issuing.rstrip("/"), box=box.rstrip("/"), delay=delay, address=address)


def _take(request: HttpRequest, row: EvaluationRound, by: Actor) -> None:
    """Of whichever unit the files are: the poll's own says so."""
    with tempfile.TemporaryDirectory() as folder:
        for file in request.FILES.getlist("files"):
            if file.name in polls.FILES:
                (Path(folder) / file.name).write_bytes(file.read())
        try:
            taken = polls.take(number=row.id, folder=Path(folder), by=by)
        except Problems as problem:
            faults = [one.at("", field="files") for one in problem.problems]
            raise Problems(faults, code=problem.code, message=problem.message, hint=problem.hint) from None
        except Problem as problem:
            raise problem.at("", field="files") from None
    title = row.electorates.get(number=taken.electorate).title
    told = gettext("%(title)s：重新计票成立，投票 %(cast)s 张，无效 %(invalid)s 张。")
    messages.success(request, told % {"title": title, "cast": taken.cast, "invalid": taken.invalid})


OF_CALLS = ("announce", "called")
STEPS: Mapping[str, Callable[[HttpRequest, EvaluationRound, Actor], None]] = {
    "make": _make,
    "page": _seal_pages,
    "take": _take,
    "announce": calls.announce,
    "called": calls.enter,
}
