"""The addresses that papers carry are those of the site."""

from __future__ import annotations

import datetime as dt
from urllib.parse import parse_qs, urlsplit

from django.urls import resolve

from xianfeng import paths
from xianfeng.bulletins import addresses
from xianfeng.figures.interface import Query
from xianfeng.scheme.loader import load
from xianfeng.scheme.nodes import Scheme


def scheme() -> Scheme:
    loaded = load(paths.PROJECT / "schemes" / "fuzhou-2010")
    assert isinstance(loaded, Scheme)
    return loaded


def test_a_figure_as_it_was_asked() -> None:
    query = Query(
        scheme="98",
        measure="projects",
        organisation=1,
        since=dt.date(2010, 1, 1),
        until=dt.date(2010, 8, 30),
        as_of=7,
        tree="now",
    )
    address = urlsplit(addresses.figure(scheme(), query, "350121105-Z01", after=9))
    found = resolve(address.path)
    assert found.url_name == "figure_at"
    assert found.kwargs == {"name": "fuzhou-2010", "measure": "projects", "code": "350121105-Z01"}
    asked = {"since": ["2010-01-01"], "until": ["2010-08-30"], "as_of": ["7"], "tree": ["now"], "after": ["9"]}
    assert parse_qs(address.query) == {"version": [scheme().hash], **asked}


def test_a_record() -> None:
    found = resolve(addresses.record(512))
    assert (found.url_name, found.kwargs) == ("record", {"number": 512})


def test_a_rule_of_the_scheme() -> None:
    address = urlsplit(addresses.rule(scheme(), "bulletins.no98.number"))
    assert (resolve(address.path).url_name, resolve(address.path).kwargs) == ("campaign", {"name": "fuzhou-2010"})
    assert (parse_qs(address.query), address.fragment) == ({"version": [scheme().hash]}, "bulletins.no98")
