"""Numbers beyond the registry's: more members or organisations than there are, where it has them all."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.signals.district import VILLAGES, District
from xianfeng.signals import answering
from xianfeng.signals.rules import impossible


def turnout(here: District, about: int, **values: object) -> int:
    (record,) = here.file("turnout", [(0, {"host": about, **values})])
    return record


def told(here: District) -> dict[int, str]:
    found = here.found(impossible.NAME)
    return {one.record: said for one, said in zip(found, answering.sentences(found), strict=True)}


def present(number: int) -> dict[str, int]:
    return {"women": 1, "men": number - 1}


@pytest.fixture
def kept(here: District) -> District:
    """Most villages have their four members on record, and five have none."""
    for village in range(7):
        here.join(village, 4)
    return here


def test_more_members_than_are_on_record_there(kept: District) -> None:
    turnout(kept, kept.villages[1], present=present(4))
    beyond = turnout(kept, kept.villages[1], present=present(5))
    said = f"第 {beyond} 号记录的“到会党员”是 5，那里（连同下面的组织）在册的成员一共 4 人。"
    assert told(kept) == {beyond: said}


def test_where_some_have_no_members_on_record_nothing_is_known_of_them_and_above(kept: District) -> None:
    turnout(kept, kept.villages[8], present=present(90))
    turnout(kept, kept.county, present=present(90))
    assert told(kept) == {}


def test_where_few_have_members_on_record_nothing_is_known_at_all(here: District) -> None:
    for village in range(6):
        here.join(village, 4)
    turnout(here, here.villages[1], present=present(90))
    assert told(here) == {}


def test_all_below_are_counted_once_each_of_them_has_some(kept: District) -> None:
    for village in range(7, VILLAGES):
        kept.join(village, 2)
    turnout(kept, kept.county, present=present(7 * 4 + 5 * 2))
    beyond = turnout(kept, kept.county, present=present(7 * 4 + 5 * 2 + 1))
    assert list(told(kept)) == [beyond]


def test_whoever_joined_later_was_no_member_on_the_day_and_the_registry_put_right_ends_it(kept: District) -> None:
    beyond = turnout(kept, kept.villages[1], present=present(5))
    kept.join(1, 1, day=dt.date(2012, 4, 1), code="new-")
    assert list(told(kept)) == [beyond]
    kept.join(1, 1, code="late-")
    assert told(kept) == {}


def test_more_organisations_than_there_are(here: District) -> None:
    turnout(here, here.county, villages=VILLAGES)
    turnout(here, here.villages[3], villages=1)
    beyond = turnout(here, here.county, villages=VILLAGES + 1)
    said = f"第 {beyond} 号记录的“到会的村”是 {VILLAGES + 1}，那里（连同下面的）登记的这类组织一共 {VILLAGES} 个。"
    assert told(here) == {beyond: said}
