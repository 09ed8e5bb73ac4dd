"""HTML: an article whose every figure is a link, alone for a page of the site or as a file of its own."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import jinja2

from xianfeng.bulletins.wording import wording
from xianfeng.papers import words
from xianfeng.papers.document import Document, plain
from xianfeng.papers.sheet import Sheet
from xianfeng.scheme.nodes import Scheme
from xianfeng.sentences import Said

_HERE = Path(__file__).parent


def _as_written(value: object) -> object:
    """An issue is Chinese whoever reads it: a sentence is put in as it stands, not as it is told on pages."""
    return str(value) if isinstance(value, Said) else value


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_HERE),
        autoescape=True,
        finalize=_as_written,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["plain"] = plain
    environment.tests["kind"] = lambda thing, name: type(thing).__name__ == name
    return environment


def article(document: Document, scheme: Scheme, *, site: str = "", links: bool = True) -> str:
    """The `<article>` alone. `site` goes before every address: '' within the site, 'https://…' in a file."""
    told = {
        "document": document,
        "wordings": [wording(source, scheme) for source in document.sources],
        "site": site,
        "links": links,
        "words": words,
        "seal": words.seal(document.masthead),
    }
    return _environment().get_template("article.html").render(told)


def page(document: Document, scheme: Scheme, *, site: str = "") -> str:
    """A whole file that needs nothing else. Without a site its figures are no links: in a file they lead nowhere."""
    title = f"{document.masthead.series}{plain(document.masthead.number)}"
    return _page(title, article(document, scheme, site=site, links=bool(site)), synthetic=document.masthead.synthetic)


def sheet_page(sheet: Sheet) -> str:
    return _page(
        sheet.title,
        _environment().get_template("sheet.html").render(sheet=sheet, words=words),
        synthetic=sheet.synthetic,
    )


def _page(title: str, body: str, *, synthetic: bool) -> str:
    sheets = (_HERE / "page.css", _HERE.parent / "static" / "bulletin.css")
    style = "".join(sheet.read_text(encoding="utf-8") for sheet in sheets)
    told = {"title": title, "body": body, "style": style, "synthetic": synthetic, "words": words}
    return _environment().get_template("page.html").render(told)
