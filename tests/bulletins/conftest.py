from __future__ import annotations

import pytest

from tests.bulletins import office as offices
from tests.bulletins.office import Office


@pytest.fixture
def office(db: None) -> Office:
    return offices.founded()
