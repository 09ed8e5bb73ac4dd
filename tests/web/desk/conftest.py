"""A town with its villages and those who file there: one's office, a clerk, a village's clerk."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.web.conftest import DAY, Site
from xianfeng.accounts.models import Account
from xianfeng.ledger import actions
from xianfeng.ledger.models import Record
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.registry import tree
from xianfeng.registry.actions import appoint, enter

TOWN, VILLAGE, OTHER_VILLAGE, OTHER_TOWN = "350121105", "350121105201", "350121105202", "350121108"
VISIT = "/desk/fuzhou-2010/visit/new"
GRID = "/desk/fuzhou-2010/visit/grid"
_IMPORT = Actor(kind=ActorKind.IMPORT)


@dataclass
class Desk:
    site: Site

    def organisation(self, code: str) -> int:
        found = tree.by_code(code)
        assert found is not None, code
        return found.id

    def account(self, code: str, role: str) -> Account:
        name = f"{role}-{code}"
        known = Account.objects.filter(username=name).first()
        if known is not None:
            return known
        person = enter(code=name, name=name, day=DAY, by=_IMPORT)
        appoint(person=person, organisation=self.organisation(code), role=role, day=DAY, by=_IMPORT)
        return Account.objects.create(username=name, person_id=person)

    def submitted(self, kind: str, code: str, *, scheme: str, **values: Any) -> None:
        """By its author's own move."""
        given = {"organisation": self.organisation(code), "day": DAY, "values": values, "state": "submitted"}
        actions.file(by=self.site.office, scheme=scheme, kind=kind, **given)

    def client(self, code: str, role: str) -> Client:
        client = Client(HTTP_HOST="127.0.0.1")
        client.force_login(self.account(code, role), "allauth.account.auth_backends.AuthenticationBackend")
        return client


def records(kind: str = "visit") -> list[Record]:
    return list(Record.objects.filter(kind=kind).order_by("id"))


def values(record: Record) -> Mapping[str, Any]:
    said: dict[str, Any] = json.loads(record.values)
    return said


def text(response: HttpResponse) -> str:
    return response.content.decode()


@pytest.fixture
def desk(site: Site) -> Desk:
    return Desk(site)


@pytest.fixture
def clerk(desk: Desk) -> Client:
    return desk.client(VILLAGE, "clerk")


@pytest.fixture
def town(desk: Desk) -> Client:
    return desk.client(TOWN, "reviewer")
