"""Every fault page says what happened and what to do, and nothing that was typed is lost."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest
from django.test import Client, RequestFactory
from pytest_django.fixtures import Settings

from tests.web.conftest import Site
from xianfeng.accounts.reader import Reader
from xianfeng.web import errors


def asked(path: str = "/", **posted: str) -> HttpRequest:
    request = RequestFactory(HTTP_HOST="127.0.0.1").post(path, posted, HTTP_ORIGIN="http://127.0.0.1")
    request.reader = Reader.public()  # type: ignore[attr-defined]
    return request


def says(page: str, *words: str) -> None:
    assert "演示数据" in page
    assert "怎么办" in page
    for word in words:
        assert word in page


@pytest.mark.usefixtures("site")
def test_each_fault_says_what_to_do() -> None:
    pages = {
        400: errors.bad_request(asked(), SuspiciousOperation("x")),
        403: errors.forbidden(asked(), PermissionDenied()),
        413: errors.too_large(asked(), 10 * 2**20),
        429: errors.too_many(asked(), minutes=3),
    }
    for status, response in pages.items():
        assert response.status_code == status
        says(response.content.decode(), "没有办理" if status != 403 else "没有进行")
    assert "10 MB" in pages[413].content.decode()
    assert pages[429]["Retry-After"] == "180"


def test_the_broken_page_asks_nothing_of_the_database(settings: Settings) -> None:
    settings.XIANFENG_SYNTHETIC = True
    response = errors.broken(asked())  # without `db`: a query would fail here
    assert response.status_code == 500
    says(response.content.decode(), "台账没有变动")


def test_ten_megabytes_pasted_are_too_large(site: Site) -> None:
    response = site.client.post("/account/sign-in", {"login": "字" * (4 * 2**20)})
    assert response.status_code == 413
    says(response.content.decode(), "太大", "2.5 MB")


def test_a_form_older_than_its_sign_in_keeps_what_was_typed(site: Site) -> None:
    client = Client(enforce_csrf_checks=True, HTTP_HOST="127.0.0.1")
    typed = {"name": "青口<突击队>", "note": "第一行\n第二行", "password": "geheim"}
    response = client.post("/office/accounts/new?x=1", typed, HTTP_ORIGIN="http://127.0.0.1")
    page = response.content.decode()
    assert response.status_code == 403
    says(page, "还没有提交", 'value="青口&lt;突击队&gt;"', "第一行", "再提交一次", 'action="/office/accounts/new?x=1"')
    assert "geheim" not in page


def test_a_form_of_another_site_is_not_one_press_away(site: Site) -> None:
    client = Client(enforce_csrf_checks=True, HTTP_HOST="127.0.0.1")
    for other in ("http://elsewhere.example", "https://127.0.0.1", "http://127.0.0.1:81", "null"):
        response = client.post("/office/accounts/new", {"username": "lin"}, HTTP_ORIGIN=other)
        assert response.status_code == 403
        assert "再提交一次" not in response.content.decode()


def test_what_is_typed_at_the_account_is_never_printed(site: Site) -> None:
    client = Client(enforce_csrf_checks=True, HTTP_HOST="127.0.0.1")
    typed = {"again": "geheim-1", "code": "geheim-2", "login": "geheim-3"}
    for address in ("/account/invitations/x", "/account/confirm", "/account/sign-in/code"):
        response = client.post(address, typed, HTTP_ORIGIN="http://127.0.0.1")
        assert response.status_code == 403
        assert "geheim" not in response.content.decode()
    signed_out = site.client.post("/account/confirm", typed)
    assert signed_out.status_code == 401
    says(signed_out.content.decode(), "请先登录，再办一次")
    assert "geheim" not in signed_out.content.decode()


def test_a_session_that_ended_in_the_middle_of_a_form_loses_nothing(site: Site) -> None:
    response = site.client.post("/office/accounts/new", {"person": "7", "note": "写了半天"})
    assert response.status_code == 401
    says(response.content.decode(), "登录已经过期", "写了半天", "在新窗口登录", "再提交一次")
