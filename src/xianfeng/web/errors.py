"""The pages for what went wrong. They stand in the frame of every page, so that a demonstration says so here too.

Only a page that was not found asks the database, for the campaigns to go on to: the others must come when it is away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from xianfeng.problems import Problem
from xianfeng.web.frame import Frame, bare_frame, frame


@dataclass(frozen=True)
class ErrorPage:
    frame: Frame
    title: str
    happened: str
    to_do: str


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    page = ErrorPage(bare_frame(), "请求有误", "这个请求看不懂，没有办理。", "检查地址是否抄错，或者从首页重新进入。")
    return _answer(request, page, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    page = ErrorPage(bare_frame(), "不能办理", "这个请求不能办理。", "从首页重新进入；如果还是这样，告诉管理员。")
    return _answer(request, page, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What the page itself had to say about it (`Http404("没有这个组织")`), if it was a page that refused."""
    said = exception.args[0] if exception.args and isinstance(exception.args[0], str) else ""
    happened = f"{said.rstrip('。')}。" if said else "这个地址没有内容，或者您不能看。"
    page = ErrorPage(frame(), "没有找到", happened, "可以从首页重新进入，或者检查地址是否抄错。")
    return _answer(request, page, 404)


def only_read(request: HttpRequest, methods: Sequence[str]) -> HttpResponse:
    page = ErrorPage(bare_frame(), "只供阅读", "这些页面只供阅读，不接受提交。", "从首页重新进入，用链接打开页面。")
    answer = _answer(request, page, 405)
    answer.headers["Allow"] = ", ".join(methods)
    return answer


def stopped(request: HttpRequest, problem: Problem) -> HttpResponse:
    """What the books themselves have against a page, in their own words: it stays away until that is mended."""
    to_do = problem.hint or "把地址和时间告诉管理员。"
    return _answer(request, ErrorPage(bare_frame(), "暂时不能打开", problem.message, to_do), 503)


def broken(request: HttpRequest) -> HttpResponse:
    to_do = "请稍后再试；如果还是这样，把地址和时间告诉管理员。"
    return _answer(request, ErrorPage(bare_frame(), "系统出错", "这一页没有生成，台账没有受影响。", to_do), 500)


def _answer(request: HttpRequest, page: ErrorPage, status: int) -> HttpResponse:
    return render(request, "components/error.html", {"page": page}, status=status)
