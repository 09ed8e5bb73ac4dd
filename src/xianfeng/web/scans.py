"""The scan or signed sheet that a step keeps, handed to whoever may read the step: each page asks that itself."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterable
from io import BytesIO

from django.http import FileResponse, Http404
from django.utils.translation import gettext, gettext_noop

from xianfeng.ledger import scans, sheets
from xianfeng.ledger.files import Kept
from xianfeng.log.actors import Actor
from xianfeng.log.steps import Step
from xianfeng.web.record import files


def sheet(steps: Iterable[Step], seq: int, by: Actor) -> FileResponse:
    """The same 404 for a step that keeps none and one of another thing. One that was erased says so."""
    for step in steps:
        if step.seq == seq and sheets.NAMED in step.body:
            found = sheets.read(step, by=by, purpose=gettext_noop("看抽取结果的签字表"))
            suffix = mimetypes.guess_extension(found.media_type) or ""
            return files.sent(BytesIO(found.content), f"{gettext('签字表')}{suffix}", found.media_type)
    raise Http404(gettext("没有这个扫描件"))


def answer(steps: Iterable[Step], sha256: str) -> FileResponse:
    """The same 404 for one that is not there and one of another thing."""
    for described in scans.of(steps):
        if described["sha256"] == sha256:
            return files.response(Kept(**described))
    raise Http404(gettext("没有这个扫描件"))
