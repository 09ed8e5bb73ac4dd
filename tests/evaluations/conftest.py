from __future__ import annotations

import pytest

from tests.evaluations import polling, towns
from tests.evaluations.polling import Sides
from tests.evaluations.towns import Towns


@pytest.fixture
def here(db: None) -> Towns:
    return towns.towns()


@pytest.fixture(scope="module")
def keys() -> Sides:
    return polling.sides()
