"""What issuer and box have in common towards browsers: JSON in, JSON out, no cookie, no sign of who asked or when.

A page of another host may ask both (that is the point of them), so every origin is allowed; there is nothing that a
browser would send along of itself.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_http_methods

from xianfeng.problems import Problem

Asked = dict[str, Any]


def asked(view: Callable[[str, Asked], Asked]) -> Callable[..., HttpResponse]:
    """A view from a poll's fingerprint and what was sent, to what is answered; a Problem is an answer too."""

    @require_http_methods(["POST", "OPTIONS"])
    def answer(request: HttpRequest, poll: str) -> HttpResponse:
        if request.method == "OPTIONS":
            return _open(HttpResponse(status=204))
        try:
            return _open(JsonResponse(view(poll, _read(request.body))))
        except Problem as problem:
            told = {"code": problem.code, "message": problem.message, "hint": problem.hint}
            return _open(JsonResponse(told, status=409))

    return answer


def field(asked: Asked, name: str) -> str:
    value = asked.get(name)
    if not isinstance(value, str):
        raise _malformed()
    return value


def binary(asked: Asked, name: str) -> bytes:
    try:
        return b64decode(field(asked, name), validate=True)
    except ValueError as fault:
        raise _malformed() from fault


def written(content: bytes) -> str:
    return b64encode(content).decode()


def _read(body: bytes) -> Asked:
    try:
        found = json.loads(body)
    except ValueError as fault:
        raise _malformed() from fault
    if not isinstance(found, dict):
        raise _malformed()
    return found


def _malformed() -> Problem:
    return Problem("ballots.request", "请求的格式不对。", hint="请刷新页面后重试。")


def _open(response: HttpResponse) -> HttpResponse:
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Allow-Headers"] = "Content-Type"
    response.headers["Cache-Control"] = "no-store"
    return response
