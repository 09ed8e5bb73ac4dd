"""Verification for everybody: a closed bulletin recomputed, and the seals to remember."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from xianfeng.bulletins.corrections import corrections
from xianfeng.bulletins.verifying import Verification, verify
from xianfeng.log.models import Seal
from xianfeng.web.frame import Frame, asked, frame
from xianfeng.web.public.bulletin import closing_or_404
from xianfeng.web.public.issues import Issue, closed_issues


@dataclass(frozen=True)
class SealLine:
    size: int
    at: dt.datetime
    root: str


@dataclass(frozen=True)
class VerifyPage:
    frame: Frame
    issues: tuple[Issue, ...]
    seals: tuple[SealLine, ...]
    verification: Verification | None
    corrections: int  # since the bulletin was closed


def verify_page(request: HttpRequest) -> HttpResponse:
    name, _, bulletin = asked(request, "bulletin").partition("/")
    seals = Seal.objects.order_by("-size")[:20]
    verification = verify(closing_or_404(name, bulletin), rehash=False) if name else None
    page = VerifyPage(
        frame=frame(),
        issues=closed_issues(),
        seals=tuple(SealLine(seal.size, seal.at, bytes(seal.root).hex()) for seal in seals),
        verification=verification,
        corrections=len(corrections(verification.closing)) if verification and verification.stands else 0,
    )
    return render(request, "public/verify.html", {"page": page})
