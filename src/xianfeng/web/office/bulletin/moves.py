"""What is done to a manuscript: handed in, checked, signed, sent back, given up, issued; its stamped sheet kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from xianfeng.accounts import reader
from xianfeng.accounts.abilities import Ability
from xianfeng.bulletins import signing
from xianfeng.bulletins.corrections import Correction, changed
from xianfeng.bulletins.models import Manuscript
from xianfeng.ledger.files import LARGEST
from xianfeng.problems import Problem, Problems
from xianfeng.sentences import following
from xianfeng.web import errors, parts
from xianfeng.web.access import needs
from xianfeng.web.office.bulletin.manuscripts import manuscript_or_404
from xianfeng.web.parts import Confirmation
from xianfeng.web.templatetags.xianfeng import exact

_MOVES: Mapping[str, Callable[..., Any]] = {
    "submit": signing.submit,
    "check": signing.check,
    "sign": signing.sign,
    "send_back": signing.send_back,
    "drop": signing.drop,
}


@require_POST
@needs(Ability.OFFICE)
def move(request: HttpRequest, number: int, move: str) -> HttpResponse:
    manuscript_or_404(request, number)
    if move not in _MOVES:
        raise Http404(gettext("没有这种办法"))
    given: dict[str, Any] = {"manuscript": number, "revision": _revision(request), "by": reader.of(request).actor}
    if move == "check":
        given["disclosed"] = request.POST.getlist("disclosed")
    if move in ("send_back", "drop"):
        given["reason"] = request.POST.get("reason", "")[:500]
    try:
        row = _MOVES[move](**given)
    except Problem as problem:
        return _refused(request, number, problem)
    messages.success(request, _told(move, row))
    return redirect("manuscript", number)


@require_POST
@needs(Ability.OFFICE)
def issue(request: HttpRequest, number: int) -> HttpResponse:
    row = manuscript_or_404(request, number)
    if not parts.confirmed(request) and row.closing is None:
        return parts.confirm(request, _question(row, _revision(request)))
    try:
        closing = signing.issue(manuscript=number, revision=_revision(request), by=reader.of(request).actor)
    except Problem as problem:
        return _refused(request, number, problem)
    told = gettext("%(series)s第%(number)s期已经印发，锁数于顺序号 %(seq)s。")
    messages.success(request, told % {"series": closing.series, "number": closing.number, "seq": exact(closing.as_of)})
    return redirect("bulletin", row.scheme, closing.bulletin)


@require_POST
@needs(Ability.OFFICE)
def attach_scan(request: HttpRequest, number: int) -> HttpResponse:
    manuscript_or_404(request, number)
    file = request.FILES.get("scan")
    if file is not None and (file.size or 0) > LARGEST:
        return errors.too_large(request, LARGEST)
    try:
        content = file.read() if file else b""
        name = (file.name if file else "") or ""
        signing.attach_scan(manuscript=number, name=name, content=content, by=reader.of(request).actor)
    except Problem as problem:
        return _refused(request, number, problem)
    messages.success(request, gettext("扫描件已附上。"))
    return redirect("manuscript", number)


def changed_since(row: Manuscript) -> tuple[Correction, ...]:
    """Figures of a signed manuscript that later records have changed: they go out as signed, corrected next time."""
    made = signing.composed(row, number=row.number or 0)
    return changed(made.scheme, made.document.sources, since=made.as_of)


def _question(row: Manuscript, revision: int) -> Confirmation:
    words = {"series": row.series, "number": row.number, "seq": exact(row.as_of or 0)}
    consequences = [
        gettext("%(series)s第%(number)s期定稿，锁数于顺序号 %(seq)s：以后登记和改动的记录不再影响这一期。") % words,
        gettext("期号、文字、每个数据和校验码从此不能改，也不能撤回；有变化的数据在下一期更正。"),
        gettext("简报和数据来源单立即公开，任何人都能打开和核验。"),
    ]
    if late := len(changed_since(row)):
        told = gettext(
            "送核以后登记的记录使 %(late)s 个数据有了变化；印出的是签发时的数，变化列为更正。"
            "要印新的数，请退回重新送核。"
        )
        consequences.insert(1, told % {"late": late})
    return Confirmation(
        title=gettext("印发%(series)s第%(number)s期") % words,
        consequences=consequences,
        button=gettext("锁数定稿并印发"),
        back=reverse("manuscript", args=[row.id]),
        values={"revision": str(revision)},
    )


def _told(move: str, row: Manuscript) -> str:
    words = {"series": row.series, "number": row.number, "seq": exact(row.as_of or 0)}
    said = {
        "submit": gettext("已送核。数据停在顺序号 %(seq)s，等别的同志核稿。"),
        "check": gettext("已核稿，等签发。"),
        "sign": gettext("已签发，编为%(series)s第%(number)s期。"),
        "send_back": gettext("已退回拟稿人。"),
        "drop": gettext("已撤销。"),
    }
    return said[move] % words


def _refused(request: HttpRequest, number: int, problem: Problem) -> HttpResponse:
    each = problem.problems if isinstance(problem, Problems) else ()
    details = gettext("；").join(
        gettext("{place}：{said}").format(place=one.place, said=one.message) for one in each[:5]
    )
    messages.warning(request, following(problem.message, details, problem.hint))
    return redirect("manuscript", number)


def _revision(request: HttpRequest) -> int:
    given = request.POST.get("revision", "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else 0
