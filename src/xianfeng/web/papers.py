"""A bulletin or a paper of its office as a file to keep."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

FILES = {
    "docx": ("DOCX", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": ("PDF", "application/pdf"),
}


def paper(content: bytes, stem: str, suffix: str) -> HttpResponse:
    disposition = content_disposition_header(True, f"{stem}.{suffix}") or ""
    return HttpResponse(content, content_type=FILES[suffix][1], headers={"Content-Disposition": disposition})
