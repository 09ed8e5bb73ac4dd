"""Verification for everybody: what a code proves, a closed bulletin recomputed, and the seals to remember."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext

from xianfeng.bulletins.corrections import corrected
from xianfeng.bulletins.verifying import Verification, verify
from xianfeng.log.models import Seal
from xianfeng.web import access, cells, scope
from xianfeng.web.frame import asked
from xianfeng.web.public.bulletin import closing_or_404
from xianfeng.web.public.issues import Issue, closed_issues
from xianfeng.web.public.proving import Finding, read
from xianfeng.web.tables import Column, Table, answer


@dataclass(frozen=True)
class VerifyPage:
    code: str  # what was asked
    found: tuple[Finding, ...]
    issues: tuple[Issue, ...]
    seals: Table
    verification: Verification | None
    corrections: int  # since the bulletin was closed


@access.reading
def verify_page(request: HttpRequest) -> HttpResponse:
    name, _, bulletin = asked(request, "bulletin").partition("/")
    code = asked(request, "code").strip()
    seals = Seal.objects.order_by("-size")[:20]
    verification = verify(closing_or_404(name, bulletin), rehash=False) if name else None
    page = VerifyPage(
        code=code,
        found=read(code, scope.of(request)) if code else (),
        issues=closed_issues(),
        seals=_seals(seals),
        verification=verification,
        corrections=corrected(verification.closing) if verification and verification.stands else 0,
    )
    return answer(request, page.seals) or render(request, "public/verify.html", {"page": page})


def _seals(seals: Iterable[Seal]) -> Table:
    return Table(
        name="seals",
        title=gettext("校验码"),
        columns=(
            Column(gettext("办理记录"), gettext("条"), align="right"),
            Column(gettext("封存时间")),
            Column(gettext("树根")),
        ),
        rows=[
            (
                cells.number(seal.size),
                cells.text(timezone.localtime(seal.at).strftime("%Y-%m-%d %H:%M")),
                cells.text(bytes(seal.root).hex()),
            )
            for seal in seals
        ],
        empty=gettext("还没有封存。"),
        head=1,
    )
