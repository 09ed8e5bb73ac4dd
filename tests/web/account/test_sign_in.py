"""Coming in, staying in and going out, as a person at a keyboard does it."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.test import Client
from django.urls import NoReverseMatch, reverse

from tests.accounts.offices import OPERATOR, Offices
from xianfeng.accounts import actions
from xianfeng.accounts.models import Account

pytestmark = pytest.mark.django_db
GOOD = "雨花台下三月初七-7"
ELSEWHERE = (
    "https://elsewhere.example/",
    "/%09/elsewhere.example",
    "/\t/elsewhere.example",
    "/%5Celsewhere.example",
    "/%0d%0a",
)
IN, OUT, CONFIRM = "/account/sign-in", "/account/sign-out", "/account/confirm"


@pytest.fixture
def offices() -> Offices:
    return Offices.found()


@pytest.fixture
def lin(offices: Offices) -> Account:
    account = offices.account("lin", (offices.town, "reviewer"), (offices.beside, "leader"))
    actions.accept(token=actions.invite(account=account, by=OPERATOR), password=GOOD)
    return account


def browser() -> Client:
    return Client(HTTP_HOST="127.0.0.1", enforce_csrf_checks=False)


def sign_in(client: Client, name: str = "lin", password: str = GOOD) -> int:
    return client.post(IN, {"login": name, "password": password}).status_code


@pytest.mark.parametrize("name", ["lin", "LIN", "Lin"])
def test_a_name_however_it_is_written(lin: Account, name: str) -> None:
    client = browser()
    assert sign_in(client, name) == 302
    page = client.get("/account/").content.decode()
    assert "town单位" in page
    assert "审核人" in page


def test_a_wrong_name_and_a_wrong_password_are_told_alike(lin: Account) -> None:
    client = browser()
    told = [
        re.findall(r'role="alert">(.*?)</', client.post(IN, {"login": name, "password": "x"}).content.decode(), re.S)
        for name in ("lin", "nobody")
    ]
    assert told[0] == told[1] != []


def test_five_wrong_passwords_lock_the_name_and_say_until_when(lin: Account) -> None:
    client = browser()
    answers = [client.post(IN, {"login": name, "password": "wrong"}) for name in ("lin", "LIN", "Lin", "lIn", "liN")]
    assert [answer.status_code for answer in answers] == [200] * 4 + [429]
    locked = client.post(IN, {"login": "lin", "password": GOOD})
    assert locked.status_code == 429
    page = locked.content.decode()
    assert "暂时不能登录" in page
    assert "15 分钟后再试" in page
    assert client.get("/account/").status_code == 302
    elsewhere = Client(HTTP_HOST="127.0.0.1", REMOTE_ADDR="10.0.0.9")
    assert sign_in(elsewhere) == 302


def test_the_many_addresses_of_one_customer_are_one(lin: Account) -> None:
    answers = [
        Client(HTTP_HOST="127.0.0.1", REMOTE_ADDR=f"2001:db8:1:2::{last}").post(IN, {"login": "lin", "password": "x"})
        for last in range(1, 6)
    ]
    assert [answer.status_code for answer in answers] == [200] * 4 + [429]
    assert sign_in(Client(HTTP_HOST="127.0.0.1", REMOTE_ADDR="2001:db8:1:3::1")) == 302


def test_guessing_from_everywhere_is_stopped_but_not_whose_account_it_is(lin: Account) -> None:
    office = Client(HTTP_HOST="127.0.0.1", REMOTE_ADDR="10.0.0.9")
    assert sign_in(office) == 302
    office.post(OUT)
    for last in range(12):
        guesser = Client(HTTP_HOST="127.0.0.1", REMOTE_ADDR=f"192.0.2.{last}")
        assert guesser.post(IN, {"login": "lin", "password": "wrong"}).status_code == 200
    stranger = Client(HTTP_HOST="127.0.0.1", REMOTE_ADDR="192.0.2.99")
    stopped = stranger.post(IN, {"login": "lin", "password": GOOD})
    assert stopped.status_code == 429
    assert "有人在别处多次试" in stopped.content.decode()
    assert sign_in(office) == 302


@pytest.mark.parametrize(("address", "field"), [(CONFIRM, "password"), ("/account/password", "oldpassword")])
def test_whoever_holds_a_session_guesses_no_password_and_locks_nobody_out(
    lin: Account, address: str, field: str
) -> None:
    client = browser()
    sign_in(client)
    new = {"password1": f"{GOOD}-neu", "password2": f"{GOOD}-neu"}
    for _ in range(5):
        assert client.post(address, {**new, field: "wrong"}).status_code == 200
    refused = client.post(address, {**new, field: GOOD})
    assert refused.status_code == 200
    assert "试得太快" in refused.content.decode()
    assert sign_in(browser()) == 302


def test_signing_in_and_changing_the_appointment_give_the_session_a_new_key(lin: Account, offices: Offices) -> None:
    client = browser()
    client.get(IN)
    keys = [client.session.session_key]
    sign_in(client)
    keys.append(client.session.session_key)
    other = lin.person.appointments.get(organisation=offices.beside)
    assert client.post("/account/act", {"appointment": other.id, "next": "/verify"})["Location"] == "/verify"
    keys.append(client.session.session_key)
    assert len(set(keys)) == 3
    assert "beside单位" in client.get("/account/").content.decode()
    assert client.get("/account/sessions").content.decode().count("本机") == 1
    again = browser()
    sign_in(again)
    assert "beside单位" in again.get("/account/").content.decode()  # as whom last


def test_one_begins_at_the_desk_and_without_office_at_the_account(offices: Offices, lin: Account) -> None:
    idle = offices.account("idle")
    actions.accept(token=actions.invite(account=idle, by=OPERATOR), password=GOOD)
    begun = [browser().post(IN, {"login": name, "password": GOOD})["Location"] for name in ("lin", "idle")]
    assert begun == ["/desk/", "/account/"]
    asked = browser().post(IN, {"login": "lin", "password": GOOD, "next": "/verify"})
    assert asked["Location"] == "/verify"


def test_nobody_is_led_elsewhere_after_changing(lin: Account) -> None:
    client = browser()
    sign_in(client)
    held = lin.person.appointments.first()
    assert held is not None
    for elsewhere in ELSEWHERE:
        answer = client.post("/account/act", {"appointment": held.id, "next": elsewhere})
        assert answer["Location"] == "/account/"
        answer = browser().post(IN, {"login": "lin", "password": GOOD, "next": elsewhere})
        assert answer["Location"] == "/desk/"
        assert client.post("/language", {"language": "en", "next": elsewhere})["Location"] == "/"


def test_signing_out_needs_a_button(lin: Account) -> None:
    client = browser()
    sign_in(client)
    client.get(OUT)
    assert client.get("/account/").status_code == 200
    client.post(OUT)
    assert client.get("/account/").status_code == 302


def test_other_devices_are_signed_out(lin: Account) -> None:
    here, there = browser(), browser()
    sign_in(here)
    sign_in(there)
    assert here.post("/account/sessions").status_code == 302
    assert there.get("/account/").status_code == 302
    assert here.get("/account/").status_code == 200


def test_a_closed_account_is_out_at_once(lin: Account) -> None:
    client = browser()
    sign_in(client)
    actions.close_account(account=lin, by=OPERATOR)
    assert client.get("/account/").status_code == 302
    assert sign_in(client) == 200


def test_a_second_step_once_it_is_switched_on(lin: Account) -> None:
    client = browser()
    sign_in(client)
    assert client.get("/account/factors/app")["Location"].startswith(CONFIRM)  # once more: is it you
    assert client.post(CONFIRM, {"password": "wrong"}).status_code == 200
    assert client.post(CONFIRM, {"password": GOOD}).status_code == 302
    page = client.get("/account/factors/app").content.decode()
    secret = re.search(r"<code>([A-Z2-7]+)</code>", page)
    assert secret is not None
    assert sign_off(client, secret.group(1)) == 302
    codes = client.get("/account/factors/recovery").content.decode()
    (code, *_) = re.findall(r"^(?:<pre[^>]*>)?(\d{8})$", codes, re.M)
    client.post(OUT)
    assert client.post(IN, {"login": "lin", "password": GOOD})["Location"] == "/account/sign-in/code"
    assert client.get("/account/").status_code == 302
    assert "两步验证" in client.get("/account/sign-in/code").content.decode()
    assert client.post("/account/sign-in/code", {"code": "000000"}).status_code == 200
    assert client.post("/account/sign-in/code", {"code": code}).status_code == 302
    assert client.get("/account/").status_code == 200


def sign_off(client: Client, secret: str) -> int:
    code = totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))
    return client.post("/account/factors/app", {"code": code}).status_code


def test_an_invitation_by_its_page(offices: Offices) -> None:
    account = offices.account("chen", (offices.town, "clerk"))
    address = reverse("invitation", args=[actions.invite(account=account, by=OPERATOR)])
    client = browser()
    assert "chen" in client.get(address).content.decode()
    unlike = client.post(address, {"password": GOOD, "again": "x"})
    assert (unlike.status_code, "不一样" in unlike.content.decode()) == (400, True)
    short = client.post(address, {"password": "短", "again": "短"})
    assert (short.status_code, "至少要 10 个字符" in short.content.decode()) == (400, True)
    assert client.post(address, {"password": GOOD, "again": GOOD})["Location"] == IN
    assert client.get(address).status_code == 404
    assert sign_in(client, "chen") == 302


def test_who_has_no_appointment_is_told_whom_to_ask(offices: Offices) -> None:
    account = offices.account("idle")
    client = browser()
    client.force_login(account, "allauth.account.auth_backends.AuthenticationBackend")
    assert "系统管理员登记任职" in client.get("/account/acting").content.decode()


@pytest.mark.parametrize("name", ["account_signup", "account_email", "account_reset_password", "mfa_trust"])
def test_what_the_product_does_not_need_has_no_address(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_a_form_of_a_page_that_lay_open_too_long_is_told_so(lin: Account) -> None:
    client = Client(HTTP_HOST="127.0.0.1", enforce_csrf_checks=True)
    answer = client.post(IN, {"login": "lin", "password": GOOD})
    assert answer.status_code == 403
    assert "没有提交" in answer.content.decode()


def test_cookies_are_not_for_scripts_nor_for_other_sites(lin: Account) -> None:
    client = browser()
    sign_in(client)
    cookie = client.cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
