"""The scheme file as adopted, line by line, for whoever wants to see where a rule is written."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext

from xianfeng.ledger import versions
from xianfeng.scheme.surface.files import MAIN
from xianfeng.web import access
from xianfeng.web.frame import asked
from xianfeng.web.office.scheme.views import View, view_or_404


@dataclass(frozen=True)
class FilePage:
    view: View
    file: str
    others: tuple[tuple[str, str], ...]  # the version's other files, each with its address
    lines: tuple[str, ...]
    download: str


@access.reading
def rules_file(request: HttpRequest, name: str) -> HttpResponse:
    """A file of a version; `?format=yaml` sends it as it is."""
    view = view_or_404(request, name)
    if not view.full:
        raise Http404(gettext("没有这个文件"))
    texts, file = versions.package(view.scheme.hash), asked(request, "file") or MAIN
    if file not in texts:
        raise Http404(gettext("这个版本没有这个文件"))
    if request.GET.get("format") == "yaml":
        return download(file, texts[file], name)
    page = FilePage(
        view=view,
        file=file,
        others=tuple((other, view.file(other)) for other in sorted(texts) if other != file),
        lines=tuple(texts[file].splitlines()),
        download=f"{view.file(file)}&format=yaml",
    )
    return render(request, "office/scheme/file.html", {"page": page})


def download(file: str, text: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    called = f"{name}.yaml" if file == MAIN else file.rpartition("/")[2].replace(":", "-")
    response.headers["Content-Disposition"] = content_disposition_header(True, called) or ""
    return response
