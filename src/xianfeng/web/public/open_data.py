"""A campaign's open data: what is in the files, on which terms, and the files at addresses that stay."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, quote_etag
from django.utils.translation import get_language, gettext

from xianfeng.opendata import package
from xianfeng.opendata.package import DESCRIPTOR, LICENCE, Package
from xianfeng.scheme.nodes import Scheme
from xianfeng.web import access, cells, outward
from xianfeng.web.cells import Cell
from xianfeng.web.frame import scheme_or_404
from xianfeng.web.tables import Column, Table, answer

ARCHIVE = "package.zip"
_TYPES = {"json": "application/json", "csv": "text/csv; charset=utf-8", "zip": "application/zip"}


@dataclass(frozen=True)
class OpenDataPage:
    """`package` None: none was made since the last seal of this version."""

    scheme: Scheme
    package: Package | None
    files: Table
    licence: str
    descriptor: str
    archive: str
    address: str


@access.reading
def open_data(request: HttpRequest, name: str) -> HttpResponse:
    scheme = scheme_or_404(name)
    found = package.latest(name)
    page = OpenDataPage(
        scheme=scheme,
        package=found,
        files=_table(name, found),
        licence=_in_words(LICENCE, "title"),
        descriptor=_address(name, DESCRIPTOR),
        archive=_address(name, ARCHIVE),
        address=outward.address(request, _address(name, DESCRIPTOR)),
    )
    return answer(request, page.files) or render(request, "public/open_data.html", {"page": page})


@access.reading
def open_data_file(request: HttpRequest, name: str, file: str) -> HttpResponseBase:
    """The descriptor, a CSV file or the archive: the same bytes until the next seal, for any page of any site."""
    scheme_or_404(name)
    found = package.latest(name)
    if found is None or file not in (DESCRIPTOR, ARCHIVE, *found.files):
        raise Http404(gettext("开放数据里没有这个文件"))
    content = _content(request, found, file)
    response = HttpResponse(content, content_type=_TYPES[file.rpartition(".")[2]])
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["ETag"] = quote_etag(hashlib.sha256(content).hexdigest())
    if file != DESCRIPTOR:
        response.headers["Content-Disposition"] = content_disposition_header(True, f"{name}-{file}") or ""
    return get_conditional_response(request, etag=response.headers["ETag"], response=response) or response


def _content(request: HttpRequest, found: Package, file: str) -> bytes:
    homepage = outward.address(request, reverse("open_data", args=[found.scheme]))
    if file == DESCRIPTOR:
        return found.described(homepage=homepage)
    return found.archive(homepage=homepage) if file == ARCHIVE else found.content(file)


def _address(name: str, file: str) -> str:
    return reverse("open_data_file", args=[name, file])


def _table(name: str, found: Package | None) -> Table:
    return Table(
        name="files",
        title=gettext("文件"),
        columns=(
            Column(gettext("文件")),
            Column(gettext("内容")),
            Column(gettext("大小"), gettext("字节"), align="right"),
            Column("SHA-256"),
        ),
        rows=[_line(name, resource) for resource in found.descriptor["resources"]] if found else [],
    )


def _line(name: str, resource: Mapping[str, Any]) -> tuple[Cell, ...]:
    path = resource["path"]
    return (
        cells.text(path, link=_address(name, path)),
        cells.text(_in_words(resource, "title"), note=_in_words(resource, "description")),
        cells.number(resource["bytes"]),
        cells.text(resource["hash"].removeprefix("sha256:")),
    )


def _in_words(described: Mapping[str, Any], name: str) -> str:
    """As the descriptor has it for this reader; packages made earlier have Chinese alone."""
    chinese: str = described[name]
    return described.get(f"{name}_en", chinese) if get_language() == "en" else chinese
