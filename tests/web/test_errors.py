"""What went wrong is said in the frame of every page, with the word that a demonstration's records are synthetic."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver
from pytest_django.fixtures import Settings

from tests.log.tampering import run
from tests.web.conftest import Site
from xianfeng.bulletins.closing import close
from xianfeng.bulletins.compose import compose
from xianfeng.ledger import versions
from xianfeng.web import access

NOTICE = "演示数据"


@pytest.fixture
def client(settings: Settings) -> Client:
    settings.ROOT_URLCONF = "tests.web.broken_urls"
    settings.XIANFENG_SYNTHETIC = True
    return Client(HTTP_HOST="127.0.0.1", raise_request_exception=False)


@pytest.mark.parametrize(("address", "status"), [("/bad", 400), ("/forbidden", 403), ("/broken", 500)])
def test_errors_are_told_in_the_frame_without_the_database(client: Client, address: str, status: int) -> None:
    """No `db` here: a query would fail this test."""
    response = client.get(address)
    page = response.content.decode()
    assert response.status_code == status
    assert NOTICE in page
    assert 'href="/"' in page


def test_an_address_of_another_host_is_refused_in_the_frame(client: Client) -> None:
    response = client.get("/", HTTP_HOST="elsewhere.example")
    assert response.status_code == 400
    assert NOTICE in response.content.decode()


def test_a_page_that_is_not_there_says_why_and_offers_the_campaigns(site: Site) -> None:
    page = site.get("/organisations/none", status=404)
    assert NOTICE in page
    assert "没有这个组织。" in page
    assert 'href="/schemes/fuzhou-2010"' in page
    assert NOTICE in site.get("/no/such/address", status=404)


def test_a_scheme_that_was_changed_in_the_books_is_said_to_be(site: Site) -> None:
    close(compose("fuzhou-2010", "no98"), by=site.office)
    run("UPDATE ledger_schemeversion SET package = '{}'")
    versions.scheme.cache_clear()
    for address in (
        "/",
        "/schemes/fuzhou-2010",
        "/schemes/fuzhou-2010/bulletins/no98",
        "/figures/fuzhou-2010/projects",
    ):
        page = site.get(address, status=503)
        assert NOTICE in page
        assert "方案文字与载入时不同" in page
        assert "xianfeng verify" in page


def _read_only() -> list[str]:
    """One address for every route whose view says that it is only read."""
    named = {"name": "fuzhou-2010", "bulletin": "no98", "measure": "projects", "code": "350100"}
    named |= {"number": "1", "electorate": "1"}
    routes = [
        str(route.pattern)
        for route in get_resolver().url_patterns
        if isinstance(route, URLPattern) and (said := access.of(route.callback)) and said.read_only
    ]
    filled = [re.sub("<paper:[a-z]+>", "pdf", route) for route in routes]
    return ["/" + re.sub("<[a-z]+:([a-z0-9]+)>", lambda match: named.get(match[1], "any"), route) for route in filled]


def test_the_public_pages_say_that_they_are_only_read() -> None:
    assert {"/", "/schemes/fuzhou-2010", "/figures/fuzhou-2010/projects", "/records/1", "/verify", "/search"} <= {
        *_read_only()
    }


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "POST"])
@pytest.mark.parametrize("address", _read_only())
def test_pages_are_only_read(client: Client, address: str, method: str) -> None:
    """No `db` here either."""
    answer = client.generic(method, address)
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")
    assert NOTICE in answer.content.decode()
    assert "Content-Security-Policy" in answer


def test_real_records_are_not_called_synthetic(client: Client, settings: Settings) -> None:
    settings.XIANFENG_SYNTHETIC = False
    assert NOTICE not in client.get("/broken").content.decode()
