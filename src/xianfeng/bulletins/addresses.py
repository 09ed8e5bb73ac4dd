"""Where things are on the site, for documents that leave it: the addresses of `config/urls`, without Django.

Papers and closed bulletins are written where no page is being served; a test holds each address against the site map.
"""

from __future__ import annotations

from urllib.parse import urlencode

from xianfeng.figures.interface import Query
from xianfeng.scheme.nodes import Scheme


def figure(scheme: Scheme, query: Query, code: str, **more: object) -> str:
    """The page that opens a figure as it was asked; `more` changes or adds parts of the question."""
    asked: dict[str, object] = {
        "version": scheme.hash,
        "until": query.until,
        "since": query.since,
        "as_of": query.as_of,
        "tree": query.tree if query.tree == "now" else None,
        **more,
    }
    given = {key: str(value) for key, value in asked.items() if value is not None}
    return f"/figures/{scheme.name}/{query.measure}/{code}?{urlencode(given)}"


def record(number: int) -> str:
    return f"/records/{number}"


def bulletin(scheme: Scheme, name: str) -> str:
    return f"/schemes/{scheme.name}/bulletins/{name}"


def rule(scheme: Scheme, path: str) -> str:
    """The campaign's page, at the definition that a path of its version begins with."""
    anchor = ".".join(path.split(".")[:2])
    return f"/schemes/{scheme.name}?{urlencode({'version': scheme.hash})}#{anchor}"
