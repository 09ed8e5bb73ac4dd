"""Working hours as people write them."""

from __future__ import annotations

import pytest

from xianfeng.calendars import hours
from xianfeng.problems import Problem


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("08:30-12:00 14:30-17:30", "08:30-12:00 14:30-17:30"),
        ("09:00–17:00", "09:00-17:00"),
        ("08：00-12：00  15：00-18：00", "08:00-12:00 15:00-18:00"),
    ],
)
def test_written_and_kept(written: str, kept: str) -> None:
    assert str(hours.parse(written)) == kept


@pytest.mark.parametrize("written", ["", "上午", "17:30-08:30", "08:30-12:00 11:00-17:00", "08:30", "25:00-26:00"])
def test_what_cannot_be_worked_is_refused(written: str) -> None:
    with pytest.raises(Problem) as refused:
        hours.parse(written)
    assert refused.value.code == "calendars.hours"
