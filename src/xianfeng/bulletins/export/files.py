"""A bulletin's files in a folder: HTML, DOCX and PDF, and the source sheet beside each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from xianfeng.bulletins.document import Document
from xianfeng.bulletins.export.docx import docx_file, sheet_docx
from xianfeng.bulletins.export.html import html, sheet_html
from xianfeng.bulletins.export.sheet import sheet
from xianfeng.config.paths import write_atomically


def write(document: Document, folder: Path, name: str, *, site: str = "") -> tuple[Path, ...]:
    """Every file under its final name only when it is whole; their paths."""
    from xianfeng.bulletins.export.faces import faces
    from xianfeng.bulletins.export.pdf import pdf, sheet_pdf

    sources = sheet(document, faces=faces().remark)
    files: Mapping[str, Callable[[], bytes]] = {
        f"{name}.html": lambda: html(document, site=site).encode(),
        f"{name}.docx": lambda: docx_file(document),
        f"{name}.pdf": lambda: pdf(document),
        f"{name}-来源单.html": lambda: sheet_html(sources).encode(),
        f"{name}-来源单.docx": lambda: sheet_docx(sources),
        f"{name}-来源单.pdf": lambda: sheet_pdf(sources),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for file, made in files.items():
        write_atomically(folder / file, made())
    return tuple(folder / file for file in files)
