from __future__ import annotations

import pytest

from tests.ledger import factories
from tests.ledger.factories import World


@pytest.fixture
def world(db: None) -> World:
    return factories.world()
