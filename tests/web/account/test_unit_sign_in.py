"""The unit's own sign-in: linked by whoever is signed in, under its issuer and subject, and by nothing else."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from pytest_django.fixtures import Settings

from tests.accounts.offices import OPERATOR, Offices
from tests.web.account.test_sign_in import GOOD, browser, sign_in
from xianfeng.accounts import actions
from xianfeng.accounts.models import Account

pytestmark = pytest.mark.django_db
PROVIDER = "unit-provider"
CLIENT = "xianfeng-site"


@dataclass
class Unit:
    """The unit's server: tells who came back with a code, if the verifier fits the challenge it was asked with."""

    issuer: str = ""
    subject: str = "subject-1"
    email: str = "lin@example.org"
    challenge: str = ""
    asked: list[str] = field(default_factory=list)

    def answer(self, path: str, form: dict[str, list[str]]) -> tuple[int, dict[str, Any]]:
        self.asked.append(path)
        if path.endswith("openid-configuration"):
            ends = {name: f"{self.issuer}/{name}" for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")}
            return 200, {"issuer": self.issuer, **ends}
        digest = hashlib.sha256(form["code_verifier"][0].encode()).digest()
        if base64.urlsafe_b64encode(digest).decode().rstrip("=") != self.challenge:
            return 400, {"error": "invalid_grant"}
        told = {"iss": self.issuer, "aud": CLIENT, "sub": self.subject, "email": self.email, "email_verified": True}
        times = {"iat": int(time.time()), "exp": int(time.time()) + 60}
        token = jwt.encode({**told, **times}, "not-checked-over-the-direct-line" * 2, algorithm="HS256")
        return 200, {"access_token": "x", "token_type": "Bearer", "id_token": token}


@pytest.fixture
def unit(settings: Settings) -> Iterator[Unit]:
    known = Unit()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._send({})

        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            self._send(parse_qs(self.rfile.read(length).decode()))

        def _send(self, form: dict[str, list[str]]) -> None:
            status, body = known.answer(self.path, form)
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(body).encode())

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
            """Nothing into the test's output."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        known.issuer = f"http://127.0.0.1:{server.server_port}"
        app = {
            "provider_id": PROVIDER,
            "name": "单位统一登录",
            "client_id": CLIENT,
            "secret": "",
            "settings": {"server_url": known.issuer, "fetch_userinfo": False, "oauth_pkce_enabled": True},
        }
        settings.XIANFENG_OIDC = app
        provider = {**settings.SOCIALACCOUNT_PROVIDERS["openid_connect"], "APPS": [app]}
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": provider}
        yield known
        server.shutdown()


@pytest.fixture
def lin() -> Account:
    offices = Offices.found()
    account = offices.account("lin", (offices.town, "reviewer"))
    actions.accept(token=actions.invite(account=account, by=OPERATOR), password=GOOD)
    return account


def go(client: Client, unit: Unit, process: str) -> Any:
    """To the unit's server and back."""
    left = client.post(f"/account/unit/{PROVIDER}/sign-in?process={process}")
    assert left.status_code == 302
    asked = parse_qs(urlsplit(left["Location"]).query)
    assert (asked["code_challenge_method"], asked["scope"]) == (["S256"], ["openid"])
    unit.challenge = asked["code_challenge"][0]
    return client.get(f"/account/unit/{PROVIDER}/back", {"code": "c", "state": asked["state"][0]})


def link(unit: Unit) -> Client:
    client = browser()
    sign_in(client)
    client.post("/account/confirm", {"password": GOOD})
    go(client, unit, "connect")
    return client


def test_whoever_is_signed_in_links_and_comes_in_by_it_later(lin: Account, unit: Unit) -> None:
    link(unit)
    linked = SocialAccount.objects.get()
    assert (linked.user_id, linked.provider, linked.uid) == (lin.pk, PROVIDER, "subject-1")
    later = browser()
    assert "单位统一登录" in later.get("/account/sign-in").content.decode()
    assert go(later, unit, "login").status_code == 302
    assert later.get("/account/").status_code == 200


def test_it_opens_no_account_and_says_what_to_do(lin: Account, unit: Unit) -> None:
    client = browser()
    page = go(client, unit, "login").content.decode()
    assert "还没有关联" in page
    assert client.get("/account/").status_code == 302
    assert Account.objects.count() == 1


def test_the_same_mail_address_under_another_subject_is_somebody_else(lin: Account, unit: Unit) -> None:
    link(unit)
    unit.subject = "subject-2"
    client = browser()
    go(client, unit, "login")
    assert client.get("/account/").status_code == 302


def test_a_code_that_was_stolen_is_no_use(lin: Account, unit: Unit) -> None:
    link(unit)
    client = browser()
    left = client.post(f"/account/unit/{PROVIDER}/sign-in?process=login")
    asked = parse_qs(urlsplit(left["Location"]).query)
    unit.challenge = "somebody else's"
    back = client.get(f"/account/unit/{PROVIDER}/back", {"code": "stolen", "state": asked["state"][0]})
    assert "没有确认您的身份" in back.content.decode()
    assert client.get("/account/").status_code == 302


def test_linking_asks_once_more_who_it_is(lin: Account, unit: Unit) -> None:
    client = browser()
    sign_in(client)
    go(client, unit, "connect")
    assert not SocialAccount.objects.exists()
