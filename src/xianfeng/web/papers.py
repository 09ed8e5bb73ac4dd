"""A paper of an office as a file to keep."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from xianfeng.papers import Paper, written

FILES = {
    "docx": ("DOCX", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": ("PDF", "application/pdf"),
}


def kept(paper: Paper, stem: str, suffix: str) -> HttpResponse:
    headers = {"Content-Disposition": content_disposition_header(True, f"{stem}.{suffix}") or ""}
    return HttpResponse(written(paper, suffix), content_type=FILES[suffix][1], headers=headers)
