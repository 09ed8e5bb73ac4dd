"""A document as HTML, and its source sheet (数据来源单): what a reader is told of its figures is read from the scheme
version that it was composed from. DOCX and PDF are written by `papers`.

Each writer is imported where it is used: they cost a process tens of megabytes.
"""

from __future__ import annotations

from pathlib import Path

from xianfeng.papers import written
from xianfeng.papers.document import Document
from xianfeng.papers.sheet import Sheet
from xianfeng.paths import write_atomically
from xianfeng.scheme.nodes import Scheme


def html(document: Document, scheme: Scheme, *, site: str = "") -> str:
    """A whole file. `site` goes before every address, so that a copy far from the site still opens its figures; without
    one its figures only say what they are."""
    from xianfeng.bulletins.export import hypertext

    return hypertext.page(document, scheme, site=site)


def article(document: Document, scheme: Scheme, *, site: str = "") -> str:
    """The `<article>` alone, for a page of the site."""
    from xianfeng.bulletins.export import hypertext

    return hypertext.article(document, scheme, site=site)


def source_sheet(document: Document, scheme: Scheme) -> Sheet:
    from xianfeng.bulletins.export.sheet import sheet
    from xianfeng.papers import faces

    return sheet(document, scheme, faces=faces.faces().remark)


def write(document: Document, scheme: Scheme, folder: Path, name: str, *, site: str = "") -> tuple[Path, ...]:
    """The bulletin and its source sheet in every form, each under its final name only when it is whole; their paths."""
    from xianfeng.bulletins.export import hypertext

    folder.mkdir(parents=True, exist_ok=True)
    sheet = source_sheet(document, scheme)
    pages = {
        f"{name}.html": html(document, scheme, site=site).encode(),
        f"{name}-来源单.html": hypertext.sheet_page(sheet).encode(),
    }
    files = {
        f"{stem}.{suffix}": written(paper, suffix)
        for stem, paper in ((name, document), (f"{name}-来源单", sheet))
        for suffix in ("docx", "pdf")
    }
    contents = {folder / file: content for file, content in (pages | files).items()}
    for path, content in contents.items():
        write_atomically(path, content)
    return tuple(contents)
