from __future__ import annotations

import pytest

from tests.commendations import county
from tests.gradings.county import County


@pytest.fixture
def here(db: None) -> County:
    return county.here()
