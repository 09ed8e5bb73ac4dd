"""The people, a mail server that really takes mail, and a receiver of webhooks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.messages import people, servers


@pytest.fixture
def told(db: None) -> people.Told:
    return people.told()


@pytest.fixture
def mailbox() -> Iterator[servers.Mailbox]:
    with servers.mail() as mailbox:
        yield mailbox


@pytest.fixture
def hook() -> Iterator[servers.Hook]:
    with servers.webhook() as hook:
        yield hook
