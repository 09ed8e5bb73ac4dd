"""The people, a mail server that really takes mail, and a receiver of webhooks."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from tests.messages import people, servers


@pytest.fixture
def told(db: None) -> people.Told:
    return people.told()


@pytest.fixture
def mailbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[servers.Mailbox]:
    monkeypatch.setattr(logging.getLogger("mail.log"), "disabled", True)  # what the server itself says
    with servers.mail() as mailbox:
        yield mailbox


@pytest.fixture
def hook() -> Iterator[servers.Hook]:
    with servers.webhook() as hook:
        yield hook
