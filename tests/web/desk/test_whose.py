"""A page is sent by whom it was made for, whatever was done in another window since."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.web.conftest import DAY
from tests.web.desk.conftest import OTHER_VILLAGE, TOWN, VILLAGE, VISIT, Desk, records, text
from xianfeng.accounts.models import Account
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.registry.actions import appoint
from xianfeng.registry.models import Appointment

ORIGIN = "http://127.0.0.1"
FILLED = {"day": "2010-06-02", "f-place_note": "青口村口走访", "f-people.villagers": "12", "do": "file:"}


class Browser:
    """One browser: its windows share a session, and its forms are sent with all that stands hidden in them."""

    def __init__(self) -> None:
        self.client = Client(enforce_csrf_checks=True, HTTP_HOST="127.0.0.1")

    def sign_in(self, account: Account) -> None:
        self.client.force_login(account, "allauth.account.auth_backends.AuthenticationBackend")

    def page(self, address: str) -> dict[str, str]:
        return hidden(text(self.client.get(address)), "reference")

    def send(self, address: str, form: Mapping[str, str], **headers: str) -> HttpResponse:
        return self.client.post(address, form, HTTP_ORIGIN=ORIGIN, **headers)

    def act(self, account: Account, code: str) -> None:
        """In a second window."""
        held = Appointment.objects.get(person=account.person_id, organisation__code=code)
        form = hidden(text(self.client.get("/account/acting")), "appointment")
        response = self.send("/account/act", form | {"appointment": str(held.id)})
        assert response.status_code == 302


def hidden(page: str, bearing: str) -> dict[str, str]:
    """What the form that has a certain input is sent with besides what is typed."""
    form = next(form for form in re.findall(r"<form.*?</form>", page, re.DOTALL) if f'name="{bearing}"' in form)
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
    return {name: html.unescape(value) for name, value in found}


@pytest.fixture
def both(desk: Desk) -> Account:
    """Clerk of two villages, and acting for the first."""
    account = desk.account(VILLAGE, "clerk")
    second = {"organisation": desk.organisation(OTHER_VILLAGE), "role": "clerk", "day": DAY}
    appoint(person=account.person_id, by=Actor(kind=ActorKind.IMPORT), **second)
    return account


@pytest.fixture
def browser(both: Account) -> Browser:
    browser = Browser()
    browser.sign_in(both)
    return browser


def test_a_page_made_for_one_appointment_files_nothing_for_another(desk: Desk, both: Account, browser: Browser) -> None:
    page = browser.page(VISIT) | FILLED
    browser.act(both, OTHER_VILLAGE)
    response = browser.send(VISIT, page)
    said = text(response)
    assert (response.status_code, records()) == (403, [])
    for words in ("”打开的，现在的任职是“", "青口村口走访", "再提交一次", "在新窗口换回"):
        assert words in said, words
    again = hidden(said, "f-place_note")
    assert browser.send(VISIT, again).status_code == 403
    browser.act(both, VILLAGE)
    assert browser.send(VISIT, again).status_code == 302
    assert [record.organisation for record in records()] == [desk.organisation(VILLAGE)]


def test_the_outbox_files_once_and_for_whom_the_page_was_made(desk: Desk, both: Account, browser: Browser) -> None:
    page = browser.page(VISIT) | FILLED
    browser.act(both, OTHER_VILLAGE)
    waits = browser.send(VISIT, page, HTTP_X_OUTBOX=page["reference"])
    assert (waits.status_code, records()) == (403, [])
    assert waits["X-Xianfeng-Reader"] != page["made-for"]
    browser.act(both, VILLAGE)
    for _ in range(2):
        assert browser.send(VISIT, page, HTTP_X_OUTBOX=page["reference"]).status_code == 204
    assert [record.organisation for record in records()] == [desk.organisation(VILLAGE)]


def test_a_form_that_does_not_say_for_whom_it_was_made_is_offered_once_more(browser: Browser) -> None:
    page = browser.page(VISIT)
    del page["made-for"]
    response = browser.send(VISIT, page | FILLED)
    assert (response.status_code, records()) == (403, [])
    assert browser.send(VISIT, hidden(text(response), "f-place_note")).status_code == 302
    assert len(records()) == 1


@pytest.mark.parametrize(("code", "role"), [(OTHER_VILLAGE, "clerk"), (TOWN, "member")])
def test_what_was_typed_outlives_a_sign_in_by_somebody_else(desk: Desk, code: str, role: str) -> None:
    """The session ends in the middle of a form; somebody who could file, or could not, signs in in the other window."""
    browser, mine = Browser(), desk.account(VILLAGE, "secretary")
    browser.sign_in(mine)
    form = browser.page(VISIT) | FILLED
    browser.client.session.flush()
    said = _asked_again(browser, form, 401)
    browser.sign_in(desk.account(code, role))
    for _ in range(2):
        said = _asked_again(browser, hidden(said, "f-place_note"), 403)
    assert "另一个账号" in said
    browser.sign_in(mine)
    form = hidden(said, "f-place_note")
    response = browser.send(VISIT, form)
    if response.status_code == 403:  # signing in gave the browser another token, and so did the page
        response = browser.send(VISIT, hidden(text(response), "f-place_note"))
    assert response.status_code == 302
    assert [record.organisation for record in records()] == [desk.organisation(VILLAGE)]


def _asked_again(browser: Browser, form: Mapping[str, str], status: int) -> str:
    response = browser.send(VISIT, form)
    assert (response.status_code, records()) == (status, [])
    assert "青口村口走访" in text(response)
    return text(response)
