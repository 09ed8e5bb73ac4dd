from __future__ import annotations

import pytest

from tests.evaluations import towns
from tests.evaluations.towns import Towns


@pytest.fixture
def here(db: None) -> Towns:
    return towns.towns()
