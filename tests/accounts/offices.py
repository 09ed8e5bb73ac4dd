"""A small tree with people in it, for the tests of accounts: city > county > town, and a county beside."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest

from tests.registry.trees import unit
from xianfeng.accounts import actions
from xianfeng.accounts.models import Account
from xianfeng.accounts.reader import Reader, acting_by
from xianfeng.log.actors import Actor, ActorKind
from xianfeng.problems import Problem
from xianfeng.registry.actions import appoint, enter

DAY = dt.date(2010, 1, 4)
OPERATOR = Actor(kind=ActorKind.IMPORT)


@dataclass
class Offices:
    city: int
    county: int
    town: int
    beside: int

    @classmethod
    def found(cls) -> Offices:
        city = unit("city", type_="division")
        county = unit("county", city, type_="division")
        return cls(city, county, unit("town", county, type_="division"), unit("beside", city, type_="division"))

    def person(self, code: str, *posts: tuple[int, str]) -> int:
        person = enter(code=code, name=f"{code}某", day=DAY, by=OPERATOR)
        for organisation, role in posts:
            appoint(person=person, organisation=organisation, role=role, day=DAY, by=OPERATOR)
        return person

    def account(self, name: str, *posts: tuple[int, str]) -> Account:
        return actions.open_account(person=self.person(name, *posts), username=name, by=OPERATOR)

    def reader(self, name: str, *posts: tuple[int, str]) -> Reader:
        return acting_by(self.account(name, *posts))


def refused(code: str) -> pytest.RaisesExc[Problem]:
    return pytest.RaisesExc(Problem, check=lambda problem: problem.code == code)
