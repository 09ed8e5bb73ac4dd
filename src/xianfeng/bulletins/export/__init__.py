"""A document as HTML, DOCX and PDF, and its source sheet (数据来源单). Writers read the document, and words about
its sources from the scheme version that it was composed from.

Each is imported where it is used: python-docx and typst cost a process tens of megabytes.
"""

from __future__ import annotations

from pathlib import Path

from xianfeng.bulletins.document import Document
from xianfeng.bulletins.export.sign_off import SignOff
from xianfeng.paths import write_atomically
from xianfeng.scheme.nodes import Scheme

SUFFIXES = ("html", "docx", "pdf")


def html(document: Document, scheme: Scheme, *, site: str = "") -> str:
    """A whole file. `site` goes before every address, so that a copy far from the site still opens its figures; without
    one its figures only say what they are."""
    from xianfeng.bulletins.export import hypertext

    return hypertext.page(document, scheme, site=site)


def article(document: Document, scheme: Scheme, *, site: str = "") -> str:
    """The `<article>` alone, for a page of the site."""
    from xianfeng.bulletins.export import hypertext

    return hypertext.article(document, scheme, site=site)


def docx(document: Document) -> bytes:
    from xianfeng.bulletins.export import word

    return word.bulletin(document)


def pdf(document: Document) -> bytes:
    from xianfeng.bulletins.export import paper

    return paper.bulletin(document)


def sign_off(sheet: SignOff) -> bytes:
    """The sign-off sheet as PDF."""
    from xianfeng.bulletins.export import paper

    return paper.sign_off(sheet)


def source_sheet(document: Document, scheme: Scheme, suffix: str) -> bytes:
    """The source sheet in one of the suffixes."""
    from xianfeng.bulletins.export import faces, hypertext, paper, word
    from xianfeng.bulletins.export.sheet import sheet

    made = sheet(document, scheme, faces=faces.faces().remark)
    match suffix:
        case "html":
            return hypertext.sheet_page(made).encode()
        case "docx":
            return word.source_sheet(made)
        case _:
            return paper.source_sheet(made)


def write(document: Document, scheme: Scheme, folder: Path, name: str, *, site: str = "") -> tuple[Path, ...]:
    """The bulletin and its source sheet in every form, each under its final name only when it is whole; their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    contents = {"html": html(document, scheme, site=site).encode(), "docx": docx(document), "pdf": pdf(document)}
    written: list[Path] = []
    for suffix in SUFFIXES:
        for path, content in (
            (folder / f"{name}.{suffix}", contents[suffix]),
            (folder / f"{name}-来源单.{suffix}", source_sheet(document, scheme, suffix)),
        ):
            write_atomically(path, content)
            written.append(path)
    return tuple(written)
