"""A round's polls: made of what was frozen, their page sealed, their published result taken, all by the office.

Issuer, box and printer are other institutions' programs on other machines, and observers open without any: what they
hand over is uploaded here, what they need is downloaded. Nothing of theirs is done by this one.
"""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from xianfeng.accounts import reader
from xianfeng.accounts.abilities import Ability
from xianfeng.evaluations import polls, stages
from xianfeng.evaluations.models import Electorate, EvaluationRound
from xianfeng.evaluations.polls import Held, Site
from xianfeng.evaluations.stages import Stage
from xianfeng.log.actors import Actor
from xianfeng.problems import Problem
from xianfeng.scheme.evaluating import Evaluation
from xianfeng.web import access, errors, voters
from xianfeng.web.frame import number_or_404
from xianfeng.web.office.evaluations import calls
from xianfeng.web.office.evaluations.calls import CallsPart
from xianfeng.web.office.evaluations.finding import round_or_404, typed, warn
from xianfeng.web.parts import Pages
from xianfeng.workbooks import LARGEST_FILE

SHOWN = 25
_KEY = 10_000  # bytes: no public key is larger
_DELAY = 30  # seconds


@dataclass(frozen=True)
class PollLine:
    """An electorate and its poll, if it has one."""

    voters: Electorate
    held: Held | None


@dataclass(frozen=True)
class PollsPage:
    row: EvaluationRound
    rule: Evaluation
    lines: tuple[PollLine, ...]
    pages: Pages
    calls: CallsPart | None
    delay: int = _DELAY

    @property
    def makes(self) -> bool:
        return self.row.stage == Stage.FROZEN

    @property
    def takes(self) -> bool:
        return self.row.stage == Stage.CLOSED


@require_http_methods(["GET", "POST"])
@access.needs(Ability.OFFICE)
def evaluation_polls(request: HttpRequest, number: int) -> HttpResponse:
    row = round_or_404(request, number)
    rule = stages.rule_of(row)[1]
    if not row.frozen or rule.electorate == "visitors":
        raise Http404(gettext("这一轮不能在网上投票"))
    if any((file.size or 0) > LARGEST_FILE for _, those in request.FILES.lists() for file in those):
        return errors.too_large(request, LARGEST_FILE)
    if request.method == "POST":
        try:
            _STEPS[request.POST.get("do", "")](request, row, reader.of(request).actor)
        except KeyError:
            raise Http404(gettext("没有这种办法")) from None
        except Problem as problem:
            warn(request, problem)
        return redirect(request.get_full_path())
    return render(request, "office/evaluations/polls.html", {"page": _polls(request, row, rule)})


def _polls(request: HttpRequest, row: EvaluationRound, rule: Evaluation) -> PollsPage:
    after = number_or_404(request, "after")
    some = list(row.electorates.filter(number__gt=after or 0).order_by("number")[: SHOWN + 1])
    held = {one.electorate: one for one in polls.held(row)}
    here = reverse("evaluation_polls", args=[row.id])
    return PollsPage(
        row=row,
        rule=rule,
        lines=tuple(PollLine(one, held.get(one.number)) for one in some[:SHOWN]),
        pages=Pages(
            next=f"{here}?after={some[SHOWN - 1].number}" if len(some) > SHOWN else "", first=here if after else ""
        ),
        calls=calls.part(row),
    )


@require_safe
@access.needs(Ability.OFFICE)
def evaluation_poll_file(request: HttpRequest, number: int, electorate: int, file: str) -> HttpResponse:
    """`poll.json` for issuer, box and printer; `page.zip` for the server of the voters' page."""
    held = _held(round_or_404(request, number), electorate)
    if file == "poll.json":
        return _file(held.poll.text.encode(), file, "application/json")
    if file != "page.zip" or held.site is None:
        raise Http404(gettext("没有这个文件"))
    made = _page(held, held.site)
    if made.digest != held.digest:
        raise Http404(gettext("封存以后程序换过版本，请用封存时下载的网页"))
    return _file(made.content, file, "application/zip")


@dataclass(frozen=True)
class _Page:
    content: bytes
    digest: str


def _page(held: Held, site: Site) -> _Page:
    """The voters' page of a poll, packed."""
    with tempfile.TemporaryDirectory() as folder:
        digest = voters.write(held.poll, site, Path(folder))
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as zip_:
            for file in sorted(Path(folder).iterdir()):
                zip_.write(file, file.name)
    return _Page(packed.getvalue(), digest)


def _file(content: bytes, name: str, type_: str) -> HttpResponse:
    return HttpResponse(content, content_type=type_, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _held(row: EvaluationRound, electorate: int) -> Held:
    found = next((one for one in polls.held(row) if one.electorate == electorate), None)
    if found is None:
        raise Http404(gettext("没有这一场网上投票"))
    return found


def _make(request: HttpRequest, row: EvaluationRound, by: Actor) -> None:
    electorate = typed(request, ("electorate",)).get("electorate", 0)
    key, observers = _key(request, "key"), _key(request, "observers")
    try:
        polls.make(number=row.id, electorate=electorate, key=key, observers=observers, by=by)
    except ValueError:
        told = gettext("公钥的文件不对。")
        raise Problem("evaluations.key", told, hint=gettext("用领票处和监票人交来的公钥原文件。")) from None
    messages.success(request, gettext("场次已经封存。把场次文件交给领票处、票箱和印票的人。"))


def _key(request: HttpRequest, name: str) -> bytes:
    file = request.FILES.get(name)
    return file.read(_KEY) if file else b""


def _seal_page(request: HttpRequest, row: EvaluationRound, by: Actor) -> None:
    found = typed(request, ("electorate", "delay"))
    held = _held(row, found.get("electorate", 0))
    issuing, box, address = (request.POST.get(name, "").strip() for name in ("issuing", "box", "address"))
    delay = found.get("delay", _DELAY)
    site = Site(issuing=issuing.rstrip("/"), box=box.rstrip("/"), delay=delay, address=address)
    with tempfile.TemporaryDirectory() as folder:
        voters.seal(held.poll, site, Path(folder), number=row.id, by=by)
    messages.success(request, gettext("投票网页已经封存。下载后放到网站上，再印票条。"))


def _take(request: HttpRequest, row: EvaluationRound, by: Actor) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for file in request.FILES.getlist("files"):
            if file.name in polls.FILES:
                (Path(folder) / file.name).write_bytes(file.read())
        taken = polls.take(number=row.id, folder=Path(folder), by=by)
    told = gettext("重新计票成立：投票 %(cast)s 张，无效 %(invalid)s 张。")
    messages.success(request, told % {"cast": taken.cast, "invalid": taken.invalid})


_STEPS: Mapping[str, Callable[[HttpRequest, EvaluationRound, Actor], None]] = {
    "make": _make,
    "page": _seal_page,
    "take": _take,
    "announce": calls.announce,
    "called": calls.enter,
}
