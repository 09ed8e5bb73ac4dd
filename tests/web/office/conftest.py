"""Offices that read figures: at the city, at a town, and in a campaign that keeps some of its figures to itself."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from tests.web.conftest import Site
from xianfeng import paths
from xianfeng.accounts.models import Account
from xianfeng.ledger import actions
from xianfeng.registry import tree
from xianfeng.registry.actions import appoint, enter
from xianfeng.scheme import loader

CITY, COUNTY, TOWN, OTHER_TOWN = "350100", "350121", "350121105", "350121108"
SINCE = dt.date(2010, 1, 4)


@dataclass
class Desk:
    """A client that acts at an organisation."""

    client: Client

    def get(self, address: str, status: int = 200) -> str:
        response = self.client.get(address)
        assert response.status_code == status, address
        return response.content.decode()


@pytest.fixture
def books(site: Site, settings: Settings) -> Site:
    settings.XIANFENG_SYNTHETIC = False
    return site


def acting(site: Site, code: str, role: str = "leader") -> Desk:
    name = f"{role}-{code}"
    organisation = tree.by_code(code)
    assert organisation is not None
    person = enter(code=name, name=name, day=SINCE, by=site.office)
    appoint(person=person, organisation=organisation.id, role=role, day=SINCE, by=site.office)
    client = Client(HTTP_HOST="127.0.0.1", REMOTE_ADDR="127.0.0.1")
    account = Account.objects.create(username=name, person_id=person)
    client.force_login(account, "allauth.account.auth_backends.AuthenticationBackend")
    return Desk(client)


def keep_to_itself(site: Site, measure: str) -> None:
    """Adopt a version of the campaign that makes one measure not public, if it is."""
    package = loader.package(paths.PROJECT / "schemes" / "fuzhou-2010")
    told = rf"  {measure}: \{{"
    hide = re.compile(rf"^({told}[^\n]*?)public: true, ", re.MULTILINE)
    texts = {name: hide.sub(r"\1", text) for name, text in package.items()}
    assert any(re.search(f"^{told}", text, re.MULTILINE) for text in package.values()), measure
    if texts != package:
        actions.adopt(texts, by=site.office)
