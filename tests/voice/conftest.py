"""A small campaign whose bulletins take comments, and the office that reads them."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

import pytest
from pytest_django.fixtures import Settings

from tests.ledger import factories
from tests.ledger.factories import World
from xianfeng.log.actors import Actor
from xianfeng.voice import comments, complaints
from xianfeng.voice.citizens import CITIZEN
from xianfeng.voice.complaints import Said
from xianfeng.voice.models import Comment, Complaint
from xianfeng.voice.subjects import Subject

SCHEME, KIND = "trial-2012", "study"
ISSUE = Subject(SCHEME, "bulletins", "no1")
ELSEWHERE = Subject(SCHEME, "bulletins", "no2")


@dataclass
class Square:
    """Where people say things."""

    world: World

    @property
    def office(self) -> Actor:
        return self.world.of(self.world.city, "office")

    def comment(
        self, text: str = "写得好", *, subject: Subject = ISSUE, address: str = "192.0.2.1", receipt: str = ""
    ) -> Comment:
        code = receipt or secrets.token_urlsafe(24)
        return comments.write(subject=subject, text=text, receipt=code, address=address, by=CITIZEN)

    def complain(
        self, *, address: str = "192.0.2.1", by: Actor = CITIZEN, named: bool = False, **said: object
    ) -> Complaint:
        return complaints.complain(
            scheme=SCHEME,
            kind=KIND,
            said=Said(**{"sort": "long", **said}),  # type: ignore[arg-type]
            receipt=secrets.token_urlsafe(24),
            address=address,
            by=by,
            named=named,
        )


def open_to_comments(settings: Settings) -> None:
    settings.XIANFENG_SYNTHETIC = False
    settings.XIANFENG_COMMENTS = frozenset({SCHEME})


@pytest.fixture
def square(db: None, settings: Settings) -> Square:
    open_to_comments(settings)
    return Square(factories.world())
