from __future__ import annotations

import pytest

from tests.ledger import factories
from tests.ledger.factories import World
from tests.signals import district
from tests.signals.district import District


@pytest.fixture
def world(db: None) -> World:
    return factories.world()


@pytest.fixture
def here(db: None) -> District:
    return district.district()
