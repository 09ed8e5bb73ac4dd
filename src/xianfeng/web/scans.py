"""The scan that a step keeps, handed to whoever may read the step: each page asks that itself."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import FileResponse, Http404
from django.utils.translation import gettext

from xianfeng.ledger import scans
from xianfeng.ledger.files import Kept
from xianfeng.log.steps import Step
from xianfeng.web.record import files


def answer(steps: Iterable[Step], sha256: str) -> FileResponse:
    """The same 404 for one that is not there and one of another thing."""
    for described in scans.of(steps):
        if described["sha256"] == sha256:
            return files.response(Kept(**described))
    raise Http404(gettext("没有这个扫描件"))
