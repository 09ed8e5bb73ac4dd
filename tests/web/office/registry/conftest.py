"""A city with two counties, each with an administrator, as browsers see them."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.accounts.offices import Offices
from tests.registry.trees import unit
from xianfeng.accounts.models import Account

DAY = "2012-03-16"


@dataclass
class Desk:
    """One administrator at a browser."""

    client: Client
    account: Account

    def get(self, address: str, status: int = 200) -> str:
        response = self.client.get(address)
        assert response.status_code == status, address
        return response.content.decode()

    def send(self, address: str, status: int = 302, **data: object) -> HttpResponse:
        """Send a page's form: what it holds hidden, and what is typed."""
        response = self.client.post(address, hidden(self.get(address)) | data)
        assert response.status_code == status, response.content.decode()
        return response  # type: ignore[return-value]

    def confirm(self, address: str, **data: object) -> HttpResponse:
        """The same, and yes to what it will do."""
        asked = self.send(address, 200, **data).content.decode()
        assert 'name="confirmed"' in asked
        response = self.client.post(address, hidden(asked) | {"confirmed": "yes"})
        assert response.status_code == 302, response.content.decode()
        return response  # type: ignore[return-value]


def hidden(page: str) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.partition("<main")[2])
    return {name: value for name, value in found if name != "csrfmiddlewaretoken"}


@dataclass
class World:
    offices: Offices
    village: int

    def desk(self, name: str, *posts: tuple[int, str]) -> Desk:
        account = self.offices.account(name, *posts)
        client = Client(HTTP_HOST="127.0.0.1")
        client.force_login(account, "allauth.account.auth_backends.AuthenticationBackend")
        return Desk(client, account)


@pytest.fixture
def world(db: None) -> World:
    offices = Offices.found()
    return World(offices, unit("village", offices.town, type_="division"))


@pytest.fixture
def county(world: World) -> Desk:
    return world.desk("county", (world.offices.county, "administrator"))


@pytest.fixture
def city(world: World) -> Desk:
    return world.desk("city", (world.offices.city, "administrator"))
